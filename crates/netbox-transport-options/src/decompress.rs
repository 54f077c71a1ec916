use std::io::{self, Read};

use flate2::read::MultiGzDecoder;
use http::{HeaderMap, HeaderValue, header};
use netbox_core::transport::{Response, TransportError, TransportErrorKind};

/// Accepts the compression that [`decompressed`] reads, unless `headers` have a choice already.
///
/// ```
/// let mut headers = http::HeaderMap::new();
/// netbox_transport_options::accept_compressed(&mut headers);
/// assert_eq!(headers["accept-encoding"], "gzip");
/// ```
pub fn accept_compressed(headers: &mut HeaderMap) {
    headers.entry(header::ACCEPT_ENCODING).or_insert(HeaderValue::from_static("gzip"));
}

/// Decompresses the body of `response` if it is gzip, and adapts the headers to the decompressed body.
///
/// # Errors
///
/// If the body is no valid gzip, or has more than `limit` bytes once decompressed.
pub fn decompressed(mut response: Response, limit: usize) -> Result<Response, TransportError> {
    let coding = response.headers().get(header::CONTENT_ENCODING);
    let is_gzip = coding.is_some_and(|coding| coding.as_bytes().eq_ignore_ascii_case(b"gzip"));
    // The response to a HEAD has the headers of a body and none.
    if !is_gzip || response.body().is_empty() {
        return Ok(response);
    }
    let mut bytes = Vec::new();
    // One byte more than allowed distinguishes a body of the allowed size from a larger one.
    let most = (limit as u64).saturating_add(1);
    let read: io::Result<_> = MultiGzDecoder::new(&response.body()[..]).take(most).read_to_end(&mut bytes);
    read.map_err(|error| TransportError::new(TransportErrorKind::Broken, error))?;
    if bytes.len() > limit {
        return Err(too_large(limit));
    }
    *response.body_mut() = bytes.into();
    response.headers_mut().remove(header::CONTENT_ENCODING);
    response.headers_mut().remove(header::CONTENT_LENGTH);
    Ok(response)
}

pub(crate) fn too_large(limit: usize) -> TransportError {
    TransportError::new(TransportErrorKind::TooLarge, format!("the body is larger than {limit} bytes"))
}
