//! Helpers for several tests of this crate.

use std::{
    future,
    marker::PhantomData,
    mem,
    ops::Deref,
    sync::{Arc, Mutex},
    task::Poll,
    thread,
    time::Duration,
};

use bytes::Bytes;
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::Value;

use crate::{
    client::{Client, ClientBuilder},
    model::{Form, Model},
    wire::{Mode, Outcome, Params, Request, Response, Transport, TransportError},
};

/// Any JSON, with names and shapes that NetBox's has.
pub(crate) fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
        Just(Value::from("https://h/api/dcim/sites/1/")),
    ];
    let name =
        "(id|url|display|name|color|value|label|detail|errors|__all__|object_type|object_id|[a-z]{1,4})";
    leaf.prop_recursive(4, 32, 4, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::vec((name, inner), 0..6)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

/// A transport that answers by a function, in either mode, and keeps what it was asked.
pub(crate) struct Canned<M> {
    answer: Box<dyn Fn(&Request) -> Response + Send + Sync>,
    requests: Mutex<Vec<Request>>,
    slept: Mutex<Vec<Duration>>,
    mode: PhantomData<fn() -> M>,
}

impl<M: Mode> Canned<M> {
    pub(crate) fn new(answer: impl Fn(&Request) -> Response + Send + Sync + 'static) -> Self {
        Self {
            answer: Box::new(answer),
            requests: Mutex::default(),
            slept: Mutex::default(),
            mode: PhantomData,
        }
    }

    /// A client that asks this.
    pub(crate) fn client(answer: impl Fn(&Request) -> Response + Send + Sync + 'static) -> Asking<M> {
        Self::new(answer).under(Client::builder("https://h/nb").token("nbt_key.hunter2"))
    }

    /// The client that `builder` builds with this.
    pub(crate) fn under(self, builder: ClientBuilder) -> Asking<M> {
        let transport = Arc::new(self);
        Asking { client: builder.build(Arc::clone(&transport)).unwrap(), transport }
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    /// The targets of the requests, without the base.
    pub(crate) fn targets(&self) -> Vec<String> {
        let target = |request: &Request| request.uri().to_string().replacen("https://h/nb/api/", "", 1);
        self.requests().iter().map(target).collect()
    }

    pub(crate) fn slept(&self) -> Vec<Duration> {
        self.slept.lock().unwrap().clone()
    }
}

/// A client, with the transport that it asks.
pub(crate) struct Asking<M> {
    client: Client<M>,
    transport: Arc<Canned<M>>,
}

impl<M: Mode> Asking<M> {
    pub(crate) fn transport(&self) -> &Arc<Canned<M>> {
        &self.transport
    }
}

impl<M> Deref for Asking<M> {
    type Target = Client<M>;

    fn deref(&self) -> &Client<M> {
        &self.client
    }
}

impl<M: Mode> Transport for Canned<M> {
    type Mode = M;

    fn send(&self, request: Request) -> Outcome<'_, M, Result<Response, TransportError>> {
        M::run(async move {
            let response = (self.answer)(&request);
            self.requests.lock().unwrap().push(request);
            // Others get their turn before the answer is there.
            let mut waited = false;
            future::poll_fn(|context| {
                context.waker().wake_by_ref();
                if mem::replace(&mut waited, true) { Poll::Ready(()) } else { Poll::Pending }
            })
            .await;
            thread::yield_now();
            Ok(response)
        })
    }

    fn sleep(&self, delay: Duration) -> Outcome<'_, M, ()> {
        M::run(async move { self.slept.lock().unwrap().push(delay) })
    }
}

/// A model of two fields.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Site {
    pub(crate) id: u64,
    pub(crate) name: String,
}

impl Model for Site {
    const ENDPOINT: &'static str = "dcim/sites";
    const FIELDS: Option<&'static [&'static str]> = Some(&["id", "name"]);

    fn id(&self) -> u64 {
        self.id
    }

    fn write(&self, form: &mut Form) {
        form.field("name", &self.name);
    }
}

/// A JSON answer.
pub(crate) fn json(status: u16, body: &Value) -> Response {
    let builder = http::Response::builder().status(status).header("content-type", "application/json");
    builder.header("api-version", "4.7").body(Bytes::from(body.to_string())).unwrap()
}

/// The values of `name` in the query of a request.
pub(crate) fn asked(request: &Request, name: &str) -> Vec<String> {
    let params = Params::parse(request.uri().query().unwrap_or_default());
    params.values(name).map(str::to_owned).collect()
}

/// Custom fields of many kinds, as NetBox lists them.
pub(crate) fn custom_fields() -> Value {
    serde_json::json!([
        {"name": "notes", "type": {"value": "longtext"}, "filter_logic": {"value": "loose"}},
        {"name": "price", "type": {"value": "decimal"}, "filter_logic": {"value": "loose"}},
        {"name": "serial", "type": {"value": "text"}, "filter_logic": {"value": "exact"}},
        {"name": "hidden", "type": {"value": "text"}, "filter_logic": {"value": "disabled"}},
        {"name": "data", "type": {"value": "json"}, "filter_logic": {"value": "loose"}},
        {"name": "new", "type": {"value": "hologram"}, "filter_logic": {"value": "loose"}},
        {"name": "spare", "type": {"value": "boolean"}, "filter_logic": {"value": "loose"}},
        {"name": "cf_odd", "type": {"value": "integer"}, "filter_logic": {"value": "loose"}},
    ])
}
