use netbox_replay::conformance::Options;

use crate::{Builder, FromOptions};

/// The builder that a [`Harness`](netbox_replay::conformance::Harness) builds its transport with.
impl<T: FromOptions> From<Options> for Builder<T> {
    fn from(options: Options) -> Self {
        let mut builder = Self::new().danger_accept_invalid_certs(options.accept_invalid_certs);
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
        builder
    }
}
