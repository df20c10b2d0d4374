//! The form for people: a sub-command with flags.

use super::super::call::Request;
use super::super::json::{self, Value};
use super::content;
use super::machine;
use super::outcome::{Failure, refused};
use super::parse::{self, Settings};
use super::table::{Arg, Entry, Word};
use super::world::World;
use lexopt::{Arg as Next, Parser};

/// What the flags of an operation say: by parameter, the values of its flag.
pub(super) type Given = Vec<Vec<Value>>;

/// Reads the flags of an operation. Its own come before the general ones, which can also stand before its name.
pub(super) fn flags(entry: &Entry, parser: &mut Parser, settings: &mut Settings) -> Result<Given, Failure> {
    let mut given: Given = vec![Vec::new(); entry.params.len()];
    while let Some(next) = parser.next()? {
        let flag = match next {
            Next::Long(flag) => flag.to_owned(),
            Next::Short(flag) => {
                settings.take_short(flag)?;
                continue;
            }
            Next::Value(word) => return refused(format!("{}: unexpected argument {word:?}", entry.name)),
        };
        let own = entry.params.iter().position(|arg| arg.flag == flag);
        match own.and_then(|index| Some((entry.params.get(index)?, given.get_mut(index)?))) {
            Some((arg, values)) => {
                if !values.is_empty() && !arg.many {
                    return refused(format!("--{flag} is given twice"));
                }
                values.push(word(arg, parser)?);
            }
            None if settings.take(parser, &flag)? => {}
            None => return refused(format!("{} has no flag --{flag}; see {0} --help", entry.name)),
        }
    }
    Ok(given)
}

/// The word behind a flag, as the JSON value that it stands for.
fn word(arg: &Arg, parser: &mut Parser) -> Result<Value, Failure> {
    if arg.word == Word::Switch {
        return match parser.optional_value() {
            None => Ok(Value::Bool(true)),
            Some(word) => literal(word.to_string_lossy().into_owned(), arg),
        };
    }
    let text = parse::value(parser)?;
    match arg.word {
        Word::Text => Ok(Value::String(text)),
        Word::Literal | Word::Switch => literal(text, arg),
    }
}

fn literal(text: String, arg: &Arg) -> Result<Value, Failure> {
    match json::from_str::<Value>(&text) {
        Ok(_) => content::json(text.as_bytes(), &format!("--{}", arg.flag)),
        Err(_) => Ok(Value::String(text)),
    }
}

/// Puts what was given into the request.
pub(super) fn fill(
    entry: &'static Entry,
    mut request: Request,
    given: Given,
    settings: &Settings,
    world: &mut World,
    notes: &mut Vec<String>,
) -> Result<Request, Failure> {
    for (index, (arg, mut values)) in entry.params.iter().zip(given).enumerate() {
        let value = match (arg.many, values.len()) {
            (_, 0) => continue,
            // One value may be the whole list.
            (true, 1) if matches!(values.first(), Some(Value::Array(_))) => values.remove(0),
            (true, _) => Value::Array(values),
            (false, _) => values.remove(0),
        };
        request = machine::set(request, entry, index, &value, notes)?;
    }
    match &settings.body {
        Some(argument) => {
            let body = machine::chosen(entry, settings.media.as_deref())?;
            machine::raw(request, body, content::bytes(world, argument)?, notes)
        }
        None if settings.media.is_some() => refused("--media-type is for a body, and there is none"),
        None => Ok(request),
    }
}
