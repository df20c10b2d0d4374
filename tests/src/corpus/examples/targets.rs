//! Which Rust type the schema at a place has become.

use std::collections::BTreeMap;
use std::path::Path;

use clientsmith::diag::Sink;
use clientsmith::emit::text;
use clientsmith::ir::{Api, Id as _, Media, Origin, Reply, Rest, Shape, TypeKind};
use clientsmith::load::{Document, Limits, load};
use clientsmith::plan::{ApiPlan, plan};
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
    pub(super) fn of(source: &Source, set: &Path, files: &mut Files) -> Self {
        let sink = Sink::default();
        let document = load(source, &Limits::default(), &sink);
        if sink.has_errors() {
            return Self::default();
        }
        let apis = [clientsmith::lower(&document, "api", &clientsmith::settings::ApiSettings::default(), &sink)];
        let decided = plan(&apis, &Config::default(), &[&sink]);
        let ([api], [own]) = (&apis, decided.apis.as_slice()) else { return Self::default() };
        let mut gather = Gather {
            document: &document,
            files,
            prefix: prefixes(set),
            api,
            own,
            declared: BTreeMap::new(),
            used: BTreeMap::new(),
        };
        for (id, definition) in api.types.iter() {
            if own.facts.emitted.get(id.index()).copied().unwrap_or(false) {
                gather.add(definition.origin, "", &Shape::Named(id));
                match &definition.kind {
                    TypeKind::Struct(structure) => {
                        structure.fields.iter().for_each(|field| gather.add(field.origin, "", &field.shape));
                        if let Rest::Typed(shape) = &structure.rest {
                            gather.add(definition.origin, "/additionalProperties", shape);
                        }
                    }
                    TypeKind::Alias(shape) => {
                        let place = gather.place(definition.origin, "");
                        gather.inside(&place, shape, true);
                    }
                    TypeKind::Enum(_) | TypeKind::Union(_) => {}
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
        let mut found = gather.used;
        found.extend(gather.declared);
        Self(found)
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
    files: &'a mut Files,
    prefix: Vec<String>,
    api: &'a Api,
    own: &'a ApiPlan,
    declared: BTreeMap<Place, String>,
    used: BTreeMap<Place, String>,
}

impl Gather<'_> {
    fn add(&mut self, origin: Origin, below: &str, shape: &Shape) {
        let place = self.place(origin, below);
        self.put(place, shape, true);
    }

    fn place(&self, origin: Origin, below: &str) -> Place {
        let path = self.document.path(origin.file);
        let file = self.prefix.iter().find_map(|prefix| path.strip_prefix(prefix.as_str())).unwrap_or(path);
        let file = file.strip_suffix(".gz").filter(|_| origin.file > 0).unwrap_or(file).to_owned();
        (file, format!("{}{below}", self.document.pointer(origin).trim_start_matches('#')))
    }

    /// The type of a schema: its own, or what one that refers to it says.
    fn put(&mut self, place: Place, shape: &Shape, own: bool) {
        // Bytes have no form in JSON.
        if matches!(shape.core(), Shape::Binary) {
            return;
        }
        let kinds = if own { &mut self.declared } else { &mut self.used };
        if kinds.contains_key(&place) {
            return;
        }
        kinds.insert(place.clone(), text::shape(self.api, self.own, shape));
        if let Some(root) = self.files.get(&place.0)
            && let Some(schema) = root.pointer(&place.1).filter(|schema| only_reference(schema))
            && let Some((target, _)) = resolve(self.files, &place.0, schema)
        {
            self.put(target, shape, false);
        }
        self.inside(&place, shape, own);
    }

    /// The types of the schemas inside of one that have no place of their own in the IR.
    fn inside(&mut self, (file, pointer): &Place, shape: &Shape, own: bool) {
        match shape {
            Shape::List(inner) => self.put((file.clone(), format!("{pointer}/items")), inner, own),
            Shape::Map(inner) => self.put((file.clone(), format!("{pointer}/additionalProperties")), inner, own),
            _ => {}
        }
    }

    fn media(&mut self, origin: Origin, media: &[Media]) {
        for media in media {
            self.add(origin, &format!("/content/{}/schema", escape(&media.name)), &media.shape);
            // 2.0 has one schema for all of them.
            self.add(origin, "/schema", &media.shape);
        }
    }
}

/// Whether a schema is a reference and nothing beside it.
fn only_reference(schema: &Value) -> bool {
    schema.as_object().is_some_and(|object| object.len() == 1 && object.contains_key("$ref"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_by_place() {
        let spec = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths:\n  /a:\n    get:\n      responses: {'200': {description: x, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/a'}}}}}}\ncomponents:\n  schemas:\n    a: {type: object, properties: {b: {$ref: '#/components/schemas/c'}, d: {type: object, properties: {e: {type: integer}}}}}\n    c: {type: string, enum: [x]}\n";
        let mut files = Files::of(&[("a.yaml", spec)]);
        let targets = Targets::of(&Source::new("a.yaml", spec), Path::new("/nowhere"), &mut files);
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
        assert_eq!(kind("/components/schemas/a/properties/d/properties/e", one()).unwrap(), "i64");
    }
}
