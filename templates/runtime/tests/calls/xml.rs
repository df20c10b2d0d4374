//! XML bodies: the specification's examples, both ways, and what has no form.

use crate::api::Client;
use clientsmith_runtime::codegen::{
    BodySpec, ErrorKind, Op, Value, XmlContent, XmlNode, XmlReply, incoming, json, none,
};
use clientsmith_runtime::http::{FakeTransport, Headers, HttpResponse};
use clientsmith_runtime::xml::{read, write};

use XmlContent::{Any, Bool, List, Number, Object, Text};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;

/// That a value is written as this text, and read back as itself.
#[track_caller]
fn both(root: &XmlNode, value: &str, text: &str) {
    let value: Value = value.parse().unwrap();
    assert_eq!(write(root, &value).unwrap(), format!("{HEAD}{text}"));
    assert_eq!(read(root, text.as_bytes()).unwrap(), value);
}

#[track_caller]
fn reads(root: &XmlNode, text: &str, value: &str) {
    assert_eq!(read(root, text.as_bytes()).unwrap(), value.parse().unwrap());
}

static ANIMAL: XmlContent = List(&XmlNode::element("", "animal", &Text));

/// OpenAPI 3.2, XML Arrays.
#[test]
fn lists() {
    let value = r#"{"animals":["dog","cat"]}"#;
    static INLINE: XmlContent = Object(&[XmlNode::inline("animals", &ANIMAL)], None);
    both(
        &XmlNode::element("", "document", &INLINE),
        value,
        "<document><animal>dog</animal><animal>cat</animal></document>",
    );
    static WRAPPED: XmlContent = Object(&[XmlNode::element("animals", "aliens", &ANIMAL)], None);
    let wrapped = XmlNode::element("", "document", &WRAPPED);
    both(&wrapped, value, "<document><aliens><animal>dog</animal><animal>cat</animal></aliens></document>");
    both(&wrapped, r#"{"animals":[]}"#, "<document><aliens/></document>");
    reads(&wrapped, "<document/>", "{}");
    let root = XmlNode::element("", "animals", &ANIMAL);
    both(&root, r#"["dog"]"#, "<animals><animal>dog</animal></animals>");
    // A list that must be there is there, though nothing stands for it.
    static REQUIRED: XmlContent = Object(&[XmlNode::inline("animals", &ANIMAL).required()], None);
    both(&XmlNode::element("", "document", &REQUIRED), r#"{"animals":[]}"#, "<document/>");
    // What a description calls unwrapped and a server wraps.
    reads(
        &XmlNode::element("", "document", &INLINE),
        "<document><animal><string>dog</string><string>cat</string></animal></document>",
        value,
    );
}

/// OpenAPI 3.2, XML Attribute, Prefix and Namespace, and Elements With Attributes And Text.
#[test]
fn attributes_text_and_namespaces() {
    static PERSON: XmlContent = Object(
        &[
            XmlNode::attribute("id", "id", &Number),
            XmlNode::element("name", "name", &Text).space("sample", "https://example.com/schema/sample"),
        ],
        None,
    );
    both(
        &XmlNode::element("", "Person", &PERSON),
        r#"{"id":123,"name":"example"}"#,
        "<Person xmlns:sample=\"https://example.com/schema/sample\" id=\"123\"><sample:name>example</sample:name></Person>",
    );
    static KIND: XmlContent = Object(&[XmlNode::attribute("kind", "kind", &Text), XmlNode::text("name", &Text)], None);
    both(
        &XmlNode::element("", "animal", &KIND),
        r#"{"kind":"Cat","name":"Fluffy"}"#,
        r#"<animal kind="Cat">Fluffy</animal>"#,
    );
    static DOCS: XmlContent = Object(&[XmlNode::cdata("content", &Text)], None);
    both(
        &XmlNode::element("", "docs", &DOCS),
        r#"{"content":"<b>]]></b>"}"#,
        "<docs><![CDATA[<b>]]]]><![CDATA[></b>]]></docs>",
    );
    // Two members of one name are told apart by their prefixes.
    static TWO: XmlContent =
        Object(&[XmlNode::element("a", "x", &Text), XmlNode::element("b", "x", &Text).space("p", "urn:p")], None);
    both(&XmlNode::element("", "r", &TWO), r#"{"a":"1","b":"2"}"#, r#"<r xmlns:p="urn:p"><x>1</x><p:x>2</p:x></r>"#);
    reads(&XmlNode::element("", "r", &TWO), r#"<r xmlns:p="urn:p"><p:x>2</p:x><x>1</x></r>"#, r#"{"a":"1","b":"2"}"#);
    let unnamed = XmlNode::element("", "r", &DOCS).space("", "urn:default");
    assert_eq!(
        write(&unnamed, &Value::object([("content", "x")])).unwrap(),
        format!("{HEAD}<r xmlns=\"urn:default\"><![CDATA[x]]></r>")
    );
}

/// XML Namespaces 1.0, section 6.1: a declaration holds inside of its element, unless one in there says otherwise.
#[test]
fn one_prefix_for_two_namespaces() {
    static INNER: XmlContent = Object(
        &[
            XmlNode::attribute("id", "id", &Text).space("p", "urn:b"),
            XmlNode::element("own", "own", &Text).space("p", "urn:b"),
            XmlNode::element("outer", "outer", &Text).space("p", "urn:a"),
        ],
        None,
    );
    static ALL: XmlContent = Object(
        &[
            XmlNode::element("first", "first", &Text).space("p", "urn:a"),
            XmlNode::element("inner", "inner", &INNER).space("p", "urn:b"),
            XmlNode::element("plain", "plain", &INNER),
            XmlNode::element("last", "last", &Text).space("p", "urn:a"),
        ],
        None,
    );
    let inner = r#"<p:own>2</p:own><p:outer xmlns:p="urn:a">3</p:outer>"#;
    both(
        &XmlNode::element("", "r", &ALL),
        r#"{"first":"1","inner":{"id":"i","own":"2","outer":"3"},"plain":{"id":"i","own":"2","outer":"3"},"last":"4"}"#,
        &format!(
            r#"<r xmlns:p="urn:a"><p:first>1</p:first><p:inner xmlns:p="urn:b" p:id="i">{inner}</p:inner><plain xmlns:p="urn:b" p:id="i">{inner}</plain><p:last>4</p:last></r>"#
        ),
    );
    // One tag cannot hold both.
    let torn = XmlNode::element("", "r", &INNER).space("p", "urn:a");
    let error = write(&torn, &Value::object([("id", "i")])).unwrap_err();
    assert_eq!(error.to_string(), "the prefix `p` stands for two namespaces in one tag");
}

/// OpenAPI 3.2, Handling `null` Values.
#[test]
fn nulls() {
    static PRODUCT: XmlContent = Object(
        &[
            XmlNode::attribute("count", "count", &Number),
            XmlNode::element("description", "description", &Text),
            XmlNode::element("related", "related", &Any),
        ],
        None,
    );
    let root = XmlNode::element("", "product", &PRODUCT);
    let value: Value = r#"{"count":null,"description":"Thing","related":null}"#.parse().unwrap();
    let text = r#"<product xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><description>Thing</description><related xsi:nil="true"/></product>"#;
    assert_eq!(write(&root, &value).unwrap(), format!("{HEAD}{text}"));
    reads(&root, text, r#"{"description":"Thing","related":null}"#);
}

#[test]
fn types_and_what_no_table_knows() {
    static ALL: XmlContent = Object(
        &[
            XmlNode::element("n", "n", &Number),
            XmlNode::element("b", "b", &Bool),
            XmlNode::element("t", "t", &Text),
            XmlNode::attribute("list", "list", &List(&XmlNode::element("", "item", &Number))),
        ],
        None,
    );
    let root = XmlNode::element("", "r", &ALL);
    both(
        &root,
        r#"{"n":1.50,"b":true,"t":"007","list":[1,2]}"#,
        r#"<r list="1 2"><n>1.50</n><b>true</b><t>007</t></r>"#,
    );
    reads(
        &root,
        "<r><n> 12345678901234567890 </n><b>0</b><t> x </t></r>",
        r#"{"n":12345678901234567890,"b":false,"t":" x "}"#,
    );
    // A text where a number is meant is for the model to refuse.
    reads(&root, "<r><n>many</n><b/></r>", r#"{"n":"many","b":null}"#);
    reads(
        &root,
        r#"<r x="1"><more a="1"><c>2</c><c>3</c>text</more><more>4</more></r>"#,
        r##"{"x":"1","more":[{"a":"1","c":["2","3"],"#text":"text"},"4"]}"##,
    );
    let free: Value = r#"{"t":"x","more":{"a":[1,{"b":"<"}]}}"#.parse().unwrap();
    let text = "<r><t>x</t><more><a>1</a><a><b>&lt;</b></a></more></r>";
    assert_eq!(write(&root, &free).unwrap(), format!("{HEAD}{text}"));
    // `additionalProperties`: names of the value's own.
    static MAP: XmlContent = Object(&[], Some(&XmlNode::element("", "", &Number)));
    both(&XmlNode::element("", "m", &MAP), r#"{"Color":1,"Count":2}"#, "<m><Color>1</Color><Count>2</Count></m>");
}

#[test]
fn texts_are_what_they_were() {
    static ONE: XmlContent = Object(&[XmlNode::attribute("a", "a", &Text), XmlNode::text("t", &Text)], None);
    both(
        &XmlNode::element("", "r", &ONE),
        r#"{"a":"<&>\"'\n\t\r","t":"<&>\"'\r\n]]>ü"}"#,
        "<r a=\"&lt;&amp;&gt;&quot;&apos;&#10;&#9;&#13;\">&lt;&amp;&gt;&quot;&apos;&#13;\n]]&gt;ü</r>",
    );
    reads(
        &XmlNode::element("", "r", &ONE),
        "\u{feff}<?xml version='1.0'?><!--c--><r><![CDATA[<]]>&#x41;&amp;<!--c--></r>",
        r#"{"t":"<A&"}"#,
    );
}

#[test]
fn what_is_no_xml() {
    static ONE: XmlContent = Object(&[XmlNode::element("t", "t", &Text)], None);
    let root = XmlNode::element("", "r", &ONE);
    for (text, message) in [
        (&b"<r>"[..], "the XML ends before its root element does"),
        (b"", "the XML ends before its root element does"),
        (b"{}", "the XML has text outside of its root element"),
        (b"<r/><r/>", "the XML has two root elements"),
        (b"<r>\xff</r>", "expected XML in UTF-8, found a byte that is none at byte 3"),
        // Nothing that a document declares grows.
        (b"<!DOCTYPE r [<!ENTITY a \"b\">]><r>&a;</r>", "the XML refers to the entity `a`, which is not known"),
    ] {
        assert_eq!(read(&root, text).unwrap_err().to_string(), message);
    }
    assert!(read(&root, b"<r></s>").unwrap_err().to_string().starts_with("the text is no XML: "));
    let deep = "<a>".repeat(100_000);
    assert_eq!(read(&root, deep.as_bytes()).unwrap_err().to_string(), "the XML is nested deeper than 256 elements");
    for (value, message) in [
        (r#"{"t":"\u0001"}"#, "a text holds `\\u{1}`, which XML cannot"),
        (r#"{"a b":1}"#, "`a b` cannot be a name in XML"),
        (r#"{"a><b":1}"#, "`a><b` cannot be a name in XML"),
        (r#"{"":1}"#, "`` cannot be a name in XML"),
    ] {
        assert_eq!(write(&root, &value.parse().unwrap()).unwrap_err().to_string(), message);
    }
}

static PET: XmlContent =
    Object(&[XmlNode::element("id", "id", &Number), XmlNode::element("name", "name", &Text)], None);
static ROOT: XmlNode = XmlNode::element("", "Pet", &PET);
static PUT_PET: Op = Op {
    id: "putPet",
    method: "PUT",
    path: "/pets",
    body: Some(BodySpec::new("application/xml", true)),
    xml: &[XmlReply::new(200, 299, &ROOT), XmlReply::new(400, 599, &XmlNode::element("", "Problem", &PROBLEM))],
    ..Op::BASE
};
static PROBLEM: XmlContent =
    Object(&[XmlNode::attribute("code", "code", &Text), XmlNode::element("message", "message", &Text)], None);

fn answer(status: u16, media: &str, text: &str) -> HttpResponse {
    let mut headers = Headers::new();
    headers.receive("content-type", media.as_bytes());
    HttpResponse::new(status, headers, text.into())
}

#[tokio::test]
async fn a_call_in_xml() {
    use crate::api::models::{Pet, Problem};

    let fake = FakeTransport::new(|sent| match sent.text().contains("Rex") {
        true => answer(200, "application/xml; charset=utf-8", "<Pet><name>Rex</name><id>7</id></Pet>"),
        false => answer(404, "text/xml", r#"<Problem code="gone"><message>no pet</message></Problem>"#),
    });
    let client = Client::builder().transport(fake.clone()).build().unwrap();
    let rex = Pet { id: 7, name: Some("Rex".to_owned()), ..Default::default() };
    let request = || client.core.request(&PUT_PET);
    let pet = request().xml("application/xml", &ROOT, &rex).call(json::<Pet>).await.unwrap();
    assert_eq!(*pet.body(), rex);
    let sent = fake.sent().remove(0);
    assert_eq!(sent.header("content-type"), Some("application/xml"));
    assert_eq!(sent.text(), format!("{HEAD}<Pet><id>7</id><name>Rex</name></Pet>"));
    // The body of an error is typed as well, and stays what it was.
    let error = request().xml("application/xml", &ROOT, &Pet::default()).call(json::<Pet>).await.unwrap_err();
    let problem: Problem = error.typed().unwrap();
    assert_eq!((problem.code.as_deref(), problem.message.as_deref()), (Some("gone"), Some("no pet")));
    // What cannot be written is not sent.
    let odd = Pet { name: Some("\u{1}".to_owned()), ..rex };
    let error = request().xml("application/xml", &ROOT, &odd).call(none).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "putPet: not sent: the body cannot be written: a text holds `\\u{1}`, which XML cannot"
    );
    assert_eq!(fake.sent().len(), 2);
}

#[tokio::test]
async fn an_answer_that_is_no_xml() {
    let fake = FakeTransport::new(|_| answer(200, "application/xml", "<Pet>"));
    let client = Client::builder().transport(fake).build().unwrap();
    let request = client.core.request(&PUT_PET).xml("application/xml", &ROOT, &Value::object([("id", 1)]));
    let error = request.call(json::<Value>).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(
        error.to_string(),
        "putPet: the answer (200 OK) could not be decoded: the XML ends before its root element does"
    );
}

#[test]
fn a_request_that_comes_in() {
    static NOTE: XmlContent = Object(&[XmlNode::attribute("id", "id", &Number)], None);
    static ROOT: XmlNode = XmlNode::element("", "note", &NOTE);
    static HOOK: Op = Op { id: "note", xml: &[XmlReply::request(&ROOT)], ..Op::HOOK };
    let read = |media: &str, body: &str| {
        let headers: Headers = [("content-type", media)].into_iter().collect();
        incoming::<Value>(&HOOK, &headers, body.as_bytes(), json)
    };
    assert_eq!(read("application/xml; charset=utf-8", "<note id='1'/>").unwrap().to_string(), r#"{"id":1}"#);
    // One that can be JSON too comes as what its type says.
    assert_eq!(read("application/json", r#"{"id":2}"#).unwrap().to_string(), r#"{"id":2}"#);
    let error = read("text/xml", "<note").unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Decode, None));
    assert!(error.to_string().starts_with("note: the request could not be decoded: "), "{error}");
}
