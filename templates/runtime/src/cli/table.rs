//! The static tables that generated code consists of.

use super::super::call::{Api, Error, Op, Request};
use super::super::json::{Decode, Encode};
use super::given::Given;
use super::send::{self, Unfit};
use super::show::{Pending, Shown};

/// A type that arguments are decoded into and sent from.
pub trait Model: Decode + Encode {}

impl<T: Decode + Encode> Model for T {}

/// The client of one API.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::codegen as rt;
/// use rt::cli;
///
/// static API: rt::Api = rt::Api { name: "zoo", ..rt::Api::BASE };
/// static GET_PET: rt::Op = rt::Op {
///     id: "getPet",
///     path: "/pets/{petId}",
///     params: &[rt::Param::path("petId")],
///     ..rt::Op::BASE
/// };
/// static TOOL: cli::Tool = cli::Tool {
///     api: &API,
///     about: "All about animals.",
///     groups: &[cli::Group {
///         name: "pets",
///         entries: &[cli::Entry {
///             name: "get-pet",
///             about: "One pet.",
///             params: &[cli::Arg::integer::<i64>("pet-id", "")],
///             ..cli::Entry::new(&GET_PET, cli::json::<rt::Value>)
///         }],
///     }],
/// };
/// assert_eq!(TOOL.entries().count(), 1);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Tool {
    /// The API.
    pub api: &'static Api,
    /// What it is, in one line.
    pub about: &'static str,
    /// Its operations by tag.
    pub groups: &'static [Group],
}

impl Tool {
    /// All operations.
    pub fn entries(&self) -> impl Iterator<Item = &'static Entry> + use<> {
        self.groups.iter().flat_map(|group| group.entries)
    }

    /// The group that is called by these words.
    pub(super) fn group(&self, words: &str) -> Option<&'static Group> {
        self.groups.iter().find(|group| group.name == words)
    }

    /// The words that lead from these to groups inside; behind no word at all, to every group.
    pub(super) fn inside(&self, words: &str) -> Vec<&'static str> {
        let mut out = Vec::new();
        for group in self.groups {
            let rest = match words {
                "" => Some(group.name),
                _ => group.name.strip_prefix(words).and_then(|rest| rest.strip_prefix(' ')),
            };
            out.extend(rest.and_then(|rest| rest.split(' ').next()).filter(|word| !out.contains(word)));
        }
        out
    }

    /// Whether these words lead to a group.
    pub(super) fn leads(&self, words: &str) -> bool {
        !words.is_empty() && (self.group(words).is_some() || !self.inside(words).is_empty())
    }

    /// The operation of this id.
    #[must_use]
    pub fn entry(&self, id: &str) -> Option<&'static Entry> {
        self.entries().find(|entry| entry.op.id == id)
    }
}

/// The operations of one tag.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// The sub-command; for a group inside of others, the words of these before its own, with spaces between.
    pub name: &'static str,
    /// Its operations.
    pub entries: &'static [Entry],
}

/// One operation.
#[derive(Clone, Copy)]
pub struct Entry {
    /// What the client sends.
    pub op: &'static Op,
    /// The sub-command.
    pub name: &'static str,
    /// What it does, in one line.
    pub about: &'static str,
    /// Its parameters, in the order of [`Op::params`].
    pub params: &'static [Arg],
    /// The media types of its body; empty when it takes none.
    pub bodies: &'static [Body],
    /// Sends the request and reads the answer as the client's method does.
    pub send: fn(Request) -> Pending,
    /// Sends the request and gives the items of all pages, where the answer comes in pages.
    pub all: Option<fn(Request) -> Pending>,
    /// Whether its answer is a stream of items.
    pub streams: bool,
    /// The scopes that it needs of a security scheme.
    pub scopes: &'static [(&'static str, &'static [&'static str])],
    /// Reads the body of an error answer as its declared type.
    pub error: fn(&Error) -> Option<Shown>,
}

impl Entry {
    /// An operation without arguments and declared errors.
    #[must_use]
    pub const fn new(op: &'static Op, send: fn(Request) -> Pending) -> Self {
        Self {
            op,
            name: "",
            about: "",
            params: &[],
            bodies: &[],
            send,
            all: None,
            streams: false,
            scopes: &[],
            error: send::no_error,
        }
    }

    /// The same as this sub-command, and what it does in one line.
    #[must_use]
    pub const fn named(mut self, name: &'static str, about: &'static str) -> Self {
        self.name = name;
        self.about = about;
        self
    }

    /// The same with parameters, in the order of [`Op::params`].
    #[must_use]
    pub const fn params(mut self, params: &'static [Arg]) -> Self {
        self.params = params;
        self
    }

    /// The same with a body in one of these media types.
    #[must_use]
    pub const fn bodies(mut self, bodies: &'static [Body]) -> Self {
        self.bodies = bodies;
        self
    }

    /// The same with what gives the items of all pages.
    #[must_use]
    pub const fn all(mut self, all: fn(Request) -> Pending) -> Self {
        self.all = Some(all);
        self
    }

    /// The same with an answer that is a stream of items.
    #[must_use]
    pub const fn streams(mut self) -> Self {
        self.streams = true;
        self
    }

    /// The same with the scopes that it needs of security schemes.
    #[must_use]
    pub const fn scopes(mut self, scopes: &'static [(&'static str, &'static [&'static str])]) -> Self {
        self.scopes = scopes;
        self
    }

    /// The same with what reads the body of an error answer.
    #[must_use]
    pub const fn error(mut self, error: fn(&Error) -> Option<Shown>) -> Self {
        self.error = error;
        self
    }
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Entry").field("op", &self.op.id).field("name", &self.name).finish_non_exhaustive()
    }
}

/// A parameter as an argument.
#[derive(Clone, Copy, Debug)]
pub struct Arg {
    /// The flag without its dashes.
    pub flag: &'static str,
    /// Makes a blank value of its type.
    pub blank: fn() -> Box<dyn Model>,
    /// How the word behind the flag is read.
    pub word: Word,
    /// Whether it is a list: then the flag may be given several times.
    pub many: bool,
    /// What it takes, for people.
    pub takes: &'static str,
    /// The values that the description lists.
    pub values: &'static [&'static str],
    /// Whether `null` may be given, which is not sent.
    pub nullable: bool,
    /// Whether an empty text may be given in place of a value.
    pub empty: bool,
    /// What it is, in one line.
    pub about: &'static str,
}

impl Arg {
    /// Text of this type.
    #[must_use]
    pub const fn text<T: Decode + Encode + Default + 'static>(flag: &'static str, about: &'static str) -> Self {
        Self::new::<T>(flag, about, Word::Text, "text")
    }

    /// A date.
    #[must_use]
    pub const fn date<T: Decode + Encode + Default + 'static>(flag: &'static str, about: &'static str) -> Self {
        Self::new::<T>(flag, about, Word::Text, "date")
    }

    /// A date with a time.
    #[must_use]
    pub const fn date_time<T: Decode + Encode + Default + 'static>(flag: &'static str, about: &'static str) -> Self {
        Self::new::<T>(flag, about, Word::Text, "date-time")
    }

    /// A whole number.
    #[must_use]
    pub const fn integer<T: Decode + Encode + Default + 'static>(flag: &'static str, about: &'static str) -> Self {
        Self::new::<T>(flag, about, Word::Literal, "integer")
    }

    /// A number.
    #[must_use]
    pub const fn number<T: Decode + Encode + Default + 'static>(flag: &'static str, about: &'static str) -> Self {
        Self::new::<T>(flag, about, Word::Literal, "number")
    }

    /// `true` or `false`.
    #[must_use]
    pub const fn boolean<T: Decode + Encode + Default + 'static>(flag: &'static str, about: &'static str) -> Self {
        Self::new::<T>(flag, about, Word::Switch, "boolean")
    }

    /// Anything else, as JSON.
    #[must_use]
    pub const fn json<T: Decode + Encode + Default + 'static>(flag: &'static str, about: &'static str) -> Self {
        Self::new::<T>(flag, about, Word::Literal, "json")
    }

    const fn new<T: Decode + Encode + Default + 'static>(
        flag: &'static str,
        about: &'static str,
        word: Word,
        takes: &'static str,
    ) -> Self {
        Self { flag, blank: blank::<T>, word, many: false, takes, values: &[], nullable: false, empty: false, about }
    }

    /// The same as a list.
    #[must_use]
    pub const fn many(self) -> Self {
        Self { many: true, ..self }
    }

    /// The same where `null` may be given.
    #[must_use]
    pub const fn nullable(self) -> Self {
        Self { nullable: true, ..self }
    }

    /// The same where an empty text may be given.
    #[must_use]
    pub const fn empty(self) -> Self {
        Self { empty: true, ..self }
    }

    /// The same with listed values.
    #[must_use]
    pub const fn values(self, values: &'static [&'static str]) -> Self {
        Self { values, ..self }
    }
}

fn blank<T: Decode + Encode + Default + 'static>() -> Box<dyn Model> {
    Box::new(T::default())
}

/// How the word behind a flag is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// It is the text itself.
    Text,
    /// It is a JSON literal; a text where it is none.
    Literal,
    /// `true` or `false`; the flag alone is `true`.
    Switch,
}

/// Decodes a JSON value into a type of the models and sets it on the request, in this media type.
pub type SetBody = fn(Request, &'static str, &Given<'_>) -> Result<Request, Unfit>;

/// A body in one media type.
#[derive(Clone, Copy, Debug)]
pub struct Body {
    /// The media type.
    pub media: &'static str,
    /// What it is made from.
    pub kind: BodyKind,
}

impl Body {
    /// JSON of this type.
    #[must_use]
    pub const fn json<T: Decode + Encode + Default>(media: &'static str) -> Self {
        Self { media, kind: BodyKind::Value(send::json_body::<T>) }
    }

    /// A form or a document, which `set` makes of its JSON.
    #[must_use]
    pub const fn value(media: &'static str, set: SetBody) -> Self {
        Self { media, kind: BodyKind::Value(set) }
    }

    /// Parts, files among them, which `set` makes of their JSON.
    #[must_use]
    pub const fn parts(media: &'static str, set: SetBody) -> Self {
        Self { media, kind: BodyKind::Parts(set) }
    }

    /// JSON Lines with items of this type.
    #[must_use]
    pub const fn lines<T: Decode + Encode + Default + 'static>(media: &'static str) -> Self {
        Self { media, kind: BodyKind::Items(send::lines_body::<T>) }
    }

    /// A JSON text sequence with items of this type.
    #[must_use]
    pub const fn sequence<T: Decode + Encode + Default + 'static>(media: &'static str) -> Self {
        Self { media, kind: BodyKind::Items(send::sequence_body::<T>) }
    }

    /// Text.
    #[must_use]
    pub const fn text(media: &'static str) -> Self {
        Self { media, kind: BodyKind::Text }
    }

    /// Bytes.
    #[must_use]
    pub const fn bytes(media: &'static str) -> Self {
        Self { media, kind: BodyKind::Bytes }
    }
}

/// What a body is made from.
#[derive(Clone, Copy, Debug)]
pub enum BodyKind {
    /// A JSON value, which is decoded into a type of the models and set on the request.
    Value(SetBody),
    /// The same, with files inside: `{"$file": PATH}`, also with `fileName`, `mediaType` and `headers`.
    Parts(SetBody),
    /// A list of JSON values, which are decoded into a type of the models and sent one after the other.
    Items(SetBody),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}
