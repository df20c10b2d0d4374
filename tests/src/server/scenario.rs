//! Answers that depend on the request: listings that are really taken apart into pages, and jobs.
//!
//! Each paging function is given all items and answers one page of them, as the API that it is named after does. What a
//! client walks through must then be all items, each once, however it is done.

use super::answer::Answer;
use super::received::Received;
use serde_json::{Value, json};

/// A page by cursor: `nextUri` is the relative address of the next one, and is absent on the last (Genesys triggers).
pub fn by_next_uri(items: Vec<Value>, size: usize) -> impl FnMut(&Received) -> Answer + Send {
    move |request| {
        let start = number(request.query("after").and_then(|cursor| cursor.strip_prefix("c").map(str::to_owned)), 0);
        let end = items.len().min(start + size);
        let mut page = json!({ "entities": items[start..end], "selfUri": request.target });
        if end < items.len() {
            page["nextUri"] = json!(format!("{}?pageSize={size}&after=c{end}", request.path()));
        }
        Answer::json(200, &page)
    }
}

/// A page by its number in the request's body, 1 if it has none (Genesys flow search).
pub fn by_number_in_body(items: Vec<Value>, size: usize) -> impl FnMut(&Received) -> Answer + Send {
    move |request| {
        let body = request.json().unwrap_or_default();
        let number = body["pageNumber"].as_u64().map_or(1, |number| usize::try_from(number).unwrap_or(1));
        let start = items.len().min((number - 1) * size);
        let end = items.len().min(start + size);
        let page = json!({
            "total": items.len(), "pageCount": items.len().div_ceil(size), "pageSize": size, "pageNumber": number,
            "types": ["flows"], "results": items[start..end],
        });
        Answer::json(200, &page)
    }
}

/// A page by an opaque packed search in `q64`. `nextPage` is the whole address on every other page, and the bare cursor
/// on the rest: which of both the vendor sends is not published (Genesys flow search).
pub fn by_packed_search(items: Vec<Value>, size: usize) -> impl FnMut(&Received) -> Answer + Send {
    move |request| {
        let start = number(request.query("q64").and_then(|cursor| cursor.strip_prefix("H4s=").map(str::to_owned)), 0);
        let end = items.len().min(start + size);
        let mut page = json!({
            "total": items.len(), "pageCount": items.len().div_ceil(size), "pageSize": size,
            "pageNumber": start / size + 1, "types": ["flows"], "results": items[start..end],
        });
        if end < items.len() {
            let bare = (start / size) % 2 == 1;
            page["nextPage"] =
                json!(if bare { format!("H4s={end}") } else { format!("{}?q64=H4s%3D{end}", request.path()) });
        }
        Answer::json(200, &page)
    }
}

/// A page by its number in the query, from 0; `last` says where the end is, the counts are nonsense (BotCity).
pub fn by_page_from_zero(items: Vec<Value>, size: usize) -> impl FnMut(&Received) -> Answer + Send {
    move |request| {
        let number = number(request.query("page"), 0);
        let start = items.len().min(number * size);
        let end = items.len().min(start + size);
        let sort = json!({ "sorted": false, "empty": true, "unsorted": true });
        let pageable = json!({
            "pageNumber": number, "pageSize": size, "sort": sort, "offset": start, "paged": true, "unpaged": false,
        });
        let page = json!({
            "content": items[start..end], "number": number, "size": size, "totalElements": 1, "totalPages": 1,
            "first": number == 0, "last": end == items.len(), "empty": start == end, "numberOfElements": size,
            "sort": sort, "pageable": pageable,
        });
        Answer::json(200, &page)
    }
}

/// A page by how many rows to skip, with `hasMore` (Kore.ai tables).
pub fn by_offset(items: Vec<Value>) -> impl FnMut(&Received) -> Answer + Send {
    move |request| {
        let start = items.len().min(number(request.query("sys_offset"), 0));
        let end = items.len().min(start + number(request.query("sys_limit"), 10));
        let page = json!({
            "hasMore": end < items.len(), "total": items.len(), "metaInfo": [], "queryResult": items[start..end],
        });
        Answer::json(200, &page)
    }
}

/// A page by the last entry of the one before, with `moreAvailable` (Kore.ai audit logs).
pub fn by_last_entry(entries: Vec<Value>, size: usize) -> impl FnMut(&Received) -> Answer + Send {
    move |request| {
        let after = request.query("fetchAfter");
        let known = |id: &str| entries.iter().position(|entry| entry["AuditLogId"] == *id);
        let start = after.map_or(0, |id| known(&id).unwrap_or_else(|| panic!("no entry {id}")) + 1);
        let end = entries.len().min(start + size);
        let page = json!({
            "total": entries.len(), "auditlogs": entries[start..end], "moreAvailable": end < entries.len(),
        });
        Answer::json(200, &page)
    }
}

/// The states of a job, one for each look at it (Genesys bots).
pub fn job(id: &str, states: &[&str]) -> Vec<Answer> {
    let answer = |state: &&str| {
        let mut job = json!({ "id": id, "jobState": state, "selfUri": format!("/api/v2/bots/instances/jobs/{id}") });
        if *state == "Success" {
            job["entities"] = json!([{ "id": "exec-1", "downloadUri": "https://example.com/exec-1" }]);
        }
        Answer::json(200, &job)
    };
    states.iter().map(answer).collect()
}

fn number(text: Option<String>, usual: usize) -> usize {
    text.map_or(usual, |text| text.parse().unwrap_or_else(|_| panic!("{text} is no number")))
}
