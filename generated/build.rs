//! Writes this crate from `../specs`; the only file here that is written by hand.

fn main() {
    clientsmith::build_script::regenerate_workspace(".");
}
