//! Reading arrays and objects step by step, and how deep they may be nested.

use std::borrow::Cow;

use super::{Kind, Reader, Stop, scan};

/// How much stack, in bytes, may be used between the outermost container and the innermost. Threads have 2 MiB by
/// default. The depth alone does not bound it: a type with hundreds of fields takes some ten thousand bytes per level.
const STACK: usize = 1024 * 1024;

impl<'a> Reader<'a> {
    /// Enters an array; [`next_element`](Self::next_element) goes through it.
    ///
    /// # Errors
    /// When the next value is something else, or too many containers are open.
    #[inline]
    pub fn begin_array(&mut self) -> Result<(), Stop> {
        if self.byte() == Some(b'[') { self.open() } else { Err(self.mismatch("array")) }
    }

    /// Goes to the next element: `true` when there is one, which must be read then; `false` when the array has ended.
    ///
    /// # Errors
    /// When the text is broken.
    #[inline]
    pub fn next_element(&mut self) -> Result<bool, Stop> {
        let fresh = std::mem::take(&mut self.fresh);
        match self.byte() {
            Some(b']') => {
                self.close();
                Ok(false)
            }
            Some(b',') if !fresh => {
                self.position += 1;
                Ok(true)
            }
            Some(_) if fresh => Ok(true),
            _ => Err(self.separator("`,` or `]`")),
        }
    }

    /// Reads an array; `each` must read one element.
    ///
    /// # Errors
    /// As [`begin_array`](Self::begin_array), and whatever `each` gives.
    pub fn array(&mut self, mut each: impl FnMut(&mut Self) -> Result<(), Stop>) -> Result<(), Stop> {
        self.begin_array()?;
        while self.next_element()? {
            each(self)?;
        }
        Ok(())
    }

    /// Enters an object; [`next_key`](Self::next_key) goes through it.
    ///
    /// # Errors
    /// When the next value is something else, or too many containers are open.
    #[inline]
    pub fn begin_object(&mut self) -> Result<(), Stop> {
        if self.byte() == Some(b'{') { self.open() } else { Err(self.mismatch("object")) }
    }

    /// Goes to the next member: its name, and its value must be read then; `None` when the object has ended.
    ///
    /// # Errors
    /// When the text is broken.
    #[inline]
    pub fn next_key(&mut self) -> Result<Option<Cow<'a, str>>, Stop> {
        let fresh = std::mem::take(&mut self.fresh);
        match self.byte() {
            Some(b'}') => {
                self.close();
                return Ok(None);
            }
            Some(b',') if !fresh => self.position += 1,
            Some(_) if fresh => {}
            _ => return Err(self.separator("`,` or `}`")),
        }
        if self.byte() != Some(b'"') {
            return Err(self.separator("member name"));
        }
        let name = self.string()?;
        if self.byte() != Some(b':') {
            return Err(self.syntax(self.position, "`:`"));
        }
        self.position += 1;
        Ok(Some(name))
    }

    /// Reads an object; `each` gets the name of a member and must read its value.
    ///
    /// # Errors
    /// As [`begin_object`](Self::begin_object), and whatever `each` gives.
    pub fn members(&mut self, mut each: impl FnMut(&mut Self, Cow<'a, str>) -> Result<(), Stop>) -> Result<(), Stop> {
        self.begin_object()?;
        while let Some(name) = self.next_key()? {
            each(self, name)?;
        }
        Ok(())
    }

    /// Reads any value without keeping it, and gives its text. The text is checked all the same.
    ///
    /// # Errors
    /// When the text is broken or nested too deeply.
    pub fn skip(&mut self) -> Result<&'a str, Stop> {
        let start = self.start();
        self.pass()?;
        Ok(self.text.get(start..self.position).unwrap_or_default())
    }

    fn pass(&mut self) -> Result<(), Stop> {
        match self.peek()? {
            Kind::Null => self.null(),
            Kind::Bool => self.bool().map(drop),
            Kind::Number => self.number().map(drop),
            Kind::String => self.pass_string(),
            Kind::Array => {
                self.begin_array()?;
                while self.next_element()? {
                    self.pass()?;
                }
                Ok(())
            }
            Kind::Object => {
                self.begin_object()?;
                while self.next_key()?.is_some() {
                    self.pass()?;
                }
                Ok(())
            }
        }
    }

    fn pass_string(&mut self) -> Result<(), Stop> {
        let start = self.position + 1;
        let end = scan::plain_end(self.text.as_bytes(), start);
        self.escaped_string(start, end, None)
    }

    #[inline]
    pub(super) fn open(&mut self) -> Result<(), Stop> {
        let mark = 0_u8;
        let here = std::ptr::from_ref(&mark).addr();
        if self.level == 0 {
            self.base = here;
        }
        if self.level >= self.limit || self.base.abs_diff(here) > STACK {
            return Err(self.too_deep());
        }
        self.level += 1;
        self.position += 1;
        self.fresh = true;
        Ok(())
    }

    #[inline]
    pub(super) fn close(&mut self) {
        self.position += 1;
        self.level = self.level.saturating_sub(1);
    }
}
