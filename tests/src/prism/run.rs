//! All descriptions, one after the other.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use clientsmith::source::Source;
use serde_json::Value;

use super::args::Args;
use super::document::Document;
use super::mock::Prism;
use super::request::{Planned, requests};
use crate::corpus::raw;
use crate::program::Program;
use crate::workspace;

const EXPECTED: &str = "tests/prism-expected.tsv";
const HEAD: &str = "description\toperation\twhy the judge is wrong\n";

/// What became of the operations of a description.
#[derive(Debug, Default)]
struct Counts {
    operations: usize,
    accepted: usize,
    /// Operation and what was said of it.
    refused: BTreeMap<String, String>,
}

/// Runs all; whether nothing is refused but what is listed.
///
/// # Errors
/// When something that is needed cannot be had.
pub(super) fn run(arguments: &Args) -> Result<bool, String> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace::root().join("target"), PathBuf::from);
    let root = workspace::root().join(target).join("prism");
    let prism = Prism::install(&root)?;
    let (folder, mut names) = set(arguments)?;
    names
        .retain(|name| arguments.filter.is_empty() || arguments.filter.iter().any(|part| name.contains(part.as_str())));
    let mut texts = Vec::new();
    for name in &names {
        let text = raw::text(&folder.join(name))?;
        texts.push((name.clone(), text));
    }
    let program = build(&texts, &root)?;
    let listed = expected()?;
    let mut all: BTreeMap<String, Counts> = BTreeMap::new();
    for (name, text) in &texts {
        let counts = judge(&prism, &program, &folder, (name, text), &root, arguments)?;
        eprintln!("{name}: {} of {} accepted", counts.accepted, counts.operations);
        all.insert(name.clone(), counts);
    }
    print!("{}", table(&all, &listed));
    if arguments.accept {
        let mut out = HEAD.to_owned();
        for (name, counts) in &all {
            for (operation, reason) in &counts.refused {
                let why = listed.get(&(name.clone(), operation.clone())).unwrap_or(reason);
                let _ = writeln!(out, "{name}\t{operation}\t{why}");
            }
        }
        fs::write(workspace::root().join(EXPECTED), out).map_err(|error| format!("{EXPECTED}: {error}"))?;
        if arguments.filter.is_empty() && arguments.set.is_some() {
            workspace::note("prism", &counts(&all, &expected()?))?;
        }
        return Ok(true);
    }
    let found: BTreeSet<(String, String)> = all
        .iter()
        .flat_map(|(name, counts)| counts.refused.keys().map(|operation| (name.clone(), operation.clone())))
        .collect();
    let new = found.iter().filter(|key| !listed.contains_key(*key)).count();
    let gone: Vec<_> = listed.keys().filter(|key| all.contains_key(&key.0) && !found.contains(*key)).collect();
    for (name, operation) in &gone {
        println!("not refused any more: {name} {operation}: take it out of {EXPECTED}");
    }
    Ok(new == 0 && gone.is_empty())
}

/// The folder of the descriptions, and the names of those that are judged: of a folder of published ones those of the
/// list, without one the four that everybody has.
fn set(arguments: &Args) -> Result<(PathBuf, Vec<String>), String> {
    if let Some(folder) = &arguments.set {
        let listed = workspace::read("tests/prism/specs.txt");
        let lines = listed.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
        return Ok((folder.clone(), lines.map(|line| line.split('\t').next().unwrap_or(line).to_owned()).collect()));
    }
    let folder = workspace::root().join("specs");
    let files = workspace::files("specs").into_iter();
    let names =
        files.filter_map(|path| path.strip_prefix("specs/").filter(|name| name.ends_with(".yaml")).map(str::to_owned));
    Ok((folder, names.collect()))
}

fn expected() -> Result<BTreeMap<(String, String), String>, String> {
    let mut rows = BTreeMap::new();
    for line in workspace::read(EXPECTED).lines().skip(1) {
        let cells: Vec<&str> = line.splitn(3, '\t').collect();
        let [name, operation, why] = cells[..] else { return Err(format!("{EXPECTED}: three cells in {line:?}")) };
        rows.insert((name.to_owned(), operation.to_owned()), why.to_owned());
    }
    Ok(rows)
}

/// The name of an API in the crate.
fn api(name: &str) -> String {
    let stem = name.rsplit('/').next().unwrap_or(name);
    stem.split(['.']).next().unwrap_or(stem).to_ascii_lowercase().replace('_', "-")
}

/// Generates one crate from all descriptions and builds its program.
fn build(texts: &[(String, String)], root: &Path) -> Result<Program, String> {
    let source =
        |(name, text): &(String, String)| Source::new(name.trim_end_matches(".gz"), text.clone()).named(api(name));
    let sources: Vec<Source> = texts.iter().map(source).collect();
    // Dependencies are shared with the workspace.
    Program::build(&sources, "prism-clients", &root.join("crate"), root.parent().unwrap_or(root))
}

fn judge(
    prism: &Prism,
    program: &Program,
    folder: &Path,
    (name, text): (&str, &str),
    root: &Path,
    arguments: &Args,
) -> Result<Counts, String> {
    let document = Document { root: raw::parse(text)? };
    // Where it lies, since it may name files beside it; but Prism does not unpack.
    let mut path = fs::canonicalize(folder.join(name)).map_err(|error| format!("{name}: {error}"))?;
    if name.ends_with(".gz") {
        path = root.join(name.trim_end_matches(".gz").rsplit('/').next().unwrap_or(name));
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    let mock = match prism.mock(&path) {
        Ok(mock) => mock,
        Err(error) => {
            return Ok(Counts { refused: BTreeMap::from([("-".to_owned(), error)]), ..Counts::default() });
        }
    };
    let ran = program.command(&api(name)).arg("list").output().map_err(|error| error.to_string())?;
    let list: Vec<Value> = serde_json::from_slice(&ran.stdout).map_err(|error| format!("{name}: list: {error}"))?;
    let mut counts = Counts::default();
    for planned in requests(&document, arguments.seed) {
        let mut key = format!("{} {}", planned.method.to_ascii_uppercase(), planned.path);
        match &planned.other {
            None => counts.operations += 1,
            Some(media) => key.push_str(&format!(" as {media}")),
        }
        let own = list.iter().find(|own| {
            own["method"].as_str().is_some_and(|method| method.eq_ignore_ascii_case(&planned.method))
                && own["path"].as_str() == Some(planned.path.split(['?', '#']).next().unwrap_or_default())
        });
        let own = own.or_else(|| {
            list.iter().find(|own| {
                own["path"] == planned.path.as_str()
                    && own["method"].as_str().is_some_and(|method| method.eq_ignore_ascii_case(&planned.method))
            })
        });
        let said = match own.and_then(|own| own["id"].as_str()) {
            None => Some("the client has no such operation".to_owned()),
            Some(id) => call(program, name, id, &planned, &mock.address, arguments.show)?,
        };
        match said {
            None => counts.accepted += usize::from(planned.other.is_none()),
            Some(reason) => drop(counts.refused.insert(key, reason)),
        }
    }
    Ok(counts)
}

/// Sends a call and gives what the judge has against it.
fn call(
    program: &Program,
    name: &str,
    id: &str,
    planned: &Planned,
    server: &str,
    show: bool,
) -> Result<Option<String>, String> {
    let mut command = program.command(&api(name));
    command.args(["call", id, "--args", &planned.args.to_string(), "--server", server]);
    command.args(&planned.flags).args(["--timeout", "20", "--compact"]);
    let ran = command.output().map_err(|error| error.to_string())?;
    let printed: Value = serde_json::from_slice(&ran.stdout).unwrap_or(Value::Null);
    if show {
        eprintln!("{id} {} {}\n  {printed}", planned.args, planned.flags.join(" "));
    }
    let Some(status) = printed["status"].as_u64() else {
        return Ok(Some(format!(
            "not sent: {}",
            printed["error"]["message"].as_str().unwrap_or("nothing was printed")
        )));
    };
    let header = printed["headers"]["sl-violations"].as_str().unwrap_or("[]");
    // The header ends after some; the body has all.
    let body = printed["body"]["validation"].as_array().cloned().unwrap_or_default();
    let violations: Vec<Value> = serde_json::from_str(header).unwrap_or(body);
    let of_request = |violation: &&Value| violation["location"][0] == "request" && violation["severity"] == "Error";
    if let Some(violation) = violations.iter().find(of_request) {
        let message = violation["message"].as_str().unwrap_or_default();
        return Ok(Some(format!("{message} (at {})", place(&violation["location"]))));
    }
    // What is not in the description at all. What Prism has against the answers that it makes up is its own matter.
    let problem = printed["body"]["type"].as_str().unwrap_or_default();
    let own = problem.ends_with("#VIOLATIONS") && !violations.is_empty();
    Ok((status >= 400 && problem.contains("prism/errors") && !own)
        .then(|| format!("{} {}", problem.rsplit('#').next().unwrap_or_default(), printed["body"]["detail"])))
}

fn place(location: &Value) -> String {
    let parts = location.as_array().into_iter().flatten();
    parts.map(|part| part.as_str().map_or_else(|| part.to_string(), str::to_owned)).collect::<Vec<_>>().join(".")
}

fn table(all: &BTreeMap<String, Counts>, listed: &BTreeMap<(String, String), String>) -> String {
    let mut out = String::new();
    for (name, counts) in all {
        for (operation, reason) in &counts.refused {
            let known = if listed.contains_key(&(name.clone(), operation.clone())) { "listed: " } else { "" };
            let _ = writeln!(out, "{known}{name} {operation}: {reason}");
        }
    }
    out.push('\n');
    out + &counts(all, listed)
}

/// The table for people, in Markdown.
fn counts(all: &BTreeMap<String, Counts>, listed: &BTreeMap<(String, String), String>) -> String {
    let mut out = "| description | operations | accepted | the judge is wrong |\n|---|--:|--:|--:|\n".to_owned();
    let mut sums = (0, 0, 0);
    for (name, counts) in all {
        // An operation counts once, however many media types it is called with.
        let own = counts.refused.keys().filter(|key| !key.contains(" as "));
        let known = own.filter(|key| listed.contains_key(&(name.clone(), (*key).clone()))).count();
        sums = (sums.0 + counts.operations, sums.1 + counts.accepted, sums.2 + known);
        let _ = writeln!(out, "| {name} | {} | {} | {known} |", counts.operations, counts.accepted);
    }
    let _ = writeln!(out, "| **all** | {} | {} | {} |", sums.0, sums.1, sums.2);
    out
}
