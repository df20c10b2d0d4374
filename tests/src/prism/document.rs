//! A raw description: values by pointer, and references followed.

use serde_json::Value;

/// A description in one file.
pub(super) struct Document {
    pub(super) root: Value,
}

impl Document {
    /// What stands at a pointer; `null` where nothing does.
    pub(super) fn at(&self, pointer: &str) -> &Value {
        self.root.pointer(pointer).unwrap_or(&Value::Null)
    }

    /// The pointer where a chain of references ends.
    pub(super) fn follow(&self, pointer: &str) -> String {
        let mut pointer = pointer.to_owned();
        for _ in 0..32 {
            let target =
                self.at(&pointer).get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
            match target {
                Some(target) => pointer = decoded(target),
                None => break,
            }
        }
        pointer
    }

    /// Whether this is Swagger 2.0.
    pub(super) fn is_old(&self) -> bool {
        self.root.get("swagger").is_some()
    }

    /// Pointers to the elements of a list.
    pub(super) fn items(&self, pointer: &str) -> Vec<String> {
        let count = self.at(pointer).as_array().map_or(0, Vec::len);
        (0..count).map(|index| format!("{pointer}/{index}")).collect()
    }

    /// Names and pointers of the members of an object.
    pub(super) fn members(&self, pointer: &str) -> Vec<(String, String)> {
        let members = self.at(pointer).as_object();
        members.into_iter().flatten().map(|(name, _)| (name.clone(), child(pointer, name))).collect()
    }

    /// A text at a pointer.
    pub(super) fn text(&self, pointer: &str) -> &str {
        self.at(pointer).as_str().unwrap_or_default()
    }
}

/// The pointer to a member.
pub(super) fn child(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// References are parts of addresses, and may be encoded like them.
fn decoded(pointer: &str) -> String {
    let mut out = Vec::new();
    let mut bytes = pointer.bytes();
    while let Some(byte) = bytes.next() {
        let mut two = bytes.clone();
        let code = [two.next(), two.next()].into_iter().flatten().map(char::from).collect::<String>();
        match u8::from_str_radix(&code, 16) {
            Ok(value) if byte == b'%' && code.len() == 2 => {
                out.push(value);
                bytes = two;
            }
            _ => out.push(byte),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
