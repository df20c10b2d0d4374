//! `list`: all operations as JSON.

use super::super::json::Value;
use super::machine::section;
use super::table::{Body, Entry, Group, Tool};

/// All operations with their parameters and media types.
pub(super) fn list(tool: &Tool) -> Value {
    let operations =
        tool.groups.iter().flat_map(|group| group.entries.iter().map(move |entry| operation(group, entry)));
    Value::array(operations)
}

fn operation(group: &Group, entry: &Entry) -> Value {
    let op = entry.op;
    let parameters = op.params.iter().zip(entry.params).map(|(param, arg)| {
        let mut members = vec![
            ("name", Value::from(param.name)),
            ("in", section(param).into()),
            ("required", param.required.into()),
            ("takes", arg.takes.into()),
            ("flag", format!("--{}", arg.flag).into()),
        ];
        if !arg.values.is_empty() {
            members.push(("values", Value::array(arg.values.iter().copied())));
        }
        Value::object(members)
    });
    let body = op.body.filter(|_| !entry.bodies.is_empty()).map(|body| {
        let media = entry.bodies.iter().map(|Body { media, .. }| *media);
        Value::object([("required", Value::from(body.required)), ("mediaTypes", Value::array(media))])
    });
    let security = op.security.iter().map(|needs| Value::array(needs.iter().copied()));
    Value::object([
        ("id", Value::from(op.id)),
        ("method", op.method.into()),
        ("path", op.path.into()),
        ("summary", entry.about.into()),
        ("command", Value::array(group.name.split(' ').chain([entry.name]))),
        ("parameters", Value::array(parameters)),
        ("body", body.into()),
        ("pages", entry.all.is_some().into()),
        ("stream", entry.streams.into()),
        ("accept", Value::array(op.accept.split(',').map(str::trim).filter(|media| !media.is_empty()))),
        ("security", Value::array(security)),
    ])
}
