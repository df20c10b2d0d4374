//! Descriptions that are wrong, and what is said about them: `ui/NAME.yaml` (or `.json`) and the snapshot beside it; files
//! that they refer to stand in `ui/parts/`.
//!
//! Accept a change with `cargo insta review`.

use std::fs;
use std::path::{Path, PathBuf};

use clientsmith::report::{Style, tally, to_text};
use clientsmith::settings::Config;
use clientsmith::source::Source;

#[test]
fn messages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui");
    let mut specs: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    specs.retain(|path| path.extension().is_some_and(|extension| extension == "yaml" || extension == "json"));
    specs.sort();
    assert!(!specs.is_empty());
    for path in specs {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let mut source = Source::new(name.clone(), fs::read(&path).unwrap());
        // Some refer to these; they are given in memory so that the messages show no folder of this machine.
        for part in fs::read_dir(folder.join("parts")).unwrap().map(|entry| entry.unwrap().path()) {
            let name = part.file_name().unwrap().to_string_lossy().into_owned();
            source = source.with_file(format!("parts/{name}"), fs::read(&part).unwrap());
        }
        let outcome = clientsmith::check(&[source], &Config::default());
        let text = format!(
            "{}{}",
            to_text(&outcome.findings, Style { advice: true, ..Style::default() }),
            tally(&outcome.findings)
        );
        insta::with_settings!({ snapshot_path => "ui", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, text);
        });
    }
}
