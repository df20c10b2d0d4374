//! Parts in a row, and how they become one body.

use super::super::http::content::Content;
use super::disposition;
use super::part::{Inside, Part};
use std::fmt;
use std::sync::Arc;

/// A body of several parts in their order, or a part of a part.
///
/// Generated calls make it. Make one yourself where a part has parts itself, or for a multipart body that a
/// description leaves open.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::codegen::Payload;
/// use clientsmith_runtime::multipart::{Multipart, Part};
///
/// let pictures = Multipart::new("multipart/mixed").part(Part::from(b"\x89PNG").media_type("image/png"));
/// let body = Multipart::new("multipart/form-data").named("album", "summer").named("pictures", pictures);
/// let payload = Payload::from(body);
/// assert_eq!(payload.media(), "multipart/form-data");
/// ```
#[derive(Clone, PartialEq)]
pub struct Multipart {
    pub(super) media: String,
    pub(super) pieces: Vec<Piece>,
}

/// A part with its name.
#[derive(Clone, PartialEq)]
pub(super) struct Piece {
    pub(super) name: Option<String>,
    pub(super) part: Part,
}

impl Multipart {
    /// No parts yet. The boundary between parts is chosen when the body is sent.
    #[must_use]
    pub fn new(media: impl Into<String>) -> Self {
        Self { media: media.into(), pieces: Vec::new() }
    }

    /// One more part, known by its place.
    #[must_use]
    pub fn part(self, part: impl Into<Part>) -> Self {
        self.with(None, part.into())
    }

    /// One more part, known by its name: a field of a form.
    #[must_use]
    pub fn named(self, name: impl Into<String>, part: impl Into<Part>) -> Self {
        self.with(Some(name.into()), part.into())
    }

    fn with(mut self, name: Option<String>, part: Part) -> Self {
        self.pieces.push(Piece { name, part });
        self
    }

    /// The media type, without the boundary.
    #[must_use]
    pub fn media(&self) -> &str {
        &self.media
    }

    pub(crate) fn is_repeatable(&self) -> bool {
        self.pieces.iter().all(|piece| piece.part.is_repeatable())
    }

    /// The media type with its boundary, and the content. `random` gives numbers that no one can foresee, so that no
    /// content can hold the boundary on purpose.
    ///
    /// # Errors
    ///
    /// When a header field of a part cannot be sent.
    pub(crate) fn seal(&self, random: &mut dyn FnMut() -> u64) -> Result<(String, Content), String> {
        let mut parts = Vec::with_capacity(self.pieces.len());
        for piece in &self.pieces {
            parts.push(piece.seal(random)?);
        }
        let boundary = boundary(&parts, random);
        let mut row: Vec<Content> = Vec::new();
        for (head, content) in parts {
            add(&mut row, format!("--{boundary}\r\n{head}\r\n").as_bytes());
            match content.as_bytes() {
                Some(bytes) => add(&mut row, bytes),
                None => row.push(content),
            }
            add(&mut row, b"\r\n");
        }
        add(&mut row, format!("--{boundary}--\r\n").as_bytes());
        let content = match <[Content; 1]>::try_from(row) {
            Ok([only]) => only,
            Err(row) => Content::Chain(Arc::new(row)),
        };
        Ok((self.media_with(&boundary), content))
    }

    fn media_with(&self, boundary: &str) -> String {
        // A boundary that a description names is nothing to keep to.
        let mut kept = self.media.split(';').filter(|part| !is_parameter(part, "boundary"));
        let mut media = kept.next().unwrap_or_default().trim().to_owned();
        let mut has_type = false;
        for parameter in kept {
            has_type |= is_parameter(parameter, "type");
            media.push_str("; ");
            media.push_str(parameter.trim());
        }
        // RFC 2387, section 3.1: the media type of the root, which is the first part.
        if media.starts_with("multipart/related")
            && !has_type
            && let Some(root) = self.pieces.first().and_then(|piece| piece.part.media.as_deref())
        {
            let root = root.split(';').next().unwrap_or_default().trim();
            media.push_str(&format!("; type=\"{root}\""));
        }
        format!("{media}; boundary={boundary}")
    }
}

impl Piece {
    /// The header lines and the content.
    fn seal(&self, random: &mut dyn FnMut() -> u64) -> Result<(String, Content), String> {
        let Part { inside, file_name, media, headers, problem } = &self.part;
        let named = || self.name.as_deref().map_or_else(String::new, |name| format!("part `{name}`: "));
        if let Some(problem) = problem {
            return Err(format!("{}{problem}", named()));
        }
        let (media, content) = match inside {
            Inside::Content(content) => (media.clone(), content.clone()),
            Inside::Parts(parts) => {
                let (media, content) = parts.seal(random)?;
                (Some(media), content)
            }
        };
        let mut fields = headers.clone();
        if !fields.contains("content-disposition") {
            let disposition = match (&self.name, file_name) {
                (Some(name), file_name) => Some(disposition::form_data(name, file_name.as_deref())),
                (None, Some(file_name)) => Some(disposition::attachment(file_name)),
                (None, None) => None,
            };
            if let Some(value) = disposition {
                fields.insert("Content-Disposition", value).map_err(|error| format!("{}{error}", named()))?;
            }
        }
        if let Some(media) = media {
            fields.insert("Content-Type", media).map_err(|error| format!("{}{error}", named()))?;
        }
        // The name comes first: some servers read no further to find it.
        let is_name = |name: &str| name.eq_ignore_ascii_case("content-disposition");
        let first = fields.iter().filter(|(name, _)| is_name(name));
        let rest = fields.iter().filter(|(name, _)| !is_name(name));
        let head = first.chain(rest).map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        Ok((head, content))
    }
}

/// A boundary (RFC 2046, section 5.1.1) that is in no part.
fn boundary(parts: &[(String, Content)], random: &mut dyn FnMut() -> u64) -> String {
    loop {
        let boundary = format!("clientsmith-{:016x}{:016x}", random(), random());
        let within = |bytes: &[u8]| bytes.windows(boundary.len()).any(|window| window == boundary.as_bytes());
        if !parts.iter().any(|(_, content)| content.as_bytes().is_some_and(within)) {
            return boundary;
        }
    }
}

/// Adds bytes to what ends the row, where that is bytes.
fn add(row: &mut Vec<Content>, bytes: &[u8]) {
    match row.last_mut() {
        Some(Content::Bytes(last)) => Arc::make_mut(last).extend_from_slice(bytes),
        _ => row.push(Content::Bytes(Arc::new(bytes.to_vec()))),
    }
}

fn is_parameter(text: &str, name: &str) -> bool {
    text.split_once('=').is_some_and(|(found, _)| found.trim().eq_ignore_ascii_case(name))
}

/// Shows no content.
impl fmt::Debug for Multipart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} parts", self.media, self.pieces.len())
    }
}
