//! The tree of a settings file → [`ApiSettings`]. Every key that is not known and every value of a wrong kind is an
//! error at its place; what the values refer to is looked up later.

use super::api::{Allow, ApiSettings, Defaults, FormatChoice, Rename, Renamed, Said, Selection, ServerChoice};
use crate::diag::{Code, Diagnostic, Severity, Sink};
use crate::ir::{FloatKind, IntKind, Origin, Separator, Shape, TextFormat};
use crate::load::{At, Document, Kind, key_origin, nearest_name};

const KEYS: &[&str] =
    &["name", "rename", "skip", "only", "allow", "formats", "server", "layout", "features", "overlays"];
const RENAME: &[&str] = &["types", "fields", "values", "operations", "params", "tags", "schemes"];

/// What a format can become, by the word that says so.
const SHAPES: &[(&str, Shape)] = &[
    ("text", Shape::Text(TextFormat::Plain)),
    ("date-time", Shape::Text(TextFormat::DateTime)),
    ("local-date-time", Shape::Text(TextFormat::LocalDateTime)),
    ("date", Shape::Text(TextFormat::Date)),
    ("time", Shape::Text(TextFormat::Time)),
    ("duration", Shape::Text(TextFormat::Duration)),
    ("uuid", Shape::Text(TextFormat::Uuid)),
    ("base64", Shape::Text(TextFormat::Base64)),
    ("base64url", Shape::Text(TextFormat::Base64Url)),
    ("http-date", Shape::Text(TextFormat::HttpDate)),
    ("integer-text", Shape::Text(TextFormat::Integer)),
    ("decimal-text", Shape::Text(TextFormat::Decimal)),
    ("comma-list", Shape::Text(TextFormat::List(Separator::Comma))),
    ("space-list", Shape::Text(TextFormat::List(Separator::Space))),
    ("pipe-list", Shape::Text(TextFormat::List(Separator::Pipe))),
    ("line-list", Shape::Text(TextFormat::List(Separator::Line))),
    ("secret", Shape::Text(TextFormat::Password)),
    ("i8", Shape::Int(IntKind::I8)),
    ("i16", Shape::Int(IntKind::I16)),
    ("i32", Shape::Int(IntKind::I32)),
    ("i64", Shape::Int(IntKind::I64)),
    ("u8", Shape::Int(IntKind::U8)),
    ("u16", Shape::Int(IntKind::U16)),
    ("u32", Shape::Int(IntKind::U32)),
    ("u64", Shape::Int(IntKind::U64)),
    ("f32", Shape::Float(FloatKind::F32)),
    ("f64", Shape::Float(FloatKind::F64)),
    ("exact", Shape::Float(FloatKind::Exact)),
    ("unix-time", Shape::Float(FloatKind::UnixTime)),
    ("seconds", Shape::Float(FloatKind::Seconds)),
    ("milliseconds", Shape::Float(FloatKind::Milliseconds)),
];

impl ApiSettings {
    /// The settings that were loaded with a document, or the default. What is wrong with them goes to `sink`.
    ///
    /// # Example
    /// ```
    /// use clientsmith::{diag::Sink, load, settings::ApiSettings, source::Source};
    ///
    /// let source = Source::new("pets.yaml", "openapi: 3.0.3").with_settings("pets.toml", "name = 'pet-shop'");
    /// let sink = Sink::default();
    /// let document = load::load(&source, &load::Limits::default(), &sink);
    /// let settings = ApiSettings::read(&document, &sink);
    /// assert_eq!(settings.name.map(|name| name.value).as_deref(), Some("pet-shop"));
    /// ```
    pub fn read(document: &Document, sink: &Sink) -> Self {
        document.settings().map(|root| Reader { sink }.settings(root)).unwrap_or_default()
    }
}

struct Reader<'s> {
    sink: &'s Sink,
}

impl Reader<'_> {
    fn settings(&self, root: At<'_>) -> ApiSettings {
        self.keys(root, KEYS, "the settings");
        let strings = |key: &str| root.get(key).map(|at| self.strings(at, key)).unwrap_or_default();
        // Those are read while the document is loaded; here they are only checked.
        strings("overlays");
        let single_module =
            root.get("layout").is_some_and(|at| self.word(at, "layout", &["by-tag", "single"]) == Some("single"));
        let per_tag = root.get("features").and_then(|at| self.per_tag(at));
        if let Some(at) = root.get("features").and_then(|at| at.get("per-tag"))
            && single_module
            && per_tag.is_some_and(|count| count < usize::MAX)
        {
            self.refuse(at.origin(), "with `layout = \"single\"` there can be no features per tag".to_owned());
        }
        ApiSettings {
            name: root.get("name").and_then(|at| self.said(at, "name")),
            rename: root.get("rename").map(|at| self.rename(at)).unwrap_or_default(),
            only: root.get("only").map(|at| self.selection(at, "only")),
            skip: root.get("skip").map(|at| self.selection(at, "skip")).unwrap_or_default(),
            allow: root.get("allow").map(|at| self.allow(at)).unwrap_or_default(),
            formats: root.get("formats").map(|at| self.formats(at)).unwrap_or_default(),
            server: root.get("server").and_then(|at| self.server(at)),
            single_module,
            per_tag,
            defaults: root.get("features").map(|at| self.defaults(at)).unwrap_or_default(),
        }
    }

    fn rename(&self, at: At<'_>) -> Rename {
        if !self.table(at, "rename") {
            return Rename::default();
        }
        self.keys(at, RENAME, "`rename`");
        let list = |key: &str| at.get(key).map(|at| self.renamed(at, key)).unwrap_or_default();
        Rename {
            types: list("types"),
            fields: list("fields"),
            values: list("values"),
            operations: list("operations"),
            params: list("params"),
            tags: list("tags"),
            schemes: list("schemes"),
        }
    }

    fn renamed(&self, at: At<'_>, key: &str) -> Vec<Renamed> {
        if !self.table(at, &format!("rename.{key}")) {
            return Vec::new();
        }
        let entry = |(what, at): (&str, At<'_>)| {
            let Said { value, at: name_at } = self.said(at, what)?;
            Some(Renamed { what: what.to_owned(), what_at: key_origin(at), name: value, name_at })
        };
        at.entries().filter_map(entry).collect()
    }

    fn selection(&self, at: At<'_>, key: &str) -> Selection {
        if !self.table(at, key) {
            return Selection::default();
        }
        self.keys(at, &["operations", "tags"], &format!("`{key}`"));
        let list = |part: &str| at.get(part).map(|at| self.strings(at, &format!("{key}.{part}"))).unwrap_or_default();
        Selection { operations: list("operations"), tags: list("tags") }
    }

    fn allow(&self, at: At<'_>) -> Vec<Allow> {
        if !matches!(at.node.kind, Kind::Array(_)) {
            self.wrong(at, "`allow` is a list of tables `{ code, at, reason }`");
            return Vec::new();
        }
        at.items().filter_map(|entry| self.allowed(entry)).collect()
    }

    fn allowed(&self, at: At<'_>) -> Option<Allow> {
        if !at.is_object() {
            self.wrong(at, "`allow` is a list of tables `{ code, at, reason }`");
            return None;
        }
        self.keys(at, &["code", "at", "reason"], "`allow`");
        let part = |key: &str| match at.get(key) {
            Some(value) => self.said(value, key),
            None => {
                self.refuse(at.origin(), format!("an entry of `allow` needs `{key}`"));
                None
            }
        };
        let (code, place, reason) = (part("code"), part("at"), part("reason"));
        let (code, place, reason) = (code?, place?, reason?);
        let Some(known) = Code::ALL.iter().find(|known| known.id().eq_ignore_ascii_case(&code.value)) else {
            let message = format!("there is no code `{}`; `clientsmith explain` lists all", code.value);
            self.refuse(code.at, message);
            return None;
        };
        Some(Allow { code: *known, at: place.value, reason: reason.value, origin: at.origin() })
    }

    fn formats(&self, at: At<'_>) -> Vec<FormatChoice> {
        if !self.table(at, "formats") {
            return Vec::new();
        }
        let words: Vec<&str> = SHAPES.iter().map(|(word, _)| *word).collect();
        let choice = |(format, at): (&str, At<'_>)| {
            let word = self.word(at, format, &words)?;
            let (_, shape) = SHAPES.iter().find(|(known, _)| *known == word)?;
            Some(FormatChoice { format: format.to_owned(), shape: shape.clone(), at: key_origin(at) })
        };
        at.entries().filter_map(choice).collect()
    }

    fn server(&self, at: At<'_>) -> Option<Said<ServerChoice>> {
        let value = match &at.node.kind {
            Kind::String(url) if !url.trim().is_empty() => ServerChoice::Url(url.trim().to_owned()),
            Kind::Number(number) if number.parse::<usize>().is_ok() => {
                ServerChoice::Index(number.parse().unwrap_or_default())
            }
            _ => {
                self.wrong(at, "`server` is the number of a server of the description, counted from 0, or a URL");
                return None;
            }
        };
        Some(Said { value, at: at.origin() })
    }

    fn per_tag(&self, at: At<'_>) -> Option<usize> {
        let at = at.get("per-tag")?;
        match &at.node.kind {
            Kind::Bool(true) => Some(0),
            Kind::Bool(false) => Some(usize::MAX),
            Kind::Number(number) if number.parse::<usize>().is_ok() => number.parse().ok(),
            _ => {
                self.wrong(at, "`features.per-tag` is true, false or a number of operations");
                None
            }
        }
    }

    fn defaults(&self, at: At<'_>) -> Defaults {
        if !self.table(at, "features") {
            return Defaults::All;
        }
        self.keys(at, &["default", "per-tag"], "`features`");
        let Some(at) = at.get("default") else { return Defaults::All };
        match &at.node.kind {
            Kind::Bool(true) => Defaults::All,
            Kind::Bool(false) => Defaults::Nothing,
            Kind::Array(_) => Defaults::Tags(self.strings(at, "features.default")),
            _ => {
                self.wrong(at, "`features.default` is true, false or a list of tags");
                Defaults::All
            }
        }
    }

    fn strings(&self, at: At<'_>, key: &str) -> Vec<Said<String>> {
        if !matches!(at.node.kind, Kind::Array(_)) {
            self.wrong(at, &format!("`{key}` is a list of strings"));
            return Vec::new();
        }
        at.items().filter_map(|item| self.said(item, key)).collect()
    }

    /// A string that says something.
    fn said(&self, at: At<'_>, key: &str) -> Option<Said<String>> {
        match at.as_str().map(str::trim) {
            Some("") => {
                self.refuse(at.origin(), format!("`{key}` is empty"));
                None
            }
            Some(text) => Some(Said { value: text.to_owned(), at: at.origin() }),
            None => {
                self.wrong(at, &format!("`{key}` is a string"));
                None
            }
        }
    }

    /// One of some words.
    fn word<'a>(&self, at: At<'a>, key: &str, words: &[&str]) -> Option<&'a str> {
        match at.as_str() {
            Some(word) if words.contains(&word) => Some(word),
            Some(word) => {
                let message = format!("`{key}` cannot be `{word}`");
                self.push(at.origin(), message, advice(word, words, "it can be"));
                None
            }
            None => {
                self.wrong(at, &format!("`{key}` is one of {}", words.join(", ")));
                None
            }
        }
    }

    fn table(&self, at: At<'_>, key: &str) -> bool {
        if !at.is_object() {
            self.wrong(at, &format!("`{key}` is a table"));
        }
        at.is_object()
    }

    fn keys(&self, at: At<'_>, known: &[&str], what: &str) {
        for (key, value) in at.entries().filter(|(key, _)| !known.contains(key)) {
            self.push(key_origin(value), format!("`{key}` is no key of {what}"), advice(key, known, "the keys are"));
        }
    }

    fn wrong(&self, at: At<'_>, rule: &str) {
        self.refuse(at.origin(), format!("{rule}, but this is {}", at.node.type_name()));
    }

    fn refuse(&self, at: Origin, message: String) {
        self.sink.error(Code::Setting, at, message);
    }

    fn push(&self, at: Origin, message: String, help: String) {
        self.sink.push(Diagnostic::new(Code::Setting, Severity::Error, at, message).help(help));
    }
}

fn advice(word: &str, known: &[&str], otherwise: &str) -> String {
    match nearest_name(word, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("{otherwise} {}", known.join(", ")),
    }
}
