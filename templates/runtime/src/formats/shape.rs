//! Whether a text looks like its format: for the variant of a union that suits a text better, and for checks on request.

/// `2024-01-31`
pub(super) fn date(text: &str) -> bool {
    matches!(text.as_bytes(), [_, _, _, _, b'-', m1, m2, b'-', d1, d2]
        if all_digits(&text[..4]) && within(*m1, *m2, 1, 12) && within(*d1, *d2, 1, 31))
}

/// `10:20:30`, `10:20:30.5`
pub(super) fn local_time(text: &str) -> bool {
    let (clock, fraction) = text.split_once('.').unwrap_or((text, "0"));
    matches!(clock.as_bytes(), [h1, h2, b':', m1, m2, b':', s1, s2]
        if within(*h1, *h2, 0, 24) && within(*m1, *m2, 0, 59) && within(*s1, *s2, 0, 60))
        && !fraction.is_empty()
        && all_digits(fraction)
}

/// `10:20:30`, with or without `Z` or an offset.
pub(super) fn time(text: &str) -> bool {
    match text.find(['Z', 'z', '+', '-']) {
        Some(at) => local_time(&text[..at]) && offset(&text[at..]),
        None => local_time(text),
    }
}

/// `2024-01-31T10:20:30Z`
pub(super) fn date_time(text: &str) -> bool {
    halves(text).is_some_and(|(day, clock)| {
        let at = clock.find(['Z', 'z', '+', '-']);
        date(day) && at.is_some_and(|at| local_time(&clock[..at]) && offset(&clock[at..]))
    })
}

/// `2024-01-31T10:20:30`
pub(super) fn local_date_time(text: &str) -> bool {
    halves(text).is_some_and(|(day, clock)| date(day) && local_time(clock))
}

/// `123e4567-e89b-12d3-a456-426614174000`
pub(super) fn uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// `-12`
pub(super) fn integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && all_digits(digits)
}

/// `+/8=`
pub(super) fn base64(text: &str) -> bool {
    let data = text.trim_end_matches('=');
    text.len().is_multiple_of(4)
        && text.len() - data.len() <= 2
        && data.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}

/// `-_8`, with padding or without.
pub(super) fn base64url(text: &str) -> bool {
    let data = text.trim_end_matches('=');
    data.len() % 4 != 1
        && (text.len() == data.len() || text.len().is_multiple_of(4) && text.len() - data.len() <= 2)
        && data.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

fn halves(text: &str) -> Option<(&str, &str)> {
    text.split_once(['T', 't', ' '])
}

fn offset(text: &str) -> bool {
    match text.as_bytes() {
        [b'Z' | b'z'] => true,
        [b'+' | b'-', h1, h2, b':', m1, m2] | [b'+' | b'-', h1, h2, m1, m2] => {
            within(*h1, *h2, 0, 23) && within(*m1, *m2, 0, 59)
        }
        _ => false,
    }
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn within(tens: u8, ones: u8, from: u8, to: u8) -> bool {
    tens.is_ascii_digit() && ones.is_ascii_digit() && (from..=to).contains(&((tens - b'0') * 10 + ones - b'0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        for (text, shape) in [
            ("2024-02-29", date as fn(&str) -> bool),
            ("10:20:30", time),
            ("10:20:30.123Z", time),
            ("10:20:30+01:00", time),
            ("2024-01-31T10:20:30Z", date_time),
            ("2024-01-31t10:20:30.5z", date_time),
            ("2024-01-31 10:20:30-05:00", date_time),
            ("2024-01-31T10:20:30+0000", date_time),
            ("2024-01-31T10:20:30", local_date_time),
            ("123e4567-e89b-12d3-a456-426614174000", uuid),
            ("-12", integer),
            ("", base64),
            ("+/8=", base64),
            ("QQ==", base64),
            ("-_8", base64url),
            ("-_8=", base64url),
        ] {
            assert!(shape(text), "{text}");
        }
        for (text, shape) in [
            ("2024-13-01", date as fn(&str) -> bool),
            ("2024-00-01", date),
            ("24-01-01", date),
            ("2024-01-01é", date),
            ("é24-01-01", date),
            ("10:20", time),
            ("10:20:30.", time),
            ("", time),
            ("2024-01-31", date_time),
            ("2024-01-31T10:20:30", date_time),
            ("2024-01-31T10:20:30Z", local_date_time),
            ("2024-01-31T10:20:30é", local_date_time),
            ("123e4567e89b12d3a456426614174000", uuid),
            ("123e4567-e89b-12d3-a456-42661417400g", uuid),
            ("1.5", integer),
            ("-", integer),
            ("+/8", base64),
            ("Q===", base64),
            ("-_8=", base64),
            ("+/8", base64url),
            ("abcde", base64url),
            ("QQ=", base64url),
        ] {
            assert!(!shape(text), "{text}");
        }
    }
}
