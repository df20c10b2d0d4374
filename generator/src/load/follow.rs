//! Where a reference leads: through files, identifiers, anchors and pointers.

use super::document::{Document, File, Link, RefError};
use super::node::{At, Kind};
use super::uri;
use crate::ir::Origin;

/// How many references may stand in a row before they are taken for a circle.
const CHAIN: usize = 64;

/// Where a reference ends.
struct Found<'a> {
    at: At<'a>,
    /// Whether that is not what it says, but what it most likely means.
    guessed: bool,
}

impl Document {
    /// Follows `$ref` until something else is there. What is no reference is given back as it is.
    ///
    /// # Errors
    /// When a reference leads nowhere, out of what may be read, or round in a circle.
    pub fn resolve<'a>(&'a self, at: At<'a>) -> Result<At<'a>, RefError> {
        self.resolve_within(at, CHAIN).map(|found| found.at)
    }

    /// The same, and whether one of the references on the way leads nowhere when it is read to the letter.
    ///
    /// # Errors
    /// As [`resolve`](Self::resolve).
    pub fn resolve_told<'a>(&'a self, at: At<'a>) -> Result<(At<'a>, bool), RefError> {
        self.resolve_within(at, CHAIN).map(|found| (found.at, found.guessed))
    }

    fn resolve_within<'a>(&'a self, at: At<'a>, chain: usize) -> Result<Found<'a>, RefError> {
        let mut here = Found { at, guessed: false };
        for left in (0..chain).rev() {
            let Some(reference) = here.at.str("$ref") else { return Ok(here) };
            let next = self.find(here.at.file, here.at.node.id, reference, left)?;
            here = Found { at: next.at, guessed: here.guessed || next.guessed };
        }
        Err(RefError::Cycle)
    }

    /// The node that a reference written in `file` means, if it stands outside of schemas that have an `$id`.
    ///
    /// # Errors
    /// When it leads nowhere or out of what may be read.
    pub fn follow(&self, file: u32, reference: &str) -> Result<At<'_>, RefError> {
        self.find(file, 0, reference, CHAIN).map(|found| found.at)
    }

    /// The node that a reference means which is written at `at`: the same as [`follow`](Self::follow), but aware of
    /// the `$id` of the schemas around it.
    ///
    /// # Errors
    /// When it leads nowhere or out of what may be read.
    pub fn follow_from(&self, at: At<'_>, reference: &str) -> Result<At<'_>, RefError> {
        self.find(at.file, at.node.id, reference, CHAIN).map(|found| found.at)
    }

    fn find(&self, file: u32, node: u32, reference: &str, chain: usize) -> Result<Found<'_>, RefError> {
        let missing = || RefError::Missing(reference.to_owned());
        let (address, fragment) = uri::split(reference);
        let here = self.files.get(file as usize).ok_or_else(missing)?;
        let resource = here.resource(node);
        let start = if address.is_empty() {
            Origin { file, node: resource.map_or(0, |resource| resource.start) }
        } else {
            let base = resource.map_or(here.key.as_str(), |resource| resource.base.as_str());
            match self.identifiers.get(&uri::join(base, address)) {
                Some(known) => *known,
                None => match here.links.get(address).copied().unwrap_or_else(|| self.link(&here.key, address)) {
                    Link::File(file) => Origin { file, node: 0 },
                    Link::Missing => {
                        let why = self.unreadable.get(&uri::path(&here.key, address));
                        return Err(why.map_or_else(missing, |why| RefError::Unreadable(format!("`{address}`: {why}"))));
                    }
                    Link::Outside => return Err(RefError::Outside(reference.to_owned())),
                },
            }
        };
        let found = self.fragment(start, fragment, chain);
        // References beside an `$id` are often written as if it were not there.
        let found = if start.node != 0 {
            found.or_else(|| self.fragment(Origin { node: 0, ..start }, fragment, chain))
        } else {
            found
        };
        match found {
            Some(at) => Ok(Found { at, guessed: false }),
            None if address.is_empty() => {
                self.meant(file, node, fragment, chain).map(|at| Found { at, guessed: true }).ok_or_else(missing)
            }
            None => Err(missing()),
        }
    }

    /// What a reference into its own file most likely means that leads nowhere there: a schema that was taken from
    /// elsewhere keeps its definitions beside it, and parts of a description often refer to what the main file has.
    fn meant(&self, file: u32, node: u32, fragment: &str, chain: usize) -> Option<At<'_>> {
        let first = fragment.strip_prefix('/')?.split('/').next()?;
        if matches!(first, "$defs" | "definitions") {
            let mut around = Vec::new();
            self.files.get(file as usize)?.descend(node, |here, _| around.push(here));
            let around = around.into_iter().rev().map(|node| At { file, node });
            if let Some(found) =
                around.filter(|at| at.get(first).is_some()).find_map(|at| self.walk(at, fragment, chain))
            {
                return Some(found);
            }
        }
        if file == 0 { None } else { self.fragment(Origin::default(), fragment, chain) }
    }

    fn fragment(&self, start: Origin, fragment: &str, chain: usize) -> Option<At<'_>> {
        let root = self.node(start)?;
        if fragment.is_empty() {
            return Some(root);
        }
        let decoded = uri::percent_decode(fragment);
        if !decoded.starts_with('/') {
            let file = self.files.get(start.file as usize)?;
            let own = file
                .resources
                .iter()
                .find(|resource| resource.start == start.node)
                .and_then(|resource| resource.anchors.get(decoded.as_str()));
            let node =
                *own.or_else(|| file.resources.iter().find_map(|resource| resource.anchors.get(decoded.as_str())))?;
            return self.node(Origin { file: start.file, node });
        }
        // A key may hold what looks like percent-encoding.
        self.walk(root, &decoded, chain)
            .or_else(|| if decoded == fragment { None } else { self.walk(root, fragment, chain) })
    }

    /// RFC 6901. Where a step is not there but a `$ref` is, the step is taken behind it: published descriptions point
    /// through references all the time.
    fn walk<'a>(&'a self, root: At<'a>, pointer: &str, chain: usize) -> Option<At<'a>> {
        let mut here = root;
        for part in pointer.strip_prefix('/')?.split('/') {
            here = match step(here, part) {
                Some(next) => next,
                None if here.str("$ref").is_some() => {
                    step(self.resolve_within(here, chain.checked_sub(1)?).ok()?.at, part)?
                }
                None => return None,
            };
        }
        Some(here)
    }

    /// What an address means that no file was loaded for.
    pub(super) fn link(&self, from: &str, address: &str) -> Link {
        if uri::is_remote(address) || uri::is_rooted(address) {
            return Link::Outside;
        }
        let path = uri::path(from, address);
        match self.paths.get(&path) {
            Some(file) => Link::File(*file),
            None if path.starts_with("../") => Link::Outside,
            None => Link::Missing,
        }
    }

    /// The existing target that a broken reference most likely means.
    pub fn did_you_mean(&self, file: u32, reference: &str) -> Option<String> {
        let (rest, last) = reference.rsplit_once('/')?;
        let schemas = "#/components/schemas";
        let (rest, parent) = match self.follow(file, rest) {
            Ok(parent) => (rest, parent),
            Err(_) => (schemas, self.follow(file, schemas).ok()?),
        };
        let wanted = last.replace("~1", "/").replace("~0", "~");
        let best = nearest_name(&wanted, parent.entries().map(|(key, _)| key))?;
        Some(format!("{rest}/{}", best.replace('~', "~0").replace('/', "~1")))
    }
}

impl File {
    /// The innermost part with an identifier that holds a node.
    fn resource(&self, node: u32) -> Option<&super::scan::Resource> {
        match self.resources.as_slice() {
            [only] => Some(only),
            all => all.iter().rev().find(|resource| resource.start <= node && node <= resource.end),
        }
    }
}

fn step<'a>(here: At<'a>, part: &str) -> Option<At<'a>> {
    let node = match &here.node.kind {
        Kind::Object(members) if part.contains('~') => members.get(&part.replace("~1", "/").replace("~0", "~"))?,
        Kind::Object(members) => members.get(part)?,
        Kind::Array(items) => items.get(part.parse::<usize>().ok()?)?,
        _ => return None,
    };
    Some(At { file: here.file, node })
}

/// The name that someone most likely means who wrote `wanted`.
pub(crate) fn nearest_name<'n>(wanted: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let (far, best) = names.map(|name| (distance(wanted, name), name)).min_by_key(|(distance, _)| *distance)?;
    (far <= wanted.chars().count() / 3 || best.eq_ignore_ascii_case(wanted)).then_some(best)
}

/// How many letters must be changed, added or removed to get from one word to the other (Levenshtein). Very long words
/// are not compared.
fn distance(from: &str, to: &str) -> usize {
    if from.len() > 100 || to.len() > 100 {
        return usize::MAX;
    }
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.chars().enumerate() {
        let mut before = i;
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
        for (j, b) in to.iter().enumerate() {
            let left = row.get(j).copied().unwrap_or_default();
            let Some(here) = row.get_mut(j + 1) else { continue };
            let changed = before + usize::from(a != *b);
            before = *here;
            *here = changed.min(left + 1).min(before + 1);
        }
    }
    row.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        assert_eq!(distance("Pett", "Pet"), 1);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", ""), 3);
        assert_eq!(distance("same", "same"), 0);
    }
}
