//! Reading a response to its end.

use bytes::Bytes;
use http_body_util::{BodyExt, Limited};
use hyper::body::{Body, Incoming};
use netbox_core::transport::{Response, TransportError, TransportErrorKind as Kind};
use netbox_transport_options::decompressed;

use crate::error;

/// The whole response, decompressed, with a body of at most `limit` bytes.
pub(crate) async fn read(
    response: http::Response<Incoming>,
    limit: usize,
) -> Result<Response, TransportError> {
    let (head, body) = response.into_parts();
    let body = collect(body, limit).await?;
    decompressed(Response::from_parts(head, body), limit)
}

async fn collect(body: Incoming, limit: usize) -> Result<Bytes, TransportError> {
    if body.size_hint().lower() > limit as u64 {
        return Err(too_large(limit));
    }
    match Limited::new(body, limit).collect().await {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) => Err(match error.downcast::<hyper::Error>() {
            Ok(error) => TransportError::new(error::kind(&error), *error),
            Err(_) => too_large(limit),
        }),
    }
}

fn too_large(limit: usize) -> TransportError {
    TransportError::new(Kind::TooLarge, format!("the body is larger than {limit} bytes"))
}
