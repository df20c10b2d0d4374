//! Document → IR. All semantics of OpenAPI are here, one file per construct; nothing after this stage knows the document.

mod access;
mod apart;
mod array;
mod body;
mod budget;
mod constant;
mod content;
mod discriminator;
mod encoding;
mod enumeration;
mod extension;
mod family;
mod files;
mod fixed;
mod format;
mod hook;
mod keywords;
mod kinds;
mod limits;
mod memo;
mod misplaced;
mod null;
mod object;
mod operation;
mod param;
mod parts;
mod patch;
mod paths;
mod place;
mod prose;
mod reply;
mod same;
mod scalars;
mod schema;
mod security;
mod server;
mod server_v2;
mod stream;
mod style;
mod tag;
mod target;
mod tell;
mod template;
mod types;
mod union;
mod v2;
mod wide;
mod wishes;
mod x_ms;
mod xml;

use std::collections::BTreeMap;

use crate::diag::{Code, Sink};
use crate::ir::{Api, NameHint, Origin, Shape, TagId, TypeDef, TypeId, TypeKind, XmlId};
use crate::load::{At, Document, RefError, Version};
use crate::lock::{ApiLock, Lock};
use crate::settings::ApiSettings;
use budget::Budget;
use wishes::Wishes;

/// Lowers a document into the IR, as its settings want it.
///
/// What cannot be expressed goes to `sink` with its place; an item that fails is left out as a whole.
pub fn lower(doc: &Document, name: &str, settings: &ApiSettings, sink: &Sink) -> Api {
    lower_as_before(doc, name, settings, &Lock::default(), sink)
}

/// The same after an earlier run, whose lock says which operation has an id that several are given.
pub fn lower_as_before(doc: &Document, name: &str, settings: &ApiSettings, lock: &Lock, sink: &Sink) -> Api {
    let mut api = Api { name: name.to_owned(), ..Api::default() };
    let Some(root) = doc.root() else { return api };
    api.info = prose::info(root);
    // The document's own address (OpenAPI 3.2, OpenAPI Object, `$self`): relative servers are relative to it.
    api.base =
        root.str("$self").filter(|base| base.starts_with("https://") || base.starts_with("http://")).map(str::to_owned);
    let wishes = Wishes::new(doc, settings, sink);
    let mut cx = Lower {
        doc,
        root,
        sink,
        api,
        wishes,
        lock: lock.api(name),
        types: BTreeMap::new(),
        operations: BTreeMap::new(),
        tags: BTreeMap::new(),
        files: BTreeMap::new(),
        xml_objects: BTreeMap::new(),
        pending: Vec::new(),
        memo: memo::Memo::new(doc),
        families: family::Families::default(),
        depth: 0,
        budget: Budget::of(doc),
    };
    cx.api.servers = if doc.version == Version::V2 { cx.servers_v2() } else { server::servers(root, sink) };
    cx.api.schemes = security::schemes(&cx);
    cx.declare_tags();
    let found = paths::find(&cx);
    cx.api.operations_in_spec = found.len();
    let all: Vec<_> = found.iter().map(operation::own_hint).collect();
    let found = cx.wishes.select(found, &cx.api);
    let ids = operation::identities(&cx, &found);
    cx.operations = operation::hints(&all, &found, &ids);
    cx.files = files::find(&cx, &found);
    cx.families = family::Families::find(doc, |schema| cx.wishes.drops(schema));
    kinds::tell(&cx, &found);
    cx.declare_components();
    paths::lower(&mut cx, root, &found, ids);
    while let Some((id, at)) = cx.pending.pop() {
        cx.define(id, at);
    }
    access::finish(&mut cx);
    cx.tell_kinds();
    tell::finish(&mut cx.api, sink);
    patch::finish(&mut cx.api);
    limits::finish(&mut cx);
    same::merge(&mut cx.api);
    apart::finish(&mut cx.api);
    cx.wishes.finish(&mut cx.api);
    constant::finish(doc, &mut cx.api);
    cx.api
}

/// The state of lowering.
struct Lower<'a> {
    doc: &'a Document,
    root: At<'a>,
    sink: &'a Sink,
    api: Api,
    wishes: Wishes<'a>,
    /// What earlier runs called this API's things.
    lock: Option<&'a ApiLock>,
    /// The named type of each schema that has one, by its place.
    types: BTreeMap<Origin, TypeId>,
    /// What each operation is called after, by its place.
    operations: BTreeMap<Origin, NameHint>,
    tags: BTreeMap<String, TagId>,
    /// Schemas that are files because of the form in which they stand.
    files: BTreeMap<Origin, Shape>,
    /// The objects of bodies in XML, by the place of their schema.
    xml_objects: BTreeMap<Origin, XmlId>,
    /// Types that are declared and wait for their definition.
    pending: Vec<(TypeId, At<'a>)>,
    memo: memo::Memo<'a>,
    families: family::Families<'a>,
    /// How deep schemas stand inside each other right now.
    depth: usize,
    /// What may still be copied.
    budget: Budget,
}

/// Schemas nest at most this deep without a name; deeper ones become free JSON.
const MAX_DEPTH: usize = 96;

impl<'a> Lower<'a> {
    /// Whether keywords beside `$ref` in a schema count: up to 3.0 they do not (OpenAPI 3.0, Reference Object).
    fn siblings_count(&self) -> bool {
        self.doc.version >= Version::V31
    }

    /// Gives every schema under `components/schemas` a type, in document order, before anything refers to them.
    fn declare_components(&mut self) {
        // 2.0 keeps them at the top.
        let schemas = [self.section(&["definitions"]), self.section(&["components", "schemas"])];
        let declared = schemas.into_iter().flatten().flat_map(At::entries);
        let declared: Vec<_> = declared.filter(|(_, at)| !self.wishes.drops(at.origin())).collect();
        for (name, at) in &declared {
            self.declare(*at, NameHint::named(x_ms::client_name(*at).unwrap_or(name)), true);
        }
        for (_, at) in declared {
            if let Some(&id) = self.types.get(&at.origin()) {
                self.define(id, at);
            }
        }
    }

    fn declare(&mut self, at: At<'a>, hint: NameHint, component: bool) -> TypeId {
        let id = self.api.types.push(TypeDef {
            hint,
            component,
            kind: TypeKind::Alias(Shape::Json),
            doc: prose::doc(at),
            notes: prose::default_of_type(at).into_iter().collect(),
            examples: prose::schema_examples(at),
            origin: at.origin(),
        });
        self.types.insert(at.origin(), id);
        id
    }

    fn define(&mut self, id: TypeId, at: At<'a>) {
        let hint = self.wishes.hint(at.origin()).unwrap_or_else(|| self.api.types[id].hint.clone());
        let kind = self.kind(at, &hint);
        self.api.types[id].kind = kind;
    }

    /// The named type of a schema that something refers to.
    fn named(&mut self, at: At<'a>) -> TypeId {
        if let Some(&id) = self.types.get(&at.origin()) {
            return id;
        }
        if let Some(id) = self.known_inline(at) {
            self.types.insert(at.origin(), id);
            return id;
        }
        let hint = self.hint_of_place(at);
        let id = self.declare(at, hint, false);
        // Defined later, so that a long chain of references cannot exhaust the stack.
        self.pending.push((id, at));
        id
    }

    /// Adds a type for a schema that stands inside another.
    fn push_inline(&mut self, at: At<'a>, hint: &NameHint, kind: TypeKind) -> TypeId {
        self.api.types.push(TypeDef {
            hint: hint.clone(),
            component: false,
            kind,
            doc: prose::doc(at),
            // Those are with the place where it stands.
            notes: Vec::new(),
            examples: prose::schema_examples(at),
            origin: at.origin(),
        })
    }

    /// The shape of such a type.
    fn inline(&mut self, at: At<'a>, hint: &NameHint, kind: TypeKind) -> Shape {
        Shape::Named(self.push_inline(at, hint, kind))
    }

    /// A part of the whole document, such as `components/schemas`. Descriptions in several files often keep a whole part
    /// in one, behind a `$ref` that the specification does not have there.
    fn section(&self, path: &[&str]) -> Option<At<'a>> {
        path.iter().try_fold(self.root, |at, key| self.resolve(at.get(key)?))
    }

    /// A member that is a map. Published descriptions put whole maps behind a `$ref`, though the specification allows
    /// that for their entries only.
    fn map(&self, at: At<'a>, key: &str) -> Option<At<'a>> {
        self.resolve(at.get(key)?)
    }

    /// Follows references to what is lowered anew at each place that refers to it, which has a bound; what leads nowhere
    /// is a diagnostic and `None`.
    fn resolve(&self, at: At<'a>) -> Option<At<'a>> {
        let target = self.follow(at)?;
        if target.origin() == at.origin() || self.budget.copy(self.doc, target) {
            return Some(target);
        }
        self.too_much(at.get("$ref").unwrap_or(at));
        None
    }

    /// Says that the bound on copies is reached.
    fn too_much(&self, at: At<'_>) {
        self.sink.left_out(
            Code::Limit,
            at.origin(),
            "what the description shares and inherits makes much more than it holds itself",
            "this copy is free JSON, or is left out when it is no schema",
        );
    }

    /// Follows references to what has a name of its own, so that nothing is copied.
    fn follow(&self, at: At<'a>) -> Option<At<'a>> {
        match self.doc.resolve_told(at) {
            Ok((found, guessed)) => {
                if guessed {
                    self.sink.warning(
                        Code::BrokenRef,
                        at.get("$ref").unwrap_or(at).origin(),
                        "to the letter, this reference leads nowhere",
                        format!("{} is taken", self.doc.reference(found.origin())),
                    );
                }
                Some(found)
            }
            Err(error) => {
                let here = at.get("$ref").unwrap_or(at).origin();
                let (code, message) = match error {
                    RefError::Unreadable(why) => (Code::Unreadable, why),
                    RefError::Missing(target) => (Code::BrokenRef, format!("`$ref` leads nowhere: `{target}`")),
                    RefError::Cycle => {
                        (Code::RefCycle, "this chain of references never reaches a definition".to_owned())
                    }
                    RefError::Outside(target) => {
                        (Code::RefOutside, format!("`{target}` is outside of what may be read"))
                    }
                };
                self.sink.left_out(
                    code,
                    here,
                    message,
                    "what refers to it falls back to free JSON, or is left out when it is no schema",
                );
                None
            }
        }
    }
}
