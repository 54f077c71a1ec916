//! The promises of this transport beyond those of every transport.
#![cfg(feature = "ring")]

use std::{sync::mpsc, thread, time::Duration};

use bytes::Bytes;
use netbox_core::{
    Blocking, Client, Mode,
    transport::{Request, Transport, TransportErrorKind},
};
use netbox_replay::{
    conformance::{self, Harness, Options},
    loopback::{Answer, Loopback},
};
use netbox_transport_hyper::{HyperTransport, HyperTransportBuilder, Limits};
use tokio::{net::TcpStream, runtime::Builder};

#[tokio::test]
async fn a_connector_can_be_ones_own() {
    let server = Loopback::start(|_| Answer::new(200).body(vec![b'.'; 11]));
    let mut limits = Limits::default();
    limits.max_response_size = 10;
    let address = server.address();
    for (limits, expect) in [(Limits::default(), Ok(11)), (limits, Err(TransportErrorKind::TooLarge))] {
        let transport = HyperTransport::with_connector(move |_| TcpStream::connect(address), limits);
        let outcome = transport.send(get(&server)).await;
        assert_eq!(outcome.map(|response| response.body().len()).map_err(|error| error.kind()), expect);
    }
}

#[tokio::test]
async fn clones_share_connections() {
    let server = Loopback::start(|_| Answer::json("[]"));
    let transport = HyperTransport::builder().no_proxy().build().unwrap();
    for transport in [transport.clone(), transport] {
        transport.send(get(&server)).await.unwrap();
        transport.sleep(std::time::Duration::from_millis(100)).await;
    }
    assert_eq!(server.connections(), 1);
}

#[test]
fn no_password_is_shown() {
    let builder = HyperTransport::builder().proxy("http://me:secret@proxy:8080");
    assert!(!format!("{builder:?}").contains("secret"));
    let transport = builder.build().unwrap();
    assert!(!format!("{transport:?} {transport:#?}").contains("secret"));
    assert!(format!("{transport:?}").contains("proxy:8080"));
}

#[test]
fn without_a_runtime_there_is_an_error() {
    let server = Loopback::start(|_| Answer::json("{}"));
    let transport = HyperTransport::builder().no_proxy().build().unwrap();
    let error = Blocking::run(transport.send(get(&server))).unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Unsupported);
    let client = Client::builder(server.url()).build(transport).unwrap();
    let told = Blocking::run(client.get_at("dcim/sites", 1)).unwrap_err().to_string();
    assert!(told.contains("the transport cannot send this: there is no tokio runtime here"), "{told}");
}

/// In a thread, so that a test that hangs fails.
fn within_a_moment<R: Send + 'static>(work: impl FnOnce() -> R + Send + 'static) -> R {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(work()));
    receiver.recv_timeout(Duration::from_secs(30)).expect("it waits for ever")
}

#[test]
fn waiting_on_the_only_thread_of_a_runtime_is_an_error() {
    let server = Loopback::start(|_| Answer::json(r#"{"netbox-version": "4.7.3"}"#));
    let transport = HyperTransport::builder().no_proxy().build().unwrap();
    let client = Client::builder(server.url()).build(transport).unwrap();
    let asked = client.clone();
    let told = within_a_moment(move || {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async { Blocking::run(asked.status()).map(drop) })
    });
    let told = told.unwrap_err().to_string();
    assert!(told.contains("`Blocking::run` would wait for ever"), "{told}");

    // Where others go on, it may wait; and a runtime within a blocking call is one that goes on.
    let asked = client.clone();
    within_a_moment(move || {
        let runtime = Builder::new_multi_thread().enable_all().build().unwrap();
        runtime.block_on(async { Blocking::run(asked.status()).map(drop) })
    })
    .unwrap();
    within_a_moment(move || {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        Blocking::run(async { runtime.block_on(client.status()).map(drop) })
    })
    .unwrap();
}

/// A transport on a runtime with one thread.
struct OnOneThread;

impl Harness for OnOneThread {
    type Transport = HyperTransport;

    fn transport(options: Options) -> HyperTransport {
        HyperTransportBuilder::from(options).build().expect("options that can be used")
    }

    fn run<R: Send>(future: impl Future<Output = R> + Send) -> R {
        Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(future)
    }
}

#[test]
fn the_time_is_over_on_one_thread_too() {
    conformance::endless_hints_are_a_timeout::<OnOneThread>();
}

fn get(server: &Loopback) -> Request {
    http::Request::get(server.url()).body(Bytes::new()).unwrap()
}
