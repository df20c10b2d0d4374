//! How wide a whole number is: as its format says, unless the schema names values that this does not hold.

use super::Lower;
use crate::diag::Code;
use crate::ir::{FloatKind, IntKind, Shape};
use crate::load::{At, Kind};

/// A width with the name of its format, and its least and greatest values.
type Width = (IntKind, &'static str, i128, i128);

const SIGNED: &[Width] = &[
    (IntKind::I8, "int8", i8::MIN as i128, i8::MAX as i128),
    (IntKind::I16, "int16", i16::MIN as i128, i16::MAX as i128),
    (IntKind::I32, "int32", i32::MIN as i128, i32::MAX as i128),
    (IntKind::I64, "int64", i64::MIN as i128, i64::MAX as i128),
];
const UNSIGNED: &[Width] = &[
    (IntKind::U8, "uint8", 0, u8::MAX as i128),
    (IntKind::U16, "uint16", 0, u16::MAX as i128),
    (IntKind::U32, "uint32", 0, u32::MAX as i128),
    (IntKind::U64, "uint64", 0, u64::MAX as i128),
];

impl<'a> Lower<'a> {
    /// The integer of this width, or of the next one that holds the bounds, the default and the example of the schema.
    pub(super) fn wide_enough(&self, at: At<'a>, kind: IntKind) -> Shape {
        let Some((_, name, least, most)) = SIGNED.iter().chain(UNSIGNED).find(|(known, ..)| *known == kind) else {
            return Shape::Int(kind);
        };
        if let Some(example) = at.get("example").filter(|example| has_fraction(*example)) {
            let message = "the example has a fraction, and the type is for whole numbers";
            self.sink.warning(Code::SchemaConflict, example.origin(), message, "any number fits");
            return Shape::Float(FloatKind::Exact);
        }
        let named = named(at);
        let wrong = |(key, place, value): &&(&str, At<'a>, f64)| {
            !holds(*least, *most, *value) || !holds_exactly(kind, key, *place)
        };
        let Some((key, value, _)) = named.iter().find(wrong) else {
            return Shape::Int(kind);
        };
        // Without a bound on that side it is the one of the format.
        let low = named.iter().map(|(_, _, value)| *value).fold(f64::INFINITY, f64::min);
        let low = if bounded(at, "inimum") { low } else { low.min(*least as f64) };
        let high = named.iter().map(|(_, _, value)| *value).fold(f64::NEG_INFINITY, f64::max);
        let high = if bounded(at, "aximum") { high } else { high.max(*most as f64) };
        let first = if *least < 0 { SIGNED } else { UNSIGNED };
        let mut wider = first.iter().chain(SIGNED).chain(UNSIGNED);
        let width = most - least;
        let found = wider.find(|(kind, _, least, most)| {
            let exact = named.iter().all(|(key, place, _)| holds_exactly(*kind, key, *place));
            exact && most - least >= width && holds(*least, *most, low) && holds(*least, *most, high)
        });
        if at.str("format").is_some() {
            let effect = found.map_or("any number fits".to_owned(), |(_, name, ..)| format!("it is read as `{name}`"));
            let message = format!("`{key}` is beyond what the format `{name}` holds");
            self.sink.warning(Code::SchemaConflict, value.origin(), message, effect);
        }
        found.map_or(Shape::Float(FloatKind::Exact), |(kind, ..)| Shape::Int(*kind))
    }
}

/// A number that has every value of some widths, and some literals.
pub(super) fn widest(widths: &[IntKind], literals: &[&str]) -> Shape {
    let values: Option<Vec<i128>> = literals.iter().map(|text| text.parse().ok()).collect();
    let mut known = SIGNED.iter().chain(UNSIGNED);
    let found = known.find(|(kind, _, least, most)| {
        let has_width = |width: &IntKind| {
            let mut all = SIGNED.iter().chain(UNSIGNED);
            all.any(|(known, _, low, high)| known == width && least <= low && high <= most)
        };
        widths.iter().all(has_width)
            && values.iter().flatten().all(|value| has(*kind, *value))
            && (literals.is_empty() || values.is_some())
    });
    found.map_or(Shape::Float(FloatKind::Exact), |(kind, ..)| Shape::Int(*kind))
}

/// Whether a value is between two, as others round them: both `9223372036854776000` and `9.22337203685478E+18` are meant as
/// the greatest one of 64 bits.
fn holds(least: i128, most: i128, value: f64) -> bool {
    let (least, most) = (least as f64, most as f64);
    let slack = |bound: f64| bound.abs() * 1e-14;
    least - slack(least) <= value && value <= most + slack(most)
}

/// Whether a width has a default or an example to the last digit: other than a bound, it is a value as it will come.
fn holds_exactly(kind: IntKind, key: &str, place: At<'_>) -> bool {
    let Some(value) = place.as_number().and_then(|text| text.parse::<i128>().ok()) else { return true };
    !matches!(key, "default" | "example") || has(kind, value)
}

fn has_fraction(at: At<'_>) -> bool {
    at.as_number().and_then(|text| text.parse::<f64>().ok()).is_some_and(|value| value.fract() != 0.0)
}

/// Whether a width has a value.
fn has(kind: IntKind, value: i128) -> bool {
    let width = SIGNED.iter().chain(UNSIGNED).find(|(known, ..)| *known == kind);
    width.is_some_and(|(_, _, least, most)| (*least..=*most).contains(&value))
}

fn bounded(at: At<'_>, ending: &str) -> bool {
    at.entries().any(|(key, value)| key.ends_with(ending) && value.as_number().is_some())
}

/// The whole numbers that a schema names: its bounds, its default and its example.
fn named(at: At<'_>) -> Vec<(&'static str, At<'_>, f64)> {
    const KEYS: &[(&str, &str, f64)] = &[
        ("minimum", "exclusiveMinimum", 1.0),
        ("maximum", "exclusiveMaximum", -1.0),
        ("exclusiveMinimum", "", 1.0),
        ("exclusiveMaximum", "", -1.0),
        ("default", "", 0.0),
        ("example", "", 0.0),
    ];
    let number = |(key, exclusive, step): &(&'static str, &str, f64)| {
        let place = at.get(key)?;
        let value: f64 = place.as_number()?.parse().ok()?;
        // Up to 3.0 it is a flag beside the bound.
        let beside = matches!(at.get(exclusive).map(|flag| &flag.node.kind), Some(Kind::Bool(true)));
        let step = if beside || key.starts_with("exclusive") { *step } else { 0.0 };
        (value.is_finite()).then_some((*key, place, (value + step).trunc()))
    };
    KEYS.iter().filter_map(number).collect()
}
