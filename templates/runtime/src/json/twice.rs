//! Members that stand in an object twice.

use super::{Kind, Reader, Stop, path};

/// The path of the first member that is named twice in its object. Such an object means different things to different
/// readers (RFC 8259, section 4); where someone wrote it down, one of the two would be dropped without a word. A text
/// that is no JSON has none.
pub(crate) fn named_twice(text: &str) -> Option<String> {
    let mut found = None;
    let _ = look(&mut Reader::new(text), &mut found);
    found.map(|position| path::path(text, position, false))
}

fn look(r: &mut Reader<'_>, found: &mut Option<usize>) -> Result<(), Stop> {
    match r.peek()? {
        Kind::Array => {
            r.begin_array()?;
            while found.is_none() && r.next_element()? {
                look(r, found)?;
            }
        }
        Kind::Object => {
            let mut names = std::collections::BTreeSet::new();
            r.begin_object()?;
            while found.is_none()
                && let Some(name) = r.next_key()?
            {
                if names.insert(name) {
                    look(r, found)?;
                } else {
                    *found = Some(r.start());
                }
            }
        }
        _ => drop(r.skip()?),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::named_twice;

    #[test]
    fn at_any_depth() {
        let cases = [
            (r#"{"a":1,"b":{"a":2},"c":[{"a":1},{"a":2}]}"#, None),
            (r#"{"a":1,"b":2,"a":3}"#, Some("$.a")),
            (r#" {"a":[1,{"b": {"c":1,"\u0063":2}}]}"#, Some("$.a[1].b.c")),
            ("[1,", None),
            ("", None),
        ];
        for (text, wanted) in cases {
            assert_eq!(named_twice(text).as_deref(), wanted, "{text}");
        }
    }
}
