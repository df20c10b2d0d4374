//! The one loop that reads every model, and the one that writes it.

use super::error::Fault;
use super::lookup::Lookup;
use super::misfit::Misfit;
use super::{Decode, Encode, Map, Reader, Stop, Writer};

/// Whether an object must have a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// The member must be there.
    Req,
    /// The member may be absent.
    Opt,
    /// A required member that has been read; only the loop sets it.
    #[doc(hidden)]
    ReqSeen,
    /// An optional member that has been read; only the loop sets it.
    #[doc(hidden)]
    OptSeen,
}

/// What a member always is, so that there is no field for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// This text.
    Text(&'static str),
    /// This boolean.
    Bool(bool),
}

impl From<&'static str> for Said {
    fn from(text: &'static str) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Said {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl Encode for Said {
    fn encode(&self, w: &mut Writer) {
        match self {
            Self::Text(text) => w.string(text),
            Self::Bool(value) => value.encode(w),
        }
    }
}

/// Where the members go that a type does not name. Implemented for [`Map`], and for `()`, which drops them.
pub trait Rest {
    /// Reads the value of a member.
    ///
    /// # Errors
    /// When the value is not what can be kept here.
    fn member(&mut self, name: &str, r: &mut Reader<'_>) -> Result<(), Stop>;

    /// Keeps the `null` of a member that the type names but has no place for a `null` in.
    fn null(&mut self, name: &str);

    /// Called once after the last member.
    fn finish(&mut self);

    /// Forgets all members.
    fn clear(&mut self);

    /// Whether the members are of a type that the spec gives, so that they are no surprise.
    fn is_typed(&self) -> bool;

    /// Whether the spec allows no such members.
    fn is_closed(&self) -> bool {
        false
    }
}

/// Keeps the members that a type does not name though it allows none: that there are some speaks against the type when a
/// union tries its variants.
#[derive(Debug)]
pub struct Closed<'m, T>(pub &'m mut Map<T>);

impl<T: Decode + Default> Rest for Closed<'_, T> {
    fn member(&mut self, name: &str, r: &mut Reader<'_>) -> Result<(), Stop> {
        self.0.member(name, r)
    }

    fn null(&mut self, name: &str) {
        self.0.null(name);
    }

    fn finish(&mut self) {
        self.0.finish();
    }

    fn clear(&mut self) {
        self.0.clear();
    }

    fn is_typed(&self) -> bool {
        false
    }

    fn is_closed(&self) -> bool {
        true
    }
}

/// The members that a type does not name, for writing. Implemented for [`Map`], and for `()`, which has none.
pub trait RestEncode {
    /// The member at a place, counted from zero.
    fn member(&self, place: usize) -> Option<(&str, &dyn Encode)>;
}

impl Rest for () {
    fn member(&mut self, _: &str, r: &mut Reader<'_>) -> Result<(), Stop> {
        r.skip().map(drop)
    }

    fn null(&mut self, _: &str) {}

    fn finish(&mut self) {}

    fn clear(&mut self) {}

    fn is_typed(&self) -> bool {
        false
    }
}

impl RestEncode for () {
    fn member(&self, _: usize) -> Option<(&str, &dyn Encode)> {
        None
    }
}

impl<T: Decode + Default> Rest for Map<T> {
    fn member(&mut self, name: &str, r: &mut Reader<'_>) -> Result<(), Stop> {
        let value = r.value()?;
        self.push(name.to_owned(), value);
        Ok(())
    }

    /// A typed map has no place for the `null` either, unless its type has.
    fn null(&mut self, name: &str) {
        let mut value = T::default();
        if value.keeps_null() && value.decode(&mut Reader::new("null")).is_ok() {
            self.push(name.to_owned(), value);
        }
    }

    fn finish(&mut self) {
        self.settle();
    }

    fn clear(&mut self) {
        Self::clear(self);
    }

    fn is_typed(&self) -> bool {
        !T::default().keeps_null()
    }
}

impl<T: Encode> RestEncode for Map<T> {
    fn member(&self, place: usize) -> Option<(&str, &dyn Encode)> {
        self.at(place).map(|(name, value)| (name, value as &dyn Encode))
    }
}

impl Reader<'_> {
    /// Reads an object into the fields that a type lends.
    ///
    /// * Members come in any order; of a member that comes twice the last value counts.
    /// * A member that no field has the name of goes to `extra`.
    /// * A `null` for an optional field that does not keep null leaves the field absent; the `null` goes to `extra`, so
    ///   that it is written again.
    ///
    /// # Errors
    /// When the next value is no object, a member's value does not suit its field, or a required member is missing.
    ///
    /// # Example
    /// See [`Decode`].
    pub fn object(
        &mut self,
        fields: &mut [(&'static str, Need, &mut dyn Decode)],
        extra: &mut dyn Rest,
    ) -> Result<(), Stop> {
        self.object_that_says(&[], fields, extra)
    }

    /// Reads an object like [`object`](Self::object) that has members which are always the same, without fields for them.
    /// Where such a member says something else, that goes to `extra`.
    ///
    /// # Errors
    /// As [`object`](Self::object); such a member has to be there, too.
    pub fn object_that_says(
        &mut self,
        constants: &[(&'static str, Said)],
        fields: &mut [(&'static str, Need, &mut dyn Decode)],
        extra: &mut dyn Rest,
    ) -> Result<(), Stop> {
        let start = self.start();
        self.begin_object()?;
        let refill = self.refill;
        if refill {
            clear(fields, extra);
        }
        let mut lookup = Lookup::new();
        let mut rest = false;
        // One bit for each; of more than it has bits, nobody misses the last.
        let mut said = 0_u64;
        while let Some(name) = self.next_key()? {
            let place = lookup.find(fields, &mut self.indexes, &name);
            let Some((_, need, field)) = place.and_then(|place| fields.get_mut(place)) else {
                if let Some((place, (_, value))) = constants.iter().enumerate().find(|(_, (wire, _))| *wire == name) {
                    // Of a duplicate the last one counts, and that of the first may be among the others.
                    let again = said & bit(place) != 0;
                    said |= bit(place);
                    if !again && self.says(*value)? {
                        self.known += 1;
                    } else {
                        rest = true;
                        let at = self.start();
                        self.misfit(at, Misfit::Constant);
                        extra.member(&name, self)?;
                    }
                    continue;
                }
                rest = true;
                if extra.is_closed() {
                    let at = self.start();
                    self.misfit(at, Misfit::Stranger);
                } else if !extra.is_typed() {
                    self.surprises += 1;
                }
                extra.member(&name, self)?;
                continue;
            };
            match need {
                Need::Req => *need = Need::ReqSeen,
                Need::Opt => *need = Need::OptSeen,
                // A duplicate: what the field got from the first one must not shine through.
                Need::ReqSeen | Need::OptSeen => self.refill = true,
            }
            if *need == Need::OptSeen && self.byte() == Some(b'n') && !field.keeps_null() {
                self.misfit(self.position, Misfit::Null);
                self.null()?;
                field.clear();
                rest = true;
                extra.null(&name);
            } else {
                field.decode(self)?;
                self.known += 1;
            }
            self.refill = refill;
        }
        if rest {
            extra.finish();
        }
        let missing = constants.iter().enumerate().find(|(place, _)| said & bit(*place) != bit(*place));
        let missing = missing.map(|(_, constant)| constant.0);
        match missing.or(fields.iter().find(|field| field.1 == Need::Req).map(|field| field.0)) {
            None => Ok(()),
            Some(name) => Err(self.missing(start, name)),
        }
    }

    /// Whether the next value is this one. It is read if so, and else still the next value.
    fn says(&mut self, said: Said) -> Result<bool, Stop> {
        let start = self.start();
        let same = match (said, self.byte()) {
            (Said::Text(text), Some(b'"')) => self.string()? == text,
            (Said::Bool(value), Some(b't' | b'f')) => self.bool()? == value,
            _ => false,
        };
        if !same {
            self.position = start;
        }
        Ok(same)
    }

    #[cold]
    fn missing(&mut self, position: usize, name: &str) -> Stop {
        self.stop(Fault {
            position,
            expected: format!("member {name:?}").into(),
            found: Some("object without it"),
            fatal: false,
            container: false,
        })
    }
}

fn bit(place: usize) -> u64 {
    u32::try_from(place).ok().and_then(|place| 1_u64.checked_shl(place)).unwrap_or(0)
}

#[cold]
fn clear(fields: &mut [(&'static str, Need, &mut dyn Decode)], extra: &mut dyn Rest) {
    for (_, need, field) in fields {
        if *need == Need::Opt {
            field.clear();
        }
    }
    extra.clear();
}

impl Writer {
    /// Writes an object of the fields that a type lends.
    ///
    /// An optional field that is absent is left out, and so is one that [`comes`](Self::comes) named. A member of `extra`
    /// follows the fields, unless a field of its name was written.
    ///
    /// # Example
    /// See [`Encode`].
    pub fn object(&mut self, fields: &[(&'static str, Need, &dyn Encode)], extra: &dyn RestEncode) {
        let mut tags = std::mem::take(&mut self.tags);
        let kept_back = std::mem::take(&mut self.kept_back);
        self.begin_object();
        for (property, said) in &tags {
            if !fields.iter().any(|field| field.0 == *property)
                && !(0..).map_while(|place| extra.member(place)).any(|(name, _)| name == *property)
            {
                self.key(property);
                said.encode(self);
            }
        }
        for &(name, need, field) in fields {
            // What tells the kind of the object is said in any case.
            if kept_back.contains(&name) && !tags.iter().any(|tag| tag.0 == name) {
                if need == Need::Req || !field.is_absent() {
                    self.stays(name);
                }
                continue;
            }
            if let Some((_, Said::Text(text))) = tags.iter().find(|tag| tag.0 == name) {
                self.tag_field(name, field, text);
            } else if need == Need::Req || !field.is_absent() {
                self.key(name);
                field.encode(self);
            }
        }
        let mut place = 0;
        while let Some((name, value)) = extra.member(place) {
            let taken =
                fields.iter().any(|(field, need, value)| *field == name && (*need == Need::Req || !value.is_absent()));
            if !taken && kept_back.contains(&name) {
                self.stays(name);
            } else if !taken {
                self.key(name);
                value.encode(self);
            }
            place += 1;
        }
        self.end_object();
        // For the next object: it need not be made again.
        tags.clear();
        self.tags = tags;
    }

    /// Says that the next object is of a kind which a member tells: where nothing is set there, `text` is written.
    ///
    /// # Example
    /// ```
    /// use clientsmith_runtime::json::{Extra, Need, Writer};
    ///
    /// let kind = String::new();
    /// let mut w = Writer::new();
    /// w.is("kind", "cat");
    /// w.object(&[("kind", Need::Req, &kind)], &Extra::new());
    /// assert_eq!(w.finish_text()?, r#"{"kind":"cat"}"#);
    /// # Ok::<(), clientsmith_runtime::json::Error>(())
    /// ```
    pub fn is(&mut self, property: &'static str, text: &'static str) {
        // A union around it knows better.
        if !self.tags.iter().any(|tag| tag.0 == property) {
            self.tags.push((property, Said::Text(text)));
        }
    }

    /// Says what a member of the next object is, whatever was said of it before: a union knows better than one around it, and
    /// a constant better than all of them.
    pub fn says(&mut self, property: &'static str, said: impl Into<Said>) {
        self.tags.retain(|tag| tag.0 != property);
        self.tags.push((property, said.into()));
    }

    /// Writes the field that tells a union's variant. A blank one gets the variant's tag.
    fn tag_field(&mut self, name: &str, field: &dyn Encode, tag: &str) {
        self.key(name);
        let start = self.out.len();
        field.encode(self);
        if matches!(self.out.get(start..), Some(b"null" | b"\"\"")) {
            self.out.truncate(start);
            self.string(tag);
        }
    }
}
