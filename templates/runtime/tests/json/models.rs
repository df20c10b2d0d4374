//! Models as the generator emits them.

use crate::rt;

/// Every kind of field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trigger {
    pub id: Option<String>,
    pub name: String,
    pub note: rt::Maybe<String>,
    pub state: Option<State>,
    pub level: Option<Level>,
    pub size: Option<u32>,
    pub total: Option<i64>,
    pub ratio: Option<f64>,
    pub enabled: Option<bool>,
    pub created: Option<rt::DateTime>,
    pub tags: Option<Vec<String>>,
    pub labels: Option<rt::Map<String>>,
    pub anything: Option<rt::Value>,
    pub odd: Option<String>,
    pub owner: Option<Owner>,
    pub children: Option<Vec<Trigger>>,
    pub parent: Option<Box<Trigger>>,
    pub extra: rt::Extra,
}

impl rt::Decode for Trigger {
    #[inline]
    fn decode(&mut self, r: &mut rt::Reader<'_>) -> Result<(), rt::Stop> {
        r.object(
            &mut [
                ("id", rt::OPT, &mut self.id),
                ("name", rt::REQ, &mut self.name),
                ("note", rt::OPT, &mut self.note),
                ("state", rt::REQ, &mut self.state),
                ("level", rt::OPT, &mut self.level),
                ("size", rt::OPT, &mut self.size),
                ("total", rt::OPT, &mut self.total),
                ("ratio", rt::OPT, &mut self.ratio),
                ("enabled", rt::OPT, &mut self.enabled),
                ("created", rt::OPT, &mut self.created),
                ("tags", rt::OPT, &mut self.tags),
                ("labels", rt::OPT, &mut self.labels),
                ("anything", rt::OPT, &mut self.anything),
                ("Date/\"Time\" \\ é", rt::OPT, &mut self.odd),
                ("owner", rt::OPT, &mut self.owner),
                ("children", rt::OPT, &mut self.children),
                ("parent", rt::OPT, &mut self.parent),
            ],
            &mut self.extra,
        )
    }
}

impl rt::Encode for Trigger {
    #[inline]
    fn encode(&self, w: &mut rt::Writer) {
        w.object(
            &[
                ("id", rt::OPT, &self.id),
                ("name", rt::REQ, &self.name),
                ("note", rt::OPT, &self.note),
                ("state", rt::REQ, &self.state),
                ("level", rt::OPT, &self.level),
                ("size", rt::OPT, &self.size),
                ("total", rt::OPT, &self.total),
                ("ratio", rt::OPT, &self.ratio),
                ("enabled", rt::OPT, &self.enabled),
                ("created", rt::OPT, &self.created),
                ("tags", rt::OPT, &self.tags),
                ("labels", rt::OPT, &self.labels),
                ("anything", rt::OPT, &self.anything),
                ("Date/\"Time\" \\ é", rt::OPT, &self.odd),
                ("owner", rt::OPT, &self.owner),
                ("children", rt::OPT, &self.children),
                ("parent", rt::OPT, &self.parent),
            ],
            &self.extra,
        );
    }
}

/// A required struct inside another one, and members of one type beside named ones.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Owner {
    pub id: i64,
    pub home: Home,
    pub nick: Option<String>,
    pub extra: rt::Map<i64>,
}

impl rt::Decode for Owner {
    #[inline]
    fn decode(&mut self, r: &mut rt::Reader<'_>) -> Result<(), rt::Stop> {
        r.object(
            &mut [("id", rt::REQ, &mut self.id), ("home", rt::REQ, &mut self.home), ("nick", rt::OPT, &mut self.nick)],
            &mut self.extra,
        )
    }
}

impl rt::Encode for Owner {
    #[inline]
    fn encode(&self, w: &mut rt::Writer) {
        w.object(
            &[("id", rt::REQ, &self.id), ("home", rt::REQ, &self.home), ("nick", rt::OPT, &self.nick)],
            &self.extra,
        );
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Home {
    pub city: Option<String>,
    pub street: Option<String>,
    pub extra: rt::Extra,
}

impl rt::Decode for Home {
    #[inline]
    fn decode(&mut self, r: &mut rt::Reader<'_>) -> Result<(), rt::Stop> {
        r.object(&mut [("city", rt::OPT, &mut self.city), ("street", rt::OPT, &mut self.street)], &mut self.extra)
    }
}

impl rt::Encode for Home {
    #[inline]
    fn encode(&self, w: &mut rt::Writer) {
        w.object(&[("city", rt::OPT, &self.city), ("street", rt::OPT, &self.street)], &self.extra);
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum State {
    Active,
    NotActive,
    Ne,
    Unknown(String),
}

impl rt::TextEnum for State {
    const TABLE: &'static [(&'static str, Self)] =
        &[("active", Self::Active), ("not active", Self::NotActive), ("!=", Self::Ne)];

    fn unknown(text: String) -> Self {
        Self::Unknown(text)
    }

    fn as_unknown(&self) -> Option<&str> {
        match self {
            Self::Unknown(text) => Some(text),
            _ => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Level {
    Low,
    High,
    Auto,
    Off,
    Unknown(rt::Value),
}

impl rt::ValueEnum for Level {
    const TABLE: &'static [(&'static str, Self)] =
        &[("1", Self::Low), ("2.5", Self::High), ("\"auto\"", Self::Auto), ("false", Self::Off)];

    fn unknown(value: rt::Value) -> Self {
        Self::Unknown(value)
    }

    fn as_unknown(&self) -> Option<&rt::Value> {
        match self {
            Self::Unknown(value) => Some(value),
            _ => None,
        }
    }
}

rt::text_enums!(State);
rt::value_enums!(Level);
rt::models!(Trigger, Owner, Home);
