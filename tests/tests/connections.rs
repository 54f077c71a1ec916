//! Connections that fail: one line says why, in all transports.

use std::{
    io::{Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream, ToSocketAddrs},
    thread,
    time::Duration,
};

use netbox_core::{
    Client, Error, ErrorKind, Outcome,
    server::Status,
    transport::{RetryPolicy, Transport, TransportErrorKind},
};
use netbox_replay::loopback::{Answer, Authority, Loopback, ServerTls};
use netbox_transport_hyper::HyperTransport;
use netbox_transport_reqwest::ReqwestTransport;
use netbox_transport_ureq::UreqTransport;

/// Makes sure that connecting to `base` fails with that kind, and that `why` and nothing else is said of it.
#[track_caller]
fn check(base: &str, kind: TransportErrorKind, why: &str) {
    let blocking = UreqTransport::builder().no_proxy().build().unwrap();
    let of_ureq = fail(base, blocking, |answer| answer);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let asynchronous = HyperTransport::builder().no_proxy().build().unwrap();
    let of_hyper = fail(base, asynchronous, |answer| runtime.block_on(answer));
    let direct = ReqwestTransport::client_builder().no_proxy().build().unwrap();
    let of_reqwest = fail(base, ReqwestTransport::over(direct), |answer| runtime.block_on(answer));
    let url = if base.contains("://") { base.to_owned() } else { format!("https://{base}") };
    let what = if kind == TransportErrorKind::Tls { "the TLS handshake failed" } else { "could not connect" };
    let expected = (ErrorKind::Transport(kind), format!("GET {url}/api/status/: {what}: {why}"));
    assert_eq!(of_ureq, expected, "ureq");
    assert_eq!(of_hyper, expected, "hyper");
    let expected = (expected.0, expected.1.replace("`add_root_certificates`", "`tls_certs_merge`"));
    assert_eq!(of_reqwest, expected, "reqwest");
}

fn fail<T: Transport + 'static>(
    base: &str,
    transport: T,
    wait: impl for<'o> FnOnce(Outcome<'o, T::Mode, Result<Status, Error>>) -> Result<Status, Error>,
) -> (ErrorKind, String) {
    let client = Client::builder(base).retry(RetryPolicy::none()).build(transport).unwrap();
    let error = wait(client.status()).unwrap_err();
    (error.kind(), error.to_string())
}

fn free_port() -> SocketAddr {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap()
}

#[test]
fn a_closed_port() {
    let port = free_port();
    let why = TcpStream::connect(port).unwrap_err().to_string();
    check(&format!("http://{port}"), TransportErrorKind::Connect, &why);
    check(&format!("https://{port}"), TransportErrorKind::Connect, &why);
    let scheme = "(the base URL was given without a scheme and is taken for https: write http:// before it if the server has \
                  no TLS)";
    check(&port.to_string(), TransportErrorKind::Connect, &format!("{why} {scheme}"));
}

#[test]
fn an_unknown_host() {
    let why = "netbox.invalid:80".to_socket_addrs().unwrap_err().to_string();
    check("http://netbox.invalid", TransportErrorKind::Connect, &why);
}

#[test]
fn a_port_without_tls() {
    let plain = "if it speaks plain HTTP on this port, write http:// in the URL";
    // Some web servers hang up on what is no HTTP, and others answer it.
    let server = Loopback::start(|_| Answer::json("{}"));
    check(
        &server.url().replace("http:", "https:"),
        TransportErrorKind::Connect,
        &format!("the server hung up in the TLS handshake; {plain}"),
    );
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let base = format!("https://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            assert!(stream.read(&mut [0; 4096]).unwrap() > 0);
            stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
        }
    });
    let why = format!("the server did not answer with TLS; {plain}");
    check(&base, TransportErrorKind::Tls, &why);
}

#[test]
fn a_certificate_of_an_unknown_authority_or_for_another_name() {
    let authority = Authority::new();
    let tls = ServerTls::new(&authority.certify(&["netbox.example.com"]));
    let server = Loopback::start_tls(&tls, |_| Answer::json("{}"));
    check(
        server.url(),
        TransportErrorKind::Tls,
        "invalid peer certificate: UnknownIssuer; no authority that is trusted here issued the server's certificate: add the \
         one that did by `add_root_certificates`",
    );
    let trusting = UreqTransport::builder().no_proxy().add_root_certificates(authority.certificate());
    let (_, message) = fail(server.url(), trusting.build().unwrap(), |answer| answer);
    let why = "the TLS handshake failed: invalid peer certificate: certificate not valid for name \"127.0.0.1\"; certificate \
               is only valid for DnsName(\"netbox.example.com\")";
    assert_eq!(message, format!("GET {}/api/status/: {why}", server.url()));
}

#[test]
fn a_server_that_is_silent_in_the_handshake() {
    // The system accepts the connection, and nobody reads from it.
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let at = listener.local_addr().unwrap();
    let base = format!("https://{at}");
    let (short, long) = (Duration::from_millis(300), Duration::from_secs(60));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let plain = "if it speaks plain HTTP on this port, write http:// in the URL";
    let expected = |why: &str| {
        let message = format!("GET {base}/api/status/: could not connect: {at} {why}; {plain}");
        (ErrorKind::Transport(TransportErrorKind::Connect), message)
    };
    for (connect_timeout, timeout, limit) in
        [(short, long, "300ms (`connect_timeout`)"), (long, short, "300ms (`timeout`)")]
    {
        let expected = expected(&format!(
            "accepted the connection and did not answer in the TLS handshake within {limit}"
        ));
        let builder = UreqTransport::builder().no_proxy().connect_timeout(connect_timeout).timeout(timeout);
        assert_eq!(fail(&base, builder.build().unwrap(), |answer| answer), expected, "ureq");
        let builder = HyperTransport::builder().no_proxy().connect_timeout(connect_timeout).timeout(timeout);
        let of_hyper = fail(&base, builder.build().unwrap(), |answer| runtime.block_on(answer));
        assert_eq!(of_hyper, expected, "hyper");
    }
    let client = ReqwestTransport::client_builder().no_proxy().connect_timeout(short).build().unwrap();
    let of_reqwest = fail(&base, ReqwestTransport::over(client), |answer| runtime.block_on(answer));
    let why = "did not accept the connection, or did not answer in the TLS handshake, within the client's `connect_timeout`";
    assert_eq!(of_reqwest, expected(why), "reqwest");
}
