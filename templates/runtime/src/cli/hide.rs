//! Texts without the secrets in them.

use super::super::auth::{KeyPlace, SchemeKind};
use super::super::call::Api;
use super::super::http::{HttpRequest, percent};

/// What stands in place of a secret.
const HIDDEN: &str = "***";

/// A text of fewer bytes is found everywhere, and each place would tell of it.
const SHORT: usize = 4;

/// The secrets that are known so far.
#[derive(Default)]
pub(super) struct Secrets(Vec<Vec<u8>>);

impl Secrets {
    /// Takes one more.
    pub(super) fn add(&mut self, secret: &str) {
        let secret = secret.trim().as_bytes();
        if secret.len() >= SHORT && !self.0.iter().any(|known| known == secret) {
            self.0.push(secret.to_vec());
            // One may hold another.
            self.0.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        }
    }

    /// Takes those that a request carries: tokens and keys that were fetched or made on the way as well.
    pub(super) fn learn(&mut self, api: &Api, request: &HttpRequest) {
        for (name, value) in request.headers().iter() {
            if name.eq_ignore_ascii_case("cookie") {
                for (name, value) in value.split(';').filter_map(|pair| pair.split_once('=')) {
                    if keys(api, KeyPlace::Cookie).any(|key| key == &*percent::decode(name.trim())) {
                        self.add(value);
                        self.add(&percent::decode(value));
                    }
                }
            } else if is_secret(api, name) || request.headers().is_sensitive(name) {
                self.add(value);
                // Behind the scheme of `Authorization`.
                self.add(value.split_once(' ').map_or("", |(_, rest)| rest));
            }
        }
        for (name, value) in pairs(request.address().query().unwrap_or_default()) {
            if is_key(api, name) {
                self.add(value);
                self.add(&percent::decode(value));
            }
        }
    }

    /// The text without them: neither the secrets, however they are encoded, nor the values of keys in addresses.
    pub(super) fn hide(&self, api: &Api, text: &str) -> String {
        let (mut out, bytes) = (Vec::with_capacity(text.len()), text.as_bytes());
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            let rest = bytes.get(at..).unwrap_or_default();
            match self.0.iter().find_map(|secret| begins(rest, secret)) {
                Some(length) => {
                    out.extend_from_slice(HIDDEN.as_bytes());
                    at += length;
                }
                None => {
                    out.push(*byte);
                    at += 1;
                }
            }
        }
        without_keys(api, &String::from_utf8_lossy(&out))
    }
}

/// Whether a header field holds a key.
pub(super) fn is_secret(api: &Api, name: &str) -> bool {
    keys(api, KeyPlace::Header).any(|key| key.eq_ignore_ascii_case(name))
}

/// How many bytes of the text the secret takes at its beginning, where each of its bytes stands for itself, or is encoded
/// (RFC 3986, section 2.1, or as a form has it).
fn begins(text: &[u8], secret: &[u8]) -> Option<usize> {
    let mut at = 0;
    for byte in secret {
        at += match text.get(at..)? {
            [one, ..] if one == byte => 1,
            [b'+', ..] if *byte == b' ' => 1,
            [b'%', digits @ ..] => {
                let digits = std::str::from_utf8(digits.get(..2)?).ok()?;
                (u8::from_str_radix(digits, 16).ok()? == *byte).then_some(3)?
            }
            _ => return None,
        };
    }
    Some(at)
}

/// The text with the values of keys hidden that stand in the queries of addresses: a server may say another one.
fn without_keys(api: &Api, text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(['?', '&']) {
        match piece.split_once('=') {
            Some((name, value)) if !out.is_empty() && is_key(api, name) => {
                let end = value.find(['&', '?', '#', '>', '"', '\'', ',', ';', ' ']).unwrap_or(value.len());
                out.push_str(&format!("{name}={HIDDEN}{}", &value[end..]));
            }
            _ => out.push_str(piece),
        }
    }
    out
}

fn is_key(api: &Api, name: &str) -> bool {
    let spaced = name.replace('+', " ");
    keys(api, KeyPlace::Query).any(|key| key == &*percent::decode(name) || key == &*percent::decode(&spaced))
}

fn pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query.split('&').filter_map(|pair| pair.split_once('='))
}

fn keys(api: &Api, wanted: KeyPlace) -> impl Iterator<Item = &'static str> + use<> {
    api.schemes.iter().filter_map(move |scheme| match scheme.kind {
        SchemeKind::ApiKey { place, name } if place == wanted => Some(name),
        _ => None,
    })
}
