//! How a reader stops: what it remembers, and the error that is made of it.

use std::borrow::Cow;

use super::error::{Error, Fault, Stop};
use super::{Kind, Reader};

impl Reader<'_> {
    /// What went wrong, as an error with path and excerpt.
    pub fn error(&mut self, _: Stop) -> Error {
        let fault = self.fault.take().unwrap_or_else(|| {
            let position = self.position;
            Box::new(Fault { position, expected: "value".into(), found: None, fatal: true, container: false })
        });
        fault.into_error(self.text)
    }

    /// Stops because the next value, which stays unread, is not of the `expected` kind.
    #[cold]
    #[inline(never)]
    pub fn mismatch(&mut self, expected: &'static str) -> Stop {
        let fatal = self.byte().and_then(Kind::of).is_none();
        self.stop(Fault { position: self.position, expected: expected.into(), found: None, fatal, container: false })
    }

    /// Stops because of the value that starts at `position`: right in kind, but not what is `expected`.
    ///
    /// # Example
    /// ```
    /// use clientsmith_runtime::json::{self, Decode, Reader, Stop};
    ///
    /// #[derive(Debug, Default)]
    /// struct Even(u32);
    ///
    /// impl Decode for Even {
    ///     fn decode(&mut self, r: &mut Reader<'_>) -> Result<(), Stop> {
    ///         r.peek()?;
    ///         let position = r.position();
    ///         self.0.decode(r)?;
    ///         if self.0 % 2 == 0 { Ok(()) } else { Err(r.reject(position, "even number")) }
    ///     }
    /// }
    ///
    /// let error = json::from_str::<Vec<Even>>("[2, 3]").unwrap_err();
    /// assert_eq!(error.to_string(), "expected even number, found number at $[1] (byte 4): [2, 3]");
    /// ```
    pub fn reject(&mut self, position: usize, expected: impl Into<Cow<'static, str>>) -> Stop {
        self.stop(Fault { position, expected: expected.into(), found: None, fatal: false, container: false })
    }

    #[cold]
    pub(super) fn fail(&mut self, position: usize, expected: &'static str, found: Option<&'static str>) -> Stop {
        self.stop(Fault { position, expected: expected.into(), found, fatal: false, container: false })
    }

    /// Stops because the text is no JSON.
    #[cold]
    pub(super) fn syntax(&mut self, position: usize, expected: &'static str) -> Stop {
        self.stop(Fault { position, expected: expected.into(), found: None, fatal: true, container: false })
    }

    /// Stops because a container does not go on as it must.
    #[cold]
    pub(super) fn separator(&mut self, expected: &'static str) -> Stop {
        let position = self.position;
        self.stop(Fault { position, expected: expected.into(), found: None, fatal: true, container: true })
    }

    #[cold]
    pub(super) fn stop(&mut self, fault: Fault) -> Stop {
        self.fault = Some(Box::new(fault));
        Stop(())
    }

    #[cold]
    pub(super) fn too_deep(&mut self) -> Stop {
        let (position, expected) = (self.position, format!("at most {} levels", self.level));
        self.stop(Fault {
            position,
            expected: expected.into(),
            found: Some("deeper nesting"),
            fatal: true,
            container: false,
        })
    }
}
