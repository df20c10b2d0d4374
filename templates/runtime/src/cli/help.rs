//! What the program says of itself.

use super::credentials;
use super::machine::section;
use super::parse::FLAGS;
use super::table::{Arg, Entry, Group, Tool};
use std::fmt::Write as _;

const STATUS: &str = "\
Exit status:
  0  the server answered with a success
  1  the server answered with an error status
  2  the arguments were refused; nothing was sent
  3  credentials are missing, and nothing was sent; or a token was refused
  4  no answer came, or not in time
  5  the answer is not what the description says
  6  a file or the output could not be read or written
";

/// Of a program for several APIs.
pub(super) fn apis(program: &str, tools: &[&'static Tool]) -> String {
    let mut out = format!("Usage: {program} API COMMAND\n\nAPIs:\n");
    rows(&mut out, tools.iter().map(|tool| (tool.api.name.to_owned(), tool.about.to_owned())));
    let _ = write!(out, "\nSee `{program} API --help`.\n\n{STATUS}");
    out
}

/// Of the client of an API.
pub(super) fn tool(program: &str, tool: &Tool, grouped: bool) -> String {
    let mut out = format!("{}\n\nUsage: {program} [FLAGS] ", tool.about);
    out.push_str(if grouped { "GROUP OPERATION [FLAGS]\n\nGroups:\n" } else { "OPERATION [FLAGS]\n\nOperations:\n" });
    if grouped {
        let what = |group: &Group| format!("{} operations", group.entries.len());
        rows(&mut out, tool.groups.iter().map(|group| (group.name.to_owned(), what(group))));
    } else {
        rows(&mut out, tool.entries().map(|entry| (entry.name.to_owned(), entry.about.to_owned())));
    }
    out.push_str("\nFor programs:\n");
    let machine = [
        ("call OPERATION_ID --args JSON", "Call by names of the description; prints status, headers and body as JSON"),
        ("list", "Print all operations as JSON"),
        ("completions bash|zsh|fish", "Print the completions of a shell"),
    ];
    rows(&mut out, machine.map(|(name, what)| (name.to_owned(), what.to_owned())).into_iter());
    out.push_str("\nFlags:\n");
    general(&mut out, &[]);
    if !tool.api.schemes.is_empty() {
        out.push_str("\nCredentials, by flag or environment:\n");
        let rows_of = tool.api.schemes.iter().filter_map(|scheme| {
            let form = credentials::form(scheme)?;
            Some((format!("--auth {}=…  {}", scheme.name, credentials::variable(tool, scheme.name)), form.to_owned()))
        });
        rows(&mut out, rows_of);
    }
    let _ = writeln!(
        out,
        "\nServers, the first unless --server or {} says otherwise:",
        credentials::variable(tool, "server")
    );
    for (index, server) in tool.api.servers.iter().enumerate() {
        let variables: String = server.variables.iter().map(|(name, value)| format!("  {name}={value}")).collect();
        let _ = writeln!(out, "  {}  {}{variables}", index + 1, server.url);
    }
    let _ = write!(out, "\n{STATUS}");
    out
}

/// Of the group that is called by these words.
pub(super) fn group(program: &str, tool: &Tool, words: &str) -> String {
    let (entries, inside) = (tool.group(words).map_or(&[][..], |group| group.entries), tool.inside(words));
    let mut out = format!("Usage: {program} {words} ");
    out.push_str(match (inside.is_empty(), entries.is_empty()) {
        (true, _) => "OPERATION [FLAGS]\n",
        (false, true) => "GROUP OPERATION [FLAGS]\n",
        (false, false) => "[GROUP] OPERATION [FLAGS]\n",
    });
    if !inside.is_empty() {
        out.push_str("\nGroups:\n");
        rows(&mut out, inside.into_iter().map(|word| (word.to_owned(), String::new())));
    }
    if !entries.is_empty() {
        out.push_str("\nOperations:\n");
        rows(&mut out, entries.iter().map(|entry| (entry.name.to_owned(), entry.about.to_owned())));
    }
    out
}

/// Of one operation.
pub(super) fn operation(program: &str, entry: &Entry) -> String {
    let op = entry.op;
    let mut out = if entry.about.is_empty() { String::new() } else { format!("{}\n\n", entry.about) };
    let _ = writeln!(out, "{} {} ({})\n\nUsage: {program} {} [FLAGS]", op.method, op.path, op.id, entry.name);
    if !entry.params.is_empty() {
        out.push_str("\nParameters:\n");
        rows(
            &mut out,
            op.params.iter().zip(entry.params).map(|(param, arg)| {
                let mut what = vec![section(param).to_owned()];
                what.extend(param.required.then(|| "required".to_owned()));
                what.extend(arg.many.then(|| "may be given several times".to_owned()));
                what.extend((!arg.values.is_empty()).then(|| format!("one of: {}", arg.values.join(", "))));
                (format!("--{} {}", arg.flag, takes(arg)), format!("{} [{}]", arg.about, what.join("; ")))
            }),
        );
    }
    if let Some(body) = op.body.filter(|_| !entry.bodies.is_empty()) {
        let needed = if body.required { "required" } else { "optional" };
        let media: Vec<&str> = entry.bodies.iter().map(|body| body.media).collect();
        let _ = writeln!(out, "\nBody ({needed}): {}", media.join(", "));
    }
    if !op.security.is_empty() {
        let sets: Vec<String> = op.security.iter().map(|needs| needs.join(" and ")).collect();
        let sets = sets.iter().map(|set| if set.is_empty() { "nothing" } else { set.as_str() });
        let _ = writeln!(out, "\nNeeds: {}", sets.collect::<Vec<_>>().join(", or "));
    }
    out.push_str("\nFlags:\n");
    general(&mut out, entry.params);
    out
}

fn takes(arg: &Arg) -> String {
    arg.takes.to_uppercase().replace(' ', "_")
}

/// The general flags, without those that an operation has under the same name.
fn general(out: &mut String, own: &[Arg]) {
    let shown = FLAGS.iter().filter(|(name, ..)| !own.iter().any(|arg| arg.flag == *name));
    rows(out, shown.map(|(name, takes, what)| (format!("--{name} {takes}").trim_end().to_owned(), (*what).to_owned())));
}

fn rows(out: &mut String, rows: impl Iterator<Item = (String, String)>) {
    let rows: Vec<(String, String)> = rows.collect();
    let width = rows.iter().map(|(name, _)| name.chars().count()).filter(|width| *width <= 40).max().unwrap_or(0);
    for (name, what) in rows {
        let line = format!("  {name:width$}  {what}");
        out.push_str(line.trim_end());
        out.push('\n');
    }
}
