//! Versions of APIs as versions of crates.

/// Version of a crate whose API names none that Cargo could read.
pub(super) const FIRST: &str = "0.1.0";

/// The version of an API as Cargo reads versions: `v2` is `2.0.0`, `2024-01-31` is `2024.1.31`.
pub(super) fn version(text: &str) -> String {
    let text = text.trim();
    let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
    let (numbers, rest) = text.split_at(text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len()));
    let date = text.split('-').collect::<Vec<_>>();
    // Dates have hyphens where versions have dots.
    if let ([year, month, day], true) = (date.as_slice(), date.iter().all(|part| number(part).is_some())) {
        return [year, month, day].map(|part| number(part).unwrap_or_default().to_string()).join(".");
    }
    let parts: Vec<&str> = numbers.trim_end_matches('.').split('.').collect();
    let Some(mut parts) = parts.iter().take(3).map(|part| number(part)).collect::<Option<Vec<u64>>>() else {
        return FIRST.to_owned();
    };
    parts.resize(3, 0);
    let core = parts.iter().map(u64::to_string).collect::<Vec<_>>().join(".");
    match pre_release(rest) {
        Some(pre) => format!("{core}-{pre}"),
        None => core,
    }
}

fn number(text: &str) -> Option<u64> {
    (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
        .filter(|number| *number < 1 << 53)
}

/// `-beta.1` without its hyphen, if it is one that Cargo accepts; build metadata is dropped.
fn pre_release(rest: &str) -> Option<&str> {
    let pre = rest.strip_prefix('-')?.split('+').next()?;
    let part = |part: &str| {
        let known = !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        known && !(part.len() > 1 && part.starts_with('0') && part.bytes().all(|b| b.is_ascii_digit()))
    };
    (pre.len() <= 40 && pre.split('.').all(part)).then_some(pre)
}
