//! Connections that know how far an exchange got.

use std::{
    io::{self, ErrorKind},
    mem,
};

use netbox_transport_options::Tls;
use ureq::{
    Error,
    unversioned::transport::{
        Buffers, ConnectProxyConnector, ConnectionDetails, Connector, NextTimeout, TcpConnector, Transport,
    },
};

use crate::{
    error::{Stale, unreached},
    tls::Encrypting,
};

/// Makes connections as ureq does, and tells an error in doing so from a later one.
#[derive(Debug)]
pub(crate) struct Links {
    inner: Box<dyn Connector<Out = Box<dyn Transport>>>,
    forwarding: bool,
}

impl Links {
    /// To servers, or to proxies that carry bytes to them.
    pub(crate) fn new(tls: Tls) -> Self {
        let inner =
            ().chain(ConnectProxyConnector::default()).chain(TcpConnector::default()).chain(Encrypting(tls));
        Self { inner: Box::new(inner), forwarding: false }
    }

    /// To a proxy that sends on what it's sent.
    pub(crate) fn forwarding(tls: Tls) -> Self {
        Self { forwarding: true, ..Self::new(tls) }
    }
}

impl Connector for Links {
    type Out = Link;

    fn connect(&self, details: &ConnectionDetails<'_>, _: Option<()>) -> Result<Option<Link>, Error> {
        let transport = self.inner.connect(details, None).map_err(unreached)?;
        Ok(transport.map(|inner| Link {
            inner,
            origin: self.forwarding.then(|| origin(details)),
            asking: false,
            answered: false,
        }))
    }
}

/// A connection, and where its exchange is.
#[derive(Debug)]
pub(crate) struct Link {
    inner: Box<dyn Transport>,
    /// What goes before the path of each request: a proxy is told the whole URL.
    origin: Option<String>,
    /// A request is under way, and none of its response has come.
    asking: bool,
    /// A response has come before, so that this connection may have waited in the pool until the server closed it.
    answered: bool,
}

impl Transport for Link {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        let begins = !mem::replace(&mut self.asking, true);
        let sent = match &self.origin {
            Some(origin) if begins => transmit_with_origin(&mut self.inner, origin, amount, timeout),
            _ => self.inner.transmit_output(amount, timeout),
        };
        sent.map_err(|error| self.broke(error))
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        match self.inner.await_input(timeout) {
            Ok(true) => {
                self.asking = false;
                self.answered = true;
                Ok(true)
            }
            Ok(false) if self.asking => Err(self.broke(io::Error::from(ErrorKind::UnexpectedEof).into())),
            Ok(false) => Ok(false),
            Err(error) => Err(self.broke(error)),
        }
    }

    fn is_open(&mut self) -> bool {
        self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}

impl Link {
    /// Tells whether `error` may only mean that the server had closed a connection that it had no use for.
    fn broke(&self, error: Error) -> Error {
        // A tunnel's connection to the proxy is a link of its own, which has answered `CONNECT`.
        let error = Stale::undone(error);
        match error {
            Error::Io(_) if self.asking && self.answered => Stale::error(error),
            error => error,
        }
    }
}

/// Transmits the head of a request with the whole URL in its first line, where ureq wrote a path.
fn transmit_with_origin(
    transport: &mut dyn Transport,
    origin: &str,
    amount: usize,
    timeout: NextTimeout,
) -> Result<(), Error> {
    let mut head = transport.buffers().output()[..amount].to_vec();
    let path = head.iter().position(|byte| *byte == b' ').map_or(0, |space| space + 1);
    head.splice(path..path, origin.bytes());
    let room = transport.buffers().output().len();
    for piece in head.chunks(room) {
        transport.buffers().output()[..piece.len()].copy_from_slice(piece);
        transport.transmit_output(piece.len(), timeout)?;
    }
    Ok(())
}

fn origin(details: &ConnectionDetails<'_>) -> String {
    let authority = details.uri.authority().map_or("", |authority| authority.as_str());
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    format!("http://{host}")
}
