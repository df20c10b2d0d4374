//! Dates, identifiers, binary data, secrets.

use crate::rt::{
    self, Base64, Base64Url, CommaList, Date, DateTime, DecimalText, HttpDate, IntegerText, IsoDuration, JsonText,
    LineList, LocalDateTime, Milliseconds, Seconds, Secret, Time, UnixTime, Uuid,
};
use std::time::{Duration, SystemTime};

#[test]
fn whatever_is_sent_is_kept() {
    for text in ["2024-05-01T12:00:00.000+0200", "2024-05-01", "yesterday", "", "2024-13-99T99:99:99Z"] {
        let json = rt::to_string(&text).unwrap();
        assert_eq!(rt::to_string(&rt::from_str::<DateTime>(&json).unwrap()).unwrap(), json);
        assert_eq!(rt::to_string(&rt::from_str::<LocalDateTime>(&json).unwrap()).unwrap(), json);
        assert_eq!(rt::to_string(&rt::from_str::<Date>(&json).unwrap()).unwrap(), json);
        assert_eq!(rt::to_string(&rt::from_str::<Time>(&json).unwrap()).unwrap(), json);
        assert_eq!(rt::to_string(&rt::from_str::<Uuid>(&json).unwrap()).unwrap(), json);
        assert_eq!(rt::to_string(&rt::from_str::<Base64>(&json).unwrap()).unwrap(), json);
        assert_eq!(rt::to_string(&rt::from_str::<Secret>(&json).unwrap()).unwrap(), json);
        assert_eq!(rt::to_string(&rt::from_str::<Base64Url>(&json).unwrap()).unwrap(), json);
        assert_eq!(rt::to_string(&rt::from_str::<CommaList>(&json).unwrap()).unwrap(), json);
        assert_eq!(rt::to_string(&rt::from_str::<DecimalText>(&json).unwrap()).unwrap(), json);
        assert_eq!(rt::to_string(&rt::from_str::<HttpDate>(&json).unwrap()).unwrap(), json);
        assert_eq!(rt::to_string(&rt::from_str::<IntegerText>(&json).unwrap()).unwrap(), json);
        assert_eq!(rt::to_string(&rt::from_str::<IsoDuration>(&json).unwrap()).unwrap(), json);
        assert_eq!(rt::to_string(&rt::from_str::<JsonText<u8>>(&json).unwrap()).unwrap(), json);
        assert_eq!(DateTime::from(text).to_string(), text);
        assert_eq!(text.parse::<Date>().unwrap().into_string(), text);
        assert_eq!(Uuid::new(text).as_ref() as &str, text);
    }
    rt::from_str::<DateTime>("1").unwrap_err();
    rt::from_str::<Secret>("null").unwrap_err();
}

#[cfg(feature = "jiff")]
#[test]
fn dates_and_times() {
    let moment: jiff::Timestamp = "2024-05-01T10:00:00Z".parse().unwrap();
    for text in [
        "2024-05-01T12:00:00+02:00",
        "2024-05-01T10:00:00Z",
        "2024-05-01t10:00:00.000z",
        "2024-05-01 10:00:00+00:00",
        "2024-05-01T10:00:00+0000",
    ] {
        assert_eq!(DateTime::from(text).to_timestamp(), Ok(moment), "{text}");
    }
    let error = DateTime::from("2024-05-01T12:00:00").to_timestamp().unwrap_err();
    assert!(error.to_string().starts_with(r#""2024-05-01T12:00:00" is no date-time: "#), "{error}");
    assert_eq!(error.format(), "date-time");
    assert_eq!(DateTime::from("2024-05-01T12:00:00").to_civil().unwrap().hour(), 12);
    assert_eq!(DateTime::from("2024-05-01T12:00:00Z").to_civil().unwrap().hour(), 12);
    assert_eq!(DateTime::from(moment).as_str(), "2024-05-01T10:00:00Z");
    let zoned = moment.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(2)));
    assert_eq!(DateTime::from(&zoned).as_str(), "2024-05-01T12:00:00+02:00");

    let local = jiff::civil::date(2024, 5, 1).at(12, 30, 0, 500_000_000);
    assert_eq!(LocalDateTime::from(local).as_str(), "2024-05-01T12:30:00.5");
    assert_eq!(LocalDateTime::from("2024-05-01T12:30:00.500").to_civil(), Ok(local));
    assert_eq!(LocalDateTime::from("2024-05-01 12:30:00.5").to_civil(), Ok(local));
    LocalDateTime::from("noon").to_civil().unwrap_err();

    assert_eq!(Date::from("2024-05-01T00:00:00Z").to_date(), Ok(local.date()));
    assert_eq!(Date::from(local.date()).as_str(), "2024-05-01");
    Date::from("2024-02-30").to_date().unwrap_err();

    for text in ["12:30:00.5", "12:30:00.500Z", "12:30:00.5+01:00", "12:30:00.5-05:00"] {
        assert_eq!(Time::from(text).to_time(), Ok(local.time()), "{text}");
    }
    assert_eq!(Time::from(local.time()).as_str(), "12:30:00.5");
    Time::from("25:00:00").to_time().unwrap_err();
}

#[cfg(feature = "uuid")]
#[test]
fn identifiers() {
    let id = uuid::Uuid::from_u128(0x123e4567_e89b_12d3_a456_426614174000);
    assert_eq!(Uuid::from(id).as_str(), "123e4567-e89b-12d3-a456-426614174000");
    for text in [
        "123E4567-E89B-12D3-A456-426614174000",
        "123e4567e89b12d3a456426614174000",
        "{123e4567-e89b-12d3-a456-426614174000}",
    ] {
        assert_eq!(Uuid::from(text).to_uuid(), Ok(id), "{text}");
    }
    assert!(Uuid::from("x").to_uuid().unwrap_err().to_string().starts_with(r#""x" is no uuid: "#));
}

#[cfg(feature = "base64")]
#[test]
fn binary() {
    for length in 0..50_u8 {
        let bytes: Vec<u8> = (0..length).map(|n| n.wrapping_mul(97) ^ 0xff).collect();
        let data = Base64::from_bytes(&bytes);
        assert_eq!(data.to_bytes().unwrap(), bytes);
        let unpadded = data.as_str().trim_end_matches('=').to_owned();
        assert_eq!(Base64::from(unpadded.replace('+', "-").replace('/', "_")).to_bytes().unwrap(), bytes);
        let broken: String = data.as_str().chars().flat_map(|c| [c, '\r', '\n']).collect();
        assert_eq!(Base64::from(broken).to_bytes().unwrap(), bytes);
    }
    // Bits that are left over.
    assert_eq!(Base64::from("QQ==").to_bytes(), Base64::from("QR").to_bytes());
    for text in ["Q", "Q!==", "QQ=Q", "é"] {
        Base64::from(text).to_bytes().unwrap_err();
    }
    let long = "!".repeat(1000);
    assert!(Base64::from(long).to_bytes().unwrap_err().to_string().len() < 200);
}

#[test]
fn secrets() {
    let secret = Secret::new("hunter2");
    assert_eq!(format!("{secret:?} {:#?}", Some(&secret)), "*** Some(\n    ***,\n)");
    assert_eq!(secret.expose(), "hunter2");
    assert_eq!(rt::to_string(&secret).unwrap(), r#""hunter2""#);
    assert_eq!(secret, Secret::from("hunter2".to_owned()));
    assert_eq!(Secret::default().expose(), "");
}

#[test]
fn numbers_with_a_meaning_keep_every_digit() {
    for text in ["0", "-0", "1.50", "1686566864", "1e3", "99999999999999999999999999.000000000000000001"] {
        assert_eq!(rt::to_string(&rt::from_str::<UnixTime>(text).unwrap()).unwrap(), text);
        assert_eq!(rt::to_string(&rt::from_str::<Seconds>(text).unwrap()).unwrap(), text);
        assert_eq!(rt::to_string(&rt::from_str::<Milliseconds>(text).unwrap()).unwrap(), text);
        assert_eq!(text.parse::<UnixTime>().unwrap().to_string(), text);
    }
    rt::from_str::<UnixTime>("\"1\"").unwrap_err();
    assert_eq!((UnixTime::from(5).as_i64(), Seconds::new(5_u8).as_f64()), (Some(5), Some(5.0)));
}

#[test]
fn moments_as_seconds() {
    let epoch = SystemTime::UNIX_EPOCH;
    for (text, moment) in [
        ("1686566864", epoch + Duration::from_secs(1_686_566_864)),
        ("1.5e3", epoch + Duration::from_secs(1500)),
        ("-1.25", epoch - Duration::from_millis(1250)),
        ("0.0000000019", epoch + Duration::from_nanos(1)),
    ] {
        assert_eq!(text.parse::<UnixTime>().unwrap().to_system_time(), Ok(moment), "{text}");
    }
    assert_eq!(UnixTime::from(epoch - Duration::from_millis(1250)).to_string(), "-1.25");
    assert_eq!(UnixTime::from(epoch).to_string(), "0");
    assert_eq!(UnixTime::from(epoch + Duration::from_nanos(100)).to_string(), "0.0000001");
    for text in ["1e30", "1e400", "99999999999999999999", "-99999999999999999999", "1e-99999999999999999999"] {
        let error = text.parse::<UnixTime>().unwrap().to_system_time().unwrap_err();
        assert!(error.to_string().ends_with("is no unixtime: it is out of range"), "{error}");
    }
}

#[test]
fn spans_as_numbers() {
    assert_eq!("35.625".parse::<Seconds>().unwrap().to_duration(), Ok(Duration::from_millis(35_625)));
    assert_eq!("35.5".parse::<Milliseconds>().unwrap().to_duration(), Ok(Duration::from_micros(35_500)));
    assert_eq!(Milliseconds::from(Duration::from_nanos(1_000_500)).to_string(), "1.0005");
    assert_eq!(Seconds::from(Duration::MAX).to_duration(), Ok(Duration::MAX));
    assert_eq!(Milliseconds::from(Duration::MAX).to_duration(), Ok(Duration::MAX));
    Seconds::from(-1).to_duration().unwrap_err();
    "1e20".parse::<Seconds>().unwrap().to_duration().unwrap_err();
}

#[cfg(feature = "jiff")]
#[test]
fn conversions_of_other_times() {
    let moment: jiff::Timestamp = "2022-08-26T14:38:00.5Z".parse().unwrap();
    assert_eq!(UnixTime::from(moment).to_string(), "1661524680.5");
    assert_eq!(UnixTime::from(moment).to_timestamp(), Ok(moment));
    let before: jiff::Timestamp = "1969-12-31T23:59:58.75Z".parse().unwrap();
    assert_eq!(UnixTime::from(before).to_string(), "-1.25");
    assert_eq!(UnixTime::from(before).to_timestamp(), Ok(before));
    UnixTime::from(i64::MAX).to_timestamp().unwrap_err();
    let date = HttpDate::from(moment);
    assert_eq!(date.as_str(), "Fri, 26 Aug 2022 14:38:00 GMT");
    assert_eq!(date.to_timestamp().unwrap().as_second(), moment.as_second());
    HttpDate::from("2022-08-26T14:38:00Z").to_timestamp().unwrap_err();
    let span = IsoDuration::from("P40D").to_span().unwrap();
    assert_eq!((span.get_days(), IsoDuration::from(span).as_str()), (40, "P40D"));
    assert_eq!(IsoDuration::from(jiff::SignedDuration::from_secs(-90)).as_str(), "-PT1M30S");
    IsoDuration::from("soon").to_span().unwrap_err();
}

#[test]
fn texts_that_hold_more() {
    assert_eq!(IntegerText::from("-9223372036854775808").to_i64(), Ok(i64::MIN));
    let error = IntegerText::from("9223372036854775808").to_i64().unwrap_err();
    assert!(error.to_string().starts_with(r#""9223372036854775808" is no integer: "#), "{error}");
    assert_eq!(DecimalText::from(u128::MAX).to_number().unwrap().as_str(), u128::MAX.to_string());
    DecimalText::from("NaN").to_number().unwrap_err();
    let lines = LineList::from_iter(["a", "", "b"]);
    assert_eq!((lines.as_str(), lines.items().collect::<Vec<_>>()), ("a\n\nb", vec!["a", "", "b"]));
    assert_eq!(CommaList::default().items().count(), 0);
    let text = JsonText::encode(&vec![IntegerText::from(1)]).unwrap();
    assert_eq!((text.as_str(), text.decode().unwrap()), (r#"["1"]"#, vec!["1".into()]));
    JsonText::encode(&f64::NAN).unwrap_err();
}

#[cfg(feature = "base64")]
#[test]
fn bytes_for_addresses() {
    assert_eq!(Base64Url::from_bytes("test").as_str(), "dGVzdA");
    assert_eq!(Base64Url::from("dGVzdA==").to_bytes().unwrap(), b"test");
    assert_eq!(Base64::from_bytes("test").as_str(), "dGVzdA==");
    assert_eq!(Base64Url::from("é").to_bytes().unwrap_err().format(), "base64url");
}
