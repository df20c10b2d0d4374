//! Decoding and encoding of numbers, booleans and text.

use super::{Decode, Encode, Number, Reader, Stop, Value, Writer};

macro_rules! integers {
    ($($integer:ty: $name:literal;)*) => {$(
        impl Decode for $integer {
            #[inline]
            fn decode(&mut self, r: &mut Reader<'_>) -> Result<(), Stop> {
                let start = r.start();
                match <$integer>::try_from(r.whole()?) {
                    Ok(value) => {
                        *self = value;
                        Ok(())
                    }
                    Err(_) => Err(r.fail(start, $name, Some("number out of range"))),
                }
            }
        }

        impl Encode for $integer {
            #[inline]
            #[allow(unused_comparisons, reason = "unsigned types go through the same lines")]
            fn encode(&self, w: &mut Writer) {
                // `From` would need one macro arm per sign; both casts lose nothing.
                w.integer(*self < 0, i128::from(*self).unsigned_abs() as u64);
            }

            fn to_value(&self) -> Value {
                Value::Number(Number::from(*self))
            }
        }
    )*};
}

integers! {
    i8: "8-bit integer";
    i16: "16-bit integer";
    i32: "32-bit integer";
    i64: "64-bit integer";
    u8: "unsigned 8-bit integer";
    u16: "unsigned 16-bit integer";
    u32: "unsigned 32-bit integer";
    u64: "unsigned 64-bit integer";
}

macro_rules! floats {
    ($($float:ident: $name:literal;)*) => {$(
        impl Decode for $float {
            fn decode(&mut self, r: &mut Reader<'_>) -> Result<(), Stop> {
                let start = r.start();
                match r.number()?.parse::<$float>() {
                    Ok(value) if value.is_finite() => {
                        *self = value;
                        Ok(())
                    }
                    _ => Err(r.fail(start, $name, Some("number out of range"))),
                }
            }
        }

        impl Encode for $float {
            fn encode(&self, w: &mut Writer) {
                w.$float(*self);
            }

            fn to_value(&self) -> Value {
                Value::from(*self)
            }
        }
    )*};
}

floats! {
    f32: "32-bit number";
    f64: "64-bit number";
}

impl Decode for bool {
    fn decode(&mut self, r: &mut Reader<'_>) -> Result<(), Stop> {
        *self = r.bool()?;
        Ok(())
    }
}

impl Encode for bool {
    fn encode(&self, w: &mut Writer) {
        w.bool(*self);
    }

    fn to_value(&self) -> Value {
        Value::Bool(*self)
    }
}

impl Decode for String {
    fn decode(&mut self, r: &mut Reader<'_>) -> Result<(), Stop> {
        *self = r.string()?.into_owned();
        Ok(())
    }
}

impl Encode for String {
    fn encode(&self, w: &mut Writer) {
        w.string(self);
    }

    fn to_value(&self) -> Value {
        Value::String(self.clone())
    }
}

impl Encode for str {
    fn encode(&self, w: &mut Writer) {
        w.string(self);
    }

    fn to_value(&self) -> Value {
        Value::String(self.to_owned())
    }
}

/// `()` stands for a value that is not looked at: anything is read, `null` is written.
impl Decode for () {
    fn decode(&mut self, r: &mut Reader<'_>) -> Result<(), Stop> {
        r.skip().map(drop)
    }

    fn keeps_null(&self) -> bool {
        true
    }
}

impl Encode for () {
    fn encode(&self, w: &mut Writer) {
        w.null();
    }
}
