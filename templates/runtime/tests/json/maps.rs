//! Maps.

use crate::rt::{self, Map, Value};

#[test]
fn order_and_lookup() {
    let mut map: Map<i32> = rt::from_str(r#"{"b": 1, "a": 2, "c": 3}"#).unwrap();
    assert_eq!(map.keys().collect::<Vec<_>>(), ["b", "a", "c"]);
    assert_eq!(map.insert("a", 5), Some(2));
    assert_eq!(map.insert("d".to_owned(), 6), None);
    assert_eq!(map.remove("b"), Some(1));
    assert_eq!(map.remove("b"), None);
    assert_eq!(rt::to_string(&map).unwrap(), r#"{"a":5,"c":3,"d":6}"#);
    assert_eq!((map.len(), map.is_empty(), map.contains_key("c")), (3, false, true));
    *map.get_mut("c").unwrap() += 1;
    *map.get_or_insert_with("e", || 7) += 1;
    map.values_mut().for_each(|value| *value *= 10);
    map.retain(|name, _| name != "a");
    assert_eq!(map.iter().collect::<Vec<_>>(), [("c", &40), ("d", &60), ("e", &80)]);
    assert_eq!((&map).into_iter().rev().map(|(_, value)| *value).collect::<Vec<_>>(), [80, 60, 40]);
    for (_, value) in map.iter_mut() {
        *value = 0;
    }
    assert_eq!(map.values().sum::<i32>(), 0);
    assert_eq!(map.into_iter().map(|(name, _)| name).collect::<String>(), "cde");
    assert_eq!(format!("{:?}", Map::from_iter([("a", 1)])), r#"{"a": 1}"#);
}

#[test]
fn equality_has_no_order() {
    for size in [0_u32, 1, 5, 12, 13, 100] {
        let forward: Map<u32> = (0..size).map(|n| (format!("name{n}"), n)).collect();
        let mut backward: Map<u32> = (0..size).rev().map(|n| (format!("name{n}"), n)).collect();
        assert_eq!(forward, backward);
        if size > 0 {
            backward.insert("name0", 999);
            assert_ne!(forward, backward);
            backward.remove("name0");
            assert_ne!(forward, backward);
            backward.insert("other", 0);
            assert_ne!(forward, backward);
        }
    }
}

#[test]
fn of_duplicates_the_last_value_takes_the_first_place() {
    for filler in [0, 5, 20, 100] {
        let mut members: Vec<(String, u32)> = (0..filler).map(|n| (format!("filler{n}"), n)).collect();
        members.insert(0, ("a".into(), 1));
        members.push(("b".into(), 2));
        members.push(("a".into(), 3));
        members.push(("c".into(), 4));
        members.push(("a".into(), 5));
        members.push(("b".into(), 6));
        let text: Vec<_> = members.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
        let read: Map<u32> = rt::from_str(&format!("{{{}}}", text.join(","))).unwrap();
        let free: Value = format!("{{{}}}", text.join(",")).parse().unwrap();
        let built: Map<u32> = members.into_iter().collect();
        assert_eq!(read.len(), filler as usize + 3);
        assert_eq!((read.get("a"), read.get("b"), read.get("c")), (Some(&5), Some(&6), Some(&4)));
        assert_eq!(read.keys().next(), Some("a"));
        assert_eq!(read.keys().collect::<Vec<_>>(), built.keys().collect::<Vec<_>>());
        assert_eq!(read, built);
        assert_eq!(rt::to_value(&read).unwrap().to_string(), free.to_string());
    }
}

#[test]
fn names_that_are_made_to_collide_cost_no_quadratic_time() {
    // Names that are equal in length and at both ends are alike to the hash.
    let size = 100_000;
    let text: Vec<_> = (0..size).map(|n| format!(r#""the same{n:08}the same":1"#)).collect();
    let text = format!("{{{}}}", text.join(","));
    let map: Map<u8> = rt::from_str(&text).unwrap();
    assert_eq!(map.len(), size);
    let value: Value = text.parse().unwrap();
    assert_eq!(value.as_object().map(Map::len), Some(size));
    assert_eq!(value, value.clone());
}

#[test]
fn values_that_do_not_fit() {
    let error = rt::from_str::<Map<Vec<u8>>>(r#"{"a": [1], "b c": [1, null]}"#).unwrap_err();
    assert_eq!((error.path(), error.expected(), error.found()), (r#"$["b c"][1]"#, "integer", "null"));
    assert_eq!(rt::from_str::<Map<Option<u8>>>(r#"{"a": null}"#).unwrap().get("a"), Some(&None));
}
