//! Finding a union's variant and reading it.

use std::cmp::Reverse;
use std::fmt;

use super::error::Fault;
use super::misfit::Misfit;
use super::union::{Member, Tag, Unfit};
use super::{Error, Kind, Reader, Stop, Union};

/// Why one variant of a union was not taken for a value that the union does not know; see
/// [`explain`](super::explain).
#[derive(Clone, Debug)]
pub struct Note {
    union: &'static str,
    variant: &'static str,
    error: Error,
    place: Place,
    /// The union stayed unknown in what was decoded in the end, not only in a variant that was tried.
    pub(super) counts: bool,
}

impl Note {
    /// The name of the union.
    pub fn union(&self) -> &'static str {
        self.union
    }

    /// The name of the variant.
    pub fn variant(&self) -> &'static str {
        self.variant
    }

    /// What kept the variant from being taken.
    pub fn error(&self) -> &Error {
        &self.error
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is not {}: {}", self.union, self.variant, self.error)
    }
}

/// A place in the text and the address of a union.
pub(super) type Place = (usize, usize);

/// A state of a reader to which it can return.
pub(super) struct Mark {
    position: usize,
    level: usize,
    fresh: bool,
    refill: bool,
    elements: usize,
    members: usize,
    known: usize,
    surprises: usize,
    misfits: usize,
}

type Read<'r, 'a> = dyn FnMut(&mut Reader<'a>, usize) -> Result<(), Stop> + 'r;

impl<'a> Reader<'a> {
    /// Reads a value of one of several types.
    ///
    /// `read` gets the number of the variant to read; the number of variants stands for a value to be kept as it is. It
    /// can be called several times, and the last call counts. How the variant is found is told at [`Union`].
    ///
    /// # Errors
    /// When the text is broken, or the variant that the tag tells does not decode.
    ///
    /// # Example
    /// ```
    /// use clientsmith_runtime::json::{self, Decode, Kind, Reader, Stop, Union, Value, Variant};
    ///
    /// #[derive(Debug, PartialEq)]
    /// enum Size {
    ///     Cells(u32),
    ///     Name(String),
    ///     Unknown(Value),
    /// }
    ///
    /// static SIZE: Union = Union::new("Size", &[
    ///     Variant::new("Cells").kinds(&[Kind::Number]),
    ///     Variant::new("Name").kinds(&[Kind::String]),
    /// ]);
    ///
    /// impl Default for Size {
    ///     fn default() -> Self {
    ///         Self::Unknown(Value::Null)
    ///     }
    /// }
    ///
    /// impl Decode for Size {
    ///     fn decode(&mut self, r: &mut Reader<'_>) -> Result<(), Stop> {
    ///         r.union(&SIZE, &mut |r, variant| {
    ///             *self = match variant {
    ///                 0 => Self::Cells(r.value()?),
    ///                 1 => Self::Name(r.value()?),
    ///                 _ => Self::Unknown(r.value()?),
    ///             };
    ///             Ok(())
    ///         })
    ///     }
    /// }
    ///
    /// let sizes: Vec<Size> = json::from_str(r#"[3, "large", true]"#)?;
    /// assert_eq!(sizes, [Size::Cells(3), Size::Name("large".into()), Size::Unknown(true.into())]);
    /// # Ok::<(), json::Error>(())
    /// ```
    pub fn union(&mut self, union: &'static Union, read: &mut Read<'_, 'a>) -> Result<(), Stop> {
        let place = (self.start(), std::ptr::from_ref(union).addr());
        if self.open.iter().rev().take_while(|open| open.0 == place.0).any(|open| *open == place) {
            return Err(self.mismatch("a variant that is not the union itself"));
        }
        self.open.push(place);
        let done = self.told_or_tried(union, place, read);
        self.open.pop();
        done
    }

    fn told_or_tried(&mut self, union: &'static Union, place: Place, read: &mut Read<'_, 'a>) -> Result<(), Stop> {
        if let Some(&variant) = self.settled.get(&place) {
            return self.read_settled(union, place, variant, read);
        }
        let kind = self.peek()?;
        let tag = match union.tag {
            Some(property) if kind == Kind::Object => self.tag(union, property)?,
            _ => Tag::Unasked,
        };
        let mut fitting = (0..).zip(union.variants).filter(|(_, variant)| variant.unfit(kind, &tag).is_none());
        if let (Tag::Listed(_), Some((variant, _)), None) = (&tag, fitting.next(), fitting.next()) {
            return read(self, variant);
        }
        let variant = self.settle(union, kind, &tag, place, read)?;
        if self.trials > 0 {
            self.settled.insert(place, variant);
        } else {
            self.settled.clear();
        }
        Ok(())
    }

    /// Tries the variants that are left and reads the value as the best of them.
    fn settle(
        &mut self,
        union: &'static Union,
        kind: Kind,
        tag: &Tag<'_>,
        place: Place,
        read: &mut Read<'_, 'a>,
    ) -> Result<usize, Stop> {
        let members = if kind == Kind::Object && union.has_keys() { self.look_over()? } else { Vec::new() };
        let start = self.mark();
        let mut best = None;
        // The reader's state after the last variant that could be read, which need not be read again.
        let mut last = None;
        for (number, variant) in (0..).zip(union.variants) {
            let unfit =
                variant.unfit(kind, tag).or_else(|| if kind == Kind::Object { variant.lacks(&members) } else { None });
            if let Some(unfit) = unfit {
                self.note(union, number, place, || unfit.fault(start.position));
                continue;
            }
            self.trials += 1;
            let outcome = read(self, number);
            self.trials -= 1;
            match outcome {
                Ok(()) => {
                    let (misfits, surprises) = (self.misfits - start.misfits, self.surprises - start.surprises);
                    let score = (misfits + surprises, misfits, Reverse(self.known - start.known), number);
                    if best.is_none_or(|best| score < best) {
                        best = Some(score);
                    }
                    last = Some((number, self.mark()));
                }
                Err(stop) => {
                    if self.fault.as_ref().is_none_or(|fault| fault.fatal) {
                        return Err(stop);
                    }
                    if let Some(fault) = self.fault.take() {
                        self.note(union, number, place, || *fault);
                    }
                }
            }
            self.reset(&start);
        }
        let variant = best.map_or(union.variants.len(), |(.., number)| number);
        match last {
            // With notes on, everything is read once more outside of any trial, to tell which notes count.
            Some((number, mark)) if number == variant && self.notes.is_none() => self.reset(&mark),
            _ => self.read_settled(union, place, variant, read)?,
        }
        Ok(variant)
    }

    fn read_settled(
        &mut self,
        union: &Union,
        place: Place,
        variant: usize,
        read: &mut Read<'_, 'a>,
    ) -> Result<(), Stop> {
        if variant == union.variants.len() {
            // A union that is a variant of another one in the same place: then that one does not know the value.
            let outer = self.open.len().checked_sub(2).and_then(|at| self.open.get(at));
            if self.trials > 0 && outer.is_some_and(|outer| outer.0 == place.0) {
                return Err(self.mismatch("a value that a variant knows"));
            }
            self.misfit(place.0, Misfit::Unknown);
            if self.trials == 0 {
                for note in self.notes.iter_mut().flatten().filter(|note| note.place == place) {
                    note.counts = true;
                }
            }
        }
        read(self, variant)
    }

    /// What the tag of the next value, an object, says.
    fn tag(&mut self, union: &Union, property: &str) -> Result<Tag<'a>, Stop> {
        let start = self.mark();
        let mut text = None;
        self.begin_object()?;
        while let Some(name) = self.next_key()? {
            if name != property {
                self.skip()?;
                continue;
            }
            text = match self.peek()? {
                Kind::String => Some(self.string()?),
                Kind::Number | Kind::Bool => Some(self.skip()?.into()),
                _ => None,
            };
            break;
        }
        self.reset(&start);
        Ok(union.tagged(text))
    }

    /// The members of the next value, an object, which stays unread.
    fn look_over(&mut self) -> Result<Vec<Member<'a>>, Stop> {
        let start = self.mark();
        let mut members = Vec::new();
        self.begin_object()?;
        while let Some(name) = self.next_key()? {
            let position = self.start();
            let raw = self.skip()?;
            members.push(Member { name, position, raw });
        }
        self.reset(&start);
        Ok(members)
    }

    fn note(&mut self, union: &'static Union, number: usize, place: Place, fault: impl FnOnce() -> Fault) {
        if let (Some(notes), Some(variant)) = (&mut self.notes, union.variants.get(number)) {
            let error = fault().into_error(self.text);
            notes.push(Note { union: union.name, variant: variant.name, error, place, counts: false });
        }
    }

    pub(super) fn mark(&self) -> Mark {
        Mark {
            position: self.position,
            level: self.level,
            fresh: self.fresh,
            refill: self.refill,
            elements: self.element_stack.len(),
            members: self.member_stack.len(),
            known: self.known,
            surprises: self.surprises,
            misfits: self.misfits,
        }
    }

    pub(super) fn reset(&mut self, mark: &Mark) {
        self.position = mark.position;
        self.level = mark.level;
        self.fresh = mark.fresh;
        self.refill = mark.refill;
        self.element_stack.truncate(mark.elements);
        self.member_stack.truncate(mark.members);
        self.known = mark.known;
        self.surprises = mark.surprises;
        self.misfits = mark.misfits;
    }
}

impl Unfit {
    fn fault(self, start: usize) -> Fault {
        let (position, expected, found) = match self {
            Self::Kind(kinds) => (start, list(kinds.iter().map(|kind| kind.name().to_owned())), None),
            Self::Tag([]) => (start, "no tag that is known".to_owned(), Some("object with one")),
            Self::Tag(tags) => {
                let tags = tags.iter().map(|tag| format!("{tag:?}"));
                (start, format!("tag {}", list(tags)), Some("object with another or none"))
            }
            Self::Missing(key) => (start, format!("member {key:?}"), Some("object without it")),
            Self::Const(literals, position) => (position, list(literals.iter().map(|&text| text.to_owned())), None),
        };
        Fault { position, expected: expected.into(), found, fatal: false, container: false }
    }
}

fn list(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(" or ")
}
