//! Cargo on the generated crates.
//!
//! All stand in one workspace below the target folder and share its dependencies, which are built first. Several crates
//! go to Cargo at once; this program stands between it and the compiler, so that each crate has its own time and memory.

mod alone;
mod bench;
mod messages;
mod wrapper;

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use super::args::Args;
use super::process::State;
use super::row::{Check, Row};
use super::set::Entry;
use messages::Said;

pub(super) use alone::alone;
pub(super) use bench::{Bench, Program};
pub(super) use wrapper::wrapper;

/// Crates go to Cargo together up to so many, and up to so many lines.
const TOGETHER: (usize, u64) = (16, 40_000);

/// Checks the crates of all rows and runs their examples, as far as asked for, the smallest first; notes the results.
/// Those named in `linted` go to clippy as well. `save` is called with the rows after each batch.
///
/// # Errors
/// When Cargo cannot be run or the dependencies do not build.
pub(super) fn compile(
    rows: &mut [Row],
    linted: &BTreeSet<String>,
    bench: &Bench,
    arguments: &Args,
    save: &dyn Fn(&[Row]) -> Result<(), String>,
) -> Result<(), String> {
    if !arguments.compile && !arguments.examples {
        return Ok(());
    }
    let end = arguments.minutes.map(|minutes| Instant::now() + Duration::from_secs(60 * minutes));
    let mut order: Vec<usize> = (0..rows.len()).filter(|at| rows[*at].state == State::Done).collect();
    order.sort_by_key(|at| rows[*at].lines);
    eprintln!("dependencies");
    bench.dependencies(arguments.doc, arguments.clippy.is_some())?;
    let mut done = 0;
    for batch in batches(rows, &order) {
        if end.is_some_and(|end| Instant::now() > end) {
            eprintln!("the time is up: {} crates are not compiled", order.len() - done);
            break;
        }
        done += batch.len();
        eprintln!(
            "[{done}/{}] {}",
            order.len(),
            batch.iter().map(|at| rows[*at].file.as_str()).collect::<Vec<_>>().join(", ")
        );
        if arguments.examples {
            examples(bench, rows, &batch)?;
        }
        if !arguments.compile {
            save(rows)?;
            continue;
        }
        for (at, check) in bench_run(bench, rows, &batch, "check")? {
            rows[at].check = Some(check);
        }
        let good: Vec<usize> =
            batch.into_iter().filter(|at| rows[*at].check.as_ref().is_some_and(|check| check.errors == 0)).collect();
        if arguments.doc {
            for (at, said) in bench_run(bench, rows, &good, "doc")? {
                rows[at].doc = Some(said.errors + said.warnings);
            }
            bench.sweep(&good.iter().map(|at| name(&rows[*at])).collect::<Vec<_>>());
        }
        let good: Vec<usize> = good.into_iter().filter(|at| linted.contains(&rows[*at].file)).collect();
        for (at, said) in bench_run(bench, rows, &good, "clippy")? {
            rows[at].clippy = Some(said.errors + said.warnings);
        }
        save(rows)?;
    }
    Ok(())
}

/// Takes the examples of some rows through their models.
fn examples(bench: &Bench, rows: &mut [Row], batch: &[usize]) -> Result<(), String> {
    let names: BTreeMap<String, usize> = batch.iter().map(|at| (name(&rows[*at]), *at)).collect();
    for (name, found) in super::examples::run(bench, &names.keys().cloned().collect::<Vec<_>>())? {
        if let Some(examples) = names.get(&name).and_then(|at| rows[*at].examples.as_mut()) {
            (examples.passed, examples.failed, examples.failures) = (found.passed, found.failed, found.failures);
        }
    }
    Ok(())
}

/// What the crate of a row is called.
fn name(row: &Row) -> String {
    Entry { file: row.file.clone(), ..Entry::default() }.crate_name()
}

/// Runs a command of Cargo on the crates of some rows; one by one when it says nothing on them together.
fn bench_run(bench: &Bench, rows: &[Row], batch: &[usize], what: &str) -> Result<Vec<(usize, Check)>, String> {
    if batch.is_empty() {
        return Ok(Vec::new());
    }
    let names: BTreeMap<String, usize> = batch.iter().map(|at| (name(&rows[*at]), *at)).collect();
    let said = bench.cargo(&names.keys().cloned().collect::<Vec<_>>(), what, &["--all-features"])?;
    // A manifest that Cargo cannot read stops all of them.
    if said.crates.is_empty() && batch.len() > 1 {
        let each = batch.iter().map(|at| bench_run(bench, rows, std::slice::from_ref(at), what));
        return Ok(each.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect());
    }
    let check = |(name, at): (String, usize)| {
        let check = judge(said.crates.get(&name), &said.stderr, bench.measured(&name));
        (at, check)
    };
    Ok(names.into_iter().map(check).collect())
}

/// What became of a crate.
fn judge(said: Option<&Said>, stderr: &str, measured: Option<wrapper::Measured>) -> Check {
    let said = said.cloned().unwrap_or_default();
    let mut check = Check {
        state: State::Done,
        errors: said.errors,
        warnings: said.warnings,
        first: said.first,
        used: measured.as_ref().map(|measured| measured.used),
    };
    if !said.built {
        check.state = measured.map_or(State::Failed, |measured| measured.state);
        if check.state == State::Done {
            check.state = State::Failed;
        }
        // The compiler went without a word.
        if check.errors == 0 {
            check.errors = 1;
            check.first = format!("{}: {}", check.state.word(), bench::last_error(stderr));
        }
    }
    check
}

/// Groups of rows that go to Cargo together.
fn batches(rows: &[Row], order: &[usize]) -> Vec<Vec<usize>> {
    let (count, lines) = TOGETHER;
    let mut batches: Vec<Vec<usize>> = Vec::new();
    let mut full = lines;
    for at in order {
        let own = rows[*at].lines;
        match batches.last_mut() {
            Some(batch) if batch.len() < count && full + own <= lines => {
                batch.push(*at);
                full += own;
            }
            _ => {
                batches.push(vec![*at]);
                full = own;
            }
        }
    }
    batches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups() {
        let rows: Vec<Row> =
            [10, 39_000, 1000, 100_000, 5].into_iter().map(|lines| Row { lines, ..Row::default() }).collect();
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|at| rows[*at].lines);
        assert_eq!(batches(&rows, &order), [vec![4, 0, 2], vec![1], vec![3]]);
        let many: Vec<Row> = (0..40).map(|_| Row { lines: 1, ..Row::default() }).collect();
        let sizes: Vec<usize> = batches(&many, &(0..40).collect::<Vec<_>>()).iter().map(Vec::len).collect();
        assert_eq!(sizes, [16, 16, 8]);
    }

    #[test]
    fn what_became_of_a_crate() {
        let said = |errors, built| Said { errors, warnings: 2, first: "E0308: x".to_owned(), built, program: None };
        let check = judge(Some(&said(0, true)), "", None);
        assert_eq!((check.state, check.errors, check.warnings), (State::Done, 0, 2));
        let check = judge(Some(&said(3, false)), "", None);
        assert_eq!((check.state, check.errors, check.first.as_str()), (State::Failed, 3, "E0308: x"));
        let measured = wrapper::Measured { state: State::Timeout, ..Default::default() };
        let check = judge(None, "warning: a\nerror: could not compile\n", Some(measured));
        assert_eq!(
            (check.state, check.errors, check.first.as_str()),
            (State::Timeout, 1, "timeout: error: could not compile")
        );
    }
}
