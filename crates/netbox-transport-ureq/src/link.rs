//! Connections that carry an [`Exchange`] each time ureq sends a request, and know how far it got.

use netbox_core::transport::Source;
use netbox_transport_options::Tls;
use ureq::{
    Error,
    unversioned::transport::{
        Buffers, ConnectProxyConnector, ConnectionDetails, Connector, LazyBuffers, NextTimeout, TcpConnector,
        Transport,
    },
};

use crate::{
    error::{Stale, unreached},
    exchange::Exchange,
    incoming::{Clock, Incoming, Received},
    socket::Listening,
    tls::Encrypting,
};

/// Room for a request and a response without headers: ureq writes and reads no other.
const ROOM: usize = 4096;

/// Makes connections as ureq does, and marks errors of connecting, to distinguish them from later ones.
#[derive(Debug)]
pub(crate) struct Links {
    inner: Box<dyn Connector<Out = Box<dyn Transport>>>,
    has_tunnel: bool,
}

impl Links {
    /// To servers, or to a proxy in their place; with a tunnel, ureq asks the proxy for it.
    pub(crate) fn new(tls: Tls, has_tunnel: bool) -> Self {
        let inner =
            ().chain(ConnectProxyConnector::default())
                .chain(TcpConnector::default())
                .chain(Listening)
                .chain(Encrypting(tls));
        Self { inner: Box::new(inner), has_tunnel }
    }
}

impl Connector for Links {
    type Out = Box<dyn Transport>;

    fn connect(&self, details: &ConnectionDetails<'_>, _: Option<()>) -> Result<Option<Self::Out>, Error> {
        let transport = self.inner.connect(details, None).map_err(unreached)?;
        // Within the connection to a server, ureq makes the one to the proxy, and sends `CONNECT` over it itself.
        if self.has_tunnel && details.config.proxy().is_none() {
            return Ok(transport);
        }
        Ok(transport.map(|inner| {
            let buffers = LazyBuffers::new(ROOM, ROOM);
            Box::new(Link { inner, buffers, has_answered: false }) as Self::Out
        }))
    }
}

/// A connection over which ureq sends stand-ins.
#[derive(Debug)]
pub(crate) struct Link {
    inner: Box<dyn Transport>,
    /// The buffers that ureq writes to and reads from.
    buffers: LazyBuffers,
    /// A response has come before, so that this connection may have waited in the pool until the server closed it.
    has_answered: bool,
}

impl Transport for Link {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, _: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.send(Clock::new(timeout)).map_err(|error| self.before_an_answer(error))
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        let mut incoming = Incoming::new(&mut *self.inner, Clock::new(timeout));
        if let Err(error) = incoming.begin() {
            return Err(self.before_an_answer(error));
        }
        let (is_to_head, limit, sink) = Exchange::terms();
        let Received { response, is_reusable } = incoming.response(is_to_head, limit, sink)?;
        let is_reusable = is_reusable && !Exchange::is_cut();
        Exchange::answer(response);
        self.has_answered = true;
        let stand_in: &[u8] = if is_reusable {
            b"HTTP/1.1 204 No Content\r\n\r\n"
        } else {
            b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n"
        };
        self.buffers.input_append_buf()[..stand_in.len()].copy_from_slice(stand_in);
        self.buffers.input_appended(stand_in.len());
        Ok(true)
    }

    fn is_open(&mut self) -> bool {
        self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}

impl Link {
    fn send(&mut self, clock: Clock) -> Result<(), Error> {
        let (parts, source) = Exchange::parts();
        for part in parts {
            let room = self.inner.buffers().output().len();
            for piece in part.chunks(room) {
                self.inner.buffers().output()[..piece.len()].copy_from_slice(piece);
                self.inner.transmit_output(piece.len(), clock.left()?)?;
            }
        }
        if let Some(mut reading) = source.as_ref().map(Source::open) {
            while !Exchange::is_cut() {
                let read = reading.read(self.inner.buffers().output());
                match read.map_err(|error| Error::Other(Box::new(error)))? {
                    0 => break,
                    length => self.inner.transmit_output(length, clock.left()?)?,
                }
            }
        }
        Ok(())
    }

    /// Tells whether `error` may only mean that the server had closed a connection that it had no use for.
    fn before_an_answer(&self, error: Error) -> Error {
        match error {
            Error::Io(_) if self.has_answered => Stale::error(error),
            error => error,
        }
    }
}
