//! What this transport promises beyond what every transport does.
#![cfg(feature = "ring")]

use bytes::Bytes;
use netbox_core::{Request, Transport, TransportErrorKind};
use netbox_replay::loopback::{Answer, Loopback};
use netbox_transport_hyper::{HyperTransport, Limits};
use tokio::net::TcpStream;

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

fn get(server: &Loopback) -> Request {
    http::Request::get(server.url()).body(Bytes::new()).unwrap()
}
