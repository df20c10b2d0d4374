//! The whole run: every description in a process of its own, then Cargo, then the table and the judgement.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::args::Args;
use super::compile::{self, Bench};
use super::expected::{self, Expected};
use super::process::{self, Ended, State};
use super::row::Row;
use super::set::{self, Entry};
use super::table;
use crate::workspace;

/// Runs the command; gives whether nothing is worse than expected.
///
/// # Errors
/// When something that has nothing to do with a description stands in the way.
pub(super) fn run(arguments: &Args) -> Result<bool, String> {
    let Some(folder) = &arguments.set else {
        println!("no folder of descriptions: name one by --set or CLIENTSMITH_CORPUS; nothing was tested");
        return Ok(true);
    };
    let folder = folder.canonicalize().map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut entries = set::entries(&folder)?;
    // By the whole set: what is chosen today must not decide what clippy sees.
    let linted = set::spread(&entries, arguments.clippy.unwrap_or(0)).into_iter().map(|entry| entry.file).collect();
    if let Some(wanted) = arguments.sample {
        entries = set::sample(&entries, &folder, wanted);
    }
    let chosen =
        |entry: &Entry| arguments.filter.is_empty() || arguments.filter.iter().any(|text| entry.file.contains(text));
    entries.retain(chosen);
    if entries.is_empty() {
        println!("no description in {} is chosen; nothing was tested", folder.display());
        return Ok(true);
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace::root().join("target"), PathBuf::from);
    let place = workspace::root().join(target).join("corpus");
    let bench = Bench::new(place.join("check"), arguments.jobs(), (arguments.check_limit, arguments.memory))?;
    let start = Instant::now();
    let mut rows = generate(&entries, &folder, &place, &bench, arguments)?;
    let generation = start.elapsed().as_secs_f64();
    let out = arguments.out.clone().unwrap_or_else(|| place.join("corpus.tsv"));
    let parts = out.with_extension("left-out.tsv");
    let write =
        |path: &Path, text: String| fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()));
    write(&parts, table::parts(&rows))?;
    // After each batch: what a long run has found so far must not be lost with it.
    let save = |rows: &[Row]| write(&out, table::tsv(rows));
    save(&rows)?;
    compile::compile(&mut rows, &linted, &bench, arguments, &save)?;
    print!("{}", table::text(&rows));
    print!("{}", table::findings(&rows));
    println!("{}", table::totals(&rows, generation));
    println!("the table is in {}, everything that was left out in {}", out.display(), parts.display());
    let alone = match arguments.features_alone {
        Some(count) => compile::alone(&rows, &bench, count)?,
        None => true,
    };
    Ok(judge(&rows, arguments)? && alone)
}

/// Holds the rows against what is expected.
fn judge(rows: &[Row], arguments: &Args) -> Result<bool, String> {
    let file = workspace::root().join("tests/corpus-expected.tsv");
    let known = match fs::read_to_string(&file) {
        Ok(text) => Expected::read(&text)?,
        Err(_) => Expected::default(),
    };
    if arguments.accept {
        let text = known.with(rows).write();
        fs::write(&file, text).map_err(|error| format!("{}: {error}", file.display()))?;
        println!("{} says now what came out", file.display());
        return Ok(true);
    }
    let verdict = expected::compare(&known, rows);
    for line in &verdict.better {
        println!("better: {line}");
    }
    for line in &verdict.worse {
        println!("WORSE: {line}");
    }
    match verdict.worse.len() {
        0 => println!("nothing is worse than tests/corpus-expected.tsv says"),
        count => println!("{count} things are worse than tests/corpus-expected.tsv says"),
    }
    Ok(verdict.worse.is_empty())
}

/// Generates all of them, several at once.
fn generate(entries: &[Entry], set: &Path, place: &Path, bench: &Bench, arguments: &Args) -> Result<Vec<Row>, String> {
    let logs = place.join("logs");
    fs::create_dir_all(&logs).map_err(|error| format!("{}: {error}", logs.display()))?;
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, Result<Row, String>)>> = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..arguments.jobs() {
            scope.spawn(|| {
                while let index = next.fetch_add(1, Ordering::Relaxed)
                    && let Some(entry) = entries.get(index)
                {
                    let row = one(entry, set, &logs, bench, arguments);
                    if let Ok(row) = &row {
                        eprintln!("[{}/{}] {} {:.1} s {}", index + 1, entries.len(), row.file, row.seconds, row.note);
                    }
                    if let Ok(mut done) = done.lock() {
                        done.push((index, row));
                    }
                }
            });
        }
    });
    let mut done = done.into_inner().map_err(|_| "a thread panicked".to_owned())?;
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, row)| row).collect()
}

/// Generates one of them in a process of its own.
fn one(entry: &Entry, set: &Path, logs: &Path, bench: &Bench, arguments: &Args) -> Result<Row, String> {
    let name = entry.crate_name();
    let report = logs.join(format!("{name}.json"));
    // What an earlier run has left must not be taken for this one's.
    let _ = fs::remove_file(&report);
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new(own);
    command.arg("--set").arg(set).args(["--one", &entry.file]).arg("--report").arg(&report);
    command.args(["--memory", &arguments.memory.to_string()]);
    if arguments.compile || arguments.features_alone.is_some() {
        command.arg("--into").arg(bench.crate_folder(&name));
    }
    if arguments.examples {
        command.arg("--examples-into").arg(bench.crate_folder(&format!("{name}-examples")));
    }
    let limit = Duration::from_secs(arguments.generate_limit);
    let Ended { state, note } = process::run(command, limit, &logs.join(format!("{name}.txt")))?;
    let row: Option<Row> = fs::read_to_string(&report).ok().and_then(|text| serde_json::from_str(&text).ok());
    Ok(match row {
        Some(row) if state == State::Done => Row { kind: entry.kind.clone(), ..row },
        // The generator was done; it was what looks at its work that failed.
        Some(row) => {
            Row { kind: entry.kind.clone(), note: format!("{} (after the generation: {note})", row.note), ..row }
        }
        None => Row { file: entry.file.clone(), kind: entry.kind.clone(), state, note, ..Row::default() },
    })
}
