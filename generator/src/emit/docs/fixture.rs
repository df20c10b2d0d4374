//! A small API with one of everything, and hostile prose, for the tests of the emitters.

use crate::diag::Sink;
use crate::ir::*;
use crate::plan::{Plan, plan};
use crate::settings::Config;

/// Prose that tries to break out of whatever it stands in.
pub(crate) const HOSTILE: &str =
    "A | b `c` <script>x</script> [d](javascript:e) ]] **\n# Head\n```sh\nrm\n```\n~~~\n</td> --> \"\"\" \\";

pub(crate) fn doc(summary: &str, description: &str) -> Doc {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Doc { summary: text(summary), description: text(description), link: None, deprecated: false }
}

fn json(shape: Shape) -> Media {
    Media {
        name: "application/json".into(),
        codec: Codec::Json,
        shape,
        item: None,
        parts: Vec::new(),
        order: None,
        xml: None,
        examples: Vec::new(),
    }
}

fn reply(code: u16, media: Vec<Media>) -> Reply {
    Reply {
        status: Status::Code(code),
        media,
        headers: Vec::new(),
        doc: doc("", &format!("Answer {code}.")),
        origin: Origin::default(),
    }
}

fn field(wire: &str, shape: Shape, presence: Presence) -> Field {
    Field {
        wire: wire.into(),
        name: None,
        fixed: None,
        conditional: false,
        shape,
        presence,
        access: Access::Both,
        doc: doc("", &format!("The {wire}.")),
        notes: Vec::new(),
        origin: Origin::default(),
    }
}

fn text() -> Shape {
    Shape::Text(TextFormat::Plain)
}

fn define(api: &mut Api, name: &str, kind: TypeKind) -> TypeId {
    api.types.push(TypeDef {
        hint: NameHint::named(name),
        component: true,
        kind,
        doc: doc("", &format!("A {name}.")),
        notes: Vec::new(),
        examples: Vec::new(),
        origin: Origin::default(),
    })
}

fn structure(fields: Vec<Field>) -> TypeKind {
    TypeKind::Struct(Struct { fields, rest: Rest::Open, ..Struct::default() })
}

fn param(wire: &str, place: Place, shape: Shape, required: bool) -> Param {
    Param {
        wire: wire.into(),
        name: None,
        place,
        shape,
        required,
        nullable: false,
        empty: false,
        content: None,
        joined: None,
        doc: doc("", &format!("The {wire}.")),
        notes: Vec::new(),
        example: None,
        origin: Origin::default(),
    }
}

fn operation(id: &str, method: &str, path: &str, tag: TagId, ok: Vec<Reply>) -> Operation {
    Operation {
        id: id.into(),
        given: Some(id.into()),
        place: format!("{method} {path}"),
        hint: NameHint::named(id),
        method: method.into(),
        path: path.into(),
        tag,
        params: Vec::new(),
        body: None,
        replies: Replies { ok, err: Vec::new(), fallback: None },
        security: vec![vec![Need { scheme: "key".into(), scopes: Vec::new() }]],
        servers: Vec::new(),
        paging: None,
        polling: None,
        login: None,
        permissions: None,
        doc: doc(&format!("Does {id}."), ""),
        origin: Origin::default(),
    }
}

fn body(media: Vec<Media>, required: bool) -> Option<Body> {
    Some(Body { required, media, doc: doc("", "What to do."), origin: Origin::default() })
}

/// The API, called `pet-shop`.
pub(crate) fn api() -> Api {
    let mut api = Api { name: "pet-shop".into(), ..Api::default() };
    api.info = Info {
        title: "Pet | Shop <b>".into(),
        version: "1.2".into(),
        doc: doc("", "Buys and sells pets."),
        notes: Vec::new(),
    };
    api.servers = vec![Server {
        name: None,
        url: "https://{region}.pets.example/v1".into(),
        description: Some("Live | now".into()),
        variables: vec![ServerVariable {
            name: "region".into(),
            default: "eu".into(),
            values: vec!["eu".into(), "us".into()],
            description: None,
        }],
    }];
    let scheme = |name: &str, kind| Scheme {
        name: name.into(),
        kind,
        doc: doc("", "Shown once."),
        jwt: None,
        origin: Origin::default(),
    };
    let flow = Flow {
        kind: FlowKind::ClientCredentials,
        token_url: Some("https://login.example/token".into()),
        authorization_url: None,
        refresh_url: None,
        device_url: None,
        scopes: vec![("pets:read".into(), "Read | pets".into())],
    };
    api.schemes = vec![
        scheme("key", SchemeKind::ApiKey { place: KeyPlace::Header, name: "X-Key".into() }),
        scheme("My OAuth", SchemeKind::OAuth2(vec![flow])),
        Scheme {
            jwt: Some(Jwt {
                algorithm: "HS256".into(),
                claims: vec![("appId".into(), "the app's id".into()), ("iat".into(), "now".into())],
                key: Some("the app's secret".into()),
            }),
            ..scheme("signed", SchemeKind::Bearer { format: Some("JWT".into()) })
        },
    ];
    let pets = api.tags.push(Tag { name: "pets".into(), doc: doc("", "All about pets."), ..Tag::default() });
    let jobs = api.tags.push(Tag { name: "a|b [c](d)".into(), ..Tag::default() });

    let value = |wire: &str| EnumValue { wire: wire.into(), name: None, doc: doc("", &format!("Means {wire}.")) };
    let kind = define(
        &mut api,
        "Kind",
        TypeKind::Enum(Enum {
            values: vec![value("cat"), value("a|b"), value("`=`"), value("")],
            text: true,
            open: false,
        }),
    );
    let pet = define(
        &mut api,
        "Pet",
        structure(vec![
            Field {
                notes: vec!["at least 1 character".into(), "matches the pattern `a|b`".into()],
                ..field("id", text(), Presence::Required)
            },
            field("type", Shape::Named(kind), Presence::Required),
            field("Date/Time", Shape::Text(TextFormat::DateTime).nullable(), Presence::Optional),
            Field {
                access: Access::ReadOnly,
                doc: doc("", HOSTILE),
                ..field("a|b`c", Shape::List(Box::new(text())), Presence::Optional)
            },
        ]),
    );
    api.types[pet].doc = doc("", HOSTILE);
    api.types[pet].examples = vec![r#"{"id":"1","type":"cat","n":1.0}"#.into()];
    let page = define(
        &mut api,
        "Page",
        structure(vec![
            field("items", Shape::List(Box::new(Shape::Named(pet))), Presence::Required),
            field("next", text(), Presence::Optional),
        ]),
    );
    let problem = define(&mut api, "Problem", structure(vec![field("message", text(), Presence::Optional)]));
    let job = define(
        &mut api,
        "Job",
        structure(vec![field("id", text(), Presence::Required), field("state", text(), Presence::Required)]),
    );
    let login = define(
        &mut api,
        "LogIn",
        structure(vec![
            field("user", text(), Presence::Required),
            field("key", Shape::Text(TextFormat::Password), Presence::Required),
        ]),
    );
    let variant = |name: &str, shape, tags: &[&str], keys: &[&str]| Variant {
        hint: NameHint::named(name),
        shape,
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        keys: keys.iter().map(|key| (*key).to_owned()).collect(),
        fallback: false,
        consts: Vec::new(),
        doc: Doc::default(),
    };
    let either = define(
        &mut api,
        "Either",
        TypeKind::Union(Union {
            variants: vec![
                variant("Pet", Shape::Named(pet), &["pet", "p|q"], &["id"]),
                variant("Job", Shape::Named(job), &["job"], &["state"]),
            ],
            pick: Pick::Tag { property: "what".into() },
        }),
    );
    let maybe = define(&mut api, "MaybePet", TypeKind::Alias(Shape::Named(pet).nullable()));

    let mut get = operation(
        "getPet",
        "GET",
        "/pets/{petId}",
        pets,
        vec![Reply { headers: vec![header("X-Rate|Limit")], ..reply(200, vec![json(Shape::Named(maybe))]) }],
    );
    get.params = vec![
        param("petId", Place::Path(PathStyle::Simple, false, false), text(), true),
        Param {
            example: Some("\"cat\"".into()),
            notes: vec!["default `cat`".into()],
            ..param(
                "expand",
                Place::Query(QueryStyle::Form, false, false),
                Shape::List(Box::new(Shape::Named(kind))),
                false,
            )
        },
    ];
    get.permissions = Some(Permissions {
        any: vec!["pets:view".into(), "pets:edit".into()],
        all: Vec::new(),
        note: Some("Ask | the owner.".into()),
    });
    get.replies.err = vec![reply(404, vec![json(Shape::Named(problem))])];
    get.doc = doc("Gets a pet.", HOSTILE);
    api.ops.push(get);

    let mut find = operation("findPets", "GET", "/pets", pets, vec![reply(200, vec![json(Shape::Named(page))])]);
    find.params = vec![param("cursor", Place::Query(QueryStyle::Form, true, false), text(), false)];
    find.paging = Some(Paging {
        items: "/items".into(),
        origin: Origin::default(),
        next: Next::Value { set: Target::Param(0), from: "/next".into() },
        more: None,
        until: Vec::new(),
        pages: None,
    });
    api.ops.push(find);

    let mut make = operation(
        "makePet",
        "POST",
        "/pets",
        pets,
        vec![
            reply(201, vec![json(Shape::Named(pet))]),
            reply(202, vec![json(Shape::Named(job))]),
            reply(204, Vec::new()),
        ],
    );
    let xml = Media { name: "text/plain".into(), codec: Codec::Text, ..json(text()) };
    let example =
        Media { examples: vec![("one".into(), r#"{"id":"7","type":"cat"}"#.into())], ..json(Shape::Named(pet)) };
    make.body = body(vec![example, xml], true);
    make.replies.err = vec![reply(400, vec![json(Shape::Named(problem))]), reply(409, vec![json(Shape::Named(pet))])];
    make.replies.fallback = Some(Reply { status: Status::Any, ..reply(0, Vec::new()) });
    api.ops.push(make);

    let state = api.ops.push(Operation {
        params: vec![param("id", Place::Path(PathStyle::Simple, false, false), text(), true)],
        ..operation("getJob", "GET", "/jobs/{id}", jobs, vec![reply(200, vec![json(Shape::Named(either))])])
    });
    let mut start = operation("startJob", "POST", "/jobs", jobs, vec![reply(200, vec![json(Shape::Named(job))])]);
    start.polling = Some(Polling {
        operation: state,
        parameters: vec![(0, "/id".into())],
        state: "/state".into(),
        done: vec!["Done".into()],
        failed: vec!["Failed".into(), "Lost".into()],
    });
    start.security = vec![vec![Need { scheme: "My OAuth".into(), scopes: vec!["pets:read".into()] }], Vec::new()];
    api.ops.push(start);

    let mut log_in = operation("errors", "POST", "/login", jobs, vec![reply(200, vec![json(Shape::Named(job))])]);
    log_in.body = body(vec![json(Shape::Named(login))], true);
    log_in.login = Some(Login { provides: vec![("key".into(), "/id".into())] });
    log_in.security = Vec::new();
    log_in.doc.deprecated = true;
    api.ops.push(log_in);
    api.operations_in_spec = api.ops.len();
    api
}

fn header(wire: &str) -> Header {
    Header {
        wire: wire.into(),
        shape: Shape::Int(IntKind::I64),
        required: false,
        json: false,
        joined: None,
        doc: doc("", "How many."),
    }
}

/// The plan for some APIs.
pub(crate) fn planned(apis: &[Api], config: &Config) -> Plan {
    let sinks: Vec<Sink> = apis.iter().map(|_| Sink::default()).collect();
    plan(apis, config, &sinks.iter().collect::<Vec<_>>())
}
