//! Finding where a JSON value ends, before all of it is there.

/// The state of a walk over the bytes of one JSON value.
///
/// It only counts brackets and minds strings: whether the text between is JSON is for the reader to say.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Scan {
    depth: usize,
    in_string: bool,
    escaped: bool,
    /// A number, `true`, `false` or `null`: it ends where something else begins.
    in_scalar: bool,
}

/// What a walk came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Walk {
    /// The value ends before this place.
    End(usize),
    /// It goes on after what is there.
    More,
}

impl Scan {
    /// Walks on over `bytes` at `from`; the first byte of a value is no white space.
    pub(super) fn walk(&mut self, bytes: &[u8], from: usize) -> Walk {
        for (at, &byte) in bytes.iter().enumerate().skip(from) {
            if self.in_string {
                match byte {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => {
                        self.in_string = false;
                        if self.depth == 0 {
                            return Walk::End(at + 1);
                        }
                    }
                    _ => {}
                }
                continue;
            }
            match byte {
                b'"' | b'[' | b'{' if self.in_scalar => return Walk::End(at),
                b'"' => self.in_string = true,
                b'[' | b'{' => self.depth += 1,
                b']' | b'}' if self.depth == 0 => return Walk::End(at),
                b']' | b'}' => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        return Walk::End(at + 1);
                    }
                }
                b',' | b' ' | b'\t' | b'\n' | b'\r' if self.depth == 0 => return Walk::End(at),
                _ => self.in_scalar = self.depth == 0,
            }
        }
        Walk::More
    }

    /// Whether it stands in a number or a word, of which more may come.
    pub(super) fn is_open_ended(self) -> bool {
        self.in_scalar
    }
}

/// White space of JSON (RFC 8259, section 2).
pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}
