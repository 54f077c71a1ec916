//! Requests that go together: of a walk, and of what it prefetches.

use std::{
    collections::HashSet,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    thread::{self, ThreadId},
    time::Duration,
};

use serde::Deserialize;
use serde_json::{Value, json as value};

use crate::{
    Async, Blocking, Client, ClientBuilder, Error, ErrorKind, Fk, Mode, Model, Outcome,
    field::Field,
    test::{Site, asked, json},
    transport::{BoxFuture, Request, Response, RetryPolicy, Transport, TransportError},
};

type Server = Box<dyn Fn(&Request) -> Response + Send + Sync>;

/// A server that takes its time for each answer.
pub(super) struct Slow {
    server: Server,
    requests: Mutex<Vec<String>>,
    threads: Mutex<HashSet<ThreadId>>,
    under_way: AtomicUsize,
    most: AtomicUsize,
}

const TIME: Duration = Duration::from_millis(20);

impl Slow {
    fn begin(&self, request: &Request) {
        let target = request.uri().to_string().replacen("https://h/api/", "", 1);
        self.note(target);
        self.threads.lock().unwrap().insert(thread::current().id());
        self.most.fetch_max(self.under_way.fetch_add(1, SeqCst) + 1, SeqCst);
    }

    fn end(&self, request: &Request) -> Response {
        self.under_way.fetch_sub(1, SeqCst);
        (self.server)(request)
    }

    fn note(&self, what: String) {
        self.requests.lock().unwrap().push(what);
    }

    pub(super) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    pub(super) fn most(&self) -> usize {
        self.most.load(SeqCst)
    }
}

struct InBlocking(Arc<Slow>);
struct InAsync(Arc<Slow>);

impl Transport for InBlocking {
    type Mode = Blocking;

    fn send(&self, request: Request) -> Result<Response, TransportError> {
        self.0.begin(&request);
        thread::sleep(TIME);
        Ok(self.0.end(&request))
    }

    fn sleep(&self, delay: Duration) {
        self.0.note(format!("a wait of {delay:?} begins"));
        thread::sleep(5 * TIME);
        self.0.note("the wait ends".to_owned());
    }
}

impl Transport for InAsync {
    type Mode = Async;

    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(async move {
            self.0.begin(&request);
            tokio::time::sleep(TIME).await;
            Ok(self.0.end(&request))
        })
    }

    fn sleep(&self, delay: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            self.0.note(format!("a wait of {delay:?} begins"));
            tokio::time::sleep(5 * TIME).await;
            self.0.note("the wait ends".to_owned());
        })
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Rack {
    pub(super) id: u64,
    site: Fk<Site>,
    next: Fk<Site>,
}

impl Model for Rack {
    const ENDPOINT: &'static str = "dcim/racks";

    fn id(&self) -> u64 {
        self.id
    }
}

const SITE: Field<Rack, Fk<Site>> = Field::new("site", |rack: &Rack| &rack.site);
const NEXT: Field<Rack, Fk<Site>> = Field::new("next", |rack: &Rack| &rack.next);

/// A NetBox 4.7 with that many racks, each in a site of its own.
pub(super) fn racks(count: u64) -> impl Fn(&Request) -> Response + Send + Sync + 'static {
    move |request| {
        if request.uri().path().ends_with("/sites/") {
            let site = |id: String| value!({"id": id.parse::<u64>().unwrap(), "name": id});
            let sites: Vec<Value> = asked(request, "id").into_iter().map(site).collect();
            return json(200, &value!({"count": sites.len(), "next": null, "results": sites}));
        }
        let rack = |id| value!({"id": id, "site": 100_000 + id, "next": 200_000 + id});
        if request.uri().path().ends_with("/racks/1/") {
            return json(200, &rack(1));
        }
        let number = |name| asked(request, name).last().map(|value| value.parse::<u64>().unwrap());
        let (limit, offset) = (number("limit").unwrap(), number("offset").unwrap_or(0));
        let start = number("start");
        let until = number("id__lte").unwrap_or(count).min(count);
        let first = start.or(number("id__gt").map(|id| id + 1)).unwrap_or(1);
        let last = until.min(first + offset + limit - 1);
        let rows: Vec<Value> = (first + offset..=last).map(rack).collect();
        let is_full = rows.len() as u64 == limit;
        let has_next = if start.is_some() { is_full } else { last < until };
        let next = has_next.then(|| format!("https://h/?limit={limit}&offset={}", offset + limit));
        let count = start.is_none().then(|| (until + 1).saturating_sub(first));
        json(200, &value!({"count": count, "next": next, "results": rows}))
    }
}

fn slow(server: impl Fn(&Request) -> Response + Send + Sync + 'static) -> Arc<Slow> {
    Arc::new(Slow {
        server: Box::new(server),
        requests: Mutex::default(),
        threads: Mutex::default(),
        under_way: AtomicUsize::new(0),
        most: AtomicUsize::new(0),
    })
}

pub(super) fn builder() -> ClientBuilder {
    Client::builder("https://h").retry(RetryPolicy::none())
}

pub(super) fn in_blocking(
    server: impl Fn(&Request) -> Response + Send + Sync + 'static,
    builder: ClientBuilder,
) -> (Client<Blocking>, Arc<Slow>) {
    let server = slow(server);
    (builder.build(InBlocking(Arc::clone(&server))).unwrap(), server)
}

pub(super) fn in_async(
    server: impl Fn(&Request) -> Response + Send + Sync + 'static,
    builder: ClientBuilder,
) -> (Client<Async>, Arc<Slow>) {
    let server = slow(server);
    (builder.build(InAsync(Arc::clone(&server))).unwrap(), server)
}

/// Runs a check with a client of each mode.
macro_rules! in_both_modes {
    ($server:expr, $builder:expr, $check:path) => {{
        let (client, server) = super::together::in_blocking($server, $builder);
        $check(&client, &server);
        let (client, server) = super::together::in_async($server, $builder);
        $check(&client, &server).await;
    }};
}

pub(super) use in_both_modes;

fn ids<C: Mode>(client: &Client<C>, together: usize) -> Outcome<'_, C, Vec<u64>> {
    C::run(async move {
        let racks = C::lift(client.query::<Rack>().page_size(10).concurrency(together).all()).await.unwrap();
        racks.iter().map(|rack| rack.id).collect()
    })
}

fn check_pages<'c, C: Mode>(client: &'c Client<C>, server: &'c Slow) -> Outcome<'c, C, ()> {
    C::run(async move {
        let all: Vec<u64> = (1..=95).collect();
        assert_eq!(C::lift(ids(client, 4)).await, all);
        assert_eq!((server.most(), server.requests().len()), (4, 10), "{:?}", server.requests());
        let asked = |text: &str| server.requests().iter().any(|target| target.contains(text));
        assert!(asked("dcim/racks/?limit=10&start=11&id__lte=20") && !asked("offset"));
        // In an order, by offset.
        let ordered = client.query::<Rack>().order(Rack::in_order()).page_size(10).concurrency(3).ids();
        assert_eq!(C::lift(ordered).await.unwrap(), all);
        assert_eq!((server.most(), server.requests().len()), (4, 20), "{:?}", server.requests());
        assert!(asked("ordering=name,id&offset=10&limit=10"));
    })
}

impl Rack {
    fn in_order() -> crate::field::Order<Self> {
        crate::field::Order::asc("name")
    }
}

#[tokio::test]
async fn pages_go_together() {
    in_both_modes!(racks(95), builder(), check_pages);
}

fn check_ends<'c, C: Mode>(client: &'c Client<C>, server: &'c Slow) -> Outcome<'c, C, ()> {
    C::run(async move {
        let query = || client.query::<Rack>().page_size(10);
        assert_eq!(C::lift(query().first()).await.unwrap().unwrap().id, 1);
        assert!(C::lift(query().exists()).await.unwrap());
        assert_eq!(C::lift(query().one()).await.unwrap_err().kind(), ErrorKind::ManyMatches);
        assert_eq!(server.requests().len(), 3, "{:?}", server.requests());
        assert_eq!(C::lift(query().limit(25).ids()).await.unwrap().len(), 25);
        // A list of two pages gains nothing.
        assert_eq!(server.requests().len(), 6, "{:?}", server.requests());
    })
}

#[tokio::test]
async fn nothing_is_asked_for_that_nobody_wants() {
    in_both_modes!(racks(95), builder().concurrency(8), check_ends);
}

fn check_prefetch<'c, C: Mode>(client: &'c Client<C>, server: &'c Slow) -> Outcome<'c, C, ()> {
    C::run(async move {
        let racks = client.query::<Rack>().prefetch(SITE).prefetch(NEXT).prefetch(SITE).concurrency(3);
        let racks = C::lift(racks.all()).await.unwrap();
        let is_here = |rack: &Rack| rack.site.is_resolved() && rack.next.is_resolved();
        assert!(racks.iter().all(|rack| is_here(rack)));
        let sites = server.requests().iter().filter(|target| target.starts_with("dcim/sites/")).count();
        // Two fields, and two URLs for each. On a busy machine, one may have its answer before the last one leaves.
        assert_eq!((racks.len(), sites), (500, 4), "{:?}", server.requests().len());
        assert!((3..=4).contains(&server.most()), "{}", server.most());
    })
}

#[tokio::test]
async fn what_is_prefetched_goes_together() {
    in_both_modes!(racks(500), builder(), check_prefetch);
}

fn broken_from(first: u64, racks: u64) -> impl Fn(&Request) -> Response + Send + Sync + 'static {
    let whole = self::racks(racks);
    move |request| {
        let start: Option<u64> = asked(request, "start").first().and_then(|start| start.parse().ok());
        match start {
            Some(start) if start >= first => json(400, &value!({"detail": "Not this one."})),
            _ => whole(request),
        }
    }
}

fn check_error<'c, C: Mode>(client: &'c Client<C>, server: &'c Slow) -> Outcome<'c, C, ()> {
    C::run(async move {
        let mut racks = client.query::<Rack>().page_size(10).concurrency(4).iter();
        let mut read = Vec::new();
        let error = loop {
            match C::lift(racks.next_item()).await.unwrap() {
                Ok(rack) => read.push(rack.id),
                Err(error) => break error,
            }
        };
        assert_eq!((read, error.kind()), ((1..=40).collect(), ErrorKind::Invalid));
        assert!(C::lift(racks.next_item()).await.is_none());
        let after: Vec<_> = server.requests().split_off(5);
        assert!(after.len() <= 3, "{after:?}");
    })
}

#[tokio::test]
async fn an_error_comes_after_all_before_it_and_ends_the_walk() {
    in_both_modes!(broken_from(41, 200), builder(), check_error);
}

fn check_ignored<'c, C: Mode>(client: &'c Client<C>, server: &'c Slow) -> Outcome<'c, C, ()> {
    C::run(async move {
        // The first answer shows that this server would ignore the filter.
        let query = client.query::<Rack>().param("tag__any", "a").page_size(10).concurrency(4);
        let mut pages = query.pages();
        let error = C::lift(pages.next_page()).await.unwrap().map(drop).unwrap_err();
        assert_eq!((error.kind(), server.requests().len()), (ErrorKind::Query, 1), "{error}");
    })
}

#[tokio::test]
async fn nothing_goes_together_before_the_filters_are_checked() {
    let older = |request: &Request| {
        let mut answer = racks(95)(request);
        answer.headers_mut().insert("api-version", "4.4".parse().unwrap());
        answer
    };
    in_both_modes!(older, builder(), check_ignored);
}

#[test]
fn no_thread_begins_unless_it_is_asked_for() {
    let (client, server) = in_blocking(racks(95), builder());
    ids(&client, 1);
    assert_eq!(*server.threads.lock().unwrap(), HashSet::from([thread::current().id()]));
    ids(&client, 4);
    assert!(server.threads.lock().unwrap().len() > 4);
    // Threads of a walk are for reading: a record that it gave is written on the thread of the caller.
    let mut rack = client.query::<Rack>().concurrency(4).page_size(10).iter().next().unwrap().unwrap();
    thread::sleep(5 * TIME);
    server.threads.lock().unwrap().clear();
    rack.site.get(&client).unwrap();
    rack.refresh().unwrap();
    assert_eq!(*server.threads.lock().unwrap(), HashSet::from([thread::current().id()]));
}

#[test]
fn pages_are_read_ahead_while_a_blocking_caller_works() {
    let (client, server) = in_blocking(racks(95), builder().concurrency(3));
    let mut pages = client.query::<Rack>().page_size(10).pages();
    pages.next().unwrap().unwrap();
    thread::sleep(5 * TIME);
    assert_eq!(server.requests().len(), 4, "three pages come in meanwhile, and no more");
    let mut left = pages.map(|page| page.map(|page| page.len()));
    assert_eq!(left.try_fold(0, |all, page| Ok::<_, Error>(all + page?)).unwrap(), 85);
}

#[test]
fn a_concurrency_of_none_is_refused() {
    let server = slow(racks(1));
    let refused = builder().concurrency(0).build(InBlocking(Arc::clone(&server))).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Config);
    let client = builder().build(InBlocking(Arc::clone(&server))).unwrap();
    let error = client.query::<Rack>().concurrency(0).all().unwrap_err();
    assert_eq!((error.kind(), server.requests().len()), (ErrorKind::Query, 0));
    assert!(error.to_string().contains("give 1 to send one request after the other"), "{error}");
}
