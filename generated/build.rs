//! Writes this crate from `../specs`; the only file here that is written by hand.

fn main() -> Result<(), clientsmith::build_script::Failed> {
    clientsmith::build_script::regenerate_workspace(".")
}
