//! Which members of forms are files, where their schema alone does not say so.
//!
//! `format: binary` is a file wherever it stands. In the form
//!
//! ```yaml
//! multipart/form-data:
//!   schema: {type: object, properties: {photo: {}, table: {type: string}}}
//!   encoding: {table: {contentType: text/csv, headers: {X-Rows: {…}}}}
//! ```
//!
//! `photo` is one since it has no type (OpenAPI 3.1, Encoding Object: `application/octet-stream` by default), and `table`
//! has to be a part since it has a header field. Both are so in this form only: where the schema is used as JSON as well,
//! its members stay what they are there.

use std::collections::{BTreeMap, BTreeSet};

use super::Lower;
use super::encoding::needs_part;
use super::paths::Found;
use crate::diag::Code;
use crate::ir::{Origin, Shape};
use crate::load::At;

/// The schema of a form, and what its members are.
struct Form<'a> {
    schema: At<'a>,
    /// The references to it from forms.
    from: BTreeSet<Origin>,
    members: BTreeMap<Origin, Shape>,
}

/// The shape of each schema that is a file, by its place.
pub(super) fn find<'a>(cx: &Lower<'a>, found: &[Found<'a>]) -> BTreeMap<Origin, Shape> {
    let mut forms: BTreeMap<Origin, Form<'a>> = BTreeMap::new();
    for entry in found {
        let Some(body) = entry.at.get("requestBody").and_then(|body| cx.doc.resolve(body).ok()) else { continue };
        let content = body.get("content").and_then(|content| cx.doc.resolve(content).ok());
        for (name, media) in content.into_iter().flat_map(At::entries) {
            if name.starts_with("multipart/")
                && let Ok(media) = cx.doc.resolve(media)
            {
                cx.add_form(media, &mut forms);
            }
        }
    }
    forms.retain(|_, form| !form.members.is_empty());
    leave_shared(cx, &mut forms);
    forms.into_values().flat_map(|form| form.members).collect()
}

impl<'a> Lower<'a> {
    fn add_form(&self, media: At<'a>, forms: &mut BTreeMap<Origin, Form<'a>>) {
        let Some(written) = media.get("schema") else { return };
        let Ok(schema) = self.doc.resolve(written) else { return };
        let form = forms.entry(schema.origin()).or_insert_with(|| Form {
            schema,
            from: BTreeSet::new(),
            members: BTreeMap::new(),
        });
        if let Some(reference) = written.get("$ref") {
            form.from.insert(reference.origin());
        }
        let inline = schema.get("allOf").into_iter().flat_map(At::items).filter(|part| part.get("$ref").is_none());
        for holder in std::iter::once(schema).chain(inline) {
            for (name, member) in holder.get("properties").into_iter().flat_map(At::entries) {
                let encoding = media.get("encoding").and_then(|encoding| encoding.get(name));
                if let Some(shape) = self.file_shape(member, encoding) {
                    form.members.insert(member.origin(), shape);
                }
            }
        }
    }

    /// What a member is, if it is a file or a list of files.
    fn file_shape(&self, member: At<'a>, encoding: Option<At<'a>>) -> Option<Shape> {
        let schema = self.doc.resolve(member).ok()?;
        let part = encoding.is_some_and(needs_part);
        let shape = if self.types_of(schema) == ["array"] {
            let files = self.items_of(schema).is_some_and(|item| self.is_file(item, encoding));
            (files || part).then(|| Shape::List(Box::new(Shape::Binary)))?
        } else {
            (part || self.is_file(schema, encoding)).then_some(Shape::Binary)?
        };
        Some(if self.nullable(member, 0) { shape.nullable() } else { shape })
    }
}

/// Leaves out the forms whose schema something else refers to, which does not mean files there.
fn leave_shared<'a>(cx: &Lower<'a>, forms: &mut BTreeMap<Origin, Form<'a>>) {
    if forms.values().all(|form| form.from.is_empty()) {
        return;
    }
    let mut shared = BTreeSet::new();
    for (index, file) in cx.doc.files.iter().enumerate() {
        let mut work = vec![At { file: u32::try_from(index).unwrap_or(u32::MAX), node: &file.root }];
        while let Some(at) = work.pop() {
            work.extend(at.items());
            work.extend(at.entries().map(|(_, member)| member));
            let Some(reference) = at.get("$ref").filter(|reference| reference.as_str().is_some()) else { continue };
            let Ok(target) = cx.doc.resolve(at) else { continue };
            if forms.get(&target.origin()).is_some_and(|form| !form.from.contains(&reference.origin())) {
                shared.insert(target.origin());
            }
        }
    }
    for origin in shared {
        let Some(form) = forms.get_mut(&origin) else { continue };
        // What is binary by itself is a file in JSON too, and so needs no word.
        let plain = form.members.keys().any(|member| {
            let member = cx.doc.node(*member).and_then(|member| cx.doc.resolve(member).ok());
            member.is_some_and(|member| !cx.is_binary(cx.items_of(member).unwrap_or(member)))
        });
        if plain {
            cx.sink.left_out(
                Code::MediaType,
                form.schema.origin(),
                "a form with files has a schema that is used elsewhere too",
                "members without a type are free JSON; as files they would have to be `format: binary`",
            );
        }
        form.members.clear();
    }
}
