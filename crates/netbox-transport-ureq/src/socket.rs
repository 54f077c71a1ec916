//! Sockets of which the server may have hung up.

use std::io::ErrorKind;

use ureq::{
    Error,
    unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport},
};

use crate::exchange::Exchange;

/// Makes sockets that remain readable when the server hangs up.
#[derive(Debug)]
pub(crate) struct Listening;

impl<T: Transport> Connector<T> for Listening {
    type Out = Socket;

    fn connect(&self, _: &ConnectionDetails<'_>, inner: Option<T>) -> Result<Option<Socket>, Error> {
        Ok(inner.map(|inner| Socket(Box::new(inner))))
    }
}

/// A socket that takes what it can't send to a server that has hung up: such a server may have answered before, as
/// gunicorn does when NetBox refuses a token, and the answer can still be read. If there is none, reading fails.
#[derive(Debug)]
pub(crate) struct Socket(Box<dyn Transport>);

impl Transport for Socket {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.0.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        match self.0.transmit_output(amount, timeout) {
            Err(Error::Io(error))
                if [ErrorKind::BrokenPipe, ErrorKind::ConnectionReset].contains(&error.kind()) =>
            {
                Exchange::cut();
                Ok(())
            }
            outcome => outcome,
        }
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.0.await_input(timeout)
    }

    fn is_open(&mut self) -> bool {
        self.0.is_open()
    }

    fn is_tls(&self) -> bool {
        self.0.is_tls()
    }
}
