//! The page of codes is what the table of codes says.

use std::path::Path;

#[test]
fn the_page_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/codes.md");
    let page = clientsmith::emit::docs::codes_page();
    let stands = std::fs::read_to_string(&path).unwrap_or_default();
    if stands.replace("\r\n", "\n") != page {
        if std::env::var_os("CI").is_none() {
            std::fs::write(&path, &page).unwrap();
        }
        panic!("docs/codes.md was not fresh; `cargo test -p clientsmith --test codes` writes it");
    }
}
