//! How a server that is dropped gets its threads to end.

use std::{
    collections::HashMap,
    net::{Shutdown, TcpStream},
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// Closes the sockets and ends the pauses of all connections at once.
#[derive(Default)]
pub(super) struct Stop {
    state: Mutex<State>,
    stopped: Condvar,
}

#[derive(Default)]
struct State {
    stopped: bool,
    opened: usize,
    sockets: HashMap<usize, TcpStream>,
}

impl Stop {
    pub(super) fn now(&self) {
        let mut state = self.state();
        state.stopped = true;
        for socket in state.sockets.values() {
            // Closed already is as good.
            drop(socket.shutdown(Shutdown::Both));
        }
        self.stopped.notify_all();
    }

    /// Has `socket` closed when the server stops, or when what this returns is dropped; `None` once it has stopped.
    pub(super) fn register(&self, socket: &TcpStream) -> Option<Open<'_>> {
        let mut state = self.state();
        if state.stopped {
            return None;
        }
        let socket = socket.try_clone().ok()?;
        state.opened += 1;
        let id = state.opened;
        state.sockets.insert(id, socket);
        Some(Open { stop: self, id })
    }

    /// Waits for `duration`, or until the server stops.
    pub(super) fn pause(&self, duration: Duration) {
        let state = self.state();
        drop(self.stopped.wait_timeout_while(state, duration, |state| !state.stopped));
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection that is open. Dropping it closes the socket.
pub(super) struct Open<'s> {
    stop: &'s Stop,
    id: usize,
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        if let Some(socket) = self.stop.state().sockets.remove(&self.id) {
            drop(socket.shutdown(Shutdown::Both));
        }
    }
}
