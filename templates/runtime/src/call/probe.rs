//! Looking up a few values in a large answer without decoding the rest.

use super::super::json::{Decode, Kind, Reader, Stop, Value};
use super::error::Error;
use super::reply::Reply;

/// The value at a JSON pointer of the answer's body; `None` when it is not there.
pub(super) fn value_at(reply: &Reply, pointer: &str) -> Result<Option<Value>, Error> {
    reply.probe(|reader| if seek(reader, pointer)? { reader.value().map(Some) } else { Ok(None) })
}

/// The items of the array at a JSON pointer, decoded; none when there is no array, or `null`.
pub(super) fn items_at<T: Decode + Default>(reply: &Reply, pointer: &str) -> Result<Vec<T>, Error> {
    reply.probe(|reader| {
        let found = seek(reader, pointer)? && reader.peek()? != Kind::Null;
        if found { reader.value() } else { Ok(Vec::new()) }
    })
}

/// The number of items of the array at a JSON pointer, and the text of the last one.
pub(super) fn last_item(reply: &Reply, pointer: &str) -> Result<(usize, Option<Value>), Error> {
    let (count, text) = reply.probe(|reader| {
        let (mut count, mut last) = (0_usize, "");
        if seek(reader, pointer)? && reader.peek()? == Kind::Array {
            reader.begin_array()?;
            while reader.next_element()? {
                last = reader.skip()?;
                count += 1;
            }
        }
        Ok((count, last.to_owned()))
    })?;
    Ok((count, text.parse().ok()))
}

/// Moves the reader, which is at the start of a value, to the value that `pointer` leads to.
fn seek(reader: &mut Reader<'_>, pointer: &str) -> Result<bool, Stop> {
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        let found = match reader.peek()? {
            Kind::Array => element(reader, &step)?,
            Kind::Null => false,
            _ => member(reader, &step)?,
        };
        if !found {
            return Ok(false);
        }
    }
    Ok(true)
}

/// What is no object is an error here, not an answer without the member.
fn member(reader: &mut Reader<'_>, name: &str) -> Result<bool, Stop> {
    reader.begin_object()?;
    while let Some(key) = reader.next_key()? {
        if key == name {
            return Ok(true);
        }
        reader.skip()?;
    }
    Ok(false)
}

fn element(reader: &mut Reader<'_>, step: &str) -> Result<bool, Stop> {
    let Ok(index) = step.parse::<usize>() else {
        return Err(reader.mismatch("object"));
    };
    reader.begin_array()?;
    let mut at = 0;
    while reader.next_element()? {
        if at == index {
            return Ok(true);
        }
        reader.skip()?;
        at += 1;
    }
    Ok(false)
}
