//! The promises of this transport beyond those of every transport.
#![cfg(feature = "ring")]

use std::{
    net::{Ipv4Addr, TcpListener},
    time::Duration,
};

use bytes::Bytes;
use netbox_core::{
    Blocking, Client, Mode,
    transport::{Request, RetryPolicy, Timeout, Transport, TransportErrorKind},
};
use netbox_replay::loopback::{Answer, Loopback};
use netbox_transport_reqwest::{
    ReqwestTransport,
    reqwest::{header::HeaderMap, redirect},
};

fn request(server: &Loopback, target: &str) -> Request {
    http::Request::post(format!("{}{target}", server.url())).body(Bytes::new()).unwrap()
}

#[tokio::test]
async fn a_client_that_followed_a_redirect_is_told_of() {
    let server = Loopback::start(|came: &Request| match came.uri().path() {
        "/moved" => Answer::new(303).header("location", "/elsewhere"),
        _ => Answer::json("[]"),
    });
    let ours = ReqwestTransport::client_builder().no_proxy();
    let following = ours.redirect(redirect::Policy::default()).build().unwrap();
    let transport = ReqwestTransport::over(following);
    let error = transport.send(request(&server, "/moved")).await.unwrap_err();
    assert_eq!((error.kind(), error.never_sent()), (TransportErrorKind::Other, false));
    assert!(format!("{error:?}").contains("followed a redirect"), "{error:?}");
    transport.send(request(&server, "/")).await.unwrap();
}

#[tokio::test]
async fn the_time_is_that_of_the_request_or_else_of_the_client() {
    let server = Loopback::start(|_| Answer::json("[]").after(Duration::from_millis(500)));
    let hasty = ReqwestTransport::client_builder().no_proxy().timeout(Duration::from_millis(100));
    let transport = ReqwestTransport::over(hasty.build().unwrap());
    let error = transport.send(request(&server, "/")).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Timeout);
    let mut patient = request(&server, "/");
    patient.extensions_mut().insert(Timeout(Duration::from_secs(60)));
    transport.send(patient).await.unwrap();
}

#[tokio::test]
async fn an_error_names_the_cause_and_the_url_once() {
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap();
    let refused = std::net::TcpStream::connect(port).unwrap_err();
    let direct = ReqwestTransport::over(ReqwestTransport::client_builder().no_proxy().build().unwrap());
    let client = Client::builder(format!("http://{port}")).retry(RetryPolicy::none()).build(direct).unwrap();
    let error = client.status().await.unwrap_err();
    assert_eq!(error.to_string(), format!("GET http://{port}/api/status/: could not connect: {refused}"));
    assert!(!format!("{:?}", std::error::Error::source(&error)).contains("api/status"), "{error:?}");
}

#[test]
fn without_a_runtime_there_is_an_error() {
    let transport = ReqwestTransport::new().unwrap();
    let error = Blocking::run(transport.send(Request::default())).unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Unsupported);
    Blocking::run(transport.sleep(Duration::from_secs(60)));
}

#[test]
fn no_secret_is_shown() {
    let mut headers = HeaderMap::new();
    headers.insert("x-gateway-key", "secret".parse().unwrap());
    let client = ReqwestTransport::client_builder().default_headers(headers).build().unwrap();
    assert!(!format!("{:#?}", ReqwestTransport::over(client)).contains("secret"));
}
