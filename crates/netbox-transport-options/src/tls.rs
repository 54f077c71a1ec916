use std::{
    error::Error as StdError,
    fmt,
    io::{self, Read, Write},
    sync::Arc,
};

use rustls::{ClientConfig, ClientConnection, StreamOwned, pki_types::ServerName};

use crate::causes::causes;

#[cfg(feature = "tokio")]
mod asynchronous;
mod handshake;

pub use handshake::{slow_handshake, tls_advice};

/// Encrypts connections to servers and proxies, by the options of a transport.
///
/// Clones share the sessions that can be resumed.
#[derive(Clone)]
pub struct Tls(Arc<ClientConfig>);

impl Tls {
    pub(crate) fn new(config: ClientConfig) -> Self {
        Self(Arc::new(config))
    }

    /// Performs the handshake with `host`, spelt as in a URL, over a blocking `socket`.
    ///
    /// # Errors
    ///
    /// If `host` is no name that a certificate can have, or if the handshake fails; [`is_tls`] distinguishes a server
    /// that is not trusted from a connection that broke.
    pub fn connect<S: Read + Write>(&self, host: &str, socket: S) -> io::Result<TlsStream<S>> {
        let name = server_name(host)?;
        let connection = ClientConnection::new(Arc::clone(&self.0), name).map_err(io::Error::other)?;
        let mut stream = StreamOwned::new(connection, socket);
        while stream.conn.is_handshaking() {
            stream.conn.complete_io(&mut stream.sock).map_err(handshake::explained)?;
        }
        Ok(TlsStream(stream))
    }
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls").finish_non_exhaustive()
    }
}

/// A blocking connection that [`Tls`] encrypts.
pub struct TlsStream<S: Read + Write>(StreamOwned<ClientConnection, S>);

impl<S: Read + Write> TlsStream<S> {
    /// The socket below, which carries the encrypted bytes: to set its timeouts, not to read from it.
    pub fn socket(&mut self) -> &mut S {
        &mut self.0.sock
    }
}

impl<S: Read + Write> Read for TlsStream<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl<S: Read + Write> Write for TlsStream<S> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl<S: Read + Write> fmt::Debug for TlsStream<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TlsStream").finish_non_exhaustive()
    }
}

/// Whether `error` or one of its causes is an error of TLS, rather than of the network below.
pub fn is_tls(error: &(dyn StdError + 'static)) -> bool {
    causes(error).any(|error| error.is::<rustls::Error>() || error.is::<handshake::Failure>())
}

/// The name that the server's certificate must have. In a URL, an IPv6 address stands in brackets.
fn server_name(host: &str) -> io::Result<ServerName<'static>> {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    ServerName::try_from(host.to_owned()).map_err(io::Error::other)
}
