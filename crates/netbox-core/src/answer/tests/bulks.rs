//! Batches of a bulk write that go together.

use std::sync::{
    Mutex,
    atomic::{AtomicU64, Ordering::SeqCst},
};

use http::Method;
use serde_json::{Value, json as value};

use super::together::{Slow, builder, in_both_modes};
use crate::{
    Client, ErrorKind, Mode, Outcome,
    bulk::{BulkItem, Fate},
    test::{Site, json},
    transport::{Request, Response},
};

/// A NetBox 4.7 that creates sites, a batch at a time, unless one of them is called `bad`.
fn sites() -> impl Fn(&Request) -> Response + Send + Sync + 'static {
    let last = AtomicU64::new(0);
    move |request| {
        if *request.method() != Method::POST {
            return json(200, &value!({"name": "Sites", "netbox-version": "4.7.3"}));
        }
        let sites: Vec<Value> = serde_json::from_slice(request.body()).unwrap();
        let is_bad = |site: &Value| site["name"] == "bad";
        if sites.iter().any(is_bad) {
            let wrong = |site| if is_bad(site) { value!({"name": ["Not such a name."]}) } else { value!({}) };
            return json(400, &sites.iter().map(wrong).collect());
        }
        let created = |site: &Value| value!({"id": last.fetch_add(1, SeqCst) + 1, "name": site["name"]});
        json(201, &sites.iter().map(created).collect())
    }
}

fn named(names: &[&str]) -> Vec<Value> {
    names.iter().map(|name| value!({"name": name, "slug": name})).collect()
}

fn posts(server: &Slow) -> usize {
    server.requests().iter().filter(|target| *target == "dcim/sites/").count()
}

fn check_order<'c, C: Mode>(client: &'c Client<C>, server: &'c Slow) -> Outcome<'c, C, ()> {
    C::run(async move {
        C::lift(client.status()).await.unwrap();
        let names: Vec<String> = (0..12).map(|n| format!("site-{n}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let progress = Mutex::new(Vec::new());
        let bulk = client.create_many::<Site>(named(&names)).batch_size(2).concurrency(3);
        let bulk = bulk.on_progress(|step| progress.lock().unwrap().push((step.done, step.total)));
        let created = C::lift(bulk.send()).await.unwrap();
        assert_eq!(created.iter().map(|site| &*site.name).collect::<Vec<_>>(), names);
        assert_eq!(*progress.lock().unwrap(), [2, 4, 6, 8, 10, 12].map(|done| (done, 12)));
        assert_eq!((server.most(), posts(server)), (3, 6));
    })
}

#[tokio::test]
async fn batches_go_together_and_are_had_in_order() {
    in_both_modes!(sites(), builder(), check_order);
}

fn check_failure<'c, C: Mode>(client: &'c Client<C>, server: &'c Slow) -> Outcome<'c, C, ()> {
    C::run(async move {
        C::lift(client.status()).await.unwrap();
        let more: Vec<String> = (0..52).map(|n| format!("site-{n}")).collect();
        let names =
            ["a", "b", "c", "bad", "d", "e", "bad", "f"].into_iter().chain(more.iter().map(String::as_str));
        let names: Vec<&str> = names.collect();
        let bulk = client.create_many::<Site>(named(&names)).batch_size(2).concurrency(4);
        let error = C::lift(bulk.send()).await.unwrap_err();
        let fates: Vec<Fate> = (0..60).map(|index| error.fate(index)).collect();
        // Those under way come to their end: the first and the third are written, the second and the fourth are not.
        let written = |index| matches!(index, 0 | 1 | 4 | 5);
        let expected = |index| if written(index) { Fate::Written } else { Fate::NotWritten };
        assert_eq!(fates[..8], (0..8).map(expected).collect::<Vec<_>>());
        assert_eq!((error.batch(), error.kind()), (2..4, ErrorKind::Invalid));
        assert_eq!(error.items().iter().map(BulkItem::index).collect::<Vec<_>>(), [3, 6]);
        let text = error.to_string();
        assert!(text.contains("items 2 to 3 of 60 failed, and another batch"), "{text}");
        // A few may have begun before the first failure was seen, and most have not.
        assert!(posts(server) < 20 && fates[40..] == [Fate::NotWritten; 20], "{fates:?}");
    })
}

#[tokio::test]
async fn after_a_failure_none_begins_and_all_are_told() {
    in_both_modes!(sites(), builder(), check_failure);
}

fn check_default<'c, C: Mode>(client: &'c Client<C>, server: &'c Slow) -> Outcome<'c, C, ()> {
    C::run(async move {
        C::lift(client.status()).await.unwrap();
        // Later items may depend on earlier ones, which nobody but the caller knows.
        let names = ["a", "b", "c", "d"];
        C::lift(client.create_many::<Site>(named(&names)).batch_size(1).send()).await.unwrap();
        assert_eq!((server.most(), posts(server)), (1, 4));
        let refused = client.create_many::<Site>(named(&names)).concurrency(0).send();
        let error = C::lift(refused).await.unwrap_err();
        assert_eq!((error.kind(), posts(server)), (ErrorKind::Body, 4));
        assert!(error.to_string().contains("give 1 to send one request after the other"), "{error}");
    })
}

#[tokio::test]
async fn writes_go_together_only_if_that_is_said_of_them() {
    in_both_modes!(sites(), builder().concurrency(8), check_default);
}

fn check_shares<'c, C: Mode>(client: &'c Client<C>, server: &'c Slow) -> Outcome<'c, C, ()> {
    C::run(async move {
        C::lift(client.status()).await.unwrap();
        for (objects, together, requests) in [(120, 1, 2), (35, 3, 3), (25, 8, 3), (301, 3, 6), (300, 3, 3)] {
            let (names, before) = (vec!["a"; objects], posts(server));
            let bulk = client.create_many::<Site>(named(&names)).concurrency(together);
            assert_eq!(C::lift(bulk.send()).await.unwrap().len(), objects);
            assert_eq!(posts(server) - before, requests, "{objects} objects");
        }
    })
}

#[tokio::test]
async fn requests_that_go_together_share_the_objects() {
    in_both_modes!(sites(), builder(), check_shares);
}

fn check_undone<'c, C: Mode>(client: &'c Client<C>, server: &'c Slow) -> Outcome<'c, C, ()> {
    C::run(async move {
        C::lift(client.status()).await.unwrap();
        let names = ["a", "b", "stuck", "c", "d", "e", "f", "g"];
        let bulk = client.create_many::<Site>(named(&names)).batch_size(2).concurrency(4);
        let created = C::lift(bulk.send()).await.unwrap();
        assert_eq!(created.iter().map(|site| &*site.name).collect::<Vec<_>>(), names);
        assert_eq!(posts(server), 4 + 1);
    })
}

#[tokio::test]
async fn a_batch_that_was_undone_beside_others_goes_alone() {
    let stuck = || {
        let (sites, undone) = (sites(), AtomicU64::new(0));
        move |request: &Request| {
            let is_stuck = String::from_utf8_lossy(request.body()).contains("stuck");
            if is_stuck && undone.fetch_add(1, SeqCst) == 0 {
                let error = value!({"error": "deadlock detected\n…", "exception": "OperationalError"});
                return json(500, &error);
            }
            sites(request)
        }
    };
    in_both_modes!(stuck(), builder(), check_undone);
}
