//! Dates, identifiers, binary data, secrets.

use crate::rt::{self, Base64, Date, DateTime, LocalDateTime, Secret, Time, Uuid};

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
