//! Diagnostics are data: a code, a severity, a place and what to do. Rendering is apart, in [`crate::report`].

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::ir::Origin;

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing can be generated.
    Error,
    /// A part of the document is not in the output, or only as free JSON.
    LeftOut,
    /// The document is wrong or unclear; the smallest reasonable reading was taken.
    Warning,
}

/// What was found in the input.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// Which rule.
    pub code: Code,
    /// How much it weighs.
    pub severity: Severity,
    /// Where.
    pub at: Origin,
    /// Whether that means the key, and not what stands under it.
    pub on_key: bool,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What it does to the output.
    pub effect: Option<String>,
    /// What to do.
    pub help: Option<String>,
}

/// Collects diagnostics while a stage runs. The same thing said twice at one place is kept once: what many places share
/// is looked at many times.
#[derive(Debug, Default)]
pub struct Sink(RefCell<Kept>);

#[derive(Debug, Default)]
struct Kept {
    list: Vec<Diagnostic>,
    /// Where those of a code and place are in the list.
    places: BTreeMap<(Origin, Code), Vec<usize>>,
}

impl Sink {
    /// Adds one.
    pub fn push(&self, diagnostic: Diagnostic) {
        let mut kept = self.0.borrow_mut();
        let Kept { list, places } = &mut *kept;
        let here = places.entry((diagnostic.at, diagnostic.code)).or_default();
        if !here.iter().any(|index| list.get(*index) == Some(&diagnostic)) {
            here.push(list.len());
            list.push(diagnostic);
        }
    }
    /// Nothing can be generated.
    pub fn error(&self, code: Code, at: Origin, message: impl Into<String>) {
        self.push(Diagnostic::new(code, Severity::Error, at, message));
    }
    /// A part of the document is not in the output.
    pub fn left_out(&self, code: Code, at: Origin, message: impl Into<String>, effect: impl Into<String>) {
        self.push(Diagnostic { effect: Some(effect.into()), ..Diagnostic::new(code, Severity::LeftOut, at, message) });
    }
    /// The document is wrong or unclear.
    pub fn warning(&self, code: Code, at: Origin, message: impl Into<String>, effect: impl Into<String>) {
        self.push(Diagnostic { effect: Some(effect.into()), ..Diagnostic::new(code, Severity::Warning, at, message) });
    }
    /// Whether an error is among them.
    pub fn has_errors(&self) -> bool {
        self.0.borrow().list.iter().any(|d| d.severity == Severity::Error)
    }
    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.borrow().list.len()
    }
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.borrow().list.is_empty()
    }
    /// All of them, sorted by place.
    pub fn into_sorted(self) -> Vec<Diagnostic> {
        let mut all = self.0.into_inner().list;
        all.sort_by(|a, b| (a.at, a.severity, a.code, &a.message).cmp(&(b.at, b.severity, b.code, &b.message)));
        all
    }
}

impl Diagnostic {
    /// A diagnostic without effect and help.
    pub fn new(code: Code, severity: Severity, at: Origin, message: impl Into<String>) -> Self {
        Self { code, severity, at, on_key: false, message: message.into(), effect: None, help: None }
    }
    /// With what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

macro_rules! codes {
    ($($name:ident = $id:literal, $title:literal, $explanation:literal, $help:literal;)*) => {
        /// The rules that a diagnostic can name. The page of codes in the docs is made from this table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $(#[doc = $title] $name),* }
        impl Code {
            /// All codes.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
            /// Such as `OA0012`; never reused for another rule.
            pub fn id(self) -> &'static str { match self { $(Self::$name => $id),* } }
            /// One line.
            pub fn title(self) -> &'static str { match self { $(Self::$name => $title),* } }
            /// What it means, and what it does to the output.
            pub fn explanation(self) -> &'static str { match self { $(Self::$name => $explanation),* } }
            /// What to do, where a diagnostic does not know better.
            pub fn help(self) -> &'static str { match self { $(Self::$name => $help),* } }
        }
    };
}

codes! {
    Unreadable = "OA0001", "the file cannot be read", "The file is missing, is a folder, is too large, or may not be read. Nothing is generated; when only a reference names the file, what refers to it falls back to free JSON or is left out.",
        "check the path, and that the file may be read";
    Syntax = "OA0002", "the text is not valid JSON or YAML", "The parser stopped at this place. Nothing is generated. Where the rest could still be read, this is a warning that says how.",
        "mend the text at this place, or just before it";
    NotASpec = "OA0003", "the document is not an API description", "A description starts with `openapi: 3.x.y` or `swagger: \"2.0\"`. Nothing is generated.",
        "give the main file of the description, the one with the version in it";
    Version = "OA0004", "this version is not supported", "Read the message for the versions that are. Nothing is generated.",
        "convert the description to a version that can be read";
    Limit = "OA0005", "the document goes beyond a limit", "Depth, size, what aliases repeat and what schemas make together are bounded, so that a hostile file cannot exhaust the machine. Where the text itself goes beyond a limit, nothing is generated; else the part becomes free JSON or is left out.",
        "nest less, repeat less, or split the description";
    DuplicateKey = "OA0006", "a key stands twice in one object", "The last one counts, as in most parsers.",
        "remove one of the two";
    KeywordType = "OA0010", "a keyword has a value of the wrong type", "The keyword is passed over, or read as what it most likely means.",
        "give the keyword a value of the type that the specification asks for";
    MissingKeyword = "OA0011", "a required keyword is missing", "The smallest reasonable value is taken, or the item is left out.",
        "add the keyword";
    UnknownKeyword = "OA0012", "a keyword is not known here", "It is passed over.",
        "check its spelling, and whether this version of OpenAPI has it at this place";
    BrokenRef = "OA0020", "a `$ref` leads nowhere", "The place that refers to it becomes free JSON, or is left out when it is not a schema.",
        "mend the reference, or add what it names";
    RefCycle = "OA0021", "a `$ref` leads back to itself", "A chain of references that never reaches a definition becomes free JSON, or is left out when it is not a schema.",
        "let the chain end in a definition";
    RefOutside = "OA0022", "a `$ref` leads out of what may be read", "Only files in the folder of the description are read, and nothing is fetched from a network. What refers there becomes free JSON, or is left out when it is not a schema.",
        "copy the file beside the description, or allow its folder (`--allow DIR`)";
    DuplicateOperationId = "OA0030", "an `operationId` is used twice", "It stays with the operation that had it in an earlier run, else with the one whose path is smaller; the other one gets a name of its own from method and path.",
        "give one of the operations another `operationId`";
    MissingOperationId = "OA0031", "an operation has no `operationId`", "A stable name is made from method and path.",
        "add an `operationId`, or name the operation in the settings";
    UnknownMethod = "OA0032", "not an HTTP method", "The entry of the path item is left out, or taken for a method of its own.",
        "mend the method, or put it under `additionalOperations` (OpenAPI 3.2)";
    Path = "OA0033", "a path template is malformed", "The operation is left out when its path cannot be built.",
        "write each parameter of the path as `{name}`";
    PathParameter = "OA0034", "path template and path parameters disagree", "An undeclared parameter of the template is taken as a required string; a declared one that the template lacks is left out.",
        "let the template and the parameters name the same";
    ParameterStyle = "OA0035", "a parameter has a style that its place does not allow", "The default style of the place is taken.",
        "give a style that the place has, or none";
    DuplicateParameter = "OA0036", "a parameter is declared twice", "The last one counts.",
        "remove one of the two";
    MissingResponses = "OA0037", "an operation has no responses", "Any 2xx answer is a success, and its body is given as bytes.",
        "describe at least the answer of a success";
    Status = "OA0038", "not a status", "The response is left out.",
        "write a status such as `200`, a range such as `4XX`, or `default`";
    MediaType = "OA0039", "a media type that cannot be expressed", "The body is sent or given as bytes, or left out where the name is no media type at all.",
        "name a media type such as `application/json`, with a schema that it can carry";
    Security = "OA0040", "a security requirement that cannot be kept", "One that names an unknown scheme is left out; where it is the only one, calls are sent without a credential. One that puts two credentials into one header is kept, and a call that has both is an error.",
        "declare the scheme or mend its name, and ask for schemes of one header in requirements of their own";
    Scheme = "OA0041", "a security scheme cannot be expressed", "It is left out; operations that need only it are called without credentials.",
        "describe the scheme in full, or set its credential as a header of the client";
    Server = "OA0042", "a server cannot be expressed", "It is left out.",
        "give the server a URL with `http` or `https`, and each variable a default";
    Tag = "OA0044", "a tag cannot stand where it says", "A tag whose parent is no tag of the document, or that would stand inside of itself, stands at the top. Tags that stand too deep inside each other stand side by side.",
        "name a tag of the document as the parent, and let no tag stand inside of itself";
    Events = "OA0045", "kinds of events that cannot be told apart", "Events are told apart by their names. Where two kinds share one, the data of every event is free JSON.",
        "give each kind of event a name of its own";
    SchemaConflict = "OA0050", "parts of a schema contradict each other", "The message says which part counts.",
        "let the parts agree";
    SchemaFallback = "OA0051", "a schema falls back to free JSON", "The value is kept in full but has no type.",
        "say the `type` of the value";
    EnumValue = "OA0052", "a value of an enum is not of its type", "It is kept as a literal; the enum accepts any value.",
        "list values of the one type only";
    Discriminator = "OA0054", "a discriminator cannot be used", "The union is told apart by its members.",
        "let the property be a string of each variant, and the mapping name schemas that there are";
    InfiniteType = "OA0055", "a type requires itself", "No finite value exists; the member is taken as optional.",
        "take the member out of `required`";
    Constraint = "OA0056", "a constraint cannot hold", "It is left out of the docs and checks.",
        "mend the bounds, the pattern or the default";
    Condition = "OA0057", "a condition that a type cannot express", "What holds only under a condition has no form in a type. Its members are there as optional ones, and the condition is left to the server.",
        "nothing, if the server checks it; else describe each case as a schema of `oneOf` that no value of another one fits";
    NotCalls = "OA0043", "a webhook or callback that describes no request", "Webhooks and callbacks are requests that the server sends. One whose path item has no operation is left out.",
        "describe the request that is sent";
    Extension = "OA0060", "an extension cannot be used", "The extension is left out; the operation is generated without it.",
        "mend the extension, or remove it";
    NotFollowed = "OA0061", "an extension asks for more than is generated", "What the operation sends and gives is generated in full; the message says what is left to the caller.",
        "nothing, or do by hand what is left";
    Setting = "OA0070", "the settings are wrong", "See the message; nothing is generated.",
        "mend the settings";
    UnusedSetting = "OA0071", "a setting matches nothing", "Nothing is generated, as the setting may be meant for something.",
        "remove it, or mend its target";
    Overlay = "OA0072", "an overlay cannot be applied", "The overlay is not what the Overlay Specification describes, or its change does not fit what its target selects. Nothing is generated.",
        "mend the overlay";
}
