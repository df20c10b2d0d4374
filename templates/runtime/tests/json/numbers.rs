//! Numbers at their edges.

use crate::rt::{self, Number, Value};

fn read<T: rt::Decode + Default>(text: &str) -> Result<T, String> {
    rt::from_str(text).map_err(|error| format!("expected {}, found {}", error.expected(), error.found()))
}

#[test]
fn edges_of_integers() {
    assert_eq!(read::<i64>("9223372036854775807"), Ok(i64::MAX));
    assert_eq!(read::<i64>("-9223372036854775808"), Ok(i64::MIN));
    assert_eq!(read::<u64>("18446744073709551615"), Ok(u64::MAX));
    assert_eq!(read::<i32>("2147483647"), Ok(i32::MAX));
    assert_eq!(read::<i32>("-2147483648"), Ok(i32::MIN));
    assert_eq!(read::<u32>("4294967295"), Ok(u32::MAX));
    assert_eq!(read::<i8>("-128"), Ok(i8::MIN));
    assert_eq!(read::<u8>("255"), Ok(u8::MAX));
    for (outcome, name) in [
        (read::<i64>("9223372036854775808").map(drop), "64-bit integer"),
        (read::<i64>("-9223372036854775809").map(drop), "64-bit integer"),
        (read::<u64>("18446744073709551616").map(drop), "unsigned 64-bit integer"),
        (read::<u64>("-1").map(drop), "unsigned 64-bit integer"),
        (read::<i32>("2147483648").map(drop), "32-bit integer"),
        (read::<u32>("-1").map(drop), "unsigned 32-bit integer"),
        (read::<u32>("1e10").map(drop), "unsigned 32-bit integer"),
        (read::<u8>("256").map(drop), "unsigned 8-bit integer"),
        (read::<i64>("1e400").map(drop), "integer"),
        (read::<i64>(&"9".repeat(60)).map(drop), "integer"),
    ] {
        assert_eq!(outcome, Err(format!("expected {name}, found number out of range")));
    }
}

#[test]
fn integers_that_are_written_as_floats() {
    for text in ["0", "-0", "0.0", "-0.0", "0e5", "0.000e-7"] {
        assert_eq!(read::<u32>(text), Ok(0), "{text}");
        assert_eq!(read::<i64>(text), Ok(0), "{text}");
    }
    assert_eq!(read::<i32>("12.0"), Ok(12));
    assert_eq!(read::<i32>("-1.2e1"), Ok(-12));
    assert_eq!(read::<i32>("120e-1"), Ok(12));
    assert_eq!(read::<u64>("1.8446744073709551615e19"), Ok(u64::MAX));
    assert_eq!(read::<u64>("000"), Err("expected digit, found number".into()));
    for text in ["0.5", "1e-1", "-12.01"] {
        assert_eq!(read::<i32>(text), Err("expected integer, found number with a fraction".into()), "{text}");
    }
    for (text, found) in
        [(r#""1""#, "string"), ("true", "boolean"), ("null", "null"), ("[1]", "array"), ("{}", "object")]
    {
        assert_eq!(read::<i32>(text), Err(format!("expected integer, found {found}")));
    }
}

#[test]
fn numbers_that_are_none() {
    for text in [
        "01",
        "-",
        "-a",
        "+1",
        ".5",
        "1.",
        "1.e1",
        "1e",
        "1e+",
        "0x1",
        "1_000",
        "NaN",
        "Infinity",
        "-Infinity",
        "--1",
        "1-",
    ] {
        read::<i64>(text).unwrap_err();
        read::<f64>(text).unwrap_err();
        read::<Number>(text).unwrap_err();
        read::<Value>(text).unwrap_err();
        read::<Vec<i64>>(&format!("[{text}]")).unwrap_err();
    }
}

#[test]
fn floats() {
    assert_eq!(read::<f64>("1"), Ok(1.0));
    assert_eq!(read::<f64>("0.1"), Ok(0.1));
    assert_eq!(read::<f64>("5e-324"), Ok(5e-324));
    assert_eq!(read::<f64>("1e-400"), Ok(0.0));
    assert_eq!(read::<f64>("-0").map(f64::to_bits), Ok((-0.0_f64).to_bits()));
    assert_eq!(read::<f64>("1.7976931348623157e308"), Ok(f64::MAX));
    assert_eq!(read::<f64>("1e400"), Err("expected 64-bit number, found number out of range".into()));
    assert_eq!(read::<f32>("3.4028235e38"), Ok(f32::MAX));
    assert_eq!(read::<f32>("1e39"), Err("expected 32-bit number, found number out of range".into()));
    assert_eq!(read::<f64>(r#""1""#), Err("expected number, found string".into()));
}

#[test]
fn floats_are_written_short_and_come_back_the_same() {
    for (value, text) in [
        (0.0, "0.0"),
        (-0.0, "-0.0"),
        (1.0, "1.0"),
        (0.1, "0.1"),
        (1e16, "1e16"),
        (1e300, "1e300"),
        (-1.5e-7, "-1.5e-7"),
        (123456.789, "123456.789"),
    ] {
        assert_eq!(rt::to_string(&value).unwrap(), text);
    }
    assert_eq!(rt::to_string(&0.1_f32).unwrap(), "0.1");
    let mut rng = crate::documents::Rng(0xf10a7);
    for _ in 0..20_000 {
        let value = f64::from_bits(rng.next());
        if value.is_finite() {
            let text = rt::to_string(&value).unwrap();
            assert_eq!(read::<f64>(&text).map(f64::to_bits), Ok(value.to_bits()), "{text}");
        }
        let value = f32::from_bits(rng.next() as u32);
        if value.is_finite() {
            let text = rt::to_string(&value).unwrap();
            assert_eq!(read::<f32>(&text).map(f32::to_bits), Ok(value.to_bits()), "{text}");
        }
    }
}

#[test]
fn integers_are_written_as_they_are() {
    let mut rng = crate::documents::Rng(0x1a7);
    let mut numbers = vec![0, 1, -1, 9, 10, 99, 100, -100, i64::MAX, i64::MIN];
    numbers.extend((0..2000).map(|_| rng.next() as i64 >> rng.below(64)));
    for number in numbers {
        assert_eq!(rt::to_string(&number).unwrap(), number.to_string());
        assert_eq!(rt::to_string(&(number as u64)).unwrap(), (number as u64).to_string());
        assert_eq!(rt::to_string(&(number as i32)).unwrap(), (number as i32).to_string());
        assert_eq!(rt::to_string(&(number as u8)).unwrap(), (number as u8).to_string());
        assert_eq!(read::<i64>(&number.to_string()), Ok(number));
    }
}

#[test]
fn what_is_no_number_cannot_be_written() {
    for (value, found) in
        [(f64::NAN, "NaN"), (f64::INFINITY, "infinite number"), (f64::NEG_INFINITY, "infinite number")]
    {
        let error = rt::to_string(&vec![vec![1.0], vec![2.0, value, value]]).unwrap_err();
        assert_eq!(error.path(), "$[1][1]");
        assert_eq!((error.expected(), error.found()), ("finite number", found));
        rt::to_vec(&value).unwrap_err();
        rt::to_value(&value).unwrap_err();
        assert_eq!(rt::Encode::to_value(&value), Value::Null);
        assert_eq!(Value::from(value), Value::Null);
        assert_eq!(Number::from_f64(value), None);
    }
    rt::to_string(&f32::NAN).unwrap_err();
    let mut member = rt::Map::new();
    member.insert("a b", f64::NAN);
    assert_eq!(rt::to_string(&member).unwrap_err().path(), r#"$["a b"]"#);
}

#[test]
fn free_numbers() {
    let number: Number = "1e2".parse().unwrap();
    assert_eq!((number.as_i64(), number.as_u64(), number.as_f64()), (Some(100), Some(100), Some(100.0)));
    assert_eq!(number.as_str(), "1e2");
    let number: Number = "18446744073709551615".parse().unwrap();
    assert_eq!((number.as_i64(), number.as_u64(), number.as_i128()), (None, Some(u64::MAX), Some(u64::MAX.into())));
    let number: Number = "1e400".parse().unwrap();
    assert_eq!((number.as_i64(), number.as_f64()), (None, None));
    assert_eq!("0.5".parse::<Number>().unwrap().as_i64(), None);
    let long = format!("-1.{}", "3".repeat(100));
    assert_eq!(long.parse::<Number>().unwrap().to_string(), long);
    assert_eq!(Number::from(u128::MAX).as_str(), u128::MAX.to_string());
    assert_eq!(Number::from_f64(0.5), "5e-1".parse().ok());
    assert_eq!(Number::default(), Number::from(0));
    "".parse::<Number>().unwrap_err();
    "1 2".parse::<Number>().unwrap_err();
}
