//! Decoding and encoding of what wraps another type.

use super::{Decode, Encode, Reader, Stop, Value, Writer};

/// `null` is `None`, unless the type within keeps null itself (a free [`Value`]).
impl<T: Decode + Default> Decode for Option<T> {
    fn decode(&mut self, r: &mut Reader<'_>) -> Result<(), Stop> {
        if r.byte() == Some(b'n') && !T::default().keeps_null() {
            *self = None;
            return r.null();
        }
        self.insert(T::default()).decode(r)
    }

    fn keeps_null(&self) -> bool {
        T::default().keeps_null()
    }

    fn clear(&mut self) {
        *self = None;
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, w: &mut Writer) {
        match self {
            Some(value) => value.encode(w),
            None => w.null(),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Null, Encode::to_value)
    }
}

impl<T: Decode> Decode for Box<T> {
    #[inline]
    fn decode(&mut self, r: &mut Reader<'_>) -> Result<(), Stop> {
        (**self).decode(r)
    }

    fn keeps_null(&self) -> bool {
        (**self).keeps_null()
    }

    fn clear(&mut self) {
        (**self).clear();
    }
}

impl<T: Encode + ?Sized> Encode for Box<T> {
    #[inline]
    fn encode(&self, w: &mut Writer) {
        (**self).encode(w);
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }

    fn to_value(&self) -> Value {
        (**self).to_value()
    }
}

impl<T: Decode + Default> Decode for Vec<T> {
    fn decode(&mut self, r: &mut Reader<'_>) -> Result<(), Stop> {
        self.clear();
        r.begin_array()?;
        while r.next_element()? {
            let mut element = T::default();
            element.decode(r)?;
            self.push(element);
        }
        Ok(())
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, w: &mut Writer) {
        self.as_slice().encode(w);
    }

    fn to_value(&self) -> Value {
        self.as_slice().to_value()
    }
}

impl<T: Encode> Encode for [T] {
    fn encode(&self, w: &mut Writer) {
        w.begin_array();
        for element in self {
            w.element();
            element.encode(w);
        }
        w.end_array();
    }

    fn to_value(&self) -> Value {
        Value::Array(self.iter().map(Encode::to_value).collect())
    }
}

impl<T: Encode, const N: usize> Encode for [T; N] {
    fn encode(&self, w: &mut Writer) {
        self.as_slice().encode(w);
    }

    fn to_value(&self) -> Value {
        self.as_slice().to_value()
    }
}
