//! Bulk writes over a server that fails: whatever is reported of an item is true.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use bytes::Bytes;
use http::{Method, StatusCode};
use netbox_core::{
    Blocking, Client, Outcome, Patch,
    bulk::{BulkError, Fate},
    transport::{Request, Response, RetryPolicy, Transport, TransportError, TransportErrorKind},
};
use netbox_replay::{Cassette, Fault, Faults, Replay, loopback::Loopback};
use netbox_tests::{model::Tag, recordings, scenario::five_hundred};
use netbox_transport_ureq::UreqTransport;
use proptest::{collection::btree_map, prelude::*};
use serde_json::{Value, json};

/// A NetBox that has nothing but tags. It carries out a request as a whole or not at all, except that an old one omits
/// objects that it does not have.
struct Shelf {
    old: bool,
    tags: Mutex<BTreeMap<u64, Value>>,
    /// How often a tag of each slug was created, and of each id updated or deleted.
    writes: Mutex<BTreeMap<String, usize>>,
}

impl Shelf {
    /// With tags of all these ids.
    fn new(old: bool, ids: impl Iterator<Item = u64>) -> Arc<Self> {
        let tag =
            |id: u64| (id, json!({"id": id, "name": "", "slug": format!("old-{id}"), "color": "000000"}));
        Arc::new(Self { old, tags: Mutex::new(ids.map(tag).collect()), writes: Mutex::default() })
    }

    fn answer(&self, request: &Request) -> (u16, Value) {
        let mut tags = self.tags.lock().unwrap();
        let mut writes = self.writes.lock().unwrap();
        let items: Vec<Value> = serde_json::from_slice(request.body()).unwrap_or_default();
        let known: Vec<u64> =
            items.iter().filter_map(|item| item["id"].as_u64()).filter(|id| tags.contains_key(id)).collect();
        let all_known = known.len() == items.len() || self.old;
        match *request.method() {
            Method::GET => {
                let asked = request.uri().query().unwrap_or_default();
                let asked = |id: &u64| asked.split('&').any(|pair| pair == format!("id={id}"));
                let there: Vec<Value> =
                    tags.iter().filter(|(id, _)| asked(id)).map(|(_, tag)| tag.clone()).collect();
                (200, json!({"count": there.len(), "next": null, "results": there}))
            }
            Method::POST => {
                let mut created = Vec::new();
                for mut item in items {
                    let id = tags.keys().next_back().map_or(1, |last| last + 1);
                    item["id"] = id.into();
                    *writes.entry(item["slug"].as_str().unwrap().to_owned()).or_default() += 1;
                    tags.insert(id, item.clone());
                    created.push(item);
                }
                (201, created.into())
            }
            Method::PATCH if all_known => {
                for id in &known {
                    *writes.entry(id.to_string()).or_default() += 1;
                }
                // In an order of its own, as NetBox.
                (200, known.iter().map(|id| tags[id].clone()).rev().collect())
            }
            Method::DELETE if all_known => {
                for id in known {
                    *writes.entry(id.to_string()).or_default() += 1;
                    tags.remove(&id);
                }
                (204, Value::Null)
            }
            Method::OPTIONS => (200, json!({"name": "Tags"})),
            _ => (400, json!({"detail": "there is no such object", "errors": []})),
        }
    }
}

#[derive(Clone)]
struct ToShelf(Arc<Shelf>);

impl Transport for ToShelf {
    type Mode = Blocking;

    fn send(&self, request: Request) -> Outcome<'_, Self::Mode, Result<Response, TransportError>> {
        let (status, body) = self.0.answer(&request);
        let version = if self.0.old { "4.6" } else { "4.7" };
        let answer = http::Response::builder().status(status).header("api-version", version);
        let answer = answer.header("content-type", "application/json");
        Ok(answer.body(if body.is_null() { Bytes::new() } else { body.to_string().into() }).unwrap())
    }

    fn sleep(&self, _: Duration) -> Outcome<'_, Self::Mode, ()> {}
}

fn fault() -> impl Strategy<Value = Fault> {
    let kind = prop_oneof![
        Just(TransportErrorKind::Connect),
        Just(TransportErrorKind::Timeout),
        Just(TransportErrorKind::Broken)
    ];
    let status = prop_oneof![
        Just(StatusCode::OK),
        Just(StatusCode::FORBIDDEN),
        Just(StatusCode::TOO_MANY_REQUESTS),
        Just(StatusCode::BAD_GATEWAY)
    ];
    let after = prop_oneof![Just(TransportErrorKind::Timeout), Just(TransportErrorKind::Broken)];
    prop_oneof![
        status.prop_map(Fault::Status),
        kind.prop_map(Fault::Error),
        after.prop_map(Fault::AnswerError),
        Just(Fault::AnswerStatus(StatusCode::BAD_GATEWAY)),
        (0usize..40).prop_map(Fault::AnswerCut),
        Just(Fault::AnswerBody(Bytes::from_static(b"[]"))),
    ]
}

fn client(shelf: &Arc<Shelf>, faults: BTreeMap<usize, Fault>) -> Client<Blocking> {
    // The first two requests, for the version and the options, are let through: they write nothing.
    let faults =
        faults.into_iter().fold(Faults::new(ToShelf(Arc::clone(shelf))), |transport, (number, fault)| {
            transport.at(number + 2, fault)
        });
    Client::builder("h").retry(RetryPolicy::default().attempts(2)).build(faults).unwrap()
}

/// Compares the reported fate of each of `count` items, of which so many batches went `together`, with how often it was
/// written.
fn check(
    count: usize,
    together: usize,
    outcome: Result<usize, BulkError>,
    written: impl Fn(usize) -> usize,
) -> Result<(), TestCaseError> {
    match outcome {
        Ok(done) => {
            prop_assert_eq!(done, count);
            prop_assert!((0..count).all(|index| written(index) == 1));
        }
        Err(error) => {
            for index in 0..count {
                let (fate, times) = (error.fate(index), written(index));
                let fits = match fate {
                    Fate::Written => times == 1,
                    Fate::NotWritten => times == 0,
                    _ => times <= 1,
                };
                prop_assert!(
                    fits,
                    "item {} is told to be {:?}, and was written {} times: {}",
                    index,
                    fate,
                    times,
                    error
                );
            }
            let failed = error.batch();
            prop_assert!((0..failed.start).all(|index| error.fate(index) == Fate::Written));
            // While a batch takes its time to fail, others may be written after it.
            if together == 1 {
                prop_assert!((failed.end..count).all(|index| error.fate(index) == Fate::NotWritten));
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_item_is_written_once_or_told(
        count in 0usize..30,
        size in 1usize..12,
        faults in btree_map(1usize..8, fault(), 0..3),
        operation in 0..3,
        old: bool,
        missing in prop_oneof![3 => Just(0u64), 1 => 1..30u64],
        together in prop_oneof![Just(1usize), Just(4usize)],
    ) {
        let shelf = Shelf::new(old, (1..=count as u64).filter(|id| operation > 0 && *id != missing));
        // An old NetBox that answers with fewer objects may just have omitted them: that can't be distinguished from a
        // lie.
        let faults = faults.into_iter().filter(|(_, fault)| !(old && matches!(fault, Fault::AnswerBody(_))));
        let client = client(&shelf, faults.collect());
        client.raw().options::<Value>("extras/tags").unwrap();
        let writes = |key: String| shelf.writes.lock().unwrap().get(&key).copied().unwrap_or_default();
        let ids = || (1..=count as u64).rev();
        let id = |index: usize| (count - index).to_string();
        match operation {
            0 => {
                let patch = |index| Patch::new().set(Tag::NAME, "x").set(Tag::SLUG, format!("new-{index}"));
                let tags = client.create_many::<Tag>((0..count).map(patch)).batch_size(size).concurrency(together).send();
                if let Ok(tags) = &tags {
                    let in_order = tags.iter().enumerate().all(|(index, tag)| tag.slug == format!("new-{index}"));
                    prop_assert!(in_order);
                }
                check(count, together, tags.map(|tags| tags.len()), |index| writes(format!("new-{index}")))?;
            }
            1 => {
                let patches = ids().map(|id| (id, Patch::new().set(Tag::COLOR, "ffffff")));
                let tags = client.update_many::<Tag>(patches).batch_size(size).concurrency(together).send();
                if let Ok(tags) = &tags {
                    prop_assert!(tags.iter().map(|tag| tag.id).eq(ids()));
                }
                check(count, together, tags.map(|tags| tags.len()), |index| writes(id(index)))?;
            }
            _ => {
                let tags = client.delete_many::<Tag>(ids()).batch_size(size).concurrency(together).send();
                check(count, together, tags.map(|tags| tags.len()), |index| writes(id(index)))?;
            }
        }
    }
}

/// The fate of the batch that each fault meets.
const FAULTS: [(fn() -> Fault, Fate); 6] = [
    (|| Fault::Status(StatusCode::BAD_GATEWAY), Fate::Unknown),
    (
        || Fault::Response(forbidden().header("api-version", "4.7").body(Bytes::new()).unwrap()),
        Fate::NotWritten,
    ),
    (|| Fault::Response(forbidden().body(Bytes::new()).unwrap()), Fate::Unknown),
    (|| Fault::AnswerError(TransportErrorKind::Broken), Fate::Unknown),
    (|| Fault::AnswerCut(100), Fate::Written),
    (|| Fault::AnswerStatus(StatusCode::GATEWAY_TIMEOUT), Fate::Unknown),
];

fn forbidden() -> http::response::Builder {
    http::Response::builder().status(403)
}

fn cassette() -> Cassette {
    Cassette::load(recordings::path(recordings::NEWEST, "five_hundred")).unwrap()
}

/// Breaks each request of 500 creations in turn, and checks the report.
fn break_each<T: Transport<Mode = Blocking> + 'static>(url: &str, transport: impl Fn() -> T) {
    const BATCHES: usize = five_hundred::COUNT / five_hundred::BATCH;
    for (fault, left) in FAULTS {
        for broken in 0..BATCHES {
            // The options are asked for first.
            let faults = Faults::new(transport()).at(broken + 2, fault());
            let client = Client::builder(url).token("0123456789").build(faults).unwrap();
            let error = five_hundred::create(&client).unwrap_err();
            for index in 0..five_hundred::COUNT {
                let expected = match (index / five_hundred::BATCH).cmp(&broken) {
                    std::cmp::Ordering::Less => Fate::Written,
                    std::cmp::Ordering::Equal => left,
                    std::cmp::Ordering::Greater => Fate::NotWritten,
                };
                assert_eq!(error.fate(index), expected, "{index}, {:?} at batch {broken}: {error}", fault());
            }
            assert_eq!(error.batch(), broken * five_hundred::BATCH..(broken + 1) * five_hundred::BATCH);
            assert!(error.written().take(broken * five_hundred::BATCH).all(|(_, id)| id.is_some()));
        }
    }
}

#[test]
fn each_request_of_five_hundred_can_break_on_replay() {
    break_each("https://netbox.example.com", || Replay::<Blocking>::new(cassette()));
}

#[test]
fn each_request_of_five_hundred_can_break_on_a_socket() {
    let server = Loopback::serve_cassette(cassette());
    break_each(server.url(), || UreqTransport::new().unwrap());
}
