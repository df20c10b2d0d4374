//! The operations of a description, counted on the raw document.
//!
//! Nothing of the generator is used, so that what its loader does not see is missed here too.

use std::rc::Rc;

use serde_json::Value;

use super::raw::Files;

/// What a document says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Counted {
    /// `openapi` or `swagger`, as written.
    pub(super) version: String,
    /// How many operations it has.
    pub(super) operations: usize,
}

/// A chain of references is followed this far.
const LONGEST: usize = 32;

/// Counts the operations of a description.
///
/// # Errors
/// When its main file cannot be read.
pub(super) fn count(files: &mut Files, main: &str) -> Result<Counted, String> {
    let root = files.get(main).ok_or("the main file cannot be read as JSON or YAML")?;
    let version = ["openapi", "swagger"].into_iter().find_map(|key| root.get(key)).map(plain).unwrap_or_default();
    let mut operations = 0;
    for key in ["paths", "x-ms-paths"] {
        let Some(paths) = root.get(key) else { continue };
        // A whole `paths` may lie in another file.
        let (file, paths) = follow(files, main, paths);
        for (path, item) in paths.as_object().into_iter().flatten() {
            if path.starts_with("x-") {
                continue;
            }
            let mut keys = item.as_object().map(|item| methods(item.iter(), &version)).unwrap_or_default();
            if item.get("$ref").is_some() {
                // Members beside a `$ref` of a path item count too (OpenAPI 3.1, Path Item Object).
                let (_, target) = follow(files, &file, item);
                keys.extend(target.as_object().map(|target| methods(target.iter(), &version)).unwrap_or_default());
                keys.sort();
                keys.dedup();
            }
            operations += keys.len();
        }
    }
    Ok(Counted { version, operations })
}

/// The methods among the members of a path item.
fn methods<'a>(members: impl Iterator<Item = (&'a String, &'a Value)>, version: &str) -> Vec<String> {
    let mut fixed = vec!["get", "put", "post", "delete", "options", "head", "patch"];
    let modern = version.starts_with("3.2");
    if !version.starts_with('2') {
        fixed.push("trace");
    }
    if modern {
        fixed.push("query");
    }
    let mut found = Vec::new();
    for (key, value) in members {
        if fixed.iter().any(|method| key.eq_ignore_ascii_case(method)) && value.is_object() {
            found.push(key.to_ascii_lowercase());
        }
        if modern && key == "additionalOperations" {
            found.extend(value.as_object().into_iter().flatten().map(|(method, _)| format!("additional {method}")));
        }
    }
    found
}

/// Follows references to local files as far as they lead: the file where they end, and what stands there.
fn follow(files: &mut Files, file: &str, value: &Value) -> (String, Value) {
    if value.get("$ref").and_then(Value::as_str).is_none() {
        return (file.to_owned(), value.clone());
    }
    match resolve(files, file, value) {
        Some(((file, pointer), root)) => (file, root.pointer(&pointer).cloned().unwrap_or_default()),
        None => (file.to_owned(), Value::Null),
    }
}

/// Follows the reference that a value is, and those that it leads to: the place where they end, and its file.
pub(super) fn resolve(files: &mut Files, file: &str, value: &Value) -> Option<((String, String), Rc<Value>)> {
    chain(files, file, value, &mut LONGEST.clone())
}

fn chain(files: &mut Files, file: &str, value: &Value, left: &mut usize) -> Option<((String, String), Rc<Value>)> {
    let mut address = value.get("$ref")?.as_str()?.to_owned();
    let mut file = file.to_owned();
    loop {
        *left = left.checked_sub(1)?;
        let (path, pointer) = address.split_once('#').unwrap_or((&address, ""));
        let target = if path.is_empty() { file.clone() } else { join(&file, &decode(path)) };
        let (place, root) = walk(files, target, &decode(pointer), left)?;
        match root.pointer(&place.1)?.get("$ref").and_then(Value::as_str) {
            Some(next) => (address, file) = (next.to_owned(), place.0),
            None => return Some((place, root)),
        }
    }
}

/// Walks along a pointer, also where it leads through a reference.
fn walk(files: &mut Files, file: String, pointer: &str, left: &mut usize) -> Option<((String, String), Rc<Value>)> {
    let mut root = files.get(&file)?;
    if root.pointer(pointer).is_some() {
        return Some(((file, pointer.to_owned()), root));
    }
    let mut place = (file, String::new());
    for part in pointer.strip_prefix('/')?.split('/') {
        let mut next = format!("{}/{part}", place.1);
        if root.pointer(&next).is_none() {
            let here = root.pointer(&place.1)?.clone();
            (place, root) = chain(files, &place.0, &here, left)?;
            next = format!("{}/{part}", place.1);
            root.pointer(&next)?;
        }
        place.1 = next;
    }
    Some((place, root))
}

/// A path that stands in a file, from the folder of the set.
pub(super) fn join(file: &str, path: &str) -> String {
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            other => parts.push(other),
        }
    }
    parts.join("/")
}

/// Undoes percent-encoding.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = (*first == b'%')
            .then(|| after.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()))
            .flatten();
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A version, which YAML may take for a number.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(files: &[(&str, &str)]) -> (String, usize) {
        let Counted { version, operations } = count(&mut Files::of(files), files[0].0).unwrap();
        (version, operations)
    }

    #[test]
    fn methods_by_version() {
        let paths = "paths:\n  x-y: {get: {}}\n  /a:\n    parameters: []\n    get: {}\n    Put: {}\n    trace: {}\n    query: {}\n    head: nothing\n    x-z: {}\n    additionalOperations: {COPY: {}, MOVE: {}}\n";
        let with = |version: &str| counted(&[("a.yaml", &format!("{version}\n{paths}"))]);
        assert_eq!(with("swagger: 2.0"), ("2.0".to_owned(), 2));
        assert_eq!(with("openapi: 3.0.3"), ("3.0.3".to_owned(), 3));
        assert_eq!(with("openapi: 3.1.0"), ("3.1.0".to_owned(), 3));
        assert_eq!(with("openapi: 3.2.0"), ("3.2.0".to_owned(), 6));
    }

    #[test]
    fn references_of_path_items() {
        let main = r##"{"openapi": "3.0.0", "paths": {
            "/a": {"$ref": "paths/a.yaml"},
            "/b": {"$ref": "paths/b.yaml#/~1b~0%20x", "post": {}},
            "/c": {"$ref": "#/components/pathItems/c"},
            "/gone": {"$ref": "gone.yaml"},
            "/loop": {"$ref": "#/paths/~1loop"},
            "/d": {"get": {"$ref": "gone.yaml"}}
        }, "components": {"pathItems": {"c": {"get": {}, "put": {}}}}}"##;
        let files = [
            ("spec/main.json", main),
            ("spec/paths/a.yaml", "$ref: ./../other/a.yaml"),
            ("spec/other/a.yaml", "get: {}\ndelete: {}"),
            ("spec/paths/b.yaml", "/b~ x: {get: {}, post: {}}"),
        ];
        assert_eq!(counted(&files), ("3.0.0".to_owned(), 2 + 2 + 2 + 1));
    }

    #[test]
    fn paths_elsewhere_and_none_at_all() {
        assert_eq!(counted(&[("a.yaml", "openapi: 3.1.0\ninfo: {}\n")]), ("3.1.0".to_owned(), 0));
        let files = [
            ("a.yaml", "swagger: '2.0'\npaths: {$ref: p.yaml}\nx-ms-paths: {/x?y: {get: {}}}\n"),
            ("p.yaml", "/a: {get: {}}\n"),
        ];
        assert_eq!(counted(&files), ("2.0".to_owned(), 2));
        assert!(count(&mut Files::of(&[]), "a.yaml").is_err());
    }

    #[test]
    fn pointers_through_references() {
        let files = [
            (
                "a.yaml",
                "components:\n  schemas: {$ref: s.yaml}\nx: {$ref: '#/components/schemas/A/properties/b'}\nloop: {$ref: '#/loop/x'}\n",
            ),
            ("s.yaml", "A: {$ref: a/A.yaml}\n"),
            ("a/A.yaml", "properties: {b: {type: string}}\n"),
        ];
        let mut files = Files::of(&files);
        let root = files.get("a.yaml").unwrap();
        let (place, _) = resolve(&mut files, "a.yaml", &root["x"]).unwrap();
        assert_eq!(place, ("a/A.yaml".to_owned(), "/properties/b".to_owned()));
        assert_eq!(resolve(&mut files, "a.yaml", &root["loop"]), None);
    }

    #[test]
    fn joined_paths() {
        assert_eq!(join("a/b/c.yaml", "../d/./e.yaml"), "a/d/e.yaml");
        assert_eq!(join("c.yaml", "d.yaml"), "d.yaml");
        assert_eq!(join("c.yaml", "../d.yaml"), "../d.yaml");
    }
}
