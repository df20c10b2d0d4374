//! Arrays whose places have types of their own.

use super::error::Fault;
use super::misfit::Misfit;
use super::{Decode, Encode, Need, Reader, Stop, Value, Writer};

/// Where the items go that stand behind the places of a tuple.
pub trait Items {
    /// Reads the next item.
    ///
    /// # Errors
    /// When it is not what can be kept here.
    fn item(&mut self, r: &mut Reader<'_>) -> Result<(), Stop>;

    /// Forgets all items.
    fn clear(&mut self);

    /// Whether the items are of a type that the spec gives.
    fn is_typed(&self) -> bool;

    /// Whether the spec allows no such items.
    fn is_closed(&self) -> bool {
        false
    }
}

/// Keeps the items behind a tuple that allows none.
#[derive(Debug)]
pub struct ClosedItems<'m>(pub &'m mut Vec<Value>);

impl<T: Decode + Default> Items for Vec<T> {
    fn item(&mut self, r: &mut Reader<'_>) -> Result<(), Stop> {
        let item = r.value()?;
        self.push(item);
        Ok(())
    }

    fn clear(&mut self) {
        Self::clear(self);
    }

    fn is_typed(&self) -> bool {
        !T::default().keeps_null()
    }
}

impl Items for ClosedItems<'_> {
    fn item(&mut self, r: &mut Reader<'_>) -> Result<(), Stop> {
        self.0.item(r)
    }

    fn clear(&mut self) {
        self.0.clear();
    }

    fn is_typed(&self) -> bool {
        false
    }

    fn is_closed(&self) -> bool {
        true
    }
}

/// The items behind the places of a tuple, for writing.
pub trait ItemsEncode {
    /// The item at a place behind them, counted from zero.
    fn item(&self, place: usize) -> Option<&dyn Encode>;
}

impl<T: Encode> ItemsEncode for Vec<T> {
    fn item(&self, place: usize) -> Option<&dyn Encode> {
        self.get(place).map(|item| item as &dyn Encode)
    }
}

impl Reader<'_> {
    /// Reads an array into the places that a type lends, and what comes behind them into `rest`.
    ///
    /// # Errors
    /// When the next value is no array, an item does not suit its place, or it ends before a required place.
    ///
    /// # Example
    /// ```
    /// use clientsmith_runtime::json::{self, Decode, Need, Reader, Stop, Value};
    ///
    /// #[derive(Debug, Default, PartialEq)]
    /// struct Pair(String, Option<u32>, Vec<Value>);
    ///
    /// impl Decode for Pair {
    ///     fn decode(&mut self, r: &mut Reader<'_>) -> Result<(), Stop> {
    ///         r.tuple(&mut [(Need::Req, &mut self.0), (Need::Opt, &mut self.1)], &mut self.2)
    ///     }
    /// }
    ///
    /// assert_eq!(json::from_str::<Pair>(r#"["a"]"#)?, Pair("a".into(), None, vec![]));
    /// assert_eq!(json::from_str::<Pair>(r#"["a", 1, true]"#)?, Pair("a".into(), Some(1), vec![true.into()]));
    /// let error = json::from_str::<Pair>("[]").unwrap_err();
    /// assert_eq!(error.to_string(), "expected at least 1 item, found array that is shorter at $ (byte 0): []");
    /// # Ok::<(), json::Error>(())
    /// ```
    pub fn tuple(&mut self, places: &mut [(Need, &mut dyn Decode)], rest: &mut dyn Items) -> Result<(), Stop> {
        let start = self.start();
        self.begin_array()?;
        if self.refill {
            for (_, place) in &mut *places {
                place.clear();
            }
            rest.clear();
        }
        let mut read = 0;
        while self.next_element()? {
            match places.get_mut(read) {
                Some((_, place)) => {
                    place.decode(self)?;
                    self.known += 1;
                }
                None => {
                    if rest.is_closed() {
                        let at = self.start();
                        self.misfit(at, Misfit::Stranger);
                    } else if !rest.is_typed() {
                        self.surprises += 1;
                    }
                    rest.item(self)?;
                }
            }
            read += 1;
        }
        let least = places.iter().rposition(|place| place.0 == Need::Req).map_or(0, |last| last + 1);
        if read >= least { Ok(()) } else { Err(self.shorter(start, least)) }
    }

    #[cold]
    fn shorter(&mut self, position: usize, least: usize) -> Stop {
        let items = if least == 1 { "item" } else { "items" };
        self.stop(Fault {
            position,
            expected: format!("at least {least} {items}").into(),
            found: Some("array that is shorter"),
            fatal: false,
            container: false,
        })
    }
}

impl Writer {
    /// Writes an array of the places that a type lends and of what comes behind them. It ends before the first optional
    /// place that is absent, unless something stands behind that one: then the place is `null`.
    ///
    /// # Example
    /// ```
    /// use clientsmith_runtime::json::{Need, Value, Writer};
    ///
    /// let mut w = Writer::new();
    /// let rest: Vec<Value> = Vec::new();
    /// w.tuple(&[(Need::Req, &"a"), (Need::Opt, &None::<u32>)], &rest);
    /// assert_eq!(w.finish_text()?, r#"["a"]"#);
    /// # Ok::<(), clientsmith_runtime::json::Error>(())
    /// ```
    pub fn tuple(&mut self, places: &[(Need, &dyn Encode)], rest: &dyn ItemsEncode) {
        let beyond = rest.item(0).is_some();
        let filled = places.iter().rposition(|(need, place)| *need == Need::Req || !place.is_absent());
        let count = if beyond { places.len() } else { filled.map_or(0, |last| last + 1) };
        self.begin_array();
        for (_, place) in places.iter().take(count) {
            self.element();
            place.encode(self);
        }
        for item in (0..).map_while(|place| rest.item(place)) {
            self.element();
            item.encode(self);
        }
        self.end_array();
    }
}
