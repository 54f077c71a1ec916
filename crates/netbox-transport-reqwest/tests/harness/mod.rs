//! The transport as the suite of all transports makes it.

use std::sync::LazyLock;

use netbox_replay::conformance::{Harness, Options};
use netbox_transport_reqwest::{
    ReqwestTransport,
    reqwest::{Certificate, Identity, Proxy},
};
use tokio::runtime::Runtime;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));

pub(crate) struct ReqwestUnderTest;

impl Harness for ReqwestUnderTest {
    type Transport = ReqwestTransport;

    const REPLACES_CONNECTIONS: bool = false;
    const KNOWS_WHEN_CONNECTED: bool = false;
    const OUTLASTS_FLOODS: bool = false;

    const HEARS_OUT: bool = false;

    fn transport(options: Options) -> ReqwestTransport {
        let mut builder =
            ReqwestTransport::client_builder().tls_danger_accept_invalid_certs(options.accept_invalid_certs);
        builder = match options.proxy {
            None => builder.no_proxy(),
            Some(url) => builder.proxy(Proxy::all(url).expect("a proxy's URL")),
        };
        if let Some(pem) = options.root_certificates {
            builder = builder.tls_certs_merge([Certificate::from_pem(pem.as_bytes()).expect("a root")]);
        }
        if let Some(identity) = options.client_certificate {
            let pem = format!("{}{}", identity.certificate, identity.key);
            builder =
                builder.identity(Identity::from_pem(pem.as_bytes()).expect("a certificate and its key"));
        }
        if let Some(timeout) = options.connect_timeout {
            builder = builder.connect_timeout(timeout);
        }
        if let Some(timeout) = options.timeout {
            builder = builder.timeout(timeout);
        }
        let transport = ReqwestTransport::over(builder.build().expect("options that can be used"));
        match options.max_response_size {
            None => transport,
            Some(bytes) => transport.max_response_size(bytes),
        }
    }

    fn run<R: Send>(future: impl Future<Output = R> + Send) -> R {
        RUNTIME.block_on(future)
    }
}
