//! Which field a member belongs to.
//!
//! Members mostly come in the order of the spec, so the field after the last one found is looked at first, then the ones
//! behind it. That is nearly free when optional members are left out, but costs half the fields per member when the
//! order is another one. For a type of whose objects one has shown that it is of this kind, the reader makes an index, a
//! table of hashed names, and keeps it for the objects to come.

use super::Decode;
use super::Need;

/// Types with no more fields than this are always searched one by one.
const FEW: usize = 8;

/// No more indexes than this are made for one text.
const MOST: usize = 64;

type Fields<'f, 'v> = [(&'static str, Need, &'v mut (dyn Decode + 'f))];

/// What tells a type from most others: how many fields it has, and where its first and last names are in memory. Two
/// types may have this in common, so what an index says is always compared with the name.
type Identity = (usize, usize, usize);

fn identity(fields: &Fields<'_, '_>) -> Identity {
    let first = fields.first().map_or(0, |field| field.0.as_ptr().addr());
    let last = fields.last().map_or(0, |field| field.0.as_ptr().addr());
    (fields.len(), first, last)
}

/// The indexes that a reader has made.
#[derive(Debug, Default)]
pub(super) struct Indexes {
    list: Vec<(Identity, Index)>,
    /// The tables of all indexes: places of fields, counted from one, where the hashes of their names lead.
    tables: Vec<u16>,
}

/// Where a table starts, and how far a hash has to be shifted to give a place in it.
#[derive(Clone, Copy, Debug)]
struct Index {
    base: usize,
    shift: u32,
}

impl Index {
    fn size(self) -> usize {
        1 << (u64::BITS - self.shift)
    }
}

impl Indexes {
    fn of(&self, fields: &Fields<'_, '_>) -> Option<Index> {
        let identity = identity(fields);
        self.list.iter().find(|entry| entry.0 == identity).map(|entry| entry.1)
    }

    /// Makes the index of a type; gives nothing when there are too many, or too many fields to be counted.
    #[cold]
    fn add(&mut self, fields: &Fields<'_, '_>) -> Option<Index> {
        let size = (fields.len() * 2).next_power_of_two();
        if self.list.len() >= MOST || u16::try_from(size).is_err() {
            return None;
        }
        let index = Index { base: self.tables.len(), shift: u64::BITS - size.trailing_zeros() };
        self.tables.resize(index.base + size, 0);
        let table = self.tables.get_mut(index.base..)?;
        for (entry, (name, ..)) in (1..).zip(fields) {
            let mut at = home(name, index.shift);
            while let Some(place) = table.get_mut(at) {
                if *place == 0 {
                    *place = entry;
                    break;
                }
                at = (at + 1) & (size - 1);
            }
        }
        self.list.push((identity(fields), index));
        Some(index)
    }

    /// Looks a name up. At least half of a table is empty, so this ends.
    #[inline]
    fn find(&self, index: Index, fields: &Fields<'_, '_>, name: &str) -> Option<usize> {
        let table = self.tables.get(index.base..)?;
        let mut at = home(name, index.shift);
        loop {
            let place = usize::from(*table.get(at)?).checked_sub(1)?;
            if fields.get(place)?.0 == name {
                return Some(place);
            }
            at = (at + 1) & (index.size() - 1);
        }
    }
}

/// The search for the members of one object.
pub(super) struct Lookup {
    /// The field that is expected next.
    next: usize,
    /// How many fields were looked at in vain.
    wasted: usize,
    index: Option<Index>,
    /// The expected field has been missed, so it has been asked whether there is an index.
    missed: bool,
}

impl Lookup {
    pub fn new() -> Self {
        Self { next: 0, wasted: 0, index: None, missed: false }
    }

    /// The place of the field that has a name.
    #[inline]
    pub fn find(&mut self, fields: &Fields<'_, '_>, indexes: &mut Indexes, name: &str) -> Option<usize> {
        let place = match fields.get(self.next) {
            Some(field) if field.0 == name => self.next,
            _ => self.search(fields, indexes, name)?,
        };
        self.next = place + 1;
        Some(place)
    }

    #[inline(never)]
    fn search(&mut self, fields: &Fields<'_, '_>, indexes: &mut Indexes, name: &str) -> Option<usize> {
        if !self.missed {
            self.missed = true;
            self.index = indexes.of(fields);
        }
        if let Some(index) = self.index
            && let Some(place) = indexes.find(index, fields, name)
        {
            return Some(place);
        }
        let (before, after) = fields.split_at_checked(self.next + 1).unwrap_or((fields, &[]));
        let place = match after.iter().position(|field| field.0 == name) {
            Some(steps) => Some(before.len() + steps),
            None => before.iter().position(|field| field.0 == name),
        };
        self.wasted += match place {
            Some(place) if place > self.next => place - self.next,
            Some(place) => place + after.len(),
            None => fields.len(),
        };
        if self.index.is_none() && fields.len() > FEW && self.wasted > fields.len() {
            self.index = indexes.add(fields);
            // If there is none to be had, ask again only after as much waste.
            self.wasted = 0;
        }
        place
    }
}

/// Where a name belongs in a table of the size that `shift` stands for.
///
/// Only the names of one type have to be told apart, so both ends of the name and its length are enough. Names that
/// collide cost a few steps more; the number of steps is bounded by the number of fields, whatever the text holds.
#[inline]
pub(super) fn home(name: &str, shift: u32) -> usize {
    let bytes = name.as_bytes();
    let (first, last) = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
            (Some(first), Some(last)) => (u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into()),
            _ => (bytes.iter().fold(0, |sum, &byte| sum << 8 | u64::from(byte)), 0),
        },
    };
    let mixed = first.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ last.rotate_left(29) ^ bytes.len() as u64;
    // Shifted by at least one bit this fits in every `usize` that a table of this size fits in.
    (mixed.wrapping_mul(0xd6e8_feb8_6659_fd93) >> shift) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(count: usize) -> Vec<&'static str> {
        (0..count).map(|n| &*format!("field_{n}_of_many").leak()).collect()
    }

    #[test]
    fn every_order_finds_every_field() {
        for count in [0, 1, 2, FEW, FEW + 1, 95, 400, 40_000] {
            let names = names(count);
            let mut values = vec![0; count];
            let fields: Vec<(&str, Need, &mut dyn Decode)> = names
                .iter()
                .zip(&mut values)
                .map(|(name, value)| (*name, Need::Opt, value as &mut dyn Decode))
                .collect();
            let mut indexes = Indexes::default();
            let stride = if count > 1000 { 4999 } else { 7 };
            for _ in 0..2 {
                let mut lookup = Lookup::new();
                for n in (0..count).map(|n| n * stride % count).take(500) {
                    assert_eq!(lookup.find(&fields, &mut indexes, names[n]), Some(n));
                    assert_eq!(lookup.find(&fields, &mut indexes, "field_x_of_many"), None);
                }
            }
            assert_eq!(indexes.list.len(), usize::from((FEW + 1..10_000).contains(&count)), "{count}");
        }
    }

    #[test]
    fn types_that_look_alike_are_not_mixed_up() {
        let first = names(20);
        let mut second = first.clone();
        second[5] = "other";
        second.swap(8, 9);
        let mut indexes = Indexes::default();
        for names in [&first, &second, &first] {
            let mut values = [0; 20];
            let fields: Vec<(&str, Need, &mut dyn Decode)> = names
                .iter()
                .zip(&mut values)
                .map(|(name, value)| (*name, Need::Opt, value as &mut dyn Decode))
                .collect();
            let mut lookup = Lookup::new();
            for n in (0..20).rev() {
                assert_eq!(lookup.find(&fields, &mut indexes, names[n]), Some(n));
            }
        }
    }

    #[test]
    fn no_more_indexes_than_allowed() {
        let mut indexes = Indexes::default();
        for _ in 0..MOST + 10 {
            let names = names(20);
            let mut values = [0; 20];
            let fields: Vec<(&str, Need, &mut dyn Decode)> = names
                .iter()
                .zip(&mut values)
                .map(|(name, value)| (*name, Need::Opt, value as &mut dyn Decode))
                .collect();
            let mut lookup = Lookup::new();
            for n in (0..20).rev() {
                assert_eq!(lookup.find(&fields, &mut indexes, names[n]), Some(n));
            }
        }
        assert_eq!(indexes.list.len(), MOST);
    }
}
