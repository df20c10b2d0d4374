//! The page of codes: what the table of codes says, and for each code the smallest input that brings it about, with
//! what is really said then. The inputs are `codes/OA0020.yaml`, with the settings (`.toml`) or the overlay
//! (`.overlay.yaml`) that matter beside them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clientsmith::diag::Code;
use clientsmith::report::{Style, to_text};
use clientsmith::settings::Config;
use clientsmith::source::Source;

/// An input as the page shows it, and what is said about it.
fn example(code: Code) -> Option<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/codes");
    let at = |ending: &str| -> PathBuf { folder.join(format!("{}{ending}", code.id())) };
    let text = fs::read_to_string(at(".yaml")).ok()?;
    let mut source = Source::new("pets.yaml", text.clone());
    let mut shown = text;
    if let Ok(settings) = fs::read_to_string(at(".toml")) {
        shown.clone_from(&settings);
        source = source.with_settings("pets.toml", settings);
    }
    if let Ok(overlay) = fs::read_to_string(at(".overlay.yaml")) {
        shown.clone_from(&overlay);
        source = source.with_overlay("pets.overlay.yaml", overlay);
    }
    let outcome = clientsmith::check(&[source], &Config::default());
    let told: Vec<_> = outcome.findings.into_iter().filter(|finding| finding.code == code).collect();
    assert!(!told.is_empty(), "{} is not what is said about its example", code.id());
    // Very long lines are cut in the message too.
    let shown: Vec<String> = shown.lines().map(|line| line.chars().take(100).collect()).collect();
    Some((shown.join("\n"), to_text(&told, Style { advice: true, ..Style::default() }).trim_end().to_owned()))
}

#[test]
fn the_page_is_fresh() {
    let examples: BTreeMap<Code, (String, String)> =
        Code::ALL.iter().filter_map(|code| Some((*code, example(*code)?))).collect();
    let without: Vec<Code> = Code::ALL.iter().copied().filter(|code| !examples.contains_key(code)).collect();
    assert_eq!(without, [], "each code has an input in tests/codes that brings it about");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/codes.md");
    let page = clientsmith::emit::docs::codes_page(&examples);
    let stands = fs::read_to_string(&path).unwrap_or_default();
    if stands.replace("\r\n", "\n") != page {
        if std::env::var_os("CI").is_none() {
            fs::write(&path, &page).unwrap();
        }
        panic!("docs/codes.md was not fresh; `cargo test -p clientsmith --test codes` writes it");
    }
}
