//! A NetBox in memory, with its unique constraints, its nulls and some of its rules, which fails when it is told to.

#![allow(dead_code, reason = "each test file uses a part of it")]

mod components;
mod rules;
mod state;

use std::{
    collections::{BTreeMap, BTreeSet},
    future,
    marker::PhantomData,
    sync::{Arc, Mutex, MutexGuard},
    task::Poll,
    time::Duration,
};

use bytes::Bytes;
use http::Method;
use netbox_core::{
    Blocking, Client, Mode, Outcome,
    transport::{Request, Response, RetryPolicy, Transport, TransportError, TransportErrorKind},
};
use netbox_schema::endpoint;
use serde_json::{Map, Value, json};

use state::State;

const BASE: &str = "https://netbox.example.com/api";

pub(crate) type Fields = Map<String, Value>;

#[derive(Default)]
pub(crate) struct Netbox {
    state: Mutex<State>,
}

/// A write that goes wrong.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fault {
    /// How many writes go well before.
    pub(crate) after: usize,
    /// Whether NetBox carries it out, and only the answer is lost.
    pub(crate) is_carried_out: bool,
}

/// A NetBox with what descriptions take for granted, and with something that none is about.
pub(crate) fn server() -> Arc<Netbox> {
    let server = Netbox::new();
    let acme = server.put("dcim/manufacturers", json!({"name": "Acme", "slug": "acme"}));
    server.put("dcim/device-types", json!({"manufacturer": acme, "model": "Box", "slug": "box"}));
    server.put("dcim/device-roles", json!({"name": "Leaf", "slug": "leaf"}));
    server.put("dcim/sites", json!({"name": "Home", "slug": "home", "description": "mine"}));
    server
}

impl Netbox {
    pub(crate) fn new() -> Arc<Self> {
        let netbox = Arc::new(Self::default());
        netbox.set_version("4.7");
        netbox
    }

    pub(crate) fn client(self: &Arc<Self>) -> Client<Blocking> {
        self.client_of()
    }

    /// A client of either mode.
    pub(crate) fn client_of<C: Mode>(self: &Arc<Self>) -> Client<C> {
        let builder = Client::builder("https://netbox.example.com").token("x").retry(RetryPolicy::none());
        builder.build(self.door()).unwrap()
    }

    /// The transport of such a client.
    pub(crate) fn door<C: Mode>(self: &Arc<Self>) -> Door<C> {
        Door(Arc::clone(self), PhantomData)
    }

    /// Adds an object as it is.
    pub(crate) fn put(&self, path: &str, fields: Value) -> u64 {
        let Value::Object(fields) = fields else { panic!("an object is a map") };
        self.state().insert(path, fields).unwrap()
    }

    /// Changes a field, as somebody else.
    pub(crate) fn touch(&self, path: &str, id: u64, field: &str, value: impl Into<Value>) {
        let mut state = self.state();
        let mut fields = state.get(path, id).unwrap().clone();
        fields.insert(field.to_owned(), value.into());
        state.save(path, id, fields);
    }

    /// Changes a field of all objects of an endpoint, as somebody else.
    pub(crate) fn touch_all(&self, path: &str, field: &str, value: &str) {
        let ids: Vec<u64> =
            self.state().all().filter(|(own, ..)| *own == path).map(|(_, id, _)| id).collect();
        for id in ids {
            self.touch(path, id, field, value);
        }
    }

    /// Makes it a NetBox of another version.
    pub(crate) fn set_version(&self, version: &'static str) {
        self.state().version = version;
    }

    /// Lets the token view none of an endpoint's objects.
    pub(crate) fn hide(&self, path: &'static str) {
        self.state().hidden = path;
    }

    pub(crate) fn fail(&self, fault: Option<Fault>) {
        let mut state = self.state();
        state.fault = fault.map(|fault| Fault { after: state.writes + fault.after, ..fault });
    }

    /// The requests since this was asked for last.
    pub(crate) fn requests(&self) -> Vec<String> {
        std::mem::take(&mut self.state().requests)
    }

    /// The messages of all writes in the change log.
    pub(crate) fn messages(&self) -> BTreeSet<String> {
        self.state().messages.clone()
    }

    pub(crate) fn count(&self, path: &str) -> usize {
        self.state().count(path)
    }

    /// All objects, by endpoints and by names that don't depend on ids.
    pub(crate) fn dump(&self) -> BTreeMap<String, Fields> {
        let state = self.state();
        let name = |path: &str, id: u64| state.natural(path, id);
        let all = state.all().map(|(path, id, fields)| {
            let fields = fields.iter().filter(|(field, _)| *field != "last_updated").map(|(field, value)| {
                let target =
                    endpoint(path).and_then(|own| own.field(field)).and_then(netbox_schema::Field::target);
                let value = match (target, value) {
                    (Some(target), Value::Number(id)) => name(target.path(), id.as_u64().unwrap()).into(),
                    (Some(target), Value::Array(ids)) => {
                        let names = ids.iter().map(|id| name(target.path(), id.as_u64().unwrap()));
                        names.collect::<BTreeSet<_>>().into_iter().collect()
                    }
                    (None, Value::Number(id)) if field == "assigned_object_id" => {
                        name("dcim/interfaces", id.as_u64().unwrap()).into()
                    }
                    (None, Value::Array(_)) if field.ends_with("_terminations") => {
                        let one = Fields::from_iter([(field.clone(), value.clone())]);
                        rules::ends(&one).map(|(path, id)| name(path, id)).collect()
                    }
                    (_, value) => value.clone(),
                };
                (field.clone(), value)
            });
            (name(path, id), fields.collect())
        });
        all.collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    fn answer(&self, request: &Request) -> Result<Response, TransportError> {
        let mut state = self.state();
        let is_write = !request.method().is_safe() && *request.method() != Method::OPTIONS;
        let fails = is_write && state.fault.is_some_and(|fault| fault.after == state.writes);
        state.writes += usize::from(is_write);
        let lost = |kind| Err(TransportError::new(kind, "the connection is gone"));
        if fails {
            let fault = state.fault.take().unwrap();
            if !fault.is_carried_out {
                return lost(TransportErrorKind::Connect);
            }
            state.answer(request);
            return lost(TransportErrorKind::Timeout);
        }
        let (status, body) = state.answer(request);
        let body = if body.is_null() { Bytes::new() } else { body.to_string().into() };
        let answer = http::Response::builder().status(status).header("api-version", state.version);
        Ok(answer.header("content-type", "application/json").body(body).unwrap())
    }
}

/// The way to it in a mode.
pub(crate) struct Door<C>(Arc<Netbox>, PhantomData<fn() -> C>);

impl<C: Mode> Transport for Door<C> {
    type Mode = C;

    fn send(&self, request: Request) -> Outcome<'_, C, Result<Response, TransportError>> {
        C::run(async move {
            pause().await;
            self.0.answer(&request)
        })
    }

    fn sleep(&self, _: Duration) -> Outcome<'_, C, ()> {
        C::run(async {})
    }
}

/// The choices that two fields have, whatever the endpoint.
fn options() -> Value {
    let field = |values: Value| {
        let values = values.as_array().into_iter().flatten();
        let choices: Value = values.map(|value| json!({"value": value, "display": "Label"})).collect();
        json!({"type": "field", "required": true, "read_only": false, "label": "Label", "choices": choices})
    };
    let fields =
        json!({"type": field(json!(["virtual", "lag", "25gbase-x-sfp28"])), "width": field(json!([10, 19]))});
    json!({"name": "Objects", "actions": {"POST": fields}})
}

/// The description of two endpoints of a plugin, and of one of NetBox's own.
fn plugin() -> Value {
    let id = json!({"in": "query", "name": "id", "schema": {"type": "array", "items": {"type": "integer"}}});
    let name =
        json!({"in": "query", "name": "name", "schema": {"type": "array", "items": {"type": "string"}}});
    let list = json!({"get": {"parameters": [id, name], "responses": {}}});
    json!({
        "openapi": "3.0.3",
        "paths": {"/api/plugins/dns/nameservers/": list, "/api/plugins/dns/zones/": list, "/api/dcim/sites/": list},
        "components": {"schemas": {}},
    })
}

/// Lets other requests go first, once.
async fn pause() {
    let mut has_paused = false;
    future::poll_fn(|context| {
        if std::mem::replace(&mut has_paused, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
