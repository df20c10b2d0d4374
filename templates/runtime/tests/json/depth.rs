//! Deep nesting ends with an error, never with the stack.

use crate::models::Trigger;
use crate::rt::{self, DEFAULT_DEPTH, Reader, Value};

fn nested(open: &str, close: &str, depth: usize) -> String {
    format!("{}{}", open.repeat(depth), close.repeat(depth))
}

#[test]
fn as_deep_as_allowed() {
    let text = nested("[", "]", DEFAULT_DEPTH);
    let value: Value = rt::from_str(&text).unwrap();
    assert_eq!(value.to_string(), text);
    assert_eq!(value, value.clone());
    assert_eq!(format!("{value:?}"), text);
    assert!(!format!("{value:#}").is_empty());
    let text = format!("{}1{}", r#"{"a":"#.repeat(DEFAULT_DEPTH), "}".repeat(DEFAULT_DEPTH));
    assert_eq!(rt::from_str::<Value>(&text).unwrap().to_string(), text);
}

#[test]
fn one_too_deep() {
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}"), (r#"[{"a":"#, "}]")] {
        let text = nested(open, close, DEFAULT_DEPTH + 1);
        let error = rt::from_str::<Value>(&text).unwrap_err();
        assert_eq!((error.expected(), error.found()), ("at most 512 levels", "deeper nesting"));
        Reader::new(&text).skip().unwrap_err();
    }
    Reader::new("[[1]]").with_depth(2).value::<Value>().unwrap();
    Reader::new("[[1]]").with_depth(1).value::<Value>().unwrap_err();
    Reader::new("1").with_depth(0).value::<Value>().unwrap();
    // Siblings do not add up.
    Reader::new("[[1],[1],{},{}]").with_depth(2).value::<Value>().unwrap();
}

/// Runs on a thread with the stack that threads and tasks have by default.
fn on_a_usual_stack(run: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(run).unwrap().join().unwrap();
}

#[test]
fn the_stack_is_never_used_up() {
    on_a_usual_stack(|| {
        let text = nested("[", "]", 1_000_000);
        for read in [|r: &mut Reader<'_>| r.skip().is_err(), |r: &mut Reader<'_>| r.value::<Value>().is_err()] {
            assert!(read(&mut Reader::new(&text).with_depth(usize::MAX)));
        }
        let text = format!("{}{{}}{}", r#"{"parent":"#.repeat(100_000), "}".repeat(100_000));
        let mut r = Reader::new(&text).with_depth(usize::MAX);
        let stop = r.value::<Trigger>().unwrap_err();
        assert_eq!(r.error(stop).found(), "deeper nesting");
    });
}

/// Whatever can be decoded can be handled: the other ways through a value take no more stack than decoding it.
#[test]
fn models_as_deep_as_the_stack_allows() {
    on_a_usual_stack(|| {
        let open = r#"{"name":"n","state":null,"children":["#;
        let nested =
            |depth: usize| format!(r#"{}{{"name":"n","state":null}}{}"#, open.repeat(depth), "]}".repeat(depth));
        let mut depth = 2000;
        let trigger = loop {
            let text = nested(depth);
            let mut r = Reader::new(&text).with_depth(usize::MAX);
            match r.value::<Trigger>() {
                Ok(trigger) => break trigger,
                Err(stop) => assert_eq!(r.error(stop).found(), "deeper nesting"),
            }
            depth = depth * 9 / 10;
        };
        assert!(depth > 100, "{depth}");
        assert_eq!(rt::to_string(&trigger).unwrap(), nested(depth));
        assert_eq!(rt::to_value(&trigger).unwrap()["name"].as_str(), Some("n"));
        assert_eq!(trigger, trigger.clone());
        assert!(!format!("{trigger:?}").is_empty());
    });
}

#[test]
fn paths_of_deep_places_are_cut() {
    let error = rt::from_str::<Value>(&"[".repeat(400)).unwrap_err();
    assert!(error.to_string().len() < 400, "{error}");
}
