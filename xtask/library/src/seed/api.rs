//! The calls that seeding makes.

use std::{thread, time::Duration};

use netbox_core::{Blocking, Client, ErrorKind, Object, Record, bulk::Bulk, value::Choice};
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

/// A real NetBox.
pub(super) struct Netbox {
    client: Client<Blocking>,
    token: String,
}

impl Netbox {
    /// Waits long enough for each answer: a batch of devices brings thousands of components with it.
    pub(super) fn connect(server: Server) -> anyhow::Result<Self> {
        let transport = UreqTransport::builder().timeout(Duration::from_secs(300)).build()?;
        let client = Client::builder(&server.url).token(&server.token).build(transport)?;
        Ok(Self { client, token: server.token })
    }

    pub(super) fn version(&self) -> anyhow::Result<String> {
        Ok(self.client.status()?.netbox_version)
    }
}

impl Api for Netbox {
    fn me(&self) -> Result<Value, Refusal> {
        match self.client.raw().get("authentication-check/") {
            // Before 4.5, only the token itself shows its user.
            Err(error) if error.kind() == ErrorKind::NoEndpoint => {
                owner(&self.token, &self.list("users/tokens", "display,user")?)
            }
            me => Ok(me?),
        }
    }

    fn list(&self, endpoint: &str, fields: &str) -> Result<Vec<Value>, Refusal> {
        Ok(shown(self.client.query_at(endpoint).param_unchecked("fields", fields).all()?))
    }

    fn create(&self, endpoint: &str, bodies: &[Fields]) -> Result<Vec<Value>, Refusal> {
        send(self.client.create_many_at(endpoint, bodies))
    }

    fn update(&self, endpoint: &str, patches: &[(u64, Fields)]) -> Result<Vec<Value>, Refusal> {
        send(self.client.update_many_at(endpoint, patches.iter().map(|(id, fields)| (*id, fields))))
    }

    fn upload(&self, upload: &Upload<'_>) -> Result<(), Refusal> {
        match *upload {
            Upload::Script { file, content } => {
                self.client.upload_script(file, &String::from_utf8_lossy(content))?;
            }
            Upload::Image { endpoint, id, name, file, content } => {
                self.client.get_at(endpoint, id)?.attach_image(name, file, content)?;
            }
            Upload::Field { endpoint, id, field, file, content } => {
                self.client.get_at(endpoint, id)?.upload(field, file, content)?;
            }
        }
        Ok(())
    }

    fn sync(&self, source: u64) -> Result<(), Refusal> {
        let mut source = self.client.get_at("core/data-sources", source)?;
        source.sync()?;
        for _ in 0..PATIENCE.as_secs() {
            // The answer to `sync` shows the source as it was before.
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

/// The user of that token among `tokens`, of which NetBox shows the last characters or all of them.
fn owner(token: &str, tokens: &[Value]) -> Result<Value, Refusal> {
    let is_own = |shown: &&Value| {
        let end = shown["display"].as_str().unwrap_or_default().trim_start_matches('*');
        !end.is_empty() && token.ends_with(end)
    };
    let mut users: Vec<_> = tokens.iter().filter(is_own).map(|token| &token["user"]).collect();
    users.dedup();
    match *users {
        [user] => Ok(user.clone()),
        _ => Err(Refusal::because("whose token NETBOX_TOKEN is can't be told from `users/tokens`")),
    }
}

#[cfg(test)]
mod tests {
    use netbox_replay::loopback::{Answer, Loopback};

    use super::*;

    #[test]
    fn a_netbox_before_4_5_tells_the_user_by_the_token() {
        let server = Loopback::start(|request| {
            let page = r#"{"count": 1, "next": null, "results": [{"id": 1, "display": "**34567", "user": {"id": 9}}]}"#;
            let answer = match request.uri().path() {
                "/api/users/tokens/" => Answer::json(page),
                _ => Answer::new(404).body(r#"<html data-netbox-version="4.3.7">"#),
            };
            answer.header("API-Version", "4.3")
        });
        let me = |token: &str| {
            let server = Server { url: server.url().to_owned(), token: token.to_owned() };
            Netbox::connect(server).unwrap().me()
        };
        assert_eq!(me("1234567").unwrap()["id"], 9);
        assert!(me("7654321").unwrap_err().reason.contains("can't be told from `users/tokens`"));
    }

    #[test]
    fn a_token_tells_its_user_by_its_end() {
        let token = |display: &str, user: u64| json!({"display": display, "user": {"id": user}});
        let tokens =
            [token("*****234567", 1), token("*****234568", 2), token("0123456789abcdef", 3), token("", 4)];
        let owner = |own| owner(own, &tokens).ok().map(|user| user["id"].clone());
        assert_eq!(owner("0123234568"), Some(json!(2)));
        assert_eq!(owner("0123456789abcdef"), Some(json!(3)));
        assert_eq!(owner("0123456789"), None);
        let twice = [token("**67", 1), token("*67", 1)];
        assert_eq!(super::owner("1234567", &twice).unwrap()["id"], 1);
        let other = [token("**67", 1), token("**67", 2)];
        assert!(super::owner("1234567", &other).is_err());
    }
}
