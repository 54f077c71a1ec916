//! The three calls that seeding makes.

use std::time::Duration;

use serde_json::Value;
use ureq::{Agent, http::Response};

use super::refusal::Refusal;

/// A NetBox. Paths are those below `/api/`, such as `dcim/sites/`.
pub(super) trait Api {
    fn get(&self, path: &str, query: &[(&str, &str)]) -> Result<Value, Refusal>;
    fn post(&self, path: &str, body: &Value) -> Result<Value, Refusal>;
    fn patch(&self, path: &str, body: &Value) -> Result<Value, Refusal>;
}

/// A NetBox somewhere in the network.
pub(super) struct Server {
    agent: Agent,
    base: String,
    authorization: String,
}

impl Server {
    pub(super) fn new(url: &str, token: &str) -> Server {
        let keyword = if token.starts_with("nbt_") { "Bearer" } else { "Token" };
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            // gunicorn hangs up after 2 s, and a POST must not be repeated.
            .max_idle_age(Duration::from_secs(1))
            // A batch of devices brings thousands of components with it.
            .timeout_global(Some(Duration::from_secs(300)))
            .build();
        Server {
            agent: agent.into(),
            base: format!("{}/api/", url.trim_end_matches('/')),
            authorization: format!("{keyword} {token}"),
        }
    }
}

impl Api for Server {
    fn get(&self, path: &str, query: &[(&str, &str)]) -> Result<Value, Refusal> {
        let request = self.agent.get(self.base.clone() + path).query_pairs(query.iter().copied());
        read(request.header("Authorization", &self.authorization).call())
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value, Refusal> {
        let request = self.agent.post(self.base.clone() + path).content_type("application/json");
        read(request.header("Authorization", &self.authorization).send(body.to_string()))
    }

    fn patch(&self, path: &str, body: &Value) -> Result<Value, Refusal> {
        let request = self.agent.patch(self.base.clone() + path).content_type("application/json");
        read(request.header("Authorization", &self.authorization).send(body.to_string()))
    }
}

fn read(response: Result<Response<ureq::Body>, ureq::Error>) -> Result<Value, Refusal> {
    let mut response = response.map_err(Refusal::new)?;
    let body = response.body_mut().with_config().limit(1 << 28).read_to_string().map_err(Refusal::new)?;
    if response.status().is_success() {
        serde_json::from_str(&body).map_err(Refusal::new)
    } else {
        Err(Refusal::from_body(response.status().as_u16(), &body))
    }
}
