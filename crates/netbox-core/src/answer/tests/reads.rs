use std::{
    ptr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
    task::{Context, Waker},
    thread,
    time::Duration,
};

use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json as value};

use crate::{
    Async, Blocking, Client, Error, ErrorKind, Fk, Mode, Model, Outcome,
    field::Field,
    test::{Canned, Site, asked, json},
    transport::{BoxTransport, Lifted, RetryPolicy},
};

#[derive(Debug, Deserialize)]
struct Rack {
    id: u64,
    site: Fk<Site>,
}

impl Model for Rack {
    const ENDPOINT: &'static str = "dcim/racks";
    const FIELDS: Option<&'static [&'static str]> = Some(&["id", "site"]);

    fn id(&self) -> u64 {
        self.id
    }
}

const SITE: Field<Rack, Fk<Site>> = Field::new("site", |rack: &Rack| &rack.site);

fn site(id: u64) -> Value {
    value!({"id": id, "name": format!("Site {id}")})
}

#[test]
fn threads_that_race_for_a_key_cost_one_request() {
    let client = Canned::<Blocking>::client(|_| json(200, &site(7)));
    let key = Fk::<Site>::new(7);
    let seen: Vec<usize> = thread::scope(|scope| {
        let threads: Vec<_> =
            (0..8).map(|_| scope.spawn(|| ptr::from_ref(key.get(&client).unwrap()).addr())).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(seen.iter().all(|address| *address == seen[0]));
    assert_eq!(client.transport().targets(), ["dcim/sites/7/?fields=id,name"]);
}

#[tokio::test]
async fn tasks_that_race_for_a_key_cost_one_request() {
    let client = Canned::<Async>::client(|_| json(200, &site(7)));
    let key = Fk::<Site>::new(7);
    let seen = futures_util::future::join_all((0..8).map(|_| key.get(&client))).await;
    let first = seen[0].as_ref().unwrap();
    assert!(seen.iter().all(|site| ptr::eq(*site.as_ref().unwrap(), *first)));
    assert_eq!(client.transport().requests().len(), 1);
}

#[test]
fn an_error_is_not_kept() {
    let there = AtomicBool::new(false);
    let client = Canned::<Blocking>::client(move |_| {
        if there.swap(true, SeqCst) { json(200, &site(7)) } else { json(404, &value!({"detail": "No Site"})) }
    });
    let key = Fk::<Site>::new(7);
    assert!(key.get(&client).unwrap_err().is_not_found());
    assert_eq!(key.get(&client).unwrap().id, 7);
}

/// A list of sites of which some are gone, by whatever ids are asked for.
fn sites_but(gone: u64) -> impl Fn(&crate::transport::Request) -> crate::transport::Response + Send + Sync {
    move |request| {
        let ids = asked(request, "id").into_iter().filter_map(|id| id.parse().ok());
        let rows: Vec<Value> = ids.filter(|id| *id != gone).map(site).collect();
        if rows.is_empty() {
            return json(404, &value!({"detail": "No Site matches the given query."}));
        }
        json(200, &value!({"count": rows.len(), "next": null, "results": rows}))
    }
}

#[test]
fn an_object_that_is_gone_does_not_spoil_the_others() {
    let client = Canned::<Blocking>::client(sites_but(2));
    let racks: Vec<Rack> = (1..4).map(|id| Rack { id, site: Fk::new(id) }).collect();
    client.prefetch(&racks, SITE).unwrap();
    assert_eq!(racks.iter().map(|rack| rack.site.is_resolved()).collect::<Vec<_>>(), [true, false, true]);
    assert_eq!(
        client.transport().targets(),
        ["dcim/sites/?id=1&id=2&id=3&fields=id,name&limit=1000&ordering=id"]
    );
    assert!(racks[1].site.get(&client).unwrap_err().is_not_found());
}

#[test]
fn keys_are_asked_for_once_each_and_in_urls_that_servers_take() {
    let client = Canned::<Blocking>::client(sites_but(0));
    let keys: Vec<Rack> = (0..4000).map(|id| Rack { id, site: Fk::new(100_000 + id % 2000) }).collect();
    client.prefetch(&keys, SITE).unwrap();
    assert!(keys.iter().all(|rack| rack.site.is_resolved()));
    let requests = client.transport().requests();
    assert_eq!(requests.iter().map(|request| asked(request, "id").len()).sum::<usize>(), 2000);
    assert!(requests.len() <= 6, "{} requests", requests.len());
    assert!(requests.iter().all(|request| request.uri().to_string().len() < 4080));
}

#[test]
fn many_keys_of_one_field_cost_one_request() {
    let client = Canned::<Blocking>::client(sites_but(0));
    let keys: Vec<Fk<Site>> = vec![Fk::new(1), Fk::new(2), Fk::new(1)];
    let sites = crate::__private::objects(&keys, &client).unwrap();
    assert_eq!(sites.iter().map(|site| site.id).collect::<Vec<_>>(), [1, 2, 1]);
    assert_eq!(client.transport().requests().len(), 1);
}

/// Sites 1 to `count`, paged by key, or not at all if a page is larger than `most`.
fn sites(
    count: u64,
    most: usize,
) -> impl Fn(&crate::transport::Request) -> crate::transport::Response + Send + Sync {
    move |request| {
        let number = |name| asked(request, name).first().and_then(|value| value.parse::<u64>().ok());
        let limit = usize::try_from(number("limit").unwrap_or(50)).unwrap();
        if limit > most {
            return json(504, &Value::Null);
        }
        let from = number("start").unwrap_or(1).max(1);
        let rows: Vec<Value> = (from..=count).take(limit).map(site).collect();
        let next = (rows.len() == limit).then_some("https://elsewhere/api/dcim/sites/?start=9");
        json(200, &value!({"count": null, "next": next, "results": rows}))
    }
}

#[test]
fn pages_that_are_too_much_for_the_server_shrink() {
    let client = Canned::<Blocking>::client(sites(100, 70));
    assert_eq!(client.query::<Site>().all().unwrap().len(), 100);
    let limits: Vec<_> =
        client.transport().requests().iter().flat_map(|request| asked(request, "limit")).collect();
    assert_eq!(limits, ["1000", "250", "62", "62"]);
    assert!(client.transport().slept().is_empty(), "a smaller page is no repetition");
}

#[tokio::test]
async fn pages_are_read_ahead_in_order() {
    let client = Canned::<Async>::client(sites(10, 1000));
    let mut pages = client.query::<Site>().page_size(2).concurrency(2).pages();
    let first = pages.next_page().await.unwrap().unwrap();
    assert_eq!(first.iter().map(|site| site.id).collect::<Vec<_>>(), [1, 2]);
    assert!(client.transport().requests().len() > 1, "the second page is on its way");
    let mut ids = vec![1, 2];
    while let Some(page) = pages.next_page().await {
        ids.extend(page.unwrap().iter().map(|site| site.id));
        let had = ids.len() / 2;
        // The page that is handed out, two that wait, and the one that is on its way.
        assert!(client.transport().requests().len() <= had + 3, "no more than two pages wait");
    }
    assert_eq!(ids, (1..=10).collect::<Vec<_>>());
    assert_eq!(client.transport().requests().len(), 6);
}

#[test]
fn a_page_is_read_when_it_is_asked_for() {
    let client = Canned::<Blocking>::client(sites(10, 1000));
    let mut pages = client.query::<Site>().page_size(2).pages();
    for read in 1..=5 {
        pages.next().unwrap().unwrap();
        assert_eq!(client.transport().requests().len(), read);
    }
}

#[test]
fn a_count_is_of_all_that_match() {
    let client = Canned::<Blocking>::client(sites(10, 1000));
    assert_eq!(client.query::<Site>().offset(4).limit(2).count().unwrap(), 10);
    let asked = client.transport().targets().pop().unwrap();
    assert!(!asked.contains("offset"), "{asked}");
}

#[cfg(feature = "stream")]
#[tokio::test]
async fn a_stream_gives_all_objects() {
    use futures_util::TryStreamExt;

    let client = Canned::<Async>::client(sites(10, 1000));
    let task = tokio::spawn(client.query::<Site>().page_size(3).iter().try_collect::<Vec<_>>());
    assert_eq!(task.await.unwrap().unwrap().len(), 10);
}

#[tokio::test]
async fn a_page_survives_a_caller_that_gives_up() {
    let client = Canned::<Async>::client(|request| {
        if request.uri().path().contains("racks") {
            let racks: Vec<Value> = (1..=3).map(|id| value!({"id": id, "site": id})).collect();
            return json(200, &value!({"count": 3, "next": null, "results": racks}));
        }
        sites_but(0)(request)
    });
    let mut racks = client.query::<Rack>().prefetch(SITE).iter();
    // Two polls are the page, and the request for its sites; then the caller is gone.
    let mut next = Box::pin(racks.next_item());
    while client.transport().requests().len() < 2 {
        let mut context = Context::from_waker(Waker::noop());
        assert!(next.as_mut().poll(&mut context).is_pending());
    }
    drop(next);
    let mut ids = Vec::new();
    while let Some(rack) = racks.next_item().await {
        ids.push(rack.unwrap().id);
    }
    assert_eq!(ids, [1, 2, 3]);
}

#[test]
fn what_netbox_would_ignore_is_not_sent() {
    let client = Canned::<Blocking>::client(|_| json(200, &Value::Null));
    let query = || client.query_at("dcim/sites");
    for query in [
        query().param("status", "active").param("status", "planned"),
        query().param("mtu__empty", 1),
        query().param("comments__ic", "x"),
        query().param("name", ""),
        query().search(""),
        query().page_size(0),
        client.query_at("https://evil.example/api/dcim/sites"),
    ] {
        assert_eq!(query.all().unwrap_err().kind(), ErrorKind::Query);
    }
    assert_eq!(query().param("id", 1).find(7).unwrap_err().kind(), ErrorKind::Query);
    let narrowed = client.raw().patch::<Value>("dcim/sites/7?fields=id", &site(7));
    assert_eq!(narrowed.unwrap_err().kind(), ErrorKind::Query);
    assert!(client.transport().requests().is_empty());
}

#[test]
fn a_list_that_is_not_counted_is_read() {
    let client = Canned::<Blocking>::client(|request| {
        let limit = asked(request, "limit")[0].parse::<usize>().unwrap().min(7);
        json(200, &Value::from(vec![value!({"address": "10.0.0.1/24"}); limit]))
    });
    assert_eq!(client.query_at("ipam/prefixes/7/available-ips").count().unwrap(), 7);
}

#[test]
fn an_error_ends_the_walk() {
    let asked = AtomicUsize::new(0);
    let honest = sites(10, 1000);
    let client = Canned::<Blocking>::client(move |request| match asked.fetch_add(1, SeqCst) {
        1 => json(500, &value!({"error": "", "exception": "DataError"})),
        _ => honest(request),
    });
    let mut sites = client.query::<Site>().page_size(3).iter();
    assert_eq!(sites.by_ref().take(3).flatten().count(), 3);
    assert_eq!(sites.next().unwrap().unwrap_err().kind(), ErrorKind::Server);
    assert!(sites.next().is_none());
    assert_eq!(client.transport().requests().len(), 2);
}

#[test]
fn a_read_is_sent_again_and_a_write_is_not() {
    let client = Canned::<Blocking>::client(|_| json(503, &Value::Null));
    assert_eq!(client.get::<Site>(7).unwrap_err().kind(), ErrorKind::Unavailable);
    assert_eq!(client.transport().requests().len(), 3);
    assert_eq!(client.transport().slept().len(), 2);
    client.raw().post::<Value>("dcim/sites", &site(7)).unwrap_err();
    assert_eq!(client.transport().requests().len(), 4);
    let once = Canned::<Blocking>::new(|_| json(503, &Value::Null));
    let once = once.under(Client::builder("h").retry(RetryPolicy::none()));
    once.get::<Site>(7).unwrap_err();
    assert_eq!(once.transport().requests().len(), 1);
}

#[test]
fn a_redirect_is_an_error_that_says_where_it_points() {
    let client = Canned::<Blocking>::client(|_| {
        let builder = http::Response::builder().status(301).header("location", "https://sso.example/login");
        builder.body(Bytes::new()).unwrap()
    });
    let error = client.get::<Site>(7).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert!(error.to_string().contains("to https://sso.example/login"), "{error}");
    assert_eq!(client.transport().requests().len(), 1);
}

#[test]
fn what_every_request_carries() {
    let transport = Canned::<Blocking>::new(|_| json(200, &site(7)));
    let builder = Client::builder("h/api/")
        .token("nbt_key.hunter2")
        .header("X-Real-IP", "10.1.2.3")
        .header("X-Real-IP", "10.1.2.4")
        .branch("8qm4tz2c")
        .user_agent("inventory/1.0");
    let client = transport.under(builder);
    client.get::<Site>(7).unwrap();
    let request = &client.transport().requests()[0];
    let header = |name| request.headers().get_all(name).iter().collect::<Vec<_>>();
    assert_eq!(header("authorization"), ["Bearer nbt_key.hunter2"]);
    assert_eq!(header("accept"), ["application/json"]);
    assert_eq!(header("x-real-ip"), ["10.1.2.3", "10.1.2.4"]);
    assert_eq!(header("x-netbox-branch"), ["8qm4tz2c"]);
    assert_eq!(header("user-agent"), ["inventory/1.0"]);
    assert!(
        header("accept-language").is_empty()
            && header("cookie").is_empty()
            && header("content-type").is_empty()
    );
    assert!(
        !format!("{:?} {request:?}", *client).contains("hunter2")
            && !format!("{request:?}").contains("10.1.2.3")
    );
    assert_eq!(client.version(), Some(crate::Version::new(4, 7)));
}

#[test]
fn what_a_client_cannot_be_made_of() {
    let refused = |builder: crate::ClientBuilder| {
        let error = builder.build(Canned::<Blocking>::new(|_| json(200, &Value::Null))).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        error.to_string()
    };
    assert!(refused(Client::builder("h").header("Authorization", "x")).contains("with `token`"));
    assert!(refused(Client::builder("h").header("Cookie", "x")).contains("session"));
    assert!(refused(Client::builder("h").header("a b", "x")).contains("no header name"));
    assert!(refused(Client::builder("h").header("X-A", "a\nb")).contains("cannot be sent"));
    assert!(refused(Client::builder("h").page_size(0)).contains("the page size is 0"));
    assert!(refused(Client::builder("h").token("")).contains("token is empty"));
    let builder =
        Client::builder("https://admin:hunter2@h").token("nbt_key.hunter2").header("X-Key", "hunter2");
    assert!(!format!("{builder:?}").contains("hunter2"));
}

#[test]
fn a_login_makes_a_token_and_a_logout_deletes_it() {
    let transport = Canned::<Blocking>::new(|request| match request.method().as_str() {
        "POST" => json(201, &value!({"id": 2, "version": 2, "key": "key", "token": "hunter2"})),
        "DELETE" => json(204, &Value::Null).map(|_| Bytes::new()),
        _ => json(200, &site(7)),
    });
    let transport = Arc::new(transport);
    let builder = Client::builder("h").token("nbt_other.other");
    let client = builder.login("admin", "hunter3", Arc::clone(&transport)).unwrap();
    client.get::<Site>(7).unwrap();
    client.logout().unwrap();
    let requests = transport.requests();
    assert_eq!(requests[0].uri().path(), "/api/users/tokens/provision/");
    assert!(requests[0].headers().get("authorization").is_none());
    assert_eq!(requests[0].body(), &br#"{"password":"hunter3","username":"admin"}"#[..]);
    assert_eq!(requests[1].headers()["authorization"], "Bearer nbt_key.hunter2");
    assert_eq!(requests[2].uri().path(), "/api/users/tokens/2/");
}

/// For clients of either mode.
fn name<C: Mode>(client: &Client<C>, id: u64) -> Outcome<'_, C, Result<String, Error>> {
    C::run(async move { Ok(C::lift(client.get::<Site>(id)).await?.name.clone()) })
}

async fn name_async(client: &Client<Async>, id: u64) -> Result<String, Error> {
    Ok(client.get::<Site>(id).await?.name.clone())
}

#[test]
fn a_library_serves_both_modes() {
    let answer = |_: &crate::transport::Request| json(200, &site(7));
    assert_eq!(name(&Canned::<Blocking>::client(answer), 7).unwrap(), "Site 7");
    let lifted = Client::builder("h").build(Lifted(Canned::<Blocking>::new(answer))).unwrap();
    assert_eq!(Blocking::run(name_async(&lifted, 7)).unwrap(), "Site 7");
    let boxed: BoxTransport<Async> = BoxTransport::new(Canned::<Async>::new(answer));
    let boxed = Client::builder("h").build(boxed).unwrap();
    assert_eq!(Blocking::run(name(&boxed, 7)).unwrap(), "Site 7");
}

#[tokio::test]
async fn calls_can_be_spawned() {
    let client = Canned::<Async>::client(|_| json(200, &site(7)));
    let task = tokio::spawn(async move {
        tokio::time::timeout(Duration::from_secs(60), name_async(&client, 7)).await.unwrap()
    });
    assert_eq!(task.await.unwrap().unwrap(), "Site 7");
}
