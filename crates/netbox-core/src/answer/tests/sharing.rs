//! Callers at the same time share a fetch, and clients of several branches share no object.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
    thread,
    time::Duration,
};

use http::Method;
use serde::Deserialize;
use serde_json::{Value, json as value};

use crate::{
    Async, Blocking, Client, Error, Fk, Patch,
    bulk::BulkItem,
    test::{Asking, Canned, Site, asked, json},
    transport::{BoxFuture, Request, Response, RetryPolicy, Transport, TransportError},
};

const CALLERS: usize = 32;

/// Has all callers make one call at the same time, against a server that answers once all of them wait.
fn together(
    answer: impl Fn(&Request) -> Response + Send + Sync + 'static,
    call: impl Fn(&Asking<Blocking>) -> Result<(), Error> + Sync,
) -> (Vec<Error>, Asking<Blocking>) {
    let waiting = Arc::new(AtomicUsize::new(0));
    let began = Arc::clone(&waiting);
    let client = Canned::<Blocking>::new(move |request| {
        while began.load(SeqCst) < CALLERS {
            thread::yield_now();
        }
        thread::sleep(Duration::from_millis(300));
        answer(request)
    });
    let client = client.under(Client::builder("h").retry(RetryPolicy::none()));
    let errors = thread::scope(|scope| {
        let callers: Vec<_> = (0..CALLERS)
            .map(|_| {
                scope.spawn(|| {
                    waiting.fetch_add(1, SeqCst);
                    call(&client).unwrap_err()
                })
            })
            .collect();
        callers.into_iter().map(|caller| caller.join().unwrap()).collect()
    });
    (errors, client)
}

fn unavailable(_: &Request) -> Response {
    json(503, &value!({"detail": "Not now."}))
}

#[test]
fn threads_share_the_error_of_a_reference() {
    let key = Fk::<Site>::new(7);
    let (errors, client) = together(unavailable, |client| key.get(client).map(drop));
    assert_eq!(client.transport().requests().len(), 1);
    for error in errors {
        let text = "GET https://h/api/dcim/sites/7/?fields=id,name: NetBox answered 503 Service Unavailable: Not now.";
        assert_eq!(
            (error.to_string(), error.messages().global()),
            (text.to_owned(), &["Not now.".to_owned()][..])
        );
    }
    key.get(&client).unwrap_err();
    assert_eq!(client.transport().requests().len(), 2, "a later call asks again");
}

/// A server that takes its time, and has nothing.
#[derive(Clone, Default)]
struct Empty(Arc<AtomicUsize>);

impl Transport for Empty {
    type Mode = Async;

    fn send(&self, _: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        self.0.fetch_add(1, SeqCst);
        Box::pin(async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            Ok(json(404, &value!({"detail": "No Site."})))
        })
    }

    fn sleep(&self, delay: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(delay))
    }
}

#[tokio::test]
async fn tasks_share_the_error_of_a_reference() {
    let empty = Empty::default();
    let client = Client::builder("h").build(empty.clone()).unwrap();
    let key = Fk::<Site>::new(7);
    let answers = futures_util::future::join_all((0..1000).map(|_| key.get(&client))).await;
    assert!(answers.into_iter().all(|answer| answer.unwrap_err().is_not_found()));
    assert_eq!(empty.0.load(SeqCst), 1);
}

#[test]
fn what_an_endpoint_takes_is_asked_by_one_of_several() {
    let create = |client: &Asking<Blocking>| {
        client.create_at("plugins/x/things", Patch::new().field("name", "x")).map(drop)
    };
    let (errors, client) = together(unavailable, create);
    let requests = client.transport().requests();
    let options: Vec<_> = requests.iter().filter(|request| request.method() == Method::OPTIONS).collect();
    assert_eq!((errors.len(), options.len()), (CALLERS, 1));
}

#[test]
fn custom_fields_are_asked_for_by_one_of_several() {
    let read = |client: &Asking<Blocking>| client.query_at("dcim/sites").param("cf_x", "1").all().map(drop);
    let (_, client) = together(unavailable, read);
    assert_eq!(client.transport().requests().len(), 1);
}

/// A site that each branch has another name for, alone and in a rack, and a plugin's things with a field of its own.
fn branches() -> Asking<Blocking> {
    Canned::<Blocking>::client(|request| {
        let branch = request.headers().get("x-netbox-branch").map_or("main", |id| id.to_str().unwrap());
        let site = |id: u64| value!({"id": id, "name": branch});
        match request.uri().path() {
            path if path.contains("/branching/") => {
                let branch =
                    value!({"id": 1, "name": "move", "schema_id": "8qm4tz2c", "status": {"value": "ready"}});
                json(200, &value!({"count": 1, "next": null, "results": [branch]}))
            }
            path if path.ends_with("/racks/1/") => json(200, &value!({"id": 1, "site": site(8)})),
            path if path.ends_with("/things/") && request.method() == Method::OPTIONS => {
                json(200, &value!({"actions": {"POST": {branch: {"type": "string"}}}}))
            }
            path if path.ends_with("/sites/") => {
                let rows: Vec<Value> =
                    asked(request, "id").iter().map(|id| site(id.parse().unwrap())).collect();
                json(200, &value!({"count": rows.len(), "next": null, "results": rows}))
            }
            path if path.ends_with("/sites/8/") => json(200, &site(8)),
            _ if request.method() == Method::GET => json(200, &site(7)),
            _ => json(201, &value!({"id": 7})),
        }
    })
}

#[derive(Deserialize)]
struct Rack {
    site: Fk<Site>,
    #[serde(default)]
    others: Vec<Fk<Site>>,
}

#[test]
fn an_object_is_that_of_the_clients_branch() {
    let main = branches();
    let branch = main.on_branch("move").unwrap();
    let elsewhere = branches();
    let nested: Rack = main.raw().get("dcim/racks/1").unwrap();
    assert!(nested.site.is_resolved() && nested.others.is_empty());
    for key in [Fk::<Site>::new(7), nested.site] {
        for _ in 0..2 {
            assert_eq!(key.get(&main).unwrap().name, "main");
            assert_eq!(key.get(&branch).unwrap().name, "8qm4tz2c");
            // The same NetBox, by another client.
            assert_eq!(key.get(&elsewhere).unwrap().name, "main");
        }
        assert_eq!(key.cached().unwrap().name, "main");
        assert_eq!(key.clone().get(&branch).unwrap().name, "8qm4tz2c");
    }
    assert_eq!(elsewhere.transport().requests().len(), 0);
    let sites = main.transport().targets().into_iter().filter(|target| target.starts_with("dcim/sites/"));
    assert_eq!(sites.count(), 3, "one of each key on the branch, and one of the new key on main");

    let other = Canned::<Blocking>::new(|_| json(200, &value!({"id": 7, "name": "other"})));
    let other = other.under(Client::builder("https://other"));
    let key = Fk::<Site>::new(7);
    assert_eq!((&*key.get(&main).unwrap().name, &*key.get(&other).unwrap().name), ("main", "other"));
}

#[test]
fn objects_that_are_fetched_together_are_those_of_the_clients_branch() {
    let main = branches();
    let branch = main.on_branch("move").unwrap();
    let keys: Vec<Fk<Site>> = (1..4).map(Fk::new).collect();
    for _ in 0..2 {
        for (client, name) in [(&*main, "main"), (&branch, "8qm4tz2c")] {
            let names: Vec<_> = crate::__private::objects(&keys, client)
                .unwrap()
                .into_iter()
                .map(|site| site.name.clone())
                .collect();
            assert_eq!(names, [name; 3]);
        }
    }
    assert_eq!(main.transport().targets().len(), 3, "that of the branch, and one for each");
}

#[test]
fn what_an_endpoint_takes_differs_from_branch_to_branch() {
    let main = branches();
    let branch = main.on_branch("move").unwrap();
    let create = |client: &Client<Blocking>, field: &'static str| {
        client.create_at("plugins/x/things", Patch::new().field(field, "x")).map(drop)
    };
    create(&main, "main").unwrap();
    create(&branch, "8qm4tz2c").unwrap();
    assert!(create(&branch, "main").unwrap_err().to_string().contains("`main` is no field there"));
    assert!(create(&main, "8qm4tz2c").unwrap_err().to_string().contains("`8qm4tz2c` is no field there"));
}

#[test]
fn nothing_is_refused_by_what_was_told_before() {
    let has_extra = Arc::new(AtomicBool::new(false));
    let grown = Arc::clone(&has_extra);
    let client = Canned::<Blocking>::client(move |request| match *request.method() {
        Method::OPTIONS if grown.load(SeqCst) => json(
            200,
            &value!({"actions": {"POST": {"name": {"type": "string"}, "extra": {"type": "string"}}}}),
        ),
        Method::OPTIONS => json(200, &value!({"actions": {"POST": {"name": {"type": "string"}}}})),
        _ => json(201, &value!({"id": 7})),
    });
    let create =
        |field: &'static str| client.create_at("plugins/x/things", Patch::new().field(field, "x")).map(drop);
    let options = || {
        let requests = client.transport().requests();
        requests.iter().filter(|request| request.method() == Method::OPTIONS).count()
    };
    create("name").unwrap();
    create("name").unwrap();
    assert_eq!(options(), 1);
    assert!(create("extra").is_err());
    assert_eq!(options(), 2);
    has_extra.store(true, SeqCst);
    create("extra").unwrap();
    create("extra").unwrap();
    assert_eq!(options(), 3);

    let wrong = ["colour", "name", "colour"].map(|field| Patch::new().field(field, "x"));
    let refused = client.create_many_at("plugins/x/things", wrong).send().unwrap_err();
    assert_eq!(refused.items().iter().map(BulkItem::index).collect::<Vec<_>>(), [0, 2]);
    assert_eq!(options(), 4, "once for all items");
}
