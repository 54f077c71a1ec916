//! The three calls that seeding makes.

use std::time::Duration;

use netbox_core::Client;
use netbox_transport_ureq::UreqTransport;
use serde_json::{Value, json};

use super::refusal::Refusal;
use crate::server::Server;

/// A NetBox. Paths are those below `/api/`, such as `dcim/sites/`.
pub(super) trait Api {
    fn get(&self, path: &str) -> Result<Value, Refusal>;
    /// All objects at `endpoint`, with these of their fields.
    fn list(&self, endpoint: &str, fields: &str) -> Result<Vec<Value>, Refusal>;
    fn post(&self, path: &str, body: &Value) -> Result<Value, Refusal>;
    fn patch(&self, path: &str, body: &Value) -> Result<Value, Refusal>;
}

impl Api for Client<UreqTransport> {
    fn get(&self, path: &str) -> Result<Value, Refusal> {
        Ok(self.raw().get(path)?)
    }

    fn list(&self, endpoint: &str, fields: &str) -> Result<Vec<Value>, Refusal> {
        let objects = self.query_at(endpoint).param_unchecked("fields", fields).all()?;
        Ok(objects.iter().map(|object| json!(**object)).collect())
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value, Refusal> {
        Ok(self.raw().post(path, body)?)
    }

    fn patch(&self, path: &str, body: &Value) -> Result<Value, Refusal> {
        Ok(self.raw().patch(path, body)?)
    }
}

/// A client that waits long enough: a batch of devices brings thousands of components with it.
pub(super) fn connect(server: &Server) -> anyhow::Result<Client<UreqTransport>> {
    let transport = UreqTransport::builder().timeout(Duration::from_secs(300)).build()?;
    Ok(Client::builder(&server.url).token(&server.token).build(transport)?)
}
