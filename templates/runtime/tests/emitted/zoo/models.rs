//! The models of the zoo.

use clientsmith_runtime::codegen as rt;

/// A trigger.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trigger {
    /// Its id.
    pub id: Option<String>,
    /// Members that the spec does not describe, as received.
    pub extra: rt::Extra,
}

impl rt::Decode for Trigger {
    #[inline]
    fn decode(&mut self, r: &mut rt::Reader<'_>) -> Result<(), rt::Stop> {
        r.object(&mut [("id", rt::OPT, &mut self.id)], &mut self.extra)
    }
}

impl rt::Encode for Trigger {
    #[inline]
    fn encode(&self, w: &mut rt::Writer) {
        w.object(&[("id", rt::OPT, &self.id)], &self.extra)
    }
}

/// A page of triggers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TriggerListing {
    /// The triggers.
    pub entities: Option<Vec<Trigger>>,
    /// Members that the spec does not describe, as received.
    pub extra: rt::Extra,
}

impl rt::Decode for TriggerListing {
    #[inline]
    fn decode(&mut self, r: &mut rt::Reader<'_>) -> Result<(), rt::Stop> {
        r.object(&mut [("entities", rt::OPT, &mut self.entities)], &mut self.extra)
    }
}

/// A job.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Job {
    /// Its state.
    pub job_state: Option<String>,
    /// Members that the spec does not describe, as received.
    pub extra: rt::Extra,
}

impl rt::Decode for Job {
    #[inline]
    fn decode(&mut self, r: &mut rt::Reader<'_>) -> Result<(), rt::Stop> {
        r.object(&mut [("jobState", rt::OPT, &mut self.job_state)], &mut self.extra)
    }
}

/// What logs in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoginRequest {
    /// Who.
    pub login: String,
    /// The proof.
    pub key: rt::Secret,
    /// Members that the spec does not describe.
    pub extra: rt::Extra,
}

impl rt::Encode for LoginRequest {
    #[inline]
    fn encode(&self, w: &mut rt::Writer) {
        w.object(&[("login", rt::REQ, &self.login), ("key", rt::REQ, &self.key)], &self.extra)
    }
}
