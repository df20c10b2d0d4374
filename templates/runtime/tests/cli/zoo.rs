//! A small API with its tables, as the generator would write them, and a way to run its program.

use clientsmith_runtime::codegen as rt;
use clientsmith_runtime::http::{FakeTransport, HttpResponse, Sent};
use rt::cli;
use std::io::Write;
use std::sync::{Arc, Mutex};

rt::object! {
    pub struct Pet, extra: rt::Extra, comes("born") {
        REQ "id" id: i64,
        OPT "name" name: Option<String>,
        OPT "born" born: Option<String>,
        OPT "young" young: Option<Vec<Pet>>,
        OPT "seen" seen: Option<rt::DateTime>,
        OPT "photo" photo: Option<rt::Base64>,
        OPT "kind" kind: Option<Kind>,
        OPT "food" food: Option<Food>,
    }
}

rt::text_enum! {
    pub enum Kind, Unknown { "cat" Cat, "dog" Dog }
}

rt::object! {
    /// It allows no other members, and has one kind.
    pub struct Food, extra closed: rt::Extra, says("type", "dry") {
        OPT "grams" grams: Option<i64>,
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PetPage {
    pub pets: Vec<Pet>,
    pub next: Option<String>,
    pub extra: rt::Extra,
}
impl rt::Decode for PetPage {
    fn decode(&mut self, r: &mut rt::Reader<'_>) -> Result<(), rt::Stop> {
        r.object(&mut [("pets", rt::REQ, &mut self.pets), ("next", rt::OPT, &mut self.next)], &mut self.extra)
    }
}
impl rt::Encode for PetPage {
    fn encode(&self, w: &mut rt::Writer) {
        w.object(&[("pets", rt::REQ, &self.pets), ("next", rt::OPT, &self.next)], &self.extra)
    }
}

static API: rt::Api = rt::Api {
    name: "zoo",
    servers: &[
        rt::Server::at("https://{region}.zoo.example").variables(&[("region", "us")]),
        rt::Server::at("https://test.zoo.example"),
        rt::Server::at("../v2"),
    ],
    schemes: &[
        rt::Scheme { name: "key", kind: rt::SchemeKind::ApiKey { place: rt::KeyPlace::Query, name: "api key" } },
        rt::Scheme { name: "login", kind: rt::SchemeKind::HttpBasic },
        rt::Scheme { name: "o-auth", kind: rt::SchemeKind::OAuth2 { token_url: Some("https://id.example/token") } },
        rt::Scheme { name: "head", kind: rt::SchemeKind::ApiKey { place: rt::KeyPlace::Header, name: "X-Key" } },
        rt::Scheme { name: "cookie", kind: rt::SchemeKind::ApiKey { place: rt::KeyPlace::Cookie, name: "sid" } },
        rt::Scheme { name: "bearer", kind: rt::SchemeKind::HttpBearer },
        rt::Scheme { name: "mt", kind: rt::SchemeKind::MutualTls },
    ],
    ..rt::Api::BASE
};

static FIND: rt::Op = rt::Op {
    id: "findPets",
    path: "/pets",
    params: &[
        rt::Param::query("limit"),
        rt::Param::query("tag"),
        rt::Param::header("X-Trace"),
        rt::Param::query("strict"),
        rt::Param::query("header"),
        rt::Param::query("since"),
        rt::Param::query("kind"),
        rt::Param::query("age"),
    ],
    ..rt::Op::BASE
};
static GET: rt::Op =
    rt::Op { id: "getPet", path: "/pets/{petId}", params: &[rt::Param::path("petId")], ..rt::Op::BASE };
static ADD: rt::Op = rt::Op {
    id: "addPet",
    method: "POST",
    path: "/pets",
    body: Some(rt::BodySpec::json(true)),
    security: &[&["key"], &["login"], &["o-auth"], &["head"], &["cookie"], &["bearer"], &["mt"]],
    ..rt::Op::BASE
};
static WATCH: rt::Op = rt::Op { id: "watchPets", path: "/watch", accept: "text/event-stream", ..rt::Op::BASE };
static LIST: rt::Op = rt::Op { id: "listPets", path: "/list", ..rt::Op::BASE };
static LIST_PAGES: rt::Paging = rt::Paging { items: "/pets", next: rt::Next::address("/next"), ..rt::Paging::BASE };
static PHOTO: rt::Op = rt::Op { id: "getPhoto", path: "/photo", accept: "image/png", ..rt::Op::BASE };

pub static TOOL: cli::Tool = cli::Tool {
    api: &API,
    about: "All about animals.",
    groups: &[
        cli::Group {
            name: "pets",
            entries: &[
                cli::Entry {
                    name: "find-pets",
                    about: "Find pets.",
                    params: &[
                        cli::Arg::integer::<i32>("limit", ""),
                        cli::Arg::text::<Vec<String>>("tag", "").many().values(&["small", "large"]),
                        cli::Arg::text::<String>("x-trace", "For the log."),
                        cli::Arg::boolean::<bool>("strict", ""),
                        cli::Arg::text::<String>("header", ""),
                        cli::Arg::date_time::<rt::DateTime>("since", ""),
                        cli::Arg::text::<Kind>("kind", "").values(&["cat", "dog"]),
                        cli::Arg::integer::<i32>("age", "").nullable().empty(),
                    ],
                    ..cli::Entry::new(&FIND, cli::json::<Vec<Pet>>)
                },
                cli::Entry {
                    name: "get-pet",
                    params: &[cli::Arg::integer::<i64>("pet-id", "")],
                    error: cli::error::<Pet>,
                    ..cli::Entry::new(&GET, cli::json::<Pet>)
                },
                cli::Entry {
                    name: "add-pet",
                    scopes: &[("o-auth", &["pets:read", "pets:write"])],
                    bodies: &[
                        cli::Body::json::<Pet>("application/json"),
                        cli::Body::value("application/x-www-form-urlencoded", |request, _, value| {
                            Ok(request.form(&[], &cli::model::<Pet>(value)?))
                        }),
                        cli::Body::parts("multipart/form-data", |request, media, value| {
                            Ok(request.multipart(media, &[], &cli::model::<rt::Map<rt::Part>>(value)?))
                        }),
                        cli::Body::lines::<Pet>("application/jsonl"),
                        cli::Body::sequence::<Pet>("application/json-seq"),
                        cli::Body::text("text/plain"),
                        cli::Body::bytes("image/png"),
                        cli::Body::bytes("video/*"),
                    ],
                    ..cli::Entry::new(&ADD, cli::none)
                },
            ],
        },
        cli::Group {
            name: "watch",
            entries: &[cli::Entry {
                name: "watch-pets",
                streams: true,
                ..cli::Entry::new(&WATCH, |request| cli::events::<Pet>(request, "text/event-stream"))
            }],
        },
        cli::Group {
            name: "media photos",
            entries: &[cli::Entry { name: "get-photo", ..cli::Entry::new(&PHOTO, cli::bytes) }],
        },
        cli::Group {
            name: "lists",
            entries: &[cli::Entry {
                name: "list-pets",
                all: Some(|request| cli::pages::<Pet>(request, &LIST_PAGES)),
                ..cli::Entry::new(&LIST, cli::json::<PetPage>)
            }],
        },
    ],
};

/// What a run left behind.
pub struct Ran {
    pub status: u8,
    pub output: String,
    pub errors: String,
    pub sent: Vec<Sent>,
}

impl Ran {
    /// The output as JSON.
    pub fn json(&self) -> rt::Value {
        self.output.parse().unwrap_or_else(|error| panic!("{error}: {}", self.output))
    }
}

#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Buffer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

/// Runs the program with these words, this environment and this standard input.
pub fn run_with(
    words: &[&str],
    variables: &[(&str, &str)],
    input: &str,
    answer: impl Fn(&Sent) -> HttpResponse + Send + Sync + 'static,
) -> Ran {
    let fake = FakeTransport::new(answer);
    let ran = run_over(words, variables, input, Some(Arc::new(fake.clone())));
    Ran { sent: fake.sent(), ..ran }
}

/// The same over a transport; without one over the default, to which nothing should come.
pub fn run_over(
    words: &[&str],
    variables: &[(&str, &str)],
    input: &str,
    transport: Option<Arc<dyn rt::Transport>>,
) -> Ran {
    let (output, errors) = (Buffer::default(), Buffer::default());
    let variables: Vec<(String, String)> =
        variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let world = cli::World {
        name: "zoo".to_owned(),
        args: words.iter().map(Into::into).collect(),
        variable: Box::new(move |name| {
            variables.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
        }),
        input: Box::new(std::io::Cursor::new(input.as_bytes().to_vec())),
        output: Box::new(output.clone()),
        errors: Arc::new(Mutex::new(errors.clone())),
        transport,
    };
    let status = cli::run(&[&TOOL], world);
    Ran { status, output: output.text(), errors: errors.text(), sent: Vec::new() }
}

/// Runs the program against a server that has one pet.
pub fn run(words: &[&str]) -> Ran {
    run_with(words, &[], "", |sent| match sent.path() {
        "/pets" if sent.method() == "POST" => HttpResponse::empty(204),
        "/pets" => HttpResponse::json(200, r#"[{"id":1,"name":"Rex"}]"#),
        "/pets/1" => HttpResponse::json(200, r#"{"name":"Rex","id":1,"color":"brown"}"#),
        "/pets/2" => HttpResponse::json(200, r#"{"id":"two"}"#),
        "/watch" => {
            let text = match sent.header("Last-Event-ID") {
                Some("1") => "id: 2\ndata: {\"id\":2}\n\n",
                _ => "id: 1\nevent: born\nretry: 1\ndata: {\"name\":\"Rex\",\"id\":1}\n\n",
            };
            HttpResponse::new(200, Default::default(), text.into()).with_header("content-type", "text/event-stream")
        }
        "/list" => match sent.query() {
            "" => HttpResponse::json(200, r#"{"next":"/list?at=2","pets":[{"name":"Rex","id":1}]}"#),
            "at=2" => HttpResponse::json(200, r#"{"next":"/list?at=3","pets":[]}"#),
            "at=3" => HttpResponse::json(200, r#"{"next":null,"pets":[{"id":2},{"id":3}]}"#),
            _ => HttpResponse::json(500, "{}"),
        },
        "/photo" => HttpResponse::new(200, Default::default(), vec![0x89, b'P', 0xff].into()),
        _ => HttpResponse::json(404, r#"{"id":404,"name":"no such pet"}"#),
    })
}
