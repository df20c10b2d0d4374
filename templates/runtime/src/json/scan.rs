//! Looking at eight bytes of a text at a time.

const ONES: u64 = u64::from_ne_bytes([0x01; 8]);
const HIGHS: u64 = u64::from_ne_bytes([0x80; 8]);
const QUOTES: u64 = u64::from_ne_bytes([b'"'; 8]);
const BACKSLASHES: u64 = u64::from_ne_bytes([b'\\'; 8]);
const SPACES: u64 = u64::from_ne_bytes([b' '; 8]);

/// The place of the first byte at or after `from` that ends a run of plain string content: a quote, a backslash or a
/// control character. The length of `bytes` when there is none.
#[inline]
pub(super) fn plain_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let special = special(u64::from_le_bytes(*chunk));
        if special != 0 {
            return at + (special.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while let Some(&byte) = bytes.get(at) {
        if byte == b'"' || byte == b'\\' || byte < b' ' {
            break;
        }
        at += 1;
    }
    at
}

/// The high bit of each byte of `word` that is a quote, a backslash or a control character. Bits above the lowest set
/// one can be wrong (a borrow runs upwards), so only the lowest may be used.
#[inline]
fn special(word: u64) -> u64 {
    let quote = word ^ QUOTES;
    let backslash = word ^ BACKSLASHES;
    let quote = quote.wrapping_sub(ONES) & !quote;
    let backslash = backslash.wrapping_sub(ONES) & !backslash;
    let control = word.wrapping_sub(SPACES) & !word;
    (quote | backslash | control) & HIGHS
}

/// The place of the first byte at or after `from` that is no white space.
#[inline]
pub(super) fn blank_end(bytes: &[u8], from: usize) -> usize {
    match bytes.get(from) {
        Some(b' ' | b'\n' | b'\r' | b'\t') => long_blank_end(bytes, from + 1),
        _ => from,
    }
}

/// Out of line: texts without white space are the usual case, texts with much of it (indented ones) the next.
fn long_blank_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    loop {
        while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>())
            && u64::from_le_bytes(*chunk) == SPACES
        {
            at += 8;
        }
        match bytes.get(at) {
            Some(b' ' | b'\n' | b'\r' | b'\t') => at += 1,
            _ => return at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_at_every_offset() {
        for byte in 0..=255_u8 {
            let stops = byte == b'"' || byte == b'\\' || byte < b' ';
            for place in 0..20 {
                let mut bytes = [b'a'; 21];
                bytes[place] = byte;
                for from in 0..=place {
                    let expected = if stops { place } else { bytes.len() };
                    assert_eq!(plain_end(&bytes, from), expected, "{byte} at {place} from {from}");
                }
            }
        }
    }

    #[test]
    fn neighbours_of_a_special_byte_do_not_hide_it() {
        // 0x21 next to a quote and 0x5d next to a backslash are where a careless borrow would show.
        for (first, second) in [(0x21, b'"'), (b'"', 0x21), (0x5d, b'\\'), (b'\\', 0x5d), (0x80, 0x1f), (0x1f, 0x80)] {
            let bytes = [b'a', first, second, b'a', b'a', b'a', b'a', b'a', b'a'];
            let expected = bytes.iter().position(|b| matches!(b, b'"' | b'\\' | 0..=0x1f)).unwrap();
            assert_eq!(plain_end(&bytes, 0), expected);
        }
    }

    #[test]
    fn white_space_of_all_lengths() {
        for length in 0..40 {
            for filler in [" ", "\n", "\t\r"] {
                let text = format!("{}x", filler.repeat(length));
                assert_eq!(blank_end(text.as_bytes(), 0), text.len() - 1);
            }
            assert_eq!(blank_end(" ".repeat(length).as_bytes(), 0), length);
        }
    }
}
