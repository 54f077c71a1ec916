//! All calls of a client share the room for requests, and the waits that a server asks for.

use std::{
    sync::atomic::{AtomicUsize, Ordering::SeqCst},
    time::Duration,
};

use serde_json::json as value;

use super::together::{Rack, Slow, builder, in_async, in_blocking, in_both_modes, racks};
use crate::{
    Blocking, Client, ErrorKind, Mode, Outcome,
    test::{Canned, json},
    transport::{Request, Response, RetryPolicy},
};

fn check_room<'c, C: Mode>(client: &'c Client<C>, server: &'c Slow) -> Outcome<'c, C, ()> {
    C::run(async move {
        let racks = C::lift(client.query::<Rack>().page_size(10).concurrency(8).all()).await.unwrap();
        assert_eq!((racks.len(), server.most()), (95, 3));
    })
}

#[tokio::test]
async fn no_more_requests_are_under_way_than_may_be() {
    in_both_modes!(racks(95), builder().max_in_flight(3), check_room);
}

#[tokio::test]
async fn walks_that_nobody_polls_do_not_hold_up_another_call() {
    let (client, server) = in_async(racks(95), builder().max_in_flight(2));
    let walk = || client.query::<Rack>().page_size(10).concurrency(4).iter();
    let (mut one, mut other) = (walk(), walk());
    let first = [one.next_item().await.unwrap().unwrap().id, other.next_item().await.unwrap().unwrap().id];
    assert!(server.requests().len() > 2, "both have asked for more");
    // Neither is polled meanwhile, and what they asked for fills the room.
    let call = tokio::time::timeout(Duration::from_secs(20), client.query_at("dcim/racks").count());
    assert_eq!((call.await.expect("it does not hang").unwrap(), first), (95, [1, 1]));
    for mut walk in [one, other] {
        let mut racks = 1;
        while let Some(rack) = walk.next_item().await {
            rack.unwrap();
            racks += 1;
        }
        assert_eq!(racks, 95);
    }
    assert_eq!(server.most(), 2);
}

#[test]
fn iterators_that_wait_for_their_caller_do_not_hold_it_up() {
    let (client, server) = in_blocking(racks(95), builder().max_in_flight(2).concurrency(4));
    let mut one = client.query::<Rack>().page_size(10).iter();
    let mut other = client.query::<Rack>().page_size(10).iter();
    let mut racks = 0;
    while let (Some(rack), Some(same)) = (one.next(), other.next()) {
        assert_eq!(rack.unwrap().id, same.unwrap().id);
        if racks % 20 == 0 {
            assert_eq!(client.query_at("dcim/racks").count().unwrap(), 95);
        }
        racks += 1;
    }
    assert_eq!((racks, server.most()), (95, 2));
}

/// A server that has too many requests at first, unless it is asked for its status.
fn busy_at_first(status: u16) -> impl Fn(&Request) -> Response + Send + Sync + 'static {
    let asked = AtomicUsize::new(0);
    move |request| match request.uri().path() {
        "/api/dcim/racks/1/" if asked.fetch_add(1, SeqCst) == 0 => {
            let mut busy = json(status, &value!({"detail": "Not so fast."}));
            busy.headers_mut().insert("retry-after", "1".parse().unwrap());
            busy
        }
        _ => json(200, &value!({"id": 1, "netbox-version": "4.7.3"})),
    }
}

/// How many requests of other calls begin while one call waits.
async fn begun_meanwhile(status: u16) -> usize {
    let (client, server) = in_async(busy_at_first(status), builder().retry(RetryPolicy::default()));
    let others = async {
        for _ in 0..10 {
            client.status().await.unwrap();
        }
    };
    let (rack, ()) = tokio::join!(client.get_at("dcim/racks", 1), others);
    assert_eq!(rack.unwrap().id(), Some(1));
    let log = server.requests();
    let at = |what: &str| log.iter().position(|entry| entry == what).expect("a wait");
    at("the wait ends") - at("a wait of 1s begins") - 1
}

#[tokio::test]
async fn a_server_with_too_many_requests_slows_all_calls() {
    for status in [429, 503] {
        assert_eq!(begun_meanwhile(status).await, 0, "{status}");
    }
    assert!(begun_meanwhile(502).await > 1);
}

#[test]
fn a_limit_of_no_request_is_refused() {
    let transport = Canned::<Blocking>::new(|_| json(200, &value!({})));
    let error = builder().max_in_flight(0).build(transport).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.to_string().contains("allow at least 1, or set no limit"), "{error}");
}
