//! Speed of the codec beside that of serde's derive with `serde_json`, on an array of objects of 95 members each.
//!
//! Run it with `cargo bench -p clientsmith-runtime`. It prints MB/s of the best pass and asserts no time, only that both
//! sides agree.
#![allow(missing_docs, reason = "the types are those of some API, not of ours")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use clientsmith_runtime::codegen as rt;
use clientsmith_runtime::json;
use serde_json::{Map, Value};

/// One struct, with our codec and (as another type) with serde's derive.
macro_rules! model {
    ($name:ident { $($field:ident: $type:ty, $need:ident;)* }) => {
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name {
            $(pub $field: $type,)*
            pub extra: rt::Extra,
        }

        impl rt::Decode for $name {
            #[inline]
            fn decode(&mut self, r: &mut rt::Reader<'_>) -> Result<(), rt::Stop> {
                r.object(&mut [$((stringify!($field), rt::$need, &mut self.$field)),*], &mut self.extra)
            }
        }

        impl rt::Encode for $name {
            #[inline]
            fn encode(&self, w: &mut rt::Writer) {
                w.object(&[$((stringify!($field), rt::$need, &self.$field)),*], &self.extra);
            }
        }
    };
}

/// The same for serde. `Option` fields are left out when absent, as ours are.
macro_rules! derived {
    ($name:ident { $($field:ident: $type:ty, $need:ident;)* }) => {
        #[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
        pub struct $name {
            $($field: derived!(@type $need $type),)*
        }
    };
    (@type REQ $type:ty) => { $type };
    (@type OPT $type:ty) => { $type };
}

macro_rules! models {
    ($($name:ident $body:tt)*) => {
        mod ours {
            use super::rt;
            $(model! { $name $body })*
        }

        mod theirs {
            $(derived! { $name $body })*
        }
    };
}

models! {
    User {
        login: String, REQ; id: i64, REQ; node_id: String, REQ; avatar_url: String, REQ; gravatar_id: Option<String>, REQ;
        url: String, REQ; html_url: String, REQ; followers_url: String, REQ; following_url: String, REQ; gists_url: String, REQ;
        starred_url: String, REQ; subscriptions_url: String, REQ; organizations_url: String, REQ; repos_url: String, REQ;
        events_url: String, REQ; received_events_url: String, REQ; kind: String, REQ; site_admin: bool, REQ;
    }
    License {
        key: String, REQ; name: String, REQ; url: Option<String>, REQ; spdx_id: Option<String>, REQ; node_id: String, REQ;
    }
    Permissions {
        admin: bool, REQ; maintain: bool, REQ; push: bool, REQ; triage: bool, REQ; pull: bool, REQ;
    }
    Repository {
        id: i64, REQ; node_id: String, REQ; name: String, REQ; full_name: String, REQ; private: bool, REQ; owner: User, REQ;
        html_url: String, REQ; description: Option<String>, REQ; fork: bool, REQ; url: String, REQ; archive_url: String, REQ;
        assignees_url: String, REQ; blobs_url: String, REQ; branches_url: String, REQ; collaborators_url: String, REQ;
        comments_url: String, REQ; commits_url: String, REQ; compare_url: String, REQ; contents_url: String, REQ;
        contributors_url: String, REQ; deployments_url: String, REQ; downloads_url: String, REQ; events_url: String, REQ;
        forks_url: String, REQ; git_commits_url: String, REQ; git_refs_url: String, REQ; git_tags_url: String, REQ;
        git_url: String, REQ; issue_comment_url: String, REQ; issue_events_url: String, REQ; issues_url: String, REQ;
        keys_url: String, REQ; labels_url: String, REQ; languages_url: String, REQ; merges_url: String, REQ;
        milestones_url: String, REQ; notifications_url: String, REQ; pulls_url: String, REQ; releases_url: String, REQ;
        ssh_url: String, REQ; stargazers_url: String, REQ; statuses_url: String, REQ; subscribers_url: String, REQ;
        subscription_url: String, REQ; tags_url: String, REQ; teams_url: String, REQ; trees_url: String, REQ;
        clone_url: String, REQ; mirror_url: Option<String>, REQ; hooks_url: String, REQ; svn_url: String, REQ;
        homepage: Option<String>, REQ; language: Option<String>, REQ; forks_count: i64, REQ; stargazers_count: i64, REQ;
        watchers_count: i64, REQ; size: i64, REQ; default_branch: String, REQ; open_issues_count: i64, REQ;
        is_template: bool, REQ; topics: Vec<String>, REQ; has_issues: bool, REQ; has_projects: bool, REQ; has_wiki: bool, REQ;
        has_pages: bool, REQ; has_downloads: bool, REQ; has_discussions: bool, REQ; archived: bool, REQ; disabled: bool, REQ;
        visibility: String, REQ; pushed_at: String, REQ; created_at: String, REQ; updated_at: String, REQ;
        permissions: Permissions, REQ; allow_rebase_merge: bool, REQ; template_repository: Option<Box<Repository>>, REQ;
        temp_clone_token: Option<String>, REQ; allow_squash_merge: bool, REQ; allow_auto_merge: bool, REQ;
        delete_branch_on_merge: bool, REQ; allow_merge_commit: bool, REQ; allow_update_branch: bool, REQ;
        use_squash_pr_title_as_default: bool, REQ; subscribers_count: i64, REQ; network_count: i64, REQ;
        license: Option<License>, REQ; organization: Option<User>, REQ; forks: i64, REQ; open_issues: i64, REQ; watchers: i64, REQ;
        allow_forking: bool, REQ; web_commit_signoff_required: bool, REQ; score: f64, REQ; master_branch: String, REQ;
    }
}

/// A small generator of numbers that look random and are the same in every run.
struct Rng(u64);

impl Rng {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit
    }
}

fn user(n: usize) -> ours::User {
    let login = format!("octo-user-{n}");
    let api = format!("https://api.github.com/users/{login}");
    ours::User {
        id: 1_000_000 + n as i64,
        node_id: format!("MDQ6VXNlcj{n}"),
        avatar_url: format!("https://avatars.githubusercontent.com/u/{n}?v=4"),
        gravatar_id: Some(String::new()),
        html_url: format!("https://github.com/{login}"),
        followers_url: format!("{api}/followers"),
        following_url: format!("{api}/following{{/other_user}}"),
        gists_url: format!("{api}/gists{{/gist_id}}"),
        starred_url: format!("{api}/starred{{/owner}}{{/repo}}"),
        subscriptions_url: format!("{api}/subscriptions"),
        organizations_url: format!("{api}/orgs"),
        repos_url: format!("{api}/repos"),
        events_url: format!("{api}/events{{/privacy}}"),
        received_events_url: format!("{api}/received_events"),
        kind: "User".into(),
        site_admin: n.is_multiple_of(7),
        url: api,
        login,
        extra: rt::Extra::new(),
    }
}

fn repository(n: usize, nested: bool) -> ours::Repository {
    // The addresses all have one form, so they are filled in by name.
    let name = format!("repository-{n}");
    let api = format!("https://api.github.com/repos/octo-user-{n}/{name}");
    let mut value = json::to_value(&ours::Repository {
        id: 20_000_000 + n as i64,
        node_id: format!("MDEwOlJlcG9zaXRvcnk{n}"),
        full_name: format!("octo-user-{n}/{name}"),
        owner: user(n),
        description: Some(format!("This is the \"{name}\" of many\nrepositories, with a text about it.")),
        homepage: Some(format!("https://{name}.example.com")),
        language: if n.is_multiple_of(3) { None } else { Some("Rust".into()) },
        forks_count: n as i64 * 3,
        stargazers_count: n as i64 * 17,
        size: 108 + n as i64,
        default_branch: "main".into(),
        topics: ["octocat", "atom", "electron", "api"].map(String::from).into(),
        visibility: "public".into(),
        pushed_at: "2011-01-26T19:06:43Z".into(),
        created_at: "2011-01-26T19:01:12Z".into(),
        updated_at: "2011-01-26T19:14:43Z".into(),
        license: Some(ours::License {
            key: "mit".into(),
            name: "MIT License".into(),
            url: Some("https://api.github.com/licenses/mit".into()),
            spdx_id: Some("MIT".into()),
            node_id: "MDc6TGljZW5zZW1pdA==".into(),
            extra: rt::Extra::new(),
        }),
        organization: Some(user(n + 1)),
        template_repository: nested.then(|| Box::new(repository(n + 7, false))),
        score: 1.0 + n as f64 / 8.0,
        master_branch: "main".into(),
        name,
        ..ours::Repository::default()
    })
    .unwrap();
    let names: Vec<String> = value.as_object().unwrap().keys().map(String::from).collect();
    for name in names.into_iter().filter(|name| name.ends_with("_url") || name == "url") {
        let place = value.as_object_mut().unwrap().get_mut(&name).unwrap();
        if place.as_str() == Some("") {
            *place = format!("{api}/{}{{/number}}", name.trim_end_matches("_url")).into();
        }
    }
    json::from_value(&value).unwrap()
}

fn shuffled(value: &Value, rng: &mut Rng) -> Value {
    match value {
        Value::Array(elements) => elements.iter().map(|element| shuffled(element, rng)).collect(),
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            for i in (1..members.len()).rev() {
                members.swap(i, rng.below(i + 1));
            }
            Value::Object(
                members.into_iter().map(|(name, value)| (name.clone(), shuffled(value, rng))).collect::<Map<_, _>>(),
            )
        }
        other => other.clone(),
    }
}

/// The same members in another order that is the same for all objects, as of a server that sorts them.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Array(elements) => elements.iter().map(sorted).collect(),
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|member| member.0);
            Value::Object(members.into_iter().map(|(name, value)| (name.clone(), sorted(value))).collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

/// The time of the best of several passes of each of two ways, which take turns.
fn race<A, B>(mut ours: impl FnMut() -> A, mut theirs: impl FnMut() -> B) -> (Duration, Duration) {
    let mut best = (Duration::MAX, Duration::MAX);
    for _ in 0..25 {
        let start = Instant::now();
        black_box(ours());
        best.0 = best.0.min(start.elapsed());
        let start = Instant::now();
        black_box(theirs());
        best.1 = best.1.min(start.elapsed());
    }
    best
}

fn report(what: &str, bytes: usize, (ours, theirs): (Duration, Duration)) {
    let speed = |time: Duration| bytes as f64 / 1e6 / time.as_secs_f64();
    let (ours, theirs) = (speed(ours), speed(theirs));
    println!("{what:<28} {ours:>7.0} {theirs:>7.0} {:>7.2}", ours / theirs);
}

fn main() {
    let repositories: Vec<ours::Repository> = (0..320).map(|n| repository(n, true)).collect();
    let ordered = json::to_string(&repositories).unwrap();
    let value: Value = serde_json::from_str(&ordered).unwrap();
    let random = shuffled(&value, &mut Rng(0x5eed)).to_string();
    let alphabetical = sorted(&value).to_string();
    let indented = serde_json::to_string_pretty(&value).unwrap();

    println!("{:.1} MB compact; MB/s of the best pass\n", ordered.len() as f64 / 1e6);
    println!("{:<28} {:>7} {:>7} {:>7}", "", "ours", "derive", "ratio");
    for (what, text) in [
        ("decode, order of the spec", &ordered),
        ("decode, shuffled", &random),
        ("decode, alphabetical", &alphabetical),
        ("decode, indented", &indented),
    ] {
        let bytes = text.as_bytes();
        assert_eq!(json::from_slice::<Vec<ours::Repository>>(bytes).unwrap(), repositories);
        let times = race(
            || json::from_slice::<Vec<ours::Repository>>(bytes).unwrap(),
            || serde_json::from_slice::<Vec<theirs::Repository>>(bytes).unwrap(),
        );
        report(what, text.len(), times);
    }
    for (what, text) in [("decode, spec, checked text", &ordered), ("decode, shuffled, checked", &random)] {
        let times = race(
            || json::from_str::<Vec<ours::Repository>>(text).unwrap(),
            || serde_json::from_str::<Vec<theirs::Repository>>(text).unwrap(),
        );
        report(what, text.len(), times);
    }
    for (what, text) in [("decode as a free value", &ordered), ("the same, shuffled", &random)] {
        let times =
            race(|| json::from_str::<json::Value>(text).unwrap(), || serde_json::from_str::<Value>(text).unwrap());
        report(what, text.len(), times);
    }
    for (what, text) in [("encode", &ordered), ("encode, shuffled input", &random)] {
        let ours: Vec<ours::Repository> = json::from_str(text).unwrap();
        let theirs: Vec<theirs::Repository> = serde_json::from_str(text).unwrap();
        assert_eq!(
            json::to_string(&ours).unwrap().parse::<json::Value>().unwrap(),
            serde_json::to_string(&theirs).unwrap().parse::<json::Value>().unwrap()
        );
        let times = race(|| json::to_vec(&ours).unwrap(), || serde_json::to_vec(&theirs).unwrap());
        report(what, ordered.len(), times);
    }
}
