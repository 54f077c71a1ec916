//! Reading a response to its end.

use std::io::{self, Read};

use bytes::Bytes;
use flate2::read::MultiGzDecoder;
use http::header;
use http_body_util::{BodyExt, Limited};
use hyper::body::{Body, Incoming};
use netbox_core::{Response, TransportError, TransportErrorKind as Kind};

use crate::error;

/// The whole response, decompressed, with a body of at most `limit` bytes.
pub(crate) async fn read(
    response: http::Response<Incoming>,
    limit: usize,
) -> Result<Response, TransportError> {
    let (mut head, body) = response.into_parts();
    let mut body = collect(body, limit).await?;
    let is_gzip = head.headers.get(header::CONTENT_ENCODING).is_some_and(|coding| coding == "gzip");
    // The response to a HEAD has the headers of a body and none.
    if is_gzip && !body.is_empty() {
        body = gunzip(&body, limit)?;
        head.headers.remove(header::CONTENT_ENCODING);
        head.headers.remove(header::CONTENT_LENGTH);
    }
    Ok(Response::from_parts(head, body))
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

fn gunzip(packed: &[u8], limit: usize) -> Result<Bytes, TransportError> {
    let mut bytes = Vec::new();
    // One byte more than allowed tells a body that is as large as allowed from a larger one.
    let read: io::Result<_> =
        MultiGzDecoder::new(packed).take((limit as u64).saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|error| TransportError::new(Kind::Broken, error))?;
    if bytes.len() > limit { Err(too_large(limit)) } else { Ok(bytes.into()) }
}

fn too_large(limit: usize) -> TransportError {
    TransportError::new(Kind::TooLarge, format!("the body is larger than {limit} bytes"))
}
