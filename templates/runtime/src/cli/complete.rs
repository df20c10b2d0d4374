//! Completions: a few lines for each shell, which ask the program itself.

use super::outcome::{Failure, refused};
use super::parse::FLAGS;
use super::table::{Entry, Tool};

/// The script for a shell. It calls `PROGRAM complete -- WORD…`, which prints a candidate and what it is in each line.
pub(super) fn script(program: &str, shell: &str) -> Result<String, Failure> {
    // The name goes into a script.
    let safe: String = program.chars().filter(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c)).collect();
    let function = format!("_{}", safe.replace(['-', '.'], "_"));
    Ok(match shell {
        "bash" => format!(
            "{function}() {{\n    local IFS=$'\\n'\n    COMPREPLY=($({safe} complete -- \"${{COMP_WORDS[@]:1:COMP_CWORD}}\" 2>/dev/null | cut -f1))\n}}\ncomplete -o default -F {function} {safe}\n"
        ),
        "zsh" => format!(
            "#compdef {safe}\n{function}() {{\n    local -a found\n    found=(${{(f)\"$({safe} complete -- \"${{(@)words[2,CURRENT]}}\" 2>/dev/null | awk -F'\\t' '{{gsub(/:/, \"\\\\\\\\:\", $1); print $1 \":\" $2}}')\"}})\n    _describe {safe} found || _files\n}}\ncompdef {function} {safe}\n"
        ),
        "fish" => format!(
            "complete -c {safe} -a '({safe} complete -- (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'\n"
        ),
        other => return refused(format!("there are no completions for {other:?}; there are: bash, zsh, fish")),
    })
}

/// What the last of `words` can become.
pub(super) fn candidates(tools: &[&'static Tool], words: &[String], grouped: impl Fn(&Tool) -> bool) -> String {
    let (start, before) = words.split_last().map_or(("", &[][..]), |(last, before)| (last.as_str(), before));
    let mut plain = positionals(before).into_iter();
    let mut found: Vec<(String, &str)> = Vec::new();
    let tool = match tools {
        [only] => Some(*only),
        several => match plain.next() {
            Some(name) => several.iter().copied().find(|tool| tool.api.name == name),
            None => {
                found.extend(several.iter().map(|tool| (tool.api.name.to_owned(), tool.about)));
                None
            }
        },
    };
    if let Some(tool) = tool {
        of_tool(tool, &plain.collect::<Vec<_>>(), before.last().copied_flag(), start, grouped(tool), &mut found);
    }
    let lines = found.into_iter().filter(|(name, _)| name.starts_with(start));
    lines.map(|(name, what)| format!("{name}\t{}\n", what.replace(['\t', '\n'], " "))).collect()
}

/// Words that are no flags, nor the values of flags.
fn positionals(words: &[String]) -> Vec<&str> {
    let mut out = Vec::new();
    let mut behind_flag = false;
    for word in words {
        match word.strip_prefix("--") {
            Some(flag) => behind_flag = !flag.contains('=') && takes_value(flag),
            None if word.starts_with('-') && word.len() > 1 => behind_flag = false,
            None if behind_flag => behind_flag = false,
            None => out.push(word.as_str()),
        }
    }
    out
}

/// A flag that is not one of the general ones belongs to an operation, behind whose name nothing else is looked for.
fn takes_value(flag: &str) -> bool {
    FLAGS.iter().find(|(name, ..)| *name == flag).is_some_and(|(_, takes, _)| !takes.is_empty())
}

trait LastFlag {
    fn copied_flag(self) -> Option<String>;
}

impl LastFlag for Option<&String> {
    /// The flag whose value is being written.
    fn copied_flag(self) -> Option<String> {
        self?.strip_prefix("--").filter(|flag| !flag.contains('=')).map(str::to_owned)
    }
}

fn of_tool(
    tool: &Tool,
    words: &[&str],
    flag: Option<String>,
    start: &str,
    grouped: bool,
    found: &mut Vec<(String, &'static str)>,
) {
    // As many words as lead to a group, and those behind them.
    let mut group = String::new();
    let mut behind = words;
    while let [word, rest @ ..] = behind {
        let inner = if group.is_empty() { (*word).to_owned() } else { format!("{group} {word}") };
        if !tool.leads(&inner) {
            break;
        }
        (group, behind) = (inner, rest);
    }
    let entries = tool.group(&group).map_or(&[][..], |group| group.entries);
    let entry: Option<&'static Entry> = match (words, behind) {
        (["call", id, ..], _) => tool.entry(id),
        (_, [name, ..]) if !group.is_empty() => entries.iter().find(|entry| entry.name == *name),
        ([name, ..], _) => tool.entries().find(|entry| entry.name == *name),
        ([], _) => None,
    };
    let machine = words.first() == Some(&"call");
    if let (Some(entry), Some(flag)) = (entry, &flag) {
        if flag == "media-type" {
            found.extend(entry.bodies.iter().map(|body| (body.media.to_owned(), "")));
            return;
        }
        if let Some(arg) = entry.params.iter().find(|arg| arg.flag == flag && !machine) {
            let switch: &[&str] = if arg.takes == "boolean" { &["true", "false"] } else { &[] };
            found.extend(arg.values.iter().chain(switch).map(|value| ((*value).to_owned(), "")));
            if !arg.values.is_empty() {
                return;
            }
        }
    }
    match (words, entry, behind) {
        (_, Some(entry), _) if !machine => {
            found.extend(entry.params.iter().map(|arg| (format!("--{}", arg.flag), arg.about)));
        }
        (["call"], None, _) => found.extend(tool.entries().map(|entry| (entry.op.id.to_owned(), entry.about))),
        (["call", ..], ..) => found.push(("--args".to_owned(), "The arguments as JSON")),
        (["completions"], ..) => found.extend(["bash", "zsh", "fish"].map(|shell| (shell.to_owned(), ""))),
        ([], ..) => {
            if grouped {
                found.extend(tool.inside("").into_iter().map(|word| (word.to_owned(), "")));
            } else {
                found.extend(tool.entries().map(|entry| (entry.name.to_owned(), entry.about)));
            }
            let words = [("call", "Call by names of the description"), ("list", "Print all operations as JSON")];
            found.extend(words.map(|(word, what)| (word.to_owned(), what)));
            found.push(("completions".to_owned(), "Print the completions of a shell"));
        }
        (_, None, []) => {
            found.extend(tool.inside(&group).into_iter().map(|word| (word.to_owned(), "")));
            found.extend(entries.iter().map(|entry| (entry.name.to_owned(), entry.about)));
        }
        _ => {}
    }
    if start.starts_with('-') {
        found.extend(FLAGS.iter().map(|(name, _, what)| (format!("--{name}"), *what)));
    }
}
