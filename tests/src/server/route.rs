//! From a request line to an operation.

use super::description::{Operation, descriptions};
use super::received::decode;

/// The operation that a request calls, with the values of its path parameters.
pub(super) struct Route {
    pub(super) operation: &'static Operation,
    pub(super) values: Vec<(String, String)>,
}

/// Finds the operation for a method and an encoded path. Fixed segments win over parameters, from left to right.
pub(super) fn find(method: &str, path: &str) -> Option<Route> {
    // Taken apart before it is decoded: an encoded slash belongs to a value.
    let segments: Vec<&str> = path.split('/').collect();
    let all = descriptions().iter().flat_map(|description| &description.operations);
    let fitting = all.filter(|operation| operation.method == method).filter_map(|operation| {
        let (fixed, values) = fit(&operation.path, &segments)?;
        Some((fixed, Route { operation, values }))
    });
    fitting.max_by(|(one, _), (other, _)| one.cmp(other)).map(|(_, route)| route)
}

type Fit = (Vec<bool>, Vec<(String, String)>);

/// Which segments are fixed, and the values of the others; `None` when the path does not fit the template.
fn fit(template: &str, segments: &[&str]) -> Option<Fit> {
    let parts: Vec<&str> = template.split('/').collect();
    if parts.len() != segments.len() {
        return None;
    }
    let mut fixed = Vec::new();
    let mut values = Vec::new();
    for (part, segment) in parts.iter().zip(segments) {
        let text = decode(segment);
        match part.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            Some(name) if !text.is_empty() => values.push((name.to_owned(), text)),
            None if *part == text => {}
            _ => return None,
        }
        fixed.push(!part.starts_with('{'));
    }
    Some((fixed, values))
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn fixed_segments_win() {
        let topics = find("GET", "/api/v2/processautomation/triggers/topics").unwrap();
        assert_eq!(topics.operation.id, "getProcessautomationTriggersTopics");
        let one = find("GET", "/api/v2/processautomation/triggers/top%69cz").unwrap();
        assert_eq!(one.operation.id, "getProcessautomationTrigger");
        assert_eq!(one.values, [("triggerId".to_owned(), "topicz".to_owned())]);
    }

    #[test]
    fn encoded_slashes_and_braces_belong_to_values() {
        let path = "/api/v2/processautomation/triggers/topics/v2.%7Bid%7D%2Fa%20b/test";
        let route = find("POST", path).unwrap();
        assert_eq!(route.operation.id, "postProcessautomationTriggersTopicTest");
        assert_eq!(route.values, [("topicName".to_owned(), "v2.{id}/a b".to_owned())]);
        assert!(find("POST", &path.replace("%2F", "/")).is_none());
        assert!(find("GET", "/api/public/tables//query").is_none());
    }
}
