//! The promises of this transport beyond those of every transport.
#![cfg(feature = "ring")]

use std::{
    io::{self, Write},
    sync::Barrier,
    thread,
    time::Duration,
};

use bytes::Bytes;
use netbox_core::{
    Client,
    transport::{Request, RetryPolicy, Sink, Transport, TransportErrorKind},
};
use netbox_replay::loopback::{Answer, Loopback};
use netbox_transport_ureq::UreqTransport;

#[test]
fn clones_share_connections() {
    let server = Loopback::start(|_| Answer::json("[]"));
    let transport = UreqTransport::builder().no_proxy().build().unwrap();
    for transport in [transport.clone(), transport] {
        transport.send(get(server.url())).unwrap();
    }
    assert_eq!(server.connections(), 1);
}

#[test]
fn no_limit_is_a_limit_too() {
    let server = Loopback::start(|_| Answer::json("[]"));
    let builder = UreqTransport::builder().no_proxy().max_response_size(usize::MAX);
    let transport = builder.timeout(Duration::MAX).connect_timeout(Duration::MAX).build().unwrap();
    transport.send(get(server.url())).unwrap();
}

#[test]
fn what_came_before_a_reused_connection_broke_is_not_asked_for_again() {
    let server = Loopback::start(|request| match request.uri().path() {
        "/half" => Answer::bytes("HTTP/1.1 200 O"),
        _ => Answer::json("[]"),
    });
    let transport = UreqTransport::builder().no_proxy().build().unwrap();
    transport.send(get(server.url())).unwrap();
    let error = transport.send(get(&format!("{}/half", server.url()))).unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Broken);
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn no_password_is_shown() {
    let builder = UreqTransport::builder().proxy("http://me:secret@proxy:8080");
    assert!(!format!("{builder:?}").contains("secret"));
    let transport = builder.build().unwrap();
    assert!(!format!("{transport:?} {transport:#?}").contains("secret"));
    assert!(format!("{transport:?}").contains("proxy:8080"));
}

#[test]
fn threads_that_ask_one_reference_wait_for_one_time_out() {
    let server = Loopback::start(|request| match request.uri().path() {
        "/api/dcim/sites/1/" => {
            let region = r#"{"id": 7, "url": "http://h/api/dcim/regions/7/", "display": "EU"}"#;
            Answer::json(format!(r#"{{"id": 1, "region": {region}}}"#)).header("api-version", "4.7")
        }
        _ => Answer::json("{}").after(Duration::from_secs(60)),
    });
    let transport = UreqTransport::builder().no_proxy().timeout(Duration::from_secs(1)).build().unwrap();
    let client = Client::builder(server.url()).retry(RetryPolicy::none()).build(transport).unwrap();
    let site = client.get_at("dcim/sites", 1).unwrap();
    let region = site.fk("region").unwrap().unwrap();
    let start = Barrier::new(16);
    thread::scope(|scope| {
        let ask = || {
            start.wait();
            region.get(&client).map(drop).unwrap_err()
        };
        let threads: Vec<_> = (0..16).map(|_| scope.spawn(ask)).collect();
        for thread in threads {
            let error = thread.join().unwrap();
            assert!(error.is_timeout(), "{error}");
        }
    });
    assert_eq!(server.requests().len(), 2);
}

fn get(url: &str) -> Request {
    http::Request::get(url).body(Bytes::new()).unwrap()
}

/// Sends what is written to it over a transport.
struct Forwarding(UreqTransport, String);

impl Write for Forwarding {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let request = http::Request::post(&self.1).body(Bytes::copy_from_slice(piece)).unwrap();
        self.0.send(request).map_err(io::Error::other)?;
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_sink_may_use_the_transport() {
    let server = Loopback::start(|_| Answer::new(200).body("a file"));
    let transport = UreqTransport::builder().no_proxy().build().unwrap();
    let mut request = get(server.url());
    request.extensions_mut().insert(Sink::new(Forwarding(transport.clone(), server.url().to_owned())));
    assert_eq!(transport.send(request).unwrap().status(), 200);
    assert_eq!(server.requests()[1].body(), "a file");
}
