//! The spans and events that subscribers of `tracing` see.
//!
//! These tests are a program of their own, in which every thread that sends a request has a subscriber. When a thread comes
//! to a span or an event first, `tracing` may ask the subscriber of this thread alone whether anybody wants to see it, and
//! keeps the answer for all threads: one without a subscriber, as in the other tests of this crate, would hide it here.

use std::{
    collections::BTreeMap,
    fmt::Debug,
    future,
    marker::PhantomData,
    mem,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    task::Poll,
    thread,
    time::Duration,
};

use netbox_core::{
    Async, Blocking, Client, Mode, Outcome,
    transport::{Request, Response, Transport, TransportError, TransportErrorKind},
};
use serde_json::{Value, json as value};
use tracing::{
    Event, Level, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};
use tracing_subscriber::{
    layer::{Context, Layer, SubscriberExt},
    registry::LookupSpan,
    util::SubscriberInitExt,
};

type Answer = Result<Response, TransportError>;

/// A transport that answers by a function, in either mode.
struct Canned<C> {
    answer: Box<dyn Fn(&Request) -> Answer + Send + Sync>,
    mode: PhantomData<fn() -> C>,
}

impl<C: Mode> Canned<C> {
    fn new(answer: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Self {
        Self { answer: Box::new(answer), mode: PhantomData }
    }

    /// A client that asks this.
    fn client(answer: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Client<C> {
        Client::builder("https://h/nb").token("nbt_key.hunter2").build(Self::new(answer)).unwrap()
    }
}

impl<C: Mode> Transport for Canned<C> {
    type Mode = C;

    fn send(&self, request: Request) -> Outcome<'_, C, Answer> {
        C::run(async move {
            let answer = (self.answer)(&request);
            // Others get their turn before the answer is there.
            let mut waited = false;
            future::poll_fn(|context| {
                context.waker().wake_by_ref();
                if mem::replace(&mut waited, true) { Poll::Ready(()) } else { Poll::Pending }
            })
            .await;
            thread::yield_now();
            answer
        })
    }

    fn sleep(&self, _: Duration) -> Outcome<'_, C, ()> {
        C::run(async {})
    }
}

/// A JSON answer.
fn json(status: u16, body: &Value) -> Response {
    let builder = http::Response::builder().status(status).header("content-type", "application/json");
    builder.header("api-version", "4.7").body(body.to_string().into()).unwrap()
}

/// A page of a list of 95 objects, whose ids are 1 to 95.
fn page(request: &Request) -> Response {
    let query = request.uri().query().unwrap_or_default();
    let query: BTreeMap<_, _> = form_urlencoded::parse(query.as_bytes()).collect();
    let number = |name| query.get(name).map(|value| value.parse::<u64>().unwrap());
    let start = number("start");
    assert_eq!(number("limit"), Some(10));
    let (first, until) = (start.unwrap_or(1), number("id__lte").unwrap_or(95).min(95));
    let rows: Vec<Value> = (first..=until).map(|id| value!({ "id": id })).take(10).collect();
    let next = (rows.len() == 10).then_some("https://h/");
    // NetBox counts no list that it is asked for by the cursor.
    let count = start.is_none().then_some(95);
    json(200, &value!({"count": count, "next": next, "results": rows}))
}

/// Keeps whatever this thread tells.
#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Told>>);

#[derive(Debug, Default)]
struct Told {
    spans: BTreeMap<u64, Entry>,
    events: Vec<Entry>,
}

/// A span or an event.
#[derive(Debug, Clone)]
struct Entry {
    level: Level,
    /// The span around it.
    within: Option<u64>,
    fields: Fields,
}

#[derive(Debug, Clone, Default)]
struct Fields(BTreeMap<&'static str, String>);

impl Captured {
    /// Keeps what is told until the guard is dropped.
    fn start() -> (Self, impl Sized) {
        let captured = Self::default();
        let guard = tracing_subscriber::registry().with(captured.clone()).set_default();
        (captured, guard)
    }

    fn spans(&self) -> Vec<Entry> {
        self.0.lock().unwrap().spans.values().cloned().collect()
    }

    fn events(&self, level: Level) -> Vec<Entry> {
        self.0.lock().unwrap().events.iter().filter(|event| event.level == level).cloned().collect()
    }

    fn text(&self) -> String {
        format!("{:?}", self.0.lock().unwrap())
    }
}

impl Entry {
    #[track_caller]
    fn check(&self, expected: &[(&str, &str)]) {
        for (name, value) in expected {
            assert_eq!(self.fields.0.get(name).map(String::as_str), Some(*value), "{name} of {self:?}");
        }
    }
}

impl<S: Subscriber + for<'s> LookupSpan<'s>> Layer<S> for Captured {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        let within = context.current_span().id().map(Id::into_u64);
        let entry = Entry { level: *attributes.metadata().level(), within, fields };
        self.0.lock().unwrap().spans.insert(id.into_u64(), entry);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, _: Context<'_, S>) {
        values.record(&mut self.0.lock().unwrap().spans.get_mut(&id.into_u64()).unwrap().fields);
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        let within = context.event_span(event).map(|span| span.id().into_u64());
        self.0.lock().unwrap().events.push(Entry { level: *event.metadata().level(), within, fields });
    }
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }
}

/// An answer of NetBox, and an event of the transport.
fn answer(request: &Request) -> Response {
    tracing::info!(path = request.uri().path(), "on its way");
    let body = match request.uri().path() {
        "/nb/api/users/tokens/provision/" => {
            value!({"id": 1, "version": 2, "key": "key", "token": "hunter2"})
        }
        _ => value!({"name": "a hunter2 in the answer"}),
    };
    let mut response = json(200, &body);
    response.headers_mut().insert("x-request-id", "0b3c".parse().unwrap());
    response.headers_mut().insert("set-cookie", "sessionid=hunter2".parse().unwrap());
    response
}

#[tokio::test]
async fn requests_are_told_without_secrets() {
    requests_of_mode::<Blocking>().await;
    requests_of_mode::<Async>().await;
}

async fn requests_of_mode<C: Mode>() {
    let (captured, _guard) = Captured::start();
    let builder = Client::builder("https://h:8443/nb").header("X-Proxy-Key", "hunter2");
    let client = C::lift(builder.login("admin", "hunter2", Canned::<C>::new(|request| Ok(answer(request)))))
        .await
        .unwrap();
    let body = value!({"comments": "hunter2"});
    C::lift(client.raw().patch::<Value>("dcim/sites/7/?expand=x", &body)).await.unwrap();

    let spans = captured.spans();
    assert_eq!(spans.len(), 2, "{spans:?}");
    let span = spans.iter().find(|span| span.fields.0["http.request.method"].contains("PATCH")).unwrap();
    span.check(&[
        ("server.address", "\"h\""),
        ("server.port", "8443"),
        ("http.request.method", "\"PATCH\""),
        ("url.path", "\"/nb/api/dcim/sites/7/\""),
        ("http.request.body.size", &body.to_string().len().to_string()),
        ("http.response.status_code", "200"),
        ("http.response.body.size", "34"),
        ("request_id", "\"0b3c\""),
    ]);
    assert!(span.level == Level::DEBUG && span.within.is_none(), "{span:?}");
    assert!(span.fields.0["duration_ms"].parse::<u64>().is_ok(), "{span:?}");
    assert!(!span.fields.0.contains_key("http.request.resend_count"), "{span:?}");
    captured.events(Level::TRACE)[1].check(&[("url.query", "\"expand=x\"")]);
    assert!(!captured.text().contains("hunter2"), "{}", captured.text());
}

#[tokio::test]
async fn waits_are_told() {
    waits_of_mode::<Blocking>().await;
    waits_of_mode::<Async>().await;
}

async fn waits_of_mode<C: Mode>() {
    let (captured, _guard) = Captured::start();
    let asked = AtomicUsize::new(0);
    let client = Canned::<C>::client(move |request| {
        let mut response = answer(request);
        if asked.fetch_add(1, SeqCst) < 2 {
            *response.status_mut() = http::StatusCode::SERVICE_UNAVAILABLE;
            response.headers_mut().insert("retry-after", "7".parse().unwrap());
        }
        Ok(response)
    });
    C::lift(client.raw().get::<Value>("dcim/sites")).await.unwrap();
    let [span] = &captured.spans()[..] else { panic!("{}", captured.text()) };
    span.check(&[("http.request.resend_count", "2"), ("http.response.status_code", "200")]);
    let waits = captured.events(Level::WARN);
    assert_eq!(waits.len(), 2);
    for (wait, attempt) in waits.iter().zip(["1", "2"]) {
        wait.check(&[
            ("http.request.method", "\"GET\""),
            ("url.path", "\"/nb/api/dcim/sites/\""),
            ("attempt", attempt),
            ("attempts", "3"),
            ("wait_ms", "7000"),
            ("http.response.status_code", "503"),
        ]);
        assert!(wait.within.is_some());
    }
    assert!(!captured.text().contains("hunter2"), "{}", captured.text());
}

#[tokio::test]
async fn failures_are_told_by_their_kind() {
    let (captured, _guard) = Captured::start();
    let client = Canned::<Async>::client(|_| Err(TransportError::new(TransportErrorKind::Broken, "test")));
    client.raw().get::<Value>("dcim/sites").await.unwrap_err();
    let [span] = &captured.spans()[..] else { panic!("{}", captured.text()) };
    span.check(&[("error.type", "Broken"), ("http.request.resend_count", "2")]);
    captured.events(Level::WARN)[1].check(&[("error.type", "Broken"), ("attempt", "2")]);
}

/// Makes sure that each event of the transport is in the span of its request.
#[track_caller]
fn check_spans(captured: &Captured, requests: usize) {
    let told = captured.0.lock().unwrap();
    let of_transport: Vec<_> = told.events.iter().filter(|event| event.level == Level::INFO).collect();
    assert_eq!((told.spans.len(), of_transport.len()), (requests, requests));
    let queries = told.events.iter().filter(|event| event.level == Level::TRACE);
    let queries: BTreeMap<_, _> = queries.map(|event| (event.within, &event.fields.0["url.query"])).collect();
    for event in of_transport {
        assert_eq!(queries[&event.within], &event.fields.0["query"], "{event:?}");
    }
}

#[tokio::test]
async fn requests_that_go_together_have_spans_of_their_own() {
    together_of_mode::<Blocking>().await;
    together_of_mode::<Async>().await;
}

async fn together_of_mode<C: Mode>() {
    let (captured, _guard) = Captured::start();
    let server = Canned::<C>::new(|request| {
        tracing::info!(query = request.uri().query(), "on its way");
        Ok(page(request))
    });
    let client = Client::builder("https://h").concurrency(4).max_in_flight(3).build(server).unwrap();
    let racks = C::lift(client.query_at("dcim/racks").page_size(10).all()).await.unwrap();
    assert_eq!(racks.len(), 95);
    check_spans(&captured, 10);
}

#[tokio::test]
async fn requests_at_the_same_time_have_spans_of_their_own() {
    let (captured, _guard) = Captured::start();
    let client = Canned::<Async>::client(|request| Ok(answer(request)));
    let get = |path: &str| client.raw().get::<Value>(path);
    let (sites, racks) = tokio::join!(get("dcim/sites"), get("dcim/racks"));
    sites.and(racks).unwrap();
    let told = captured.0.lock().unwrap();
    assert!(told.spans.len() == 2 && told.spans.values().all(|span| span.within.is_none()), "{told:?}");
    let of_transport: Vec<_> = told.events.iter().filter(|event| event.level == Level::INFO).collect();
    assert_eq!(of_transport.len(), 2);
    for event in of_transport {
        let span = &told.spans[&event.within.unwrap()];
        assert_eq!(span.fields.0["url.path"], event.fields.0["path"]);
    }
}
