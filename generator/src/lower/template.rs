//! Path templates (OpenAPI 3.2, Paths Object, "Path Templating"): what is fixed in them and where parameters go.
//!
//! Published paths often hold more than the specification allows: a fixed query, a fragment, the operators of RFC 6570,
//! `:name` as routers of servers write it, a brace too few. Each is read as what its author meant where the declared
//! parameters leave no doubt of it, and as plain text else.

use crate::ir::PathStyle;

/// A path as it is called.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Template {
    /// The path, with `{name}` where a parameter goes. It starts with a slash.
    pub path: String,
    /// The pairs of the query that are always the same, without `?`.
    pub fixed: String,
    /// Where parameters go in the path, in order, each once.
    pub slots: Vec<Slot>,
    /// Parameters that the template puts into the query.
    pub query: Vec<QuerySlot>,
    /// What is not as the specification wants it, and what that becomes.
    pub problems: Vec<(String, &'static str)>,
    /// The same of declarations that have other names: the name, and what is wrong.
    pub misnamed: Vec<(String, String)>,
}

/// A place for a parameter in a path.
#[derive(Debug, PartialEq)]
pub(super) struct Slot {
    /// The name in the braces.
    pub name: String,
    /// The name of the declared parameter that goes there, if there is one.
    pub declared: Option<String>,
    /// What an operator of RFC 6570 asks for.
    pub operator: Option<Operator>,
}

/// A place for a parameter in the query of a template.
#[derive(Debug, PartialEq)]
pub(super) struct QuerySlot {
    /// The name on the wire.
    pub wire: String,
    /// The name of the parameter.
    pub name: String,
    /// Whether the pair is always there.
    pub required: bool,
}

/// What an operator or a modifier of RFC 6570, section 2.4 and 3.2, asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Operator {
    pub style: PathStyle,
    pub explode: bool,
    pub reserved: bool,
}

/// What becomes of a template whose braces do not match.
const MENDED: &str = "it is taken as the parameter of that name where one is declared, else as plain text";

/// Reads the key of a path item. `declared` are the names of the parameters that are declared to be in the path.
pub(super) fn read(text: &str, declared: &[&str]) -> Template {
    let mut out = Template::default();
    // A fragment only tells operations of one path apart; it never travels.
    let text = outside_braces(text, '#').map_or(text, |at| &text[..at]);
    let (path, query) = outside_braces(text, '?').map_or((text, ""), |at| (&text[..at], &text[at + 1..]));
    if !path.starts_with('/') {
        out.problem(format!("the path `{text}` does not start with a slash"), "one is put in front of it");
        out.path.push('/');
    }
    out.read_path(text, path, declared);
    out.read_query(text, query);
    out
}

impl Template {
    fn problem(&mut self, message: String, effect: &'static str) {
        if !self.problems.iter().any(|(known, _)| *known == message) {
            self.problems.push((message, effect));
        }
    }

    fn read_path(&mut self, whole: &str, path: &str, declared: &[&str]) {
        let mut rest = path;
        while let Some(at) = rest.find(['{', '}', ':']) {
            let (text, from) = rest.split_at(at);
            self.path.push_str(text);
            let inside = from.get(1..).unwrap_or_default();
            let end = inside.find(['{', '}', '/']).unwrap_or(inside.len());
            let name = &inside[..end];
            rest = inside;
            match from.as_bytes().first() {
                // `:name`, as routers write it.
                Some(b':') if self.path.ends_with('/') && declared.contains(&name) => {
                    self.problem(format!("the path `{whole}` has `:{name}` in place of `{{{name}}}`"), MENDED);
                    self.put(name.to_owned(), Some(name.to_owned()), None);
                    rest = &inside[end..];
                }
                Some(b':') => self.path.push(':'),
                Some(b'}') => {
                    self.problem(format!("the path `{whole}` has a `}}` without its `{{`"), MENDED);
                    let start = self.path.rfind('/').map_or(0, |at| at + 1);
                    let name = self.path[start..].to_owned();
                    if declared.contains(&name.as_str()) {
                        self.path.truncate(start);
                        self.put(name.clone(), Some(name), None);
                    } else {
                        self.path.push_str("%7D");
                    }
                }
                _ => match inside.find(['{', '}']) {
                    Some(end) if inside[end..].starts_with('}') => {
                        self.expression(whole, &inside[..end], declared);
                        rest = &inside[end + 1..];
                    }
                    _ => {
                        self.problem(format!("the path `{whole}` has a `{{` without its `}}`"), MENDED);
                        if declared.contains(&name) {
                            self.put(name.to_owned(), Some(name.to_owned()), None);
                            rest = &inside[end..];
                        } else {
                            self.path.push_str("%7B");
                        }
                    }
                },
            }
        }
        self.path.push_str(rest);
    }

    /// What stands between braces.
    fn expression(&mut self, whole: &str, inside: &str, declared: &[&str]) {
        let name = inside.trim();
        let exact = [inside, name].into_iter().find(|name| declared.contains(name));
        if let Some(exact) = exact {
            return self.put(name.to_owned(), Some(exact.to_owned()), None);
        }
        let (sign, names) = match name.chars().next() {
            Some(sign @ ('+' | '#' | '.' | '/' | ';' | '?' | '&')) => (Some(sign), &name[1..]),
            _ => (None, name),
        };
        if sign.is_some() || names.ends_with('*') || names.contains(',') {
            self.problem(
                format!("the path `{whole}` has `{{{name}}}`, which is of RFC 6570 and not of OpenAPI"),
                "its operators are followed where the parameters declare no style",
            );
        }
        if let Some('?' | '&') = sign {
            let all = names.split(',').map(|name| plain(name.trim()).0);
            self.query.extend(all.map(|name| QuerySlot {
                wire: name.to_owned(),
                name: name.to_owned(),
                required: false,
            }));
            return;
        }
        let style = match sign {
            Some('.') => PathStyle::Label,
            Some(';') => PathStyle::Matrix,
            _ => PathStyle::Simple,
        };
        for (index, name) in names.split(',').enumerate() {
            let (name, explode) = plain(name.trim());
            let operator = Operator { style, explode, reserved: matches!(sign, Some('+' | '#')) };
            let operator = (sign.is_some() || explode).then_some(operator);
            if sign == Some('/') {
                self.path.push('/');
            } else if index > 0 && style == PathStyle::Simple {
                self.path.push(',');
            }
            let found = declared.iter().find(|known| **known == name).or_else(|| alike(name, declared));
            if let Some(found) = found.filter(|found| **found != name) {
                let message = format!("the path `{whole}` has `{{{name}}}`, and the parameter is called `{found}`");
                self.misnamed.push(((*found).to_owned(), message));
            }
            self.put(name.to_owned(), found.map(|name| (*name).to_owned()), operator);
        }
    }

    fn put(&mut self, name: String, declared: Option<String>, operator: Option<Operator>) {
        self.path.push('{');
        self.path.push_str(&name);
        self.path.push('}');
        if !self.slots.iter().any(|slot| slot.name == name) {
            self.slots.push(Slot { name, declared, operator });
        }
    }

    fn read_query(&mut self, whole: &str, query: &str) {
        let mut fixed: Vec<&str> = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (wire, value) = pair.split_once('=').unwrap_or((pair, pair));
            let name = value.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
            match name.filter(|name| !name.contains(['{', '}'])) {
                Some(name) => {
                    let wire = wire.trim_matches(['{', '}']);
                    self.problem(
                        format!("the path `{whole}` has a parameter in its query"),
                        "it is taken as a parameter of the query",
                    );
                    self.query.push(QuerySlot { wire: wire.to_owned(), name: name.to_owned(), required: true });
                }
                None => fixed.push(pair),
            }
        }
        self.fixed = fixed.join("&");
    }
}

/// The name without its modifiers, and whether it is exploded.
fn plain(name: &str) -> (&str, bool) {
    match name.strip_suffix('*') {
        Some(name) => (name, true),
        None => (name.split_once(':').map_or(name, |(name, _)| name), false),
    }
}

/// The one declared name that differs in case and hyphens alone.
fn alike<'a, 'n>(name: &str, declared: &'a [&'n str]) -> Option<&'a &'n str> {
    let bare = |name: &str| name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let wanted = bare(name);
    let mut found = declared.iter().filter(|known| !wanted.is_empty() && bare(known) == wanted);
    let first = found.next();
    if found.next().is_some() { None } else { first }
}

/// Where a character first stands outside of braces.
fn outside_braces(text: &str, wanted: char) -> Option<usize> {
    let mut depth = 0_usize;
    text.char_indices()
        .find(|(at, c)| {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            // A brace that is never closed holds nothing.
            *c == wanted && (depth == 0 || !text[*at..].contains('}'))
        })
        .map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slots(template: &Template) -> Vec<(&str, Option<&str>)> {
        template.slots.iter().map(|slot| (slot.name.as_str(), slot.declared.as_deref())).collect()
    }

    #[test]
    fn what_the_specification_has() {
        let found = read("/a/{id}/{from}...{to}.{ext}", &["id", "from", "to", "ext"]);
        assert_eq!(found.path, "/a/{id}/{from}...{to}.{ext}");
        assert_eq!(slots(&found).len(), 4);
        assert!(found.problems.is_empty());
        assert_eq!(slots(&read("/{a}", &[])), [("a", None)]);
        assert_eq!(slots(&read("/{a}/{a}", &["a"])), [("a", Some("a"))]);
    }

    #[test]
    fn what_stands_beside_a_path() {
        let found = read("/a?x=1&y&z={z}#get", &[]);
        assert_eq!((found.path.as_str(), found.fixed.as_str()), ("/a", "x=1&y"));
        assert_eq!(found.query, [QuerySlot { wire: "z".into(), name: "z".into(), required: true }]);
        assert_eq!(read("a/{id}", &["id"]).path, "/a/{id}");
        assert_eq!(read("", &[]).path, "/");
    }

    #[test]
    fn braces_that_do_not_match() {
        for (text, declared, path) in [
            ("/a/{id", vec!["id"], "/a/{id}"),
            ("/a/{id/b", vec!["id"], "/a/{id}/b"),
            ("/a/id}", vec!["id"], "/a/{id}"),
            ("/a/{id", vec![], "/a/%7Bid"),
            ("/a/id}/b", vec![], "/a/id%7D/b"),
            ("/a/{{id}}", vec!["id"], "/a/%7B{id}%7D"),
            ("/a/{x/{id}", vec!["id"], "/a/%7Bx/{id}"),
            ("/a/{?x", vec![], "/a/%7B"),
        ] {
            let found = read(text, &declared);
            assert_eq!(found.path, path, "{text}");
            assert_eq!(found.problems.len().min(1), 1, "{text}");
        }
    }

    #[test]
    fn other_ways_to_write_them() {
        let found = read("/a/:id/{ name }/{.ext*}{?limit,page*}", &["id", "name", "ext"]);
        assert_eq!(found.path, "/a/{id}/{name}/{ext}");
        assert_eq!(slots(&found), [("id", Some("id")), ("name", Some("name")), ("ext", Some("ext"))]);
        let operator = Operator { style: PathStyle::Label, explode: true, reserved: false };
        assert_eq!(found.slots[2].operator, Some(operator));
        let names: Vec<&str> = found.query.iter().map(|slot| slot.name.as_str()).collect();
        assert_eq!(names, ["limit", "page"]);
        assert_eq!(read("/a/:id", &[]).path, "/a/:id");
        assert_eq!(read("/a{/b,c}", &[]).path, "/a/{b}/{c}");
    }

    #[test]
    fn names_that_are_nearly_declared() {
        assert_eq!(slots(&read("/{dashboardID}", &["DashboardID"])), [("dashboardID", Some("DashboardID"))]);
        assert_eq!(slots(&read("/{user-id}", &["user_id"])), [("user-id", Some("user_id"))]);
        assert_eq!(slots(&read("/{id}", &["ID", "Id"])), [("id", None)]);
    }
}
