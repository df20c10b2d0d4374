//! How much of an API has a type, and how much is free JSON.

use clientsmith::ir::{Api, Codec, Id as _, Media, Rest, Shape, TypeKind};

/// Values of an API: members and variants of models, parameters, bodies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Values {
    /// All of them.
    pub(super) all: u64,
    /// Those that are free JSON, or lists or maps of it.
    pub(super) free: u64,
}

/// Counts the values of an API; of the types only those that are emitted.
pub(super) fn count(api: &Api, emitted: &[bool]) -> Values {
    let mut values = Values::default();
    let mut add = |shape: &Shape| {
        values.all += 1;
        values.free += u64::from(is_free(api, shape));
    };
    for (id, definition) in api.types.iter() {
        if !emitted.get(id.index()).copied().unwrap_or(false) {
            continue;
        }
        match &definition.kind {
            TypeKind::Struct(structure) => {
                structure.fields.iter().for_each(|field| add(&field.shape));
                if let Rest::Typed(shape) = &structure.rest {
                    add(shape);
                }
            }
            TypeKind::Union(union) => union.variants.iter().for_each(|variant| add(&variant.shape)),
            // What names an alias is counted where it stands.
            TypeKind::Enum(_) | TypeKind::Alias(_) => {}
        }
    }
    for (_, operation) in api.ops.iter() {
        let replies = &operation.replies;
        let replies = replies.ok.iter().chain(&replies.err).chain(&replies.fallback);
        let bodies = operation.body.iter().flat_map(|body| &body.media).chain(replies.flat_map(|reply| &reply.media));
        operation.params.iter().for_each(|param| add(&param.shape));
        bodies.filter(|media| is_typed(media)).for_each(|media| add(&media.shape));
    }
    values
}

/// Whether a body of this media type could have a type of its own.
fn is_typed(media: &Media) -> bool {
    matches!(media.codec, Codec::Json | Codec::Form | Codec::Multipart)
}

/// Whether a shape is free JSON at its core.
fn is_free(api: &Api, shape: &Shape) -> bool {
    let mut shape = shape.core();
    // Aliases may be circular.
    for _ in 0..64 {
        match shape {
            Shape::Json => return true,
            Shape::Named(id) => match &api.types[*id].kind {
                TypeKind::Alias(inner) => shape = inner.core(),
                _ => return false,
            },
            _ => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use clientsmith::analyze::analyze;
    use clientsmith::diag::Sink;
    use clientsmith::load::{Limits, load};
    use clientsmith::source::Source;

    #[test]
    fn free_and_all() {
        let spec = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths:\n  /a:\n    get:\n      parameters: [{name: q, in: query, schema: {type: string}}]\n      responses: {'200': {description: x, content: {application/json: {schema: {type: array, items: {}}}}}}\ncomponents:\n  schemas:\n    A: {type: object, properties: {a: {}, b: {type: integer}, c: {type: array, items: {$ref: '#/components/schemas/B'}}}}\n    B: {}\n";
        let sink = Sink::default();
        let document = load(&Source::new("a.yaml", spec), &Limits::default(), &sink);
        let api = clientsmith::lower(&document, "a", &clientsmith::settings::ApiSettings::default(), &sink);
        let facts = analyze(&api, &sink);
        // The parameter, the answer and three members; of these the answer and two members are free.
        assert_eq!(count(&api, &facts.emitted), Values { all: 5, free: 3 });
    }
}
