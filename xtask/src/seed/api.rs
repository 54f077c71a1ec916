//! The calls that seeding makes.

use std::{thread, time::Duration};

use netbox_core::{Blocking, Bulk, Choice, Client, Object, Record};
use netbox_transport_ureq::UreqTransport;
use serde_json::{Value, json};

use super::{refusal::Refusal, rule::Fields};
use crate::server::Server;

/// A NetBox. Endpoints are paths below `/api/`, such as `dcim/sites`.
pub(super) trait Api {
    /// The user whose token is used.
    fn me(&self) -> Result<Value, Refusal>;
    /// All objects at `endpoint`, with these of their fields.
    fn list(&self, endpoint: &str, fields: &str) -> Result<Vec<Value>, Refusal>;
    fn create(&self, endpoint: &str, bodies: &[Fields]) -> Result<Vec<Value>, Refusal>;
    fn update(&self, endpoint: &str, patches: &[(u64, Fields)]) -> Result<Vec<Value>, Refusal>;
    fn upload(&self, upload: &Upload<'_>) -> Result<(), Refusal>;
    /// Has a data source read, and waits for that.
    fn sync(&self, source: u64) -> Result<(), Refusal>;
}

/// A file that makes an object, or a field of one.
#[derive(Debug)]
pub(super) enum Upload<'a> {
    Script {
        file: &'a str,
        content: &'a [u8],
    },
    /// An image of the object with that id.
    Image {
        endpoint: &'a str,
        id: u64,
        name: &'a str,
        file: &'a str,
        content: &'a [u8],
    },
    /// A file in a field of the object with that id.
    Field {
        endpoint: &'a str,
        id: u64,
        field: &'a str,
        file: &'a str,
        content: &'a [u8],
    },
}

/// How long a data source may wait to be read: behind a job for each object that was written before.
const PATIENCE: Duration = Duration::from_secs(1200);

impl Api for Client<Blocking> {
    fn me(&self) -> Result<Value, Refusal> {
        Ok(self.raw().get("authentication-check/")?)
    }

    fn list(&self, endpoint: &str, fields: &str) -> Result<Vec<Value>, Refusal> {
        Ok(shown(self.query_at(endpoint).param_unchecked("fields", fields).all()?))
    }

    fn create(&self, endpoint: &str, bodies: &[Fields]) -> Result<Vec<Value>, Refusal> {
        send(self.create_many_at(endpoint, bodies))
    }

    fn update(&self, endpoint: &str, patches: &[(u64, Fields)]) -> Result<Vec<Value>, Refusal> {
        send(self.update_many_at(endpoint, patches.iter().map(|(id, fields)| (*id, fields))))
    }

    fn upload(&self, upload: &Upload<'_>) -> Result<(), Refusal> {
        match *upload {
            Upload::Script { file, content } => {
                self.upload_script(file, &String::from_utf8_lossy(content))?;
            }
            Upload::Image { endpoint, id, name, file, content } => {
                self.get_at(endpoint, id)?.attach_image(name, file, content)?;
            }
            Upload::Field { endpoint, id, field, file, content } => {
                self.get_at(endpoint, id)?.upload(field, file, content)?;
            }
        }
        Ok(())
    }

    fn sync(&self, source: u64) -> Result<(), Refusal> {
        let mut source = self.get_at("core/data-sources", source)?;
        source.sync()?;
        for _ in 0..PATIENCE.as_secs() {
            // What `sync` answers with is how it was before.
            source.refresh()?;
            let status: Choice = source.get("status")?;
            match status.as_str() {
                "completed" => return Ok(()),
                "failed" => return Err(Refusal::because("NetBox could not read it: core/jobs tells why")),
                _ => thread::sleep(Duration::from_secs(1)),
            }
        }
        Err(Refusal::because("NetBox has not read it yet: is its worker running?"))
    }
}

/// Sends what was cut to size before.
fn send(bulk: Bulk<'_, Record<Object, Blocking>, Blocking>) -> Result<Vec<Value>, Refusal> {
    Ok(shown(bulk.batch_size(usize::MAX).send()?))
}

fn shown(objects: Vec<Record<Object, Blocking>>) -> Vec<Value> {
    objects.iter().map(|object| json!(**object)).collect()
}

/// A client that waits long enough: a batch of devices brings thousands of components with it.
pub(super) fn connect(server: &Server) -> anyhow::Result<Client<Blocking>> {
    let transport = UreqTransport::builder().timeout(Duration::from_secs(300)).build()?;
    Ok(Client::builder(&server.url).token(&server.token).build(transport)?)
}
