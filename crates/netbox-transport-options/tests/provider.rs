//! TLS uses the crypto provider that the program installed, whatever the features; without one, it needs the feature
//! `ring`.
//!
//! The installation holds for the whole process, so that this file must have no other test.

use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::atomic::{AtomicUsize, Ordering},
};

use netbox_replay::loopback::{Answer, Authority, Loopback, ServerTls};
use netbox_transport_options::{BuildError, Builder, FromOptions, Options};
use rustls::crypto::{CryptoProvider, GetRandomFailed, SecureRandom, ring};

/// Counts how often TLS asks for random bytes.
#[derive(Debug)]
struct CountedRandom(AtomicUsize);

static RANDOM: CountedRandom = CountedRandom(AtomicUsize::new(0));

impl SecureRandom for CountedRandom {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), GetRandomFailed> {
        self.0.fetch_add(1, Ordering::Relaxed);
        ring::default_provider().secure_random.fill(bytes)
    }
}

struct Transport(Options);

impl FromOptions for Transport {
    fn from_options(options: Options) -> Result<Self, BuildError> {
        Ok(Self(options))
    }
}

#[test]
fn the_installed_provider_is_used() {
    let authority = Authority::new();
    let build =
        || Builder::<Transport>::new().no_proxy().add_root_certificates(authority.certificate()).build();
    assert_eq!(build().is_ok(), cfg!(feature = "ring"));

    let provider = CryptoProvider { secure_random: &RANDOM, ..ring::default_provider() };
    provider.install_default().expect("no other provider is installed");

    let identity = authority.certify(&["127.0.0.1"]);
    let server = Loopback::start_tls(&ServerTls::new(&identity), |_| Answer::json("[]").close());
    let Transport(options) = build().expect("options that can be used");

    let socket = TcpStream::connect(server.address()).expect("a connection");
    let mut stream = options.tls.connect("127.0.0.1", socket).expect("a handshake");
    stream.write_all(b"GET / HTTP/1.1\r\nHost: netbox\r\n\r\n").expect("an open connection");
    let mut first = [0; 12];
    stream.read_exact(&mut first).expect("a response");
    assert_eq!(&first, b"HTTP/1.1 200");
    assert!(RANDOM.0.load(Ordering::Relaxed) > 0);
}
