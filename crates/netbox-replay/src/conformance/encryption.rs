//! The servers that a transport trusts.

use netbox_core::transport::TransportErrorKind;

use super::harness::{Harness, Options, fail, get, send, succeed};
use crate::loopback::{Answer, Authority, Loopback, ServerTls};

/// An authority that nobody named.
pub fn a_stranger_is_not_trusted<H: Harness>() {
    let (server, _) = server_named("127.0.0.1");
    fail::<H>(&H::transport(Options::default()), get(&server, "/"), TransportErrorKind::Tls);
    let another = Options { root_certificates: Some(Authority::new().certificate()), ..Options::default() };
    fail::<H>(&H::transport(another), get(&server, "/"), TransportErrorKind::Tls);
    assert!(server.requests().is_empty());
}

/// A good certificate, of somebody else.
pub fn another_name_is_not_trusted<H: Harness>() {
    let (server, authority) = server_named("netbox.example.com");
    let trusting = Options { root_certificates: Some(authority.certificate()), ..Options::default() };
    fail::<H>(&H::transport(trusting), get(&server, "/"), TransportErrorKind::Tls);
    assert!(server.requests().is_empty());
}

/// An authority that nobody named and a name that is wrong, with the option for it.
pub fn anybody_is_trusted_when_asked_for<H: Harness>() {
    let (server, _) = server_named("netbox.example.com");
    let transport = H::transport(Options { accept_invalid_certs: true, ..Options::default() });
    assert_eq!(succeed::<H>(&transport, get(&server, "/")).body(), &b"[]"[..]);
}

/// A server that asks the client who it is.
pub fn a_client_certificate_is_shown<H: Harness>() {
    let authority = Authority::new();
    let tls = ServerTls::among(&authority.certify(&["127.0.0.1"]), &authority);
    let server = Loopback::start_tls(&tls, |_| Answer::json("[]"));
    let anonymous = Options { root_certificates: Some(authority.certificate()), ..Options::default() };
    let known = Options { client_certificate: Some(authority.certify(&["a client"])), ..anonymous.clone() };
    assert_eq!(succeed::<H>(&H::transport(known), get(&server, "/")).body(), &b"[]"[..]);
    send::<H>(&H::transport(anonymous), get(&server, "/")).expect_err("a client without a certificate");
    assert_eq!(server.requests().len(), 1);
}

fn server_named(name: &str) -> (Loopback, Authority) {
    let authority = Authority::new();
    let tls = ServerTls::new(&authority.certify(&[name]));
    (Loopback::start_tls(&tls, |_| Answer::json("[]")), authority)
}
