//! The committed numbers: names of descriptions and counts, nothing of their content.

use std::collections::BTreeMap;

use super::process::State;
use super::row::{Row, codes_of, codes_text};

/// What is expected, by file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Expected(BTreeMap<String, Line>);

/// What is expected of one description. What was never looked at is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Line {
    state: String,
    operations: Option<u64>,
    generated: u64,
    left_out: BTreeMap<String, u64>,
    errors: Option<u64>,
    warnings: Option<u64>,
    doc: Option<u64>,
    clippy: Option<u64>,
    examples: Option<u64>,
    examples_failed: Option<u64>,
}

const HEAD: &str =
    "file\tstate\toperations\tgenerated\tleft_out\terrors\twarnings\tdoc\tclippy\texamples\texamples_failed";

impl Expected {
    /// Reads the file.
    ///
    /// # Errors
    /// When a line is not one of ours.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let mut lines = text.lines();
        if lines.next() != Some(HEAD) {
            return Err("tests/corpus-expected.tsv has other columns than this program writes".to_owned());
        }
        let mut out = BTreeMap::new();
        for line in lines {
            let cells: Vec<&str> = line.split('\t').collect();
            let [
                file,
                state,
                operations,
                generated,
                left_out,
                errors,
                warnings,
                doc,
                clippy,
                examples,
                examples_failed,
            ] = cells.as_slice()
            else {
                return Err(format!("tests/corpus-expected.tsv: `{line}` has not as many columns as its head"));
            };
            let number = |cell: &str| cell.parse::<u64>().ok();
            let line = Line {
                state: (*state).to_owned(),
                operations: number(operations),
                generated: number(generated).unwrap_or(0),
                left_out: codes_of(left_out),
                errors: number(errors),
                warnings: number(warnings),
                doc: number(doc),
                clippy: number(clippy),
                examples: number(examples),
                examples_failed: number(examples_failed),
            };
            out.insert((*file).to_owned(), line);
        }
        Ok(Self(out))
    }

    /// The same with what came out of a run. What the run did not look at stays.
    pub(super) fn with(mut self, rows: &[Row]) -> Self {
        for row in rows {
            let old = self.0.remove(&row.file).unwrap_or_default();
            let check = row.check.as_ref();
            let line = Line {
                state: row.state.word().to_owned(),
                operations: row.operations,
                generated: row.generated,
                left_out: row.left_out.clone(),
                errors: check.map(|check| check.errors).or(old.errors),
                warnings: check.map(|check| check.warnings).or(old.warnings),
                doc: row.doc.or(old.doc),
                clippy: row.clippy.or(old.clippy),
                examples: row.examples.as_ref().map(|examples| examples.passed).or(old.examples),
                examples_failed: row.examples.as_ref().map(|examples| examples.failed).or(old.examples_failed),
            };
            self.0.insert(row.file.clone(), line);
        }
        self
    }

    /// The file.
    pub(super) fn write(&self) -> String {
        let number = |number: Option<u64>| number.map_or_else(|| "-".to_owned(), |number| number.to_string());
        let lines = self.0.iter().map(|(file, line)| {
            let Line {
                state,
                operations,
                generated,
                left_out,
                errors,
                warnings,
                doc,
                clippy,
                examples,
                examples_failed,
            } = line;
            let codes = codes_text(left_out);
            format!(
                "{file}\t{state}\t{}\t{generated}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n",
                number(*operations),
                if codes.is_empty() { "-" } else { &codes },
                number(*errors),
                number(*warnings),
                number(*doc),
                number(*clippy),
                number(*examples),
                number(*examples_failed)
            )
        });
        format!("{HEAD}\n{}", lines.collect::<String>())
    }
}

/// What differs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Verdict {
    /// A line for each thing that is worse.
    pub(super) worse: Vec<String>,
    /// A line for each thing that is better.
    pub(super) better: Vec<String>,
}

/// Holds rows against what is expected. A description that nobody knows must only not crash.
pub(super) fn compare(expected: &Expected, rows: &[Row]) -> Verdict {
    let mut verdict = Verdict::default();
    for row in rows {
        let file = &row.file;
        let Some(line) = expected.0.get(file) else {
            if row.state.is_crash() {
                verdict.worse.push(format!("{file}: {} {}", row.state.word(), row.note));
            }
            continue;
        };
        let rank = |word: &str| match word {
            "done" => 0,
            "refused" => 1,
            _ => 2,
        };
        let mut say = |worse: bool, better: bool, text: String| {
            if worse {
                verdict.worse.push(format!("{file}: {text}"));
            } else if better {
                verdict.better.push(format!("{file}: {text}"));
            }
        };
        let (was, is) = (rank(&line.state), rank(row.state.word()));
        // A crash is never what is expected, even where it was accepted.
        let worse = is > was || row.state.is_crash();
        say(worse, is < was, format!("{} instead of {} {}", row.state.word(), line.state, row.note).trim().to_owned());
        if row.state == State::Done && line.state == "done" {
            let (was, is) = (line.generated, row.generated);
            say(is < was, is > was, format!("{is} operations instead of {was}"));
            let codes = line.left_out.keys().chain(row.left_out.keys());
            let mut codes: Vec<&String> = codes.collect();
            codes.sort();
            codes.dedup();
            for code in codes {
                let count = |from: &BTreeMap<String, u64>| from.get(code).copied().unwrap_or(0);
                let (was, is) = (count(&line.left_out), count(&row.left_out));
                say(is > was, is < was, format!("left out by {code}: {is} instead of {was}"));
            }
        }
        let check = row.check.as_ref();
        let numbers = [
            ("errors", line.errors, check.map(|check| check.errors)),
            ("warnings", line.warnings, check.map(|check| check.warnings)),
            ("findings of cargo doc", line.doc, row.doc),
            ("findings of clippy", line.clippy, row.clippy),
            ("failed examples", line.examples_failed, row.examples.as_ref().map(|examples| examples.failed)),
        ];
        for (what, was, is) in numbers {
            let Some(is) = is else { continue };
            let was = was.unwrap_or(0);
            let first = check
                .filter(|_| is > was && matches!(what, "errors" | "warnings"))
                .map(|check| format!(": {}", check.first))
                .unwrap_or_default();
            say(is > was, is < was, format!("{is} {what} instead of {was}{first}"));
        }
        if let (Some(was), Some(is)) = (line.examples, row.examples.as_ref().map(|examples| examples.passed)) {
            say(is < was, is > was, format!("{is} examples come back instead of {was}"));
        }
    }
    verdict
}

#[cfg(test)]
mod tests {
    use super::super::examples::Examples;
    use super::super::row::Check;
    use super::*;

    fn row(file: &str, generated: u64) -> Row {
        Row { file: file.to_owned(), operations: Some(5), generated, ..Row::default() }
    }

    fn checked(file: &str, errors: u64, warnings: u64) -> Row {
        Row { check: Some(Check { errors, warnings, first: "E1: x".to_owned(), ..Check::default() }), ..row(file, 5) }
    }

    fn expected(rows: &[Row]) -> Expected {
        Expected::default().with(rows)
    }

    #[test]
    fn written_and_read() {
        let mut rows = vec![row("a.yaml", 5), checked("b.yaml", 1, 2)];
        rows[0].left_out.insert("OA0051".to_owned(), 3);
        rows[1].doc = Some(4);
        let text = expected(&rows).write();
        assert_eq!(
            text,
            format!(
                "{HEAD}\na.yaml\tdone\t5\t5\tOA0051×3\t-\t-\t-\t-\t-\t-\nb.yaml\tdone\t5\t5\t-\t1\t2\t4\t-\t-\t-\n"
            )
        );
        assert_eq!(Expected::read(&text).unwrap(), expected(&rows));
        assert!(Expected::read("x\n").is_err());
        assert!(Expected::read(&format!("{HEAD}\na\tb\n")).is_err());
    }

    #[test]
    fn what_was_not_looked_at_stays() {
        let again = expected(&[checked("b.yaml", 0, 2)]).with(&[row("b.yaml", 4)]);
        assert!(again.write().ends_with("b.yaml\tdone\t5\t4\t-\t0\t2\t-\t-\t-\t-\n"));
    }

    #[test]
    fn worse_and_better() {
        let known = expected(&[row("a", 4)]);
        assert_eq!(compare(&known, &[row("a", 4)]), Verdict::default());
        assert_eq!(compare(&known, &[row("a", 3)]).worse, ["a: 3 operations instead of 4"]);
        assert_eq!(compare(&known, &[row("a", 5)]).better, ["a: 5 operations instead of 4"]);
        let mut left_out = row("a", 4);
        left_out.left_out.insert("OA0020".to_owned(), 1);
        assert_eq!(compare(&known, &[left_out.clone()]).worse, ["a: left out by OA0020: 1 instead of 0"]);
        assert_eq!(compare(&expected(&[left_out]), &[row("a", 4)]).better, ["a: left out by OA0020: 0 instead of 1"]);
    }

    #[test]
    fn states() {
        let in_state = |state| Row { state, note: "why".to_owned(), generated: 0, ..row("a", 0) };
        let known = expected(&[row("a", 5)]);
        assert_eq!(compare(&known, &[in_state(State::Refused)]).worse, ["a: refused instead of done why"]);
        let refused = expected(&[in_state(State::Refused)]);
        assert_eq!(compare(&refused, &[in_state(State::Refused)]), Verdict::default());
        assert_eq!(compare(&refused, &[row("a", 5)]).better, ["a: done instead of refused"]);
        assert_eq!(compare(&expected(&[in_state(State::Panic)]), &[in_state(State::Panic)]).worse.len(), 1);
        assert_eq!(compare(&Expected::default(), &[in_state(State::Refused)]), Verdict::default());
        assert_eq!(compare(&Expected::default(), &[in_state(State::Overflow)]).worse, ["a: overflow why"]);
    }

    #[test]
    fn examples() {
        let with =
            |passed, failed| Row { examples: Some(Examples { passed, failed, ..Examples::default() }), ..row("a", 5) };
        let known = expected(&[with(5, 1)]);
        assert_eq!(compare(&known, &[row("a", 5)]), Verdict::default());
        assert_eq!(compare(&known, &[with(5, 0)]).better, ["a: 0 failed examples instead of 1"]);
        assert_eq!(
            compare(&known, &[with(4, 2)]).worse,
            ["a: 2 failed examples instead of 1", "a: 4 examples come back instead of 5"]
        );
    }

    #[test]
    fn the_compiler() {
        let known = expected(&[checked("a", 0, 1)]);
        assert_eq!(compare(&known, &[row("a", 5)]), Verdict::default());
        assert_eq!(compare(&known, &[checked("a", 2, 0)]).worse, ["a: 2 errors instead of 0: E1: x"]);
        assert_eq!(compare(&known, &[checked("a", 0, 0)]).better, ["a: 0 warnings instead of 1"]);
        assert_eq!(compare(&expected(&[row("a", 5)]), &[checked("a", 0, 1)]).worse.len(), 1);
    }
}
