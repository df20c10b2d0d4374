//! Whether a value keeps the limits that the description sets.
//!
//! A model is checked by writing it once more: the writer knows the rules of each object that it writes, and where it
//! is. So a check needs no code per type, and a program that never checks pays for the tables alone.

mod format;
mod pattern;
mod rule;
mod violation;

pub use self::format::KNOWN as CHECKED_FORMATS;
pub use self::rule::Rule;
pub use self::violation::{Violation, Violations};

pub(super) use self::violation::Found;
use super::{Encode, RestEncode, Value, Writer, path};

/// How many violations are told of one value.
const MOST: usize = 100;

/// Values that can be checked: all models, and what they are made of.
///
/// # Example
/// ```
/// use clientsmith_runtime::json::{Check, Encode, Extra, Need, Rule, Rules, Writer};
///
/// struct Pet {
///     name: String,
/// }
///
/// impl Encode for Pet {
///     fn encode(&self, w: &mut Writer) {
///         static RULES: Rules = Rules { own: &[], members: &[&[Rule::MinLength(1), Rule::MaxLength(5)]] };
///         w.limited(&RULES, &[("name", Need::Req, &self.name)], &Extra::new());
///     }
/// }
///
/// assert!(Pet { name: "Rex".into() }.check().is_ok());
/// let error = [Pet { name: "Maximilian".into() }].as_slice().check().unwrap_err();
/// assert_eq!(error.to_string(), "$[0].name must have at most 5 characters, and has 10");
/// assert_eq!(error.iter().next().map(|violation| violation.rule()), Some("maxLength"));
/// ```
pub trait Check: Encode {
    /// Checks the value against the limits that the description sets for its parts: lengths, bounds, numbers of items,
    /// patterns (with the feature `patterns`), formats.
    ///
    /// Values that an enum does not list and members that the description does not know are no violation, unless it
    /// forbids such members. Models that no call sends have no limits with them.
    ///
    /// Of the limits of several schemas those of at least one have to be kept, for `oneOf` as for `anyOf`. That no
    /// second one is valid, as `oneOf` demands, cannot be told from limits alone, and is left to the server.
    ///
    /// # Errors
    /// When it does not keep all of them; the error has the places and the rules.
    fn check(&self) -> Result<(), Violations>;
}

impl<T: Encode + ?Sized> Check for T {
    fn check(&self) -> Result<(), Violations> {
        Violations::of(violations(&[], &self))
    }
}

/// The rules of an object or a tuple.
#[derive(Debug)]
pub struct Rules {
    /// Those of the object itself, and of the members that it does not name; of a tuple, those of each item behind its
    /// places.
    pub own: &'static [Rule<'static>],
    /// Those of each member's value, in the order of the members; of a tuple, those of its places.
    pub members: &'static [&'static [Rule<'static>]],
}

/// What is wrong with a value that has to keep `rules` and those of its type.
pub(crate) fn violations(rules: &[Rule<'_>], value: &dyn Encode) -> Vec<Violation> {
    let mut w = Writer::sending();
    w.found = Some(Vec::new());
    value.encode(&mut w);
    let mut found = w.found.take().unwrap_or_default();
    if !rules.is_empty() {
        check_at(rules, &w, 0, &mut found);
    }
    let text = String::from_utf8_lossy(&w.out);
    found.into_iter().map(|found| found.at(&text)).collect()
}

/// What is wrong with a free value that has to keep `rules`.
///
/// # Example
/// ```
/// use clientsmith_runtime::json::{Rule, Value, check_value};
///
/// let rules = [Rule::MaxItems(2), Rule::Items(&[Rule::Minimum("0")])];
/// assert!(check_value(&rules, &Value::array([1, 2])).is_empty());
/// let [violation] = &check_value(&rules, &Value::array([-1]))[..] else { panic!("one") };
/// assert_eq!(violation.to_string(), "$[0] must be at least 0");
/// ```
pub fn check_value(rules: &[Rule<'_>], value: &Value) -> Vec<Violation> {
    let mut found = Vec::new();
    rule::apply(rules, value, &mut String::new(), &mut |rule, message, suffix| {
        push(&mut found, Found { position: 0, suffix: suffix.to_owned(), rule, message });
    });
    found.into_iter().map(|found| found.at("")).collect()
}

fn push(list: &mut Vec<Found>, found: Found) {
    if list.len() < MOST {
        list.push(found);
    }
}

/// Checks the value that has been written from `start` on.
fn check_at(rules: &[Rule<'_>], w: &Writer, start: usize, found: &mut Vec<Found>) {
    let Some(value) = written(w, start) else { return };
    rule::apply(rules, &value, &mut String::new(), &mut |rule, message, suffix| {
        push(found, Found { position: start, suffix: suffix.to_owned(), rule, message });
    });
}

/// The value that has been written from `start` on.
fn written(w: &Writer, start: usize) -> Option<Value> {
    let text = std::str::from_utf8(w.out.get(start..)?).ok()?;
    let mut r = super::Reader::new(text).with_depth(usize::MAX);
    r.value().ok()
}

impl Writer {
    /// Writes an object as [`object`](Self::object) does; when the value is being checked, against these rules too.
    pub fn limited(
        &mut self,
        rules: &'static Rules,
        fields: &[(&'static str, super::Need, &dyn Encode)],
        extra: &dyn RestEncode,
    ) {
        let start = self.out.len();
        // The members that tell of which kind the object is are no strangers to it.
        let tags: Vec<&'static str> = match self.found {
            Some(_) => self.tags.iter().map(|tag| tag.0).collect(),
            None => Vec::new(),
        };
        self.object(fields, extra);
        if self.found.is_some() {
            self.check_object(rules, start, fields, &tags);
        }
    }

    #[cold]
    fn check_object(
        &mut self,
        rules: &'static Rules,
        start: usize,
        fields: &[(&'static str, super::Need, &dyn Encode)],
        tags: &[&'static str],
    ) {
        let (Some(Value::Object(members)), Some(mut found)) = (written(self, start), self.found.take()) else { return };
        let mut tell = |rule: &'static str, message: String, suffix: &str| {
            push(&mut found, Found { position: start, suffix: suffix.to_owned(), rule, message });
        };
        for (name, value) in &members {
            if let Some(index) = fields.iter().position(|field| field.0 == name) {
                let rules = rules.members.get(index).copied().unwrap_or_default();
                rule::apply(rules, value, &mut path::step(name), &mut tell);
            }
        }
        // What is said of all members is meant for those that have no schema of their own.
        let (of_others, own): (Vec<_>, Vec<_>) = rules
            .own
            .iter()
            .copied()
            .partition(|rule| matches!(rule, Rule::Values(_) | Rule::Matching(..) | Rule::NoOthers));
        rule::apply(&own, &Value::Object(members.clone()), &mut String::new(), &mut tell);
        if !of_others.is_empty() {
            let mut others = members;
            others.retain(|name, _| !fields.iter().any(|field| field.0 == name) && !tags.contains(&name));
            rule::apply(&of_others, &Value::Object(others), &mut String::new(), &mut tell);
        }
        self.found = Some(found);
    }

    /// Writes an array as [`tuple`](Self::tuple) does; when the value is being checked, against these rules too.
    pub fn limited_tuple(
        &mut self,
        rules: &'static Rules,
        places: &[(super::Need, &dyn Encode)],
        rest: &dyn super::ItemsEncode,
    ) {
        let start = self.out.len();
        self.tuple(places, rest);
        if self.found.is_some() {
            self.check_tuple(rules, start);
        }
    }

    #[cold]
    fn check_tuple(&mut self, rules: &'static Rules, start: usize) {
        let (Some(Value::Array(items)), Some(mut found)) = (written(self, start), self.found.take()) else { return };
        for (index, item) in items.iter().enumerate() {
            let rules = rules.members.get(index).copied().unwrap_or(rules.own);
            rule::apply(rules, item, &mut format!("[{index}]"), &mut |rule, message, suffix| {
                push(&mut found, Found { position: start, suffix: suffix.to_owned(), rule, message });
            });
        }
        self.found = Some(found);
    }

    /// Writes a string; when the value is being checked, it has to be of the format.
    pub(in super::super) fn formatted(&mut self, text: &str, format: &'static str, fits: fn(&str) -> bool) {
        if let Some(found) = &mut self.found
            && !fits(text)
        {
            let message = format!("must be of the format `{format}`");
            push(found, Found { position: self.out.len(), suffix: String::new(), rule: "format", message });
        }
        self.string(text);
    }
}
