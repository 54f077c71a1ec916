//! Reading a response to its end.

use std::io::{self, Read};

use flate2::read::MultiGzDecoder;
use http::header;
use http_body_util::BodyExt;
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
    Ok(Response::from_parts(head, body.into()))
}

async fn collect(mut body: Incoming, limit: usize) -> Result<Vec<u8>, TransportError> {
    let expected = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if expected > limit {
        return Err(too_large(limit));
    }
    let mut bytes = Vec::with_capacity(expected);
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| TransportError::new(error::kind(&error), error))?;
        let Ok(data) = frame.into_data() else { continue };
        if data.len() > limit - bytes.len() {
            return Err(too_large(limit));
        }
        bytes.extend_from_slice(&data);
    }
    Ok(bytes)
}

fn gunzip(packed: &[u8], limit: usize) -> Result<Vec<u8>, TransportError> {
    let mut bytes = Vec::new();
    // One byte more than allowed tells a body that is as large as allowed from a larger one.
    let read: io::Result<_> =
        MultiGzDecoder::new(packed).take((limit as u64).saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|error| TransportError::new(Kind::Broken, error))?;
    if bytes.len() > limit { Err(too_large(limit)) } else { Ok(bytes) }
}

fn too_large(limit: usize) -> TransportError {
    TransportError::new(Kind::TooLarge, format!("the body is larger than {limit} bytes"))
}
