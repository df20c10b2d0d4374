//! Which Rust type the schema at a place has become.

use std::collections::BTreeMap;
use std::path::Path;

use clientsmith::diag::Sink;
use clientsmith::ir::{Api, FloatKind, Id as _, IntKind, Media, Origin, Reply, Separator, Shape, TextFormat, TypeKind};
use clientsmith::load::{Document, Limits, load};
use clientsmith::plan::plan;
use clientsmith::settings::Config;
use clientsmith::source::Source;
use serde_json::Value;

use super::super::count::resolve;
use super::super::raw::Files;
use super::Place;
use super::find::escape;

/// Types by the place of their schema.
#[derive(Clone, Debug, Default)]
pub(super) struct Targets(BTreeMap<Place, String>);

impl Targets {
    /// The types of a description.
    pub(super) fn of(source: &Source, set: &Path) -> Self {
        let sink = Sink::default();
        let document = load(source, &Limits::default(), &sink);
        if sink.has_errors() {
            return Self::default();
        }
        let apis = [clientsmith::lower(&document, "api", &clientsmith::settings::ApiSettings::default(), &sink)];
        let decided = plan(&apis, &Config::default(), &[&sink]);
        let ([api], [own]) = (&apis, decided.apis.as_slice()) else { return Self::default() };
        let (facts, names) = (&own.facts, &own.names);
        let mut gather =
            Gather { document: &document, prefix: prefixes(set), api, names: &names.types, found: BTreeMap::new() };
        for (id, definition) in api.types.iter() {
            if facts.emitted.get(id.index()).copied().unwrap_or(false) {
                gather.add(definition.origin, "", &Shape::Named(id));
                if let TypeKind::Struct(structure) = &definition.kind {
                    structure.fields.iter().for_each(|field| gather.add(field.origin, "", &field.shape));
                }
            }
        }
        for (_, operation) in api.ops.iter() {
            operation.params.iter().for_each(|param| gather.add(param.origin, "/schema", &param.shape));
            let replies = &operation.replies;
            for Reply { media, origin, .. } in replies.ok.iter().chain(&replies.err).chain(&replies.fallback) {
                gather.media(*origin, media);
            }
            if let Some(body) = &operation.body {
                gather.media(body.origin, &body.media);
            }
        }
        Self(gather.found)
    }

    /// The type that an example of the schema at a place goes through.
    pub(super) fn kind(&self, files: &mut Files, schema: &Place, value: &Value) -> Option<String> {
        let kind = self.lookup(files, schema)?;
        // A named type never is `null` itself: the places that refer to it say so.
        Some(if value.is_null() && !kind.starts_with("Option<") { format!("Option<{kind}>") } else { kind })
    }

    fn lookup(&self, files: &mut Files, place: &Place) -> Option<String> {
        if let Some(kind) = self.0.get(place) {
            return Some(kind.clone());
        }
        let root = files.get(&place.0)?;
        let schema = root.pointer(&place.1)?;
        let ((file, pointer), _) = resolve(files, &place.0, schema)?;
        self.0.get(&(file, pointer)).cloned()
    }
}

/// The beginnings of paths of files in the set.
fn prefixes(set: &Path) -> Vec<String> {
    let mut all = vec![set.to_path_buf()];
    all.extend(set.canonicalize());
    all.iter().map(|path| format!("{}/", path.to_string_lossy().replace('\\', "/"))).collect()
}

struct Gather<'a> {
    document: &'a Document,
    prefix: Vec<String>,
    api: &'a Api,
    names: &'a [String],
    found: BTreeMap<Place, String>,
}

impl Gather<'_> {
    fn add(&mut self, origin: Origin, below: &str, shape: &Shape) {
        let path = self.document.path(origin.file);
        let file = self.prefix.iter().find_map(|prefix| path.strip_prefix(prefix.as_str())).unwrap_or(path);
        let file = file.strip_suffix(".gz").filter(|_| origin.file > 0).unwrap_or(file).to_owned();
        let pointer = self.document.pointer(origin);
        let place = (file, format!("{}{below}", pointer.trim_start_matches('#')));
        if self.is_plain(shape) {
            return;
        }
        let kind = self.kind(shape);
        self.found.entry(place).or_insert(kind);
    }

    fn media(&mut self, origin: Origin, media: &[Media]) {
        for media in media {
            self.add(origin, &format!("/content/{}/schema", escape(&media.name)), &media.shape);
            // 2.0 has one schema for all of them.
            self.add(origin, "/schema", &media.shape);
        }
    }

    /// Whether there is nothing of the description in a shape.
    fn is_plain(&self, shape: &Shape) -> bool {
        matches!(shape, Shape::Binary) || !matches!(shape.core(), Shape::Named(_)) && shape.core() == shape
    }

    fn kind(&self, shape: &Shape) -> String {
        match shape {
            Shape::Bool => "bool".to_owned(),
            Shape::Int(kind) => match kind {
                IntKind::I8 => "i8",
                IntKind::I16 => "i16",
                IntKind::I32 => "i32",
                IntKind::I64 => "i64",
                IntKind::U8 => "u8",
                IntKind::U16 => "u16",
                IntKind::U32 => "u32",
                IntKind::U64 => "u64",
            }
            .to_owned(),
            Shape::Float(kind) => match kind {
                FloatKind::F32 => "f32",
                FloatKind::F64 => "f64",
                FloatKind::Exact => "rt::Number",
                FloatKind::UnixTime => "rt::UnixTime",
                FloatKind::Seconds => "rt::Seconds",
                FloatKind::Milliseconds => "rt::Milliseconds",
            }
            .to_owned(),
            Shape::Text(format) => match format {
                TextFormat::Plain => "String",
                TextFormat::DateTime => "rt::DateTime",
                TextFormat::Date => "rt::Date",
                TextFormat::Time => "rt::Time",
                TextFormat::LocalDateTime => "rt::LocalDateTime",
                TextFormat::HttpDate => "rt::HttpDate",
                TextFormat::Duration => "rt::IsoDuration",
                TextFormat::Uuid => "rt::Uuid",
                TextFormat::Base64 => "rt::Base64",
                TextFormat::Base64Url => "rt::Base64Url",
                TextFormat::Password => "rt::Secret",
                TextFormat::Integer => "rt::IntegerText",
                TextFormat::Decimal => "rt::DecimalText",
                TextFormat::List(Separator::Comma) => "rt::CommaList",
                TextFormat::List(Separator::Space) => "rt::SpaceList",
                TextFormat::List(Separator::Pipe) => "rt::PipeList",
                TextFormat::List(Separator::Line) => "rt::LineList",
            }
            .to_owned(),
            Shape::JsonText(inner) => format!("rt::JsonText<{}>", self.kind(inner)),
            Shape::Binary | Shape::Json => "rt::Value".to_owned(),
            Shape::List(inner) => format!("Vec<{}>", self.kind(inner)),
            Shape::Map(inner) => format!("rt::Map<{}>", self.kind(inner)),
            Shape::Nullable(inner) => format!("Option<{}>", self.kind(inner)),
            Shape::Named(id) if self.api.types.get(*id).is_some() => {
                format!("models::{}", self.names.get(id.index()).map_or("Missing", String::as_str))
            }
            Shape::Named(_) => "rt::Value".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_by_place() {
        let spec = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths:\n  /a:\n    get:\n      responses: {'200': {description: x, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/a'}}}}}}\ncomponents:\n  schemas:\n    a: {type: object, properties: {b: {$ref: '#/components/schemas/c'}, d: {type: object, properties: {e: {type: integer}}}}}\n    c: {type: string, enum: [x]}\n";
        let targets = Targets::of(&Source::new("a.yaml", spec), Path::new("/nowhere"));
        let mut files = Files::of(&[("a.yaml", spec)]);
        let mut kind =
            |pointer: &str, value: Value| targets.kind(&mut files, &("a.yaml".to_owned(), pointer.to_owned()), &value);
        let one = || Value::from(1);
        assert_eq!(
            kind("/paths/~1a/get/responses/200/content/application~1json/schema", one()).unwrap(),
            "Vec<models::A>"
        );
        assert_eq!(kind("/components/schemas/a", one()).unwrap(), "models::A");
        assert_eq!(kind("/components/schemas/a", Value::Null).unwrap(), "Option<models::A>");
        assert_eq!(kind("/components/schemas/a/properties/b", one()).unwrap(), "models::C");
        assert_eq!(kind("/components/schemas/a/properties/d", one()).unwrap(), "models::AD");
        assert_eq!(kind("/components/schemas/a/properties/d/properties/e", one()), None);
    }
}
