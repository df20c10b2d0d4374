//! Answers that are read while they arrive: the methods that ask for them, and the enum of named events.

use super::doc::Comment;
use super::lines::{self, literal};
use super::{Cx, operations, types};
use crate::emit::docs::markdown;
use crate::emit::text;
use crate::ir::{Codec, EventCase, EventData, Item, Media, OpId, Shape, TypeKind};
use crate::plan::{self, Outcome, Streamed};

/// The methods of a request that give a stream.
pub(super) fn methods(out: &mut String, cx: Cx<'_>, id: OpId) {
    if let Some(streamed) = plan::stream(cx.api, id) {
        stream(out, cx, id, streamed);
    }
    // Answers that are no JSON are files, and files can be large.
    if let Some(accept) = bytes_accept(cx, id) {
        out.push_str("    /// Sends the request; gives the head of the answer, and then its bytes as they arrive.\n");
        let body = format!("self.0.byte_stream({})", literal(&accept));
        lines::function(out, "    pub fn stream_bytes(self) -> rt::Call<rt::ByteStream>", &body);
    }
    if let Some(item) = list_item(cx, id) {
        let item = types::text(cx, item, "models::");
        out.push_str("    /// The items of the answer, a stream that reads each while the answer arrives: for lists too long to be kept whole.\n");
        lines::function(out, &format!("    pub fn items(self) -> rt::Items<{item}>"), "rt::Items::of_list(self.0)");
    }
}

fn stream(out: &mut String, cx: Cx<'_>, id: OpId, streamed: Streamed<'_>) {
    let wire = &streamed.media.name;
    let call = match (streamed.media.codec, streamed.item) {
        (Codec::JsonLines, _) => "lines",
        (Codec::JsonSeq, _) => "sequence",
        (_, Item::Json(_)) => "events",
        (_, Item::Text) => "text_events",
        (_, Item::Named(_)) => "named_events",
    };
    let mut comment = Comment::default();
    let what = if streamed.media.codec == Codec::Events { "events" } else { "items" };
    comment.own(format!(
        "Sends the request and asks for {}: gives the head of the answer, and then its {what} as they arrive.",
        markdown::code(wire)
    ));
    if let Some(switch) = text::stream_switch(cx, id) {
        comment.own(format!("The request has to say so too, it seems: see {switch}."));
    }
    lines::comment(out, &comment, "    ");
    let head = format!("    pub fn stream(self) -> rt::Call<{}>", kind(cx, id, streamed));
    lines::function(out, &head, &format!("self.0.{call}({})", literal(wire)));
}

/// The type of the stream.
pub(super) fn kind(cx: Cx<'_>, id: OpId, streamed: Streamed<'_>) -> String {
    let item = match streamed.item {
        Item::Json(shape) => types::text(cx, shape, "models::"),
        Item::Text => "String".to_owned(),
        Item::Named(_) => cx.own.op(id).events.as_ref().map_or_else(String::new, |names| names.name.clone()),
    };
    let stream = if streamed.media.codec == Codec::Events { "EventStream" } else { "ItemStream" };
    format!("rt::{stream}<{item}>")
}

/// What bytes are asked for by: empty for what the operation gives anyway.
pub(in crate::emit) fn bytes_accept(cx: Cx<'_>, id: OpId) -> Option<String> {
    let is_file = |media: &Media| matches!(media.codec, Codec::Binary | Codec::Text);
    match plan::success(cx.api, id) {
        Outcome::One(media) if is_file(media) => Some(String::new()),
        Outcome::Many(cases) => {
            let mut names: Vec<&str> = Vec::new();
            for media in cases.iter().filter_map(|case| case.media).filter(|media| is_file(media)) {
                if !names.contains(&media.name.as_str()) {
                    names.push(&media.name);
                }
            }
            (!names.is_empty()).then(|| names.join(", "))
        }
        _ => None,
    }
}

/// The item of an answer that is a list, where pages do not give the items already.
pub(in crate::emit) fn list_item<'a>(cx: Cx<'a>, id: OpId) -> Option<&'a Shape> {
    let Outcome::One(media) = plan::success(cx.api, id) else { return None };
    match types::plain(cx, &media.shape) {
        Shape::List(item) if media.codec == Codec::Json && plan::page(cx.api, id).is_none() => Some(item),
        _ => None,
    }
}

/// The enum of the events of a stream that their names tell apart.
pub(super) fn events_enum(out: &mut String, cx: Cx<'_>, id: OpId) {
    let Some(names) = cx.own.op(id).events.as_ref() else { return };
    let Some(Streamed { item: Item::Named(cases), .. }) = plan::stream(cx.api, id) else { return };
    out.push_str(&format!("\n/// Data of the events of {}, by their names.\n", operations::link(cx, id)));
    out.push_str(&format!("#[derive(Clone, Debug, PartialEq)]\n#[non_exhaustive]\npub enum {} {{\n", names.name));
    // A text that stands for a kind of event says more than a name, and a name more than none.
    let (mut texts, mut named, mut any) = (Vec::new(), Vec::new(), None);
    for (case, variant) in cases.iter().zip(&names.variants) {
        lines::comment(out, &comment(case), "    ");
        let (holds, read) = match &case.data {
            EventData::Json(shape) => {
                (format!("({})", types::text(cx, shape, "models::")), format!("event.json_as(Self::{variant})"))
            }
            EventData::Text => ("(String)".to_owned(), format!("Ok(Self::{variant}(event.text()))")),
            EventData::Literal(_) | EventData::Nothing => (String::new(), format!("Ok(Self::{variant})")),
        };
        out.push_str(&format!("    {variant}{holds},\n"));
        let event = case.event.as_deref().map_or_else(|| "_".to_owned(), literal);
        match (&case.data, &case.event) {
            (EventData::Literal(text), _) => texts.push(format!("({event}, {}) => {read}", literal(text))),
            (_, Some(_)) => named.push(format!("({event}, _) => {read}")),
            (_, None) => any = Some(read),
        }
    }
    let any = any.unwrap_or_else(|| {
        out.push_str("    /// An event that the description does not know, with its data.\n    Unknown(String),\n");
        "Ok(Self::Unknown(event.text()))".to_owned()
    });
    let arms = texts.into_iter().chain(named).chain([format!("_ => {any}")]);
    let arms: String = arms.map(|arm| format!("            {arm},\n")).collect();
    out.push_str(&format!(
        "}}\nimpl rt::EventData for {} {{
    fn read(event: rt::RawEvent<'_>) -> Result<Self, rt::JsonError> {{
        match (event.name(), event.data()) {{\n{arms}        }}
    }}\n}}\n",
        names.name
    ));
}

fn comment(case: &EventCase) -> Comment {
    let mut comment = Comment::default();
    comment.prose(&case.doc);
    let event = case.event.as_ref().map(|event| format!("event {}", markdown::code(event)));
    let data = match &case.data {
        EventData::Literal(literal) => Some(format!("data {}", markdown::code(literal))),
        _ => None,
    };
    let facts: Vec<String> = event.into_iter().chain(data).collect();
    comment.own(if facts.is_empty() {
        "Every other event.".to_owned()
    } else {
        format!("{}.", capital(&facts.join(", ")))
    });
    comment
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The member of the body, or the parameter, that asks for a stream: a flag called so.
pub(in crate::emit) fn switch(cx: Cx<'_>, id: OpId) -> Option<String> {
    let operation = &cx.api.ops[id];
    let is_flag = |shape: &Shape| match types::plain(cx, shape) {
        Shape::Nullable(inner) => *types::plain(cx, inner) == Shape::Bool,
        other => *other == Shape::Bool,
    };
    let param = operation.params.iter().any(|param| param.wire == "stream" && is_flag(&param.shape));
    if param {
        return Some("the parameter `stream`".to_owned());
    }
    let bodies = operation.body.iter().flat_map(|body| &body.media);
    let mut structs = bodies.filter_map(|media| match types::plain(cx, &media.shape) {
        Shape::Named(id) => match &cx.api.types[*id].kind {
            TypeKind::Struct(structure) => Some(structure),
            _ => None,
        },
        _ => None,
    });
    let field = |structure: &crate::ir::Struct| {
        structure.fields.iter().any(|field| field.wire == "stream" && is_flag(&field.shape))
    };
    structs.any(field).then(|| "`stream` of the body".to_owned())
}
