//! Numbers as decimal text: their grammar, exact comparison, exact conversion to integers.

use std::cmp::Ordering;

/// The end of the number that starts at `from`, or the place of the byte that does not belong there.
pub(super) fn end(bytes: &[u8], from: usize) -> Result<usize, usize> {
    let mut at = from;
    if bytes.get(at) == Some(&b'-') {
        at += 1;
    }
    at = match bytes.get(at) {
        // A zero stands alone: `01` is no number.
        Some(b'0') if bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => return Err(at + 1),
        _ => digits_end(bytes, at)?,
    };
    if bytes.get(at) == Some(&b'.') {
        at = digits_end(bytes, at + 1)?;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        at += 1;
        if matches!(bytes.get(at), Some(b'+' | b'-')) {
            at += 1;
        }
        at = digits_end(bytes, at)?;
    }
    Ok(at)
}

/// The end of a run of at least one digit.
fn digits_end(bytes: &[u8], from: usize) -> Result<usize, usize> {
    let mut at = from;
    while bytes.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
    }
    if at == from { Err(at) } else { Ok(at) }
}

/// A number as `0.d₁d₂d₃… × 10^exponent`, without zeros at either end of the digits; no digits at all for zero.
struct Decimal<'a> {
    negative: bool,
    whole: &'a [u8],
    fraction: &'a [u8],
    exponent: i64,
}

impl<'a> Decimal<'a> {
    /// Takes a text of the right grammar apart. `None` when the exponent is beyond all use (more than 18 digits).
    fn parse(text: &'a str) -> Option<Self> {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent),
            None => (text, "0"),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let whole = trim_start(whole.as_bytes());
        let mut number = Self { negative, whole, fraction: trim_end(fraction.as_bytes()), exponent: 0 };
        let mut shift = i64::try_from(whole.len()).ok()?;
        if number.whole.is_empty() {
            let fraction = trim_start(number.fraction);
            shift -= i64::try_from(number.fraction.len() - fraction.len()).ok()?;
            number.fraction = fraction;
        } else if number.fraction.is_empty() {
            number.whole = trim_end(whole);
        }
        if !number.is_zero() {
            let digits = exponent.trim_start_matches(['+', '-']).trim_start_matches('0');
            let size = match digits.len() {
                0 => 0,
                1..=18 => digits.parse::<i64>().ok()?,
                _ => return None,
            };
            number.exponent = shift.checked_add(if exponent.starts_with('-') { -size } else { size })?;
        }
        Some(number)
    }

    /// The same, where an exponent beyond all use is as large or small as can be.
    fn saturating(text: &'a str) -> Option<Self> {
        Self::parse(text).or_else(|| {
            let (mantissa, exponent) = text.split_once(['e', 'E'])?;
            let exponent = if exponent.starts_with('-') { i64::MIN } else { i64::MAX };
            Some(Self { exponent, ..Self::parse(mantissa)? })
        })
    }

    fn sign(&self) -> i8 {
        match (self.is_zero(), self.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        }
    }

    fn is_zero(&self) -> bool {
        self.whole.is_empty() && self.fraction.is_empty()
    }

    fn digits(&self) -> impl Iterator<Item = u8> {
        self.whole.iter().chain(self.fraction).copied()
    }
}

fn trim_start(digits: &[u8]) -> &[u8] {
    let zeros = digits.iter().take_while(|&&digit| digit == b'0').count();
    digits.get(zeros..).unwrap_or_default()
}

fn trim_end(digits: &[u8]) -> &[u8] {
    let zeros = digits.iter().rev().take_while(|&&digit| digit == b'0').count();
    digits.get(..digits.len() - zeros).unwrap_or_default()
}

/// Whether two number texts are the same number, without rounding: `1.0` is `1` is `10e-1`.
pub(super) fn same(left: &str, right: &str) -> bool {
    if left == right {
        return true;
    }
    match (Decimal::parse(left), Decimal::parse(right)) {
        (Some(left), Some(right)) if left.is_zero() || right.is_zero() => left.is_zero() && right.is_zero(),
        (Some(left), Some(right)) => {
            left.negative == right.negative && left.exponent == right.exponent && left.digits().eq(right.digits())
        }
        _ => false,
    }
}

/// How two number texts compare, without rounding.
pub(super) fn compare(left: &str, right: &str) -> Ordering {
    let (Some(left), Some(right)) = (Decimal::saturating(left), Decimal::saturating(right)) else {
        return Ordering::Equal;
    };
    let by_size = || left.exponent.cmp(&right.exponent).then_with(|| left.digits().cmp(right.digits()));
    match (left.sign(), right.sign()) {
        (1, 1) => by_size(),
        (-1, -1) => by_size().reverse(),
        (left, right) => left.cmp(&right),
    }
}

/// Whether a number text is a whole multiple of another, without rounding. Where that would take numbers beyond 128 bits,
/// it is said to be one.
pub(super) fn is_multiple(number: &str, unit: &str) -> bool {
    let (Some(number), Some(unit)) = (Decimal::parse(number), Decimal::parse(unit)) else { return true };
    if number.is_zero() || unit.is_zero() {
        return true;
    }
    // Both as an integer times a power of ten. The integers do not end in zero, so the number has none to give.
    let places = |of: &Decimal<'_>| of.exponent - i64::try_from(of.digits().count()).unwrap_or(i64::MAX);
    let shift = places(&number).saturating_sub(places(&unit));
    let digits = unit.digits().chain(std::iter::repeat_n(b'0', usize::try_from(-shift).unwrap_or(0).min(64)));
    let modulus = digits.into_iter().try_fold(0_u128, |sum, digit| {
        sum.checked_mul(10)?.checked_add(u128::from(digit - b'0')).filter(|sum| *sum < u128::MAX / 16)
    });
    // A unit of more digits than the number has goes into nothing but zero.
    let Some(modulus) = modulus else { return shift >= 0 || number.digits().count() > 36 };
    let zeros = usize::try_from(shift).unwrap_or(0);
    // What 128 twos and fives do not divide, no power of ten does.
    let digits = number.digits().chain(std::iter::repeat_n(b'0', zeros.min(128)));
    digits.fold(0_u128, |rest, digit| (rest * 10 + u128::from(digit - b'0')) % modulus) == 0
}

/// The integer that a number text is, or in words why it is none.
pub(super) fn integer(text: &str) -> Result<i128, &'static str> {
    let number = Decimal::parse(text).ok_or(LARGE)?;
    let digits = number.whole.len() + number.fraction.len();
    match usize::try_from(number.exponent) {
        _ if number.is_zero() => Ok(0),
        Ok(places) if digits <= places => number.cut(places),
        _ => Err("number with a fraction"),
    }
}

/// The number times ten to the power of `places`, without what is left behind the point; `None` when it has more than 38
/// digits.
pub(super) fn shifted(text: &str, places: u32) -> Option<i128> {
    let number = Decimal::parse(text)?;
    match usize::try_from(number.exponent.checked_add(i64::from(places))?) {
        _ if number.is_zero() => Some(0),
        Ok(places) => number.cut(places).ok(),
        Err(_) => Some(0),
    }
}

const LARGE: &str = "number out of range";

impl Decimal<'_> {
    /// The first `places` digits as an integer.
    fn cut(&self, places: usize) -> Result<i128, &'static str> {
        // 38 digits are the most that always fit in 128 bits.
        if places > 38 {
            return Err(LARGE);
        }
        let digits = self.digits().chain(std::iter::repeat(b'0')).take(places);
        let sum = digits.fold(0_i128, |sum, digit| sum * 10 + i128::from(digit - b'0'));
        Ok(if self.negative { -sum } else { sum })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grammar() {
        for good in ["0", "-0", "1", "10", "-1.5", "0.0", "1e5", "1E+5", "1e-05", "0e0", "123.456e789"] {
            assert_eq!(end(good.as_bytes(), 0), Ok(good.len()), "{good}");
        }
        for (bad, at) in [
            ("", 0),
            ("-", 1),
            ("01", 1),
            ("-01", 2),
            ("1.", 2),
            ("1.e5", 2),
            ("1e", 2),
            ("1e+", 3),
            (".5", 0),
            ("+1", 0),
        ] {
            assert_eq!(end(bad.as_bytes(), 0), Err(at), "{bad}");
        }
        assert_eq!(end(b"1.5,", 0), Ok(3));
        assert_eq!(end(b"[12]", 1), Ok(3));
    }

    #[test]
    fn equality_is_mathematical_and_exact() {
        for group in [
            &["0", "-0", "0.0", "0e99", "-0.00E-5", "0e99999999999999999999"][..],
            &["1", "1.0", "10e-1", "0.1e1", "0.01E+2", "1e0", "1e-0"],
            &["-12.5", "-125e-1", "-0.125e2", "-12.50"],
            &["100", "1e2", "0.1e3", "1.00E2"],
            &["9007199254740993", "9007199254740993.0"],
            &["9007199254740992"],
            &["1e400", "10e399"],
            &["0.1"],
            &["0.10000000000000000000000000001"],
            &["1e-400"],
            &["1e99999999999999999999"],
            &["-1"],
        ]
        .windows(2)
        {
            let [left, right] = group else { continue };
            for a in *left {
                for b in *left {
                    assert!(same(a, b), "{a} {b}");
                }
                for b in *right {
                    assert!(!same(a, b), "{a} {b}");
                    assert!(!same(b, a), "{a} {b}");
                }
            }
        }
    }

    #[test]
    fn integers() {
        for (text, whole) in [
            ("0", 0),
            ("-0", 0),
            ("-0.0", 0),
            ("0e5", 0),
            ("1.0", 1),
            ("-1.50e1", -15),
            ("120e-1", 12),
            ("1e3", 1000),
            ("18446744073709551616", 1 << 64),
            ("0.00012e5", 12),
        ] {
            assert_eq!(integer(text), Ok(whole), "{text}");
        }
        for text in ["0.5", "1.5", "1e-1", "120e-2", "1e-99999999999"] {
            assert_eq!(integer(text), Err("number with a fraction"), "{text}");
        }
        for text in ["1e39", "1e400", "1e99999999999999999999", &"9".repeat(50)] {
            assert_eq!(integer(text), Err("number out of range"), "{text}");
        }
    }

    #[test]
    fn order_is_exact() {
        let ascending = [
            "-1e99999999999999999999",
            "-10",
            "-9.99",
            "-1",
            "-1e-99999999999999999999",
            "0",
            "1e-99999999999999999999",
            "0.1",
            "0.10000000000000000000000000001",
            "1",
            "9007199254740992",
            "9007199254740993",
            "1e400",
            "1e99999999999999999999",
        ];
        for (place, left) in ascending.iter().enumerate() {
            for (other, right) in ascending.iter().enumerate() {
                assert_eq!(compare(left, right), place.cmp(&other), "{left} {right}");
            }
        }
        assert!(compare("1.0", "10e-1").is_eq() && compare("-0", "0e9").is_eq());
    }

    #[test]
    fn multiples_are_exact() {
        for (number, unit) in [
            ("10", "5"),
            ("-10", "2.5"),
            ("0.3", "0.1"),
            ("19.99", "0.01"),
            ("1e300", "7e-5"),
            ("1e400", "1024"),
            ("0", "3"),
            ("12345678901234567890123456789012345678901234567890", "10"),
            ("3e99999999999999999999", "2"),
        ] {
            let whole = unit != "7e-5";
            assert_eq!(is_multiple(number, unit), whole, "{number} {unit}");
        }
        for (number, unit) in
            [("10", "3"), ("0.35", "0.1"), ("1", "1e400"), ("5", "10"), ("19.999", "0.01"), ("1", "3")]
        {
            assert!(!is_multiple(number, unit), "{number} {unit}");
        }
    }

    #[test]
    fn shifts() {
        for (text, places, whole) in [
            ("1.5", 9, Some(1_500_000_000)),
            ("-1.0000000019", 9, Some(-1_000_000_001)),
            ("1e-12", 9, Some(0)),
            ("-0.0", 9, Some(0)),
            ("0.0015e2", 3, Some(150)),
            ("1e30", 9, None),
            ("1e-99999999999999999999", 9, None),
        ] {
            assert_eq!(shifted(text, places), whole, "{text}");
        }
    }
}
