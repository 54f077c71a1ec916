use std::{io, sync::Arc};

use http::Version;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsConnector;

use super::{Tls, handshake, server_name};

impl Tls {
    /// Offers HTTP/2 to servers, besides HTTP/1.1.
    #[must_use]
    pub fn offering_http2(mut self) -> Self {
        Arc::make_mut(&mut self.0).alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        self
    }

    /// Performs the handshake as [`connect`](Self::connect) does, over an async `socket`. The result is the
    /// encrypted connection and the version of HTTP to speak over it: HTTP/2 if the server chose it, and else
    /// HTTP/1.1.
    ///
    /// # Errors
    ///
    /// Those of [`connect`](Self::connect).
    pub async fn connect_async<S>(
        &self,
        host: &str,
        socket: S,
    ) -> io::Result<(impl AsyncRead + AsyncWrite + Send + Unpin + use<S>, Version)>
    where
        S: AsyncRead + AsyncWrite + Send + Unpin,
    {
        let connector = TlsConnector::from(Arc::clone(&self.0));
        let stream = connector.connect(server_name(host)?, socket).await.map_err(handshake::explained)?;
        let is_http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
        Ok((stream, if is_http2 { Version::HTTP_2 } else { Version::HTTP_11 }))
    }
}
