//! Each feature of a crate by itself: a program that switches one on must not need another one.

use std::time::Instant;

use super::bench::Bench;
use super::name;
use crate::corpus::process::State;
use crate::corpus::row::Row;
use crate::corpus::set::spread;

/// Features that are made of others: what they switch on is looked at by itself.
const SUMS: &[&str] = &["default", "full"];

/// Checks the crates of all rows with no feature and with each one alone, or with `count` of them where that is not zero.
/// Prints what is wrong, and gives whether nothing is.
///
/// # Errors
/// When Cargo cannot be run.
pub(in super::super) fn alone(rows: &[Row], bench: &Bench, count: usize) -> Result<bool, String> {
    let mut fine = true;
    bench.dependencies(false, false)?;
    for row in rows.iter().filter(|row| row.state == State::Done) {
        let start = Instant::now();
        let name = name(row);
        let mut features = bench.features(&name)?;
        features.retain(|feature| !SUMS.contains(&feature.as_str()));
        let of = features.len();
        let some = spread(&features, if count == 0 { of } else { count });
        let chosen: Vec<&str> = std::iter::once("").chain(some.iter().map(String::as_str)).collect();
        let mut failed = 0;
        for (at, feature) in chosen.iter().enumerate() {
            eprintln!("[{}/{}] {} {feature}", at + 1, chosen.len(), row.file);
            let wanted = ["--no-default-features", "--features", feature];
            let said = bench.cargo(std::slice::from_ref(&name), "check", &wanted)?;
            let own = said.crates.get(&name).cloned().unwrap_or_default();
            if !own.built || own.errors + own.warnings > 0 {
                failed += 1;
                let first = if own.first.is_empty() { super::bench::last_error(&said.stderr) } else { own.first };
                let named = if feature.is_empty() { "no feature" } else { feature };
                println!("ALONE: {}: {named}: {} errors, {} warnings: {first}", row.file, own.errors, own.warnings);
            }
        }
        fine &= failed == 0;
        println!(
            "{}: {} of {of} features alone, and none of them: {failed} do not build without errors and warnings, {:.0} s",
            row.file,
            chosen.len() - 1,
            start.elapsed().as_secs_f64()
        );
    }
    Ok(fine)
}
