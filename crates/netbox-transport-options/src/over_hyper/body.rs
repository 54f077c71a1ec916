use std::pin::pin;

use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Body;
use netbox_core::transport::{Response, Sink, TransportError, TransportErrorKind as Kind};

use super::error::told;
use crate::decompress::{decompressed, too_large};

/// Reads the body of `response` to its end, and [decompresses](decompressed) it, or puts it into `sink` if that wants it.
///
/// # Errors
///
/// The kind `TooLarge` if the body has more than `limit` bytes, compressed or not, and goes into no sink, and `Broken` if the body ends in an
/// error, unless [`transport_error`](crate::transport_error) knows better, or is no valid gzip.
///
/// ```
/// use bytes::Bytes;
/// use http_body_util::Full;
/// use netbox_core::{Blocking, Mode, transport::TransportErrorKind};
/// use netbox_transport_options::collected;
///
/// let response = || http::Response::new(Full::new(Bytes::from_static(b"[1, 2]")));
/// let whole = Blocking::run(collected(response(), 6, None)).unwrap();
/// assert_eq!(whole.body(), "[1, 2]");
/// let error = Blocking::run(collected(response(), 5, None)).unwrap_err();
/// assert_eq!(error.kind(), TransportErrorKind::TooLarge);
/// ```
pub async fn collected<B>(
    response: http::Response<B>,
    limit: usize,
    sink: Option<&Sink>,
) -> Result<Response, TransportError>
where
    B: Body<Data = Bytes>,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let sink = sink.filter(|sink| sink.wants(&response));
    let (head, body) = response.into_parts();
    if let Some(sink) = sink {
        let mut body = pin!(body);
        while let Some(frame) = body.frame().await {
            // The response was under way.
            let frame = frame.map_err(|error| told(error.into(), Kind::Broken))?;
            if let Some(piece) = frame.data_ref() {
                sink.put(piece)?;
            }
        }
        return Ok(Response::from_parts(head, Bytes::new()));
    }
    if body.size_hint().lower() > limit as u64 {
        return Err(too_large(limit));
    }
    let body = match Limited::new(body, limit).collect().await {
        Ok(body) => body.to_bytes(),
        Err(error) if error.is::<LengthLimitError>() => return Err(too_large(limit)),
        // The response was under way.
        Err(error) => return Err(told(error, Kind::Broken)),
    };
    decompressed(Response::from_parts(head, body), limit)
}
