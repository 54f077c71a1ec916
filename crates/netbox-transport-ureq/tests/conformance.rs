//! The suite that every transport passes.
#![cfg(feature = "ring")]

use netbox_core::{Blocking, Mode};
use netbox_replay::conformance::{Harness, Options};
use netbox_transport_ureq::UreqTransport;

struct UreqUnderTest;

impl Harness for UreqUnderTest {
    type Transport = UreqTransport;

    fn transport(options: Options) -> UreqTransport {
        let mut builder = UreqTransport::builder().danger_accept_invalid_certs(options.accept_invalid_certs);
        builder = match options.proxy {
            None => builder.no_proxy(),
            Some(url) => builder.proxy(url),
        };
        if let Some(pem) = options.root_certificates {
            builder = builder.add_root_certificates(pem);
        }
        if let Some(identity) = options.client_certificate {
            builder = builder.client_certificate(identity.certificate, identity.key);
        }
        if let Some(timeout) = options.connect_timeout {
            builder = builder.connect_timeout(timeout);
        }
        if let Some(timeout) = options.timeout {
            builder = builder.timeout(timeout);
        }
        if let Some(bytes) = options.max_response_size {
            builder = builder.max_response_size(bytes);
        }
        builder.build().expect("options that can be used")
    }

    fn run<R: Send>(future: impl Future<Output = R> + Send) -> R {
        Blocking::run(future)
    }
}

netbox_replay::conformance!(UreqUnderTest);
