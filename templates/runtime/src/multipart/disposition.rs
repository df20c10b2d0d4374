//! The header field that names a part. Nothing in a name can end it or begin another.

use super::super::http::percent::{Keep, encode};

/// `Content-Disposition` of a form's part (RFC 7578, section 4.2).
pub(super) fn form_data(name: &str, file_name: Option<&str>) -> String {
    let mut out = format!("form-data; name=\"{}\"", escaped(name));
    if let Some(file_name) = file_name {
        // RFC 7578 forbids `filename*` here: the name stands in UTF-8, as browsers send it.
        out.push_str(&format!("; filename=\"{}\"", escaped(file_name)));
    }
    out
}

/// `Content-Disposition` of a part without a name that is a file (RFC 2183, section 2.3; RFC 8187, section 3.2).
pub(super) fn attachment(file_name: &str) -> String {
    let plain = |c: char| c == ' ' || c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '%');
    let fallback: String = file_name.chars().map(|c| if plain(c) { c } else { '_' }).collect();
    if fallback == file_name {
        return format!("attachment; filename=\"{file_name}\"");
    }
    format!("attachment; filename=\"{fallback}\"; filename*=UTF-8''{}", encode(file_name, Keep::Unreserved))
}

/// What would end the quoted text or the line, as browsers write it (WHATWG HTML, multipart form data), and every
/// other control character the same way.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '"' || c.is_ascii_control() {
            out.push_str(&format!("%{:02X}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}
