//! TLS over a connection of ureq's, by the options that all transports share.

use std::{
    fmt,
    io::{self, Read, Write},
    sync::Arc,
};

use http::Uri;
use netbox_transport_options::{Tls, TlsStream, slow_handshake};
use ureq::{
    Error, Timeout,
    config::Config,
    unversioned::transport::{
        Buffers, ConnectionDetails, Connector, LazyBuffers, NextTimeout, Transport, TransportAdapter,
        time::{Duration, Instant},
    },
};

/// Encrypts connections to servers with TLS.
#[derive(Debug)]
pub(crate) struct Encrypting(pub(crate) Tls);

impl<T: Transport> Connector<T> for Encrypting {
    type Out = Box<dyn Transport>;

    fn connect(&self, details: &ConnectionDetails<'_>, inner: Option<T>) -> Result<Option<Self::Out>, Error> {
        let Some(inner) = inner else { return Ok(None) };
        let inner: Box<dyn Transport> = Box::new(inner);
        Ok(Some(if details.needs_tls() { Box::new(self.wrap(details, inner)?) } else { inner }))
    }
}

impl Encrypting {
    fn wrap(&self, details: &ConnectionDetails<'_>, inner: Box<dyn Transport>) -> Result<Encrypted, Error> {
        let mut socket = TransportAdapter::new(inner, Arc::clone(&details.current_time));
        socket.set_timeout(time_left(details));
        let config = details.config;
        let connected = self.0.connect(details.uri.host().unwrap_or_default(), socket);
        let stream = connected.map_err(|error| match error.into() {
            Error::Timeout(limit) => silent(details.uri, config, limit).into(),
            error => error,
        })?;
        Ok(Encrypted {
            buffers: LazyBuffers::new(config.input_buffer_size(), config.output_buffer_size()),
            stream,
        })
    }
}

/// A connection with TLS.
pub(crate) struct Encrypted {
    buffers: LazyBuffers,
    stream: TlsStream<TransportAdapter>,
}

impl Transport for Encrypted {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.stream.socket().set_timeout(timeout);
        self.stream.write_all(&self.buffers.output()[..amount])?;
        self.stream.flush()?;
        Ok(())
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.stream.socket().set_timeout(timeout);
        let read = self.stream.read(self.buffers.input_append_buf())?;
        self.buffers.input_appended(read);
        Ok(read > 0)
    }

    fn is_open(&mut self) -> bool {
        self.stream.socket().get_mut().is_open()
    }

    fn is_tls(&self) -> bool {
        true
    }
}

impl fmt::Debug for Encrypted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Encrypted").finish_non_exhaustive()
    }
}

/// The error of a server that is silent in the handshake until `limit`.
fn silent(uri: &Uri, config: &Config, limit: Timeout) -> io::Error {
    let limits = config.timeouts();
    let (limit, option) = match limit {
        Timeout::Connect => (limits.connect, "connect_timeout"),
        _ => (limits.global, "timeout"),
    };
    let limit = format!("{:?} (`{option}`)", limit.unwrap_or_default());
    slow_handshake(uri, "accepted the connection and did not answer in the TLS handshake", &limit)
}

/// The time to connect that the connection below has left.
fn time_left(details: &ConnectionDetails<'_>) -> NextTimeout {
    let mut timeout = details.timeout;
    if let (Duration::Exact(limit), Instant::Exact(began)) = (timeout.after, details.now) {
        timeout.after = Duration::Exact(limit.saturating_sub(began.elapsed()));
    }
    timeout
}
