//! The members of an object: document order, looked up by name without hashing.

use super::Node;

/// Objects up to this size are searched one by one, which beats any index.
const FEW: usize = 8;

/// The members of an object, in document order and each name once.
///
/// Most objects of a description have a handful of members and are asked for many keywords that they lack, so small
/// ones are searched one by one; larger ones keep an order by name. Neither depends on a hash, so hostile names
/// cannot slow it down.
#[derive(Clone, Debug, Default)]
pub struct Members {
    entries: Box<[(Box<str>, Node)]>,
    /// Positions in `entries` sorted by name; empty when there are few.
    sorted: Box<[u32]>,
}

impl Members {
    /// Keeps the last of each name, and gives the names that stood there more than once with the number of the value
    /// that counts.
    pub(super) fn new(entries: Vec<(Box<str>, Node)>) -> (Self, Vec<(Box<str>, u32)>) {
        if entries.len() <= FEW {
            let twice = entries
                .iter()
                .enumerate()
                .any(|(i, (key, _))| entries.iter().skip(i + 1).any(|(other, _)| other == key));
            if !twice {
                return (Self { entries: entries.into(), sorted: Box::default() }, Vec::new());
            }
        }
        let order = sorted(&entries);
        let mut lost = Vec::new();
        let mut doubled: Vec<(Box<str>, u32)> = Vec::new();
        for pair in order.windows(2) {
            let [Some(here), Some(next)] = [pair.first(), pair.get(1)]
                .map(|at| at.and_then(|at| entries.get(*at as usize).map(|entry| (*at, entry))))
            else {
                continue;
            };
            if here.1.0 == next.1.0 {
                lost.push(here.0);
                match doubled.last_mut().filter(|(key, _)| *key == next.1.0) {
                    Some((_, id)) => *id = next.1.1.id,
                    None => doubled.push((next.1.0.clone(), next.1.1.id)),
                }
            }
        }
        if lost.is_empty() {
            return (Self { entries: entries.into(), sorted: order.into() }, Vec::new());
        }
        lost.sort_unstable();
        doubled.sort_by_key(|(_, id)| *id);
        let mut lost = lost.into_iter().peekable();
        let kept: Vec<_> =
            (0u32..).zip(entries).filter(|(at, _)| lost.next_if_eq(at).is_none()).map(|(_, entry)| entry).collect();
        let sorted = if kept.len() <= FEW { Vec::new() } else { sorted(&kept) };
        (Self { entries: kept.into(), sorted: sorted.into() }, doubled)
    }

    /// The member of that name.
    pub fn get(&self, name: &str) -> Option<&Node> {
        if self.sorted.is_empty() {
            return self.entries.iter().find(|(key, _)| **key == *name).map(|(_, node)| node);
        }
        let found = self
            .sorted
            .binary_search_by(|at| self.entries.get(*at as usize).map(|(key, _)| &**key).cmp(&Some(name)))
            .ok()?;
        self.entries.get(*self.sorted.get(found)? as usize).map(|(_, node)| node)
    }
    /// Whether there is a member of that name.
    pub fn contains_key(&self, name: &str) -> bool {
        self.get(name).is_some()
    }
    /// The members in document order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Node)> + Clone {
        self.entries.iter().map(|(key, node)| (&**key, node))
    }
    /// The names in document order.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &str> + Clone {
        self.entries.iter().map(|(key, _)| &**key)
    }
    /// The values in document order.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &Node> + Clone {
        self.entries.iter().map(|(_, node)| node)
    }
    /// The last value.
    pub fn last(&self) -> Option<&Node> {
        self.entries.last().map(|(_, node)| node)
    }
    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
    /// The values in document order, to be changed.
    pub(super) fn values_mut(&mut self) -> impl Iterator<Item = &mut Node> {
        self.entries.iter_mut().map(|(_, node)| node)
    }
    /// The member of that name, to be changed.
    pub(super) fn get_mut(&mut self, name: &str) -> Option<&mut Node> {
        let at = match self.sorted.is_empty() {
            true => self.entries.iter().position(|(key, _)| **key == *name)?,
            false => {
                let key = |at: &u32| self.entries.get(*at as usize).map(|(key, _)| &**key);
                let found = self.sorted.binary_search_by(|at| key(at).cmp(&Some(name))).ok()?;
                *self.sorted.get(found)? as usize
            }
        };
        self.entries.get_mut(at).map(|(_, node)| node)
    }
    /// Adds members behind the others; their names are new.
    pub(super) fn extend(&mut self, more: Vec<(Box<str>, Node)>) {
        let mut entries = std::mem::take(self).into_entries();
        entries.extend(more);
        *self = Self::new(entries).0;
    }
    /// Keeps the members whose name passes a test.
    pub(super) fn retain(&mut self, keeps: impl Fn(&str) -> bool) {
        let mut entries = std::mem::take(self).into_entries();
        entries.retain(|(key, _)| keeps(key));
        *self = Self::new(entries).0;
    }
    /// The members by themselves.
    pub(super) fn into_entries(self) -> Vec<(Box<str>, Node)> {
        self.entries.into_vec()
    }
    /// The last member whose value is not numbered behind `id`: the one to enter on the way to that node.
    pub(super) fn before(&self, id: u32) -> Option<(&str, &Node)> {
        let at = self.entries.partition_point(|(_, node)| node.id <= id).checked_sub(1)?;
        self.entries.get(at).map(|(key, node)| (&**key, node))
    }
}

fn sorted(entries: &[(Box<str>, Node)]) -> Vec<u32> {
    let mut order: Vec<u32> = (0u32..).zip(entries).map(|(at, _)| at).collect();
    order.sort_by(|a, b| {
        let key = |at: u32| entries.get(at as usize).map(|(key, _)| &**key);
        key(*a).cmp(&key(*b)).then(a.cmp(b))
    });
    order
}

#[cfg(test)]
mod tests {
    use super::super::Kind;
    use super::*;

    fn entries(keys: &[&str]) -> Vec<(Box<str>, Node)> {
        (1u32..).zip(keys).map(|(id, key)| (Box::from(*key), Node { id, kind: Kind::Null })).collect()
    }

    #[test]
    fn few_and_many_are_found_alike() {
        for count in [0, 1, 8, 9, 500] {
            let keys: Vec<String> = (0..count).map(|i| format!("k{}", (i * 7919) % 1000)).collect();
            let refs: Vec<&str> = keys.iter().map(String::as_str).collect();
            let (members, doubled) = Members::new(entries(&refs));
            assert!(doubled.is_empty());
            assert_eq!(members.keys().collect::<Vec<_>>(), refs);
            for (id, key) in (1..).zip(&refs) {
                assert_eq!(members.get(key).map(|node| node.id), Some(id));
            }
            assert!(members.get("absent").is_none());
        }
    }

    #[test]
    fn the_last_of_a_name_counts() {
        let (members, doubled) = Members::new(entries(&["a", "b", "a", "c", "a"]));
        assert_eq!(
            members.iter().map(|(key, node)| (key, node.id)).collect::<Vec<_>>(),
            [("b", 2), ("c", 4), ("a", 5)]
        );
        assert_eq!(doubled.iter().map(|(key, id)| (&**key, *id)).collect::<Vec<_>>(), [("a", 5)]);
        let many: Vec<String> = (0..100).map(|i| format!("k{}", i % 50)).collect();
        let (members, doubled) = Members::new(entries(&many.iter().map(String::as_str).collect::<Vec<_>>()));
        assert_eq!((members.len(), doubled.len()), (50, 50));
        assert_eq!(members.get("k0").map(|node| node.id), Some(51));
    }

    #[test]
    fn nodes_stay_small() {
        assert!(size_of::<Node>() <= 48, "{}", size_of::<Node>());
    }
}
