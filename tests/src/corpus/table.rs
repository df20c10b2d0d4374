//! The table as text and as TSV, and the totals.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::examples::Examples;
use super::process::State;
use super::row::{Gap, Row, codes_text};

/// A column: its name and what stands in it.
type Column = (&'static str, fn(&Row) -> String);

const COLUMNS: &[Column] = &[
    ("spec", |row| row.file.clone()),
    ("kind", |row| row.kind.clone()),
    ("version", |row| row.version.clone()),
    ("state", |row| row.state.word().to_owned()),
    ("in_spec", |row| optional(row.operations)),
    ("generated", |row| row.generated.to_string()),
    ("left_out", |row| row.left_out_text()),
    ("types", |row| row.types.to_string()),
    ("values", |row| row.values.to_string()),
    ("free_json", |row| share(row.free, row.values)),
    ("warnings", |row| row.warnings.to_string()),
    ("files", |row| row.files.to_string()),
    ("lines", |row| row.lines.to_string()),
    ("seconds", |row| format!("{:.2}", row.seconds)),
    ("cpu_s", |row| format!("{:.2}", row.used.seconds)),
    ("peak_mib", |row| format!("{:.0}", row.used.peak)),
    ("check_errors", |row| optional(row.check.as_ref().map(|check| check.errors))),
    ("check_warnings", |row| optional(row.check.as_ref().map(|check| check.warnings))),
    ("check_cpu_s", |row| used(row, |used| format!("{:.2}", used.seconds))),
    ("check_peak_mib", |row| used(row, |used| format!("{:.0}", used.peak))),
    ("examples", |row| optional(row.examples.as_ref().map(|examples| examples.found))),
    ("passed", |row| optional(row.examples.as_ref().map(|examples| examples.passed))),
    ("failed", |row| optional(row.examples.as_ref().map(|examples| examples.failed))),
    ("doc", |row| optional(row.doc)),
    ("clippy", |row| optional(row.clippy)),
    ("note", |row| {
        row.check.as_ref().map(|check| &check.first).filter(|first| !first.is_empty()).unwrap_or(&row.note).clone()
    }),
];

fn optional(number: Option<u64>) -> String {
    number.map_or_else(String::new, |number| number.to_string())
}

fn share(part: u64, whole: u64) -> String {
    if whole == 0 { String::new() } else { format!("{:.1}%", 100.0 * part as f64 / whole as f64) }
}

fn used(row: &Row, show: fn(super::measure::Used) -> String) -> String {
    row.check.as_ref().and_then(|check| check.used).map_or_else(String::new, show)
}

/// The table with one line per row, cells between tabs.
pub(super) fn tsv(rows: &[Row]) -> String {
    let clean = |cell: String| cell.replace(['\t', '\n', '\r'], " ");
    let names: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
    let mut out = format!("{}\n", names.join("\t"));
    for row in rows {
        let cells: Vec<String> = COLUMNS.iter().map(|(_, cell)| clean(cell(row))).collect();
        out.push_str(&cells.join("\t"));
        out.push('\n');
    }
    out
}

/// Everything that was left out, one by one, with cells between tabs.
pub(super) fn parts(rows: &[Row]) -> String {
    let clean = |cell: &str| cell.replace(['\t', '\n', '\r'], " ");
    let lines = rows.iter().flat_map(|row| row.parts.iter().map(move |part| (row, part)));
    let lines = lines.map(|(row, Gap { code, place, reason })| {
        format!("{}\t{code}\t{}\t{}\n", clean(&row.file), clean(place), clean(reason))
    });
    format!("spec\tcode\tplace\treason\n{}", lines.collect::<String>())
}

/// The table for people: columns in which nothing stands are left out, and notes.
pub(super) fn text(rows: &[Row]) -> String {
    let shown: Vec<&Column> =
        COLUMNS.iter().filter(|(name, cell)| *name != "note" && rows.iter().any(|row| !cell(row).is_empty())).collect();
    let mut lines = vec![shown.iter().map(|(name, _)| (*name).to_owned()).collect::<Vec<_>>()];
    lines.extend(rows.iter().map(|row| {
        let cells = shown.iter().map(|(name, cell)| match *name {
            "spec" => short(&cell(row)),
            _ => cell(row),
        });
        cells.collect::<Vec<_>>()
    }));
    let widths: Vec<usize> =
        (0..shown.len()).map(|at| lines.iter().map(|line| line[at].chars().count()).max().unwrap_or(0)).collect();
    let mut out = String::new();
    for line in &lines {
        let cells = line.iter().zip(&widths).zip(&shown).map(|((cell, width), (name, _))| match *name {
            "spec" | "kind" | "version" | "state" | "left_out" => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        });
        let _ = writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end());
    }
    out
}

/// The end of a long path.
fn short(path: &str) -> String {
    let count = path.chars().count();
    if count <= 60 { path.to_owned() } else { format!("…{}", path.chars().skip(count - 59).collect::<String>()) }
}

/// Everything that is not as it should be, one by one.
pub(super) fn findings(rows: &[Row]) -> String {
    let mut out = String::new();
    for row in rows {
        if row.state != State::Done {
            let _ = writeln!(out, "{}: {}: {}", row.state.word(), row.file, row.note);
        }
        for gap in &row.gaps {
            let _ = writeln!(out, "operation left out: {} {}: {}", gap.code, gap.place, gap.reason);
        }
        // Every operation that is missing has a reason of its own.
        if row.state == State::Done && row.missing() != row.gaps.len() as u64 {
            let _ = writeln!(
                out,
                "operations missing: {}: {} of {:?} generated, {} left out with a reason",
                row.file,
                row.generated,
                row.operations,
                row.gaps.len()
            );
        }
        if row.operations.is_some_and(|operations| row.generated > operations) {
            let _ =
                writeln!(out, "more operations than counted: {}: {} of {:?}", row.file, row.generated, row.operations);
        }
        for place in row.examples.iter().flat_map(|examples| &examples.untyped_places) {
            let _ = writeln!(out, "example of no type: {place}");
        }
        for failure in row.examples.iter().flat_map(|examples| &examples.failures) {
            let _ = writeln!(out, "example: {failure}");
        }
        if let Some(check) = row.check.as_ref().filter(|check| check.errors + check.warnings > 0) {
            let _ = writeln!(
                out,
                "compiler: {}: {} errors, {} warnings; {}",
                row.file, check.errors, check.warnings, check.first
            );
        }
    }
    out
}

/// The closing lines.
pub(super) fn totals(rows: &[Row], seconds: f64) -> String {
    let sum = |number: fn(&Row) -> u64| rows.iter().map(number).sum::<u64>();
    let state = |state| rows.iter().filter(|row| row.state == state).count();
    let crashes = rows.iter().filter(|row| row.state.is_crash()).count();
    let mut gaps: BTreeMap<String, u64> = BTreeMap::new();
    for gap in rows.iter().flat_map(|row| &row.gaps) {
        *gaps.entry(gap.code.clone()).or_default() += 1;
    }
    let (in_spec, generated, missing) =
        (sum(|row| row.operations.unwrap_or(row.generated)), sum(|row| row.generated), sum(Row::missing));
    let mut out = format!(
        "{} documents: {} generated, {} refused, {crashes} crashes ({} panics)\n",
        rows.len(),
        state(State::Done),
        state(State::Refused),
        state(State::Panic)
    );
    let _ = writeln!(
        out,
        "operations: {in_spec} in the documents, {generated} generated, {missing} left out {}",
        codes_text(&gaps)
    );
    let _ = writeln!(
        out,
        "{} types, {} lines in {} files, {} of {} values are free JSON ({}), {} warnings",
        sum(|row| row.types),
        sum(|row| row.lines),
        sum(|row| row.files),
        sum(|row| row.free),
        sum(|row| row.values),
        share(sum(|row| row.free), sum(|row| row.values)),
        sum(|row| row.warnings)
    );
    let alone: f64 = rows.iter().map(|row| row.seconds).sum();
    let computing: f64 = rows.iter().map(|row| row.used.seconds).sum();
    let _ = writeln!(
        out,
        "generation: {alone:.1} s one after the other, {computing:.1} s of computing, {seconds:.1} s in this run with all around it"
    );
    out.push_str(&largest(rows, "slowest", "s", |row| row.seconds));
    out.push_str(&largest(rows, "most memory", "MiB", |row| row.used.peak));
    out.push_str(&largest(rows, "most lines", "lines", |row| row.lines as f64));
    let checked: Vec<_> = rows.iter().filter_map(|row| row.check.as_ref()).collect();
    if !checked.is_empty() {
        let good = checked.iter().filter(|check| check.errors == 0 && check.warnings == 0).count();
        let computing: f64 = checked.iter().filter_map(|check| check.used).map(|used| used.seconds).sum();
        let _ = writeln!(
            out,
            "cargo check: {} crates, {good} without error or warning, {computing:.0} s of computing",
            checked.len()
        );
        out.push_str(&largest(rows, "slowest to check", "s", |row| {
            row.check.as_ref().and_then(|check| check.used).map_or(0.0, |used| used.seconds)
        }));
        out.push_str(&largest(rows, "most memory to check", "MiB", |row| {
            row.check.as_ref().and_then(|check| check.used).map_or(0.0, |used| used.peak)
        }));
    }
    let examples: Vec<_> = rows.iter().filter_map(|row| row.examples.as_ref()).collect();
    if !examples.is_empty() {
        let sum = |number: fn(&Examples) -> u64| examples.iter().map(|examples| number(examples)).sum::<u64>();
        let _ = writeln!(
            out,
            "examples: {} found, {} of them inside of a text, {} not allowed by their schema, {} not to be judged, {} plain values, {} of no type; {} came back the same, {} did not",
            sum(|examples| examples.found),
            sum(|examples| examples.escaped),
            sum(|examples| examples.invalid),
            sum(|examples| examples.unjudged),
            sum(|examples| examples.plain),
            sum(|examples| examples.untyped),
            sum(|examples| examples.passed),
            sum(|examples| examples.failed)
        );
    }
    for (what, number) in [("cargo doc", (|row| row.doc) as fn(&Row) -> Option<u64>), ("clippy", |row| row.clippy)] {
        let found: Vec<u64> = rows.iter().filter_map(number).collect();
        if !found.is_empty() {
            let _ = writeln!(
                out,
                "{what}: {} crates, {} without a finding",
                found.len(),
                found.iter().filter(|count| **count == 0).count()
            );
        }
    }
    out.trim_end().to_owned()
}

/// The five rows with the largest numbers.
fn largest(rows: &[Row], what: &str, unit: &str, number: fn(&Row) -> f64) -> String {
    let mut order: Vec<&Row> = rows.iter().collect();
    order.sort_by(|a, b| number(b).total_cmp(&number(a)));
    let shown = order.iter().take(5).map(|row| {
        let value = number(row);
        let value = if value < 100.0 { format!("{value:.2}") } else { format!("{value:.0}") };
        format!("{} {value} {unit}", short(&row.file))
    });
    format!("{what}: {}\n", shown.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::super::row::Check;
    use super::*;

    fn rows() -> Vec<Row> {
        let gap =
            Gap { code: "OA0033".to_owned(), place: "b.yaml:3:4 #/paths/~1/get".to_owned(), reason: "why".to_owned() };
        vec![
            Row {
                file: "a.json".to_owned(),
                operations: Some(3),
                generated: 3,
                values: 10,
                free: 1,
                lines: 50,
                ..Row::default()
            },
            Row {
                file: "b.yaml".to_owned(),
                operations: Some(4),
                generated: 3,
                parts: vec![gap.clone()],
                gaps: vec![gap],
                note: "a\tb".to_owned(),
                seconds: 2.0,
                ..Row::default()
            },
            Row { file: "c.yaml".to_owned(), state: State::Panic, note: "oh".to_owned(), ..Row::default() },
        ]
    }

    #[test]
    fn as_tsv() {
        let text = tsv(&rows());
        let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
        assert!(lines.iter().all(|line| line.len() == COLUMNS.len()), "{text}");
        assert_eq!(lines[1][9], "10.0%");
        assert_eq!(lines[2].last(), Some(&"a b"));
    }

    #[test]
    fn what_was_left_out() {
        let text = parts(&rows());
        assert_eq!(text, "spec\tcode\tplace\treason\nb.yaml\tOA0033\tb.yaml:3:4 #/paths/~1/get\twhy\n");
    }

    #[test]
    fn as_text() {
        let text = text(&rows());
        assert!(!text.contains("check_errors") && !text.contains("kind"), "{text}");
        assert!(text.lines().nth(3).unwrap().starts_with("c.yaml  panic"), "{text}");
    }

    #[test]
    fn what_is_not_as_it_should_be() {
        let mut rows = rows();
        rows[0].check = Some(Check { errors: 1, warnings: 2, first: "E0308: x".to_owned(), ..Check::default() });
        let text = findings(&rows);
        assert_eq!(
            text,
            "compiler: a.json: 1 errors, 2 warnings; E0308: x\noperation left out: OA0033 b.yaml:3:4 #/paths/~1/get: why\npanic: c.yaml: oh\n"
        );
        rows[1].gaps.clear();
        assert!(
            findings(&rows).contains("operations missing: b.yaml: 3 of Some(4) generated, 0 left out with a reason")
        );
    }

    #[test]
    fn the_totals() {
        let text = totals(&rows(), 9.0);
        for part in [
            "3 documents: 2 generated, 0 refused, 1 crashes (1 panics)",
            "operations: 7 in the documents, 6 generated, 1 left out OA0033×1",
            "1 of 10 values are free JSON (10.0%)",
            "slowest: b.yaml 2.00 s",
        ] {
            assert!(text.contains(part), "no `{part}` in\n{text}");
        }
        assert!(!text.contains("cargo check"));
    }
}
