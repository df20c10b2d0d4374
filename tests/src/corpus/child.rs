//! What happens to one description, in a process of its own.

use std::path::Path;
use std::time::Instant;

use clientsmith::analyze::analyze;
use clientsmith::diag::{Severity, Sink};
use clientsmith::files::FileSet;
use clientsmith::load::{Limits, load};
use clientsmith::output::{self, Mode};
use clientsmith::settings::{Config, Runtime};
use clientsmith::source::Source;
use clientsmith::summary::Outcome;

use super::args::Args;
use super::process::State;
use super::raw::Files;
use super::row::{Gap, Row};
use super::set::Entry;
use super::values::{self, Values};
use super::{count, examples, measure};

/// Generates a crate from the description that `--one` names and writes what is known about it to `--report`.
///
/// # Errors
/// When a file cannot be written.
pub(super) fn main(arguments: &Args) -> Result<(), String> {
    let (Some(set), Some(file), Some(report)) = (&arguments.set, &arguments.one, &arguments.report) else {
        return Err("--one needs --set and --report".to_owned());
    };
    measure::bound(arguments.memory);
    let entry = Entry { file: file.clone(), kind: String::new() };
    let source = source(set, &entry);
    let config = Config::default().with_name(entry.crate_name()).with_runtime(Runtime::Crate);

    let start = Instant::now();
    let outcome = clientsmith::generate(std::slice::from_ref(&source), &config);
    let mut row = Row { file: file.clone(), seconds: start.elapsed().as_secs_f64(), ..Row::default() };
    row.used = measure::own();

    describe(&mut row, &outcome, set);
    if let Some(folder) = &arguments.into
        && row.state == State::Done
    {
        write(&outcome.files, folder)?;
    }
    // Once here: the numbers must be there even when what follows fails.
    save(&row, report)?;
    let Values { all, free } = on_large_stack(|| shares(&source)).unwrap_or_default();
    (row.values, row.free) = (all, free);
    save(&row, report)?;
    let counted = on_large_stack(|| count::count(&mut Files::new(set), file)).unwrap_or(Err("it crashed".to_owned()));
    match counted {
        Ok(counted) => (row.version, row.operations) = (counted.version, Some(counted.operations as u64)),
        Err(why) => row.note = format!("{} (not counted: {why})", row.note).trim().to_owned(),
    }
    save(&row, report)?;
    if let Some(folder) = &arguments.examples_into
        && row.state == State::Done
    {
        let prepared = on_large_stack(|| examples::prepare(set, file, &source, &outcome.files, folder));
        row.examples = Some(prepared.ok_or("looking for examples crashed")??);
    }
    save(&row, report)
}

/// The description, with the right to read everything that belongs to it.
fn source(set: &Path, entry: &Entry) -> Source {
    let source = Source::open(set.join(&entry.file));
    match entry.folder() {
        Some(folder) => source.allow(set.join(folder)),
        None => source,
    }
}

/// What the generator says about it.
fn describe(row: &mut Row, outcome: &Outcome, set: &Path) {
    let summary = &outcome.summary;
    row.generated = summary.operations_generated() as u64;
    row.types = summary.types() as u64;
    row.warnings = summary.warnings as u64;
    let rust = outcome.files.iter().filter(|(path, _)| path.ends_with(".rs"));
    for (_, text) in rust {
        row.files += 1;
        row.lines += text.lines().count() as u64;
    }
    let prefix = format!("{}/", set.display()).replace('\\', "/");
    for finding in &outcome.findings {
        match finding.severity {
            Severity::Warning => continue,
            Severity::Error if row.state == State::Done => {
                row.state = State::Refused;
                row.note = finding.line_text().replace(&prefix, "");
            }
            Severity::Error => {}
            Severity::LeftOut => {
                *row.left_out.entry(finding.code.id().to_owned()).or_default() += 1;
                let place = format!("{} {}", finding.place().replace(&prefix, ""), finding.pointer);
                let gap = Gap { code: finding.code.id().to_owned(), place, reason: finding.message.clone() };
                row.parts.push(gap.clone());
                // What concerns a whole operation is told by its effect.
                let effect = finding.effect.as_deref().unwrap_or_default();
                if effect.starts_with("the operation ") && effect.ends_with("left out") {
                    row.gaps.push(gap);
                }
            }
        }
    }
}

/// Brings a folder to the crate, without its docs.
fn write(files: &FileSet, folder: &Path) -> Result<(), String> {
    let failed = |error: output::OutputError| error.to_string();
    output::write(&files.folder("src"), &folder.join("src"), Mode::Force).map_err(failed)?;
    let manifest = files.get("Cargo.toml").ok_or("there is no Cargo.toml")?;
    // A crate of a workspace may have a script that runs the generator. Here it has none.
    let manifest = manifest.replace("[build-dependencies]\nclientsmith.workspace = true\n", "");
    output::write_file(&folder.join("Cargo.toml"), &manifest).map_err(failed)
}

/// How much of the API has a type.
fn shares(source: &Source) -> Values {
    let sink = Sink::default();
    let document = load(source, &Limits::default(), &sink);
    if sink.has_errors() {
        return Values::default();
    }
    let api = clientsmith::lower(&document, "api", &clientsmith::settings::ApiSettings::default(), &sink);
    let facts = analyze(&api, &sink);
    values::count(&api, &facts.emitted)
}

/// Deep documents need deep stacks.
fn on_large_stack<R: Send>(work: impl FnOnce() -> R + Send) -> Option<R> {
    std::thread::scope(|scope| {
        std::thread::Builder::new().stack_size(256 << 20).spawn_scoped(scope, work).ok()?.join().ok()
    })
}

fn save(row: &Row, report: &Path) -> Result<(), String> {
    let text = serde_json::to_string(row).map_err(|error| error.to_string())?;
    std::fs::write(report, text).map_err(|error| format!("{}: {error}", report.display()))
}
