//! The suite that every transport passes.
#![cfg(feature = "ring")]

use std::sync::LazyLock;

use netbox_replay::conformance::{Harness, Options};
use netbox_transport_hyper::HyperTransport;
use tokio::runtime::Runtime;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));

struct HyperUnderTest;

impl Harness for HyperUnderTest {
    type Transport = HyperTransport;

    fn transport(options: Options) -> HyperTransport {
        let mut builder = HyperTransport::builder().danger_accept_invalid_certs(options.accept_invalid_certs);
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
        RUNTIME.block_on(future)
    }
}

netbox_replay::conformance!(HyperUnderTest);
