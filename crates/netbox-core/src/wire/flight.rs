//! A fetch that all concurrent callers for the same object share, errors included.

use std::{
    future, mem,
    sync::{Arc, Mutex, MutexGuard},
    task::{Context, Poll, Wake, Waker},
};

use super::{
    error::Error,
    lock::lock,
    mode::{Blocking, BoxFuture},
};

/// A fetch that borrows nothing, so that it can go on when the caller that began it is gone.
pub(crate) type Fetch<V> = BoxFuture<'static, Result<V, Error>>;

/// The fetch of one thing: at most one at a time, and kept no longer than somebody waits for it.
pub(crate) struct Flights<V>(Mutex<Option<Arc<Flight<V>>>>);

/// A fetch that is under way.
///
/// No caller owns a flight: each caller that waits drives it. Otherwise a flight would stand still while the caller
/// that began it is not polled, and that caller may itself be waiting for one that waits here.
struct Flight<V> {
    /// Whether a blocking call began it, so that it comes to its end on the thread of that.
    is_blocking: bool,
    state: Mutex<State<V>>,
}

struct State<V> {
    stage: Stage<V>,
    waiting: Vec<Waker>,
    passengers: usize,
}

enum Stage<V> {
    Idle(Fetch<V>),
    /// Somebody polls it.
    Polled,
    Landed(Result<V, Error>),
    /// It panicked.
    Lost,
}

impl<V: Clone + Send + 'static> Flights<V> {
    /// The outcome of the fetch under way, or else of the one that `begin` makes. An error goes to those who waited for
    /// it; later callers fetch again.
    pub(crate) async fn join(&self, mut begin: impl FnMut() -> Fetch<V>) -> Result<V, Error> {
        loop {
            let is_blocking = future::poll_fn(|context| Poll::Ready(Blocking::is_polling(context))).await;
            let Some(ticket) = self.board(is_blocking, &mut begin) else {
                // On the thread of an async task that drives the fetch, a blocking call would wait for ever.
                return begin().await;
            };
            if let Some(outcome) = future::poll_fn(|context| ticket.flight.poll(context)).await {
                return outcome;
            }
        }
    }

    fn board(&self, is_blocking: bool, begin: &mut impl FnMut() -> Fetch<V>) -> Option<Ticket<'_, V>> {
        let mut current = lock(&self.0);
        if let Some(flight) = &*current {
            let mut state = flight.state();
            if is_blocking && !flight.is_blocking && matches!(state.stage, Stage::Idle(_) | Stage::Polled) {
                return None;
            }
            if matches!(state.stage, Stage::Idle(_) | Stage::Polled | Stage::Landed(Ok(_))) {
                state.passengers += 1;
                return Some(Ticket { flights: self, flight: Arc::clone(flight) });
            }
        }
        let state = State { stage: Stage::Idle(begin()), waiting: Vec::new(), passengers: 1 };
        let flight = Arc::new(Flight { is_blocking, state: Mutex::new(state) });
        *current = Some(Arc::clone(&flight));
        Some(Ticket { flights: self, flight })
    }
}

impl<V> Default for Flights<V> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<V: Clone + Send + 'static> Flight<V> {
    /// Drives the fetch, unless somebody else does; `None` if it can bring nothing any more.
    fn poll(self: &Arc<Self>, context: &Context<'_>) -> Poll<Option<Result<V, Error>>> {
        let mut fetch = {
            let mut state = self.state();
            match &state.stage {
                Stage::Landed(Ok(value)) => return Poll::Ready(Some(Ok(value.clone()))),
                Stage::Landed(Err(error)) => return Poll::Ready(Some(Err(error.shared()))),
                Stage::Lost => return Poll::Ready(None),
                Stage::Idle(_) | Stage::Polled => {}
            }
            if !state.waiting.iter().any(|waker| waker.will_wake(context.waker())) {
                state.waiting.push(context.waker().clone());
            }
            match mem::replace(&mut state.stage, Stage::Polled) {
                Stage::Idle(fetch) => fetch,
                _ => return Poll::Pending,
            }
        };
        let attempt = Attempt(self);
        let waker = Waker::from(Arc::clone(self));
        let polled =
            Blocking::passing_on(context, &waker, || fetch.as_mut().poll(&mut Context::from_waker(&waker)));
        mem::forget(attempt);
        match polled {
            Poll::Pending => {
                self.state().stage = Stage::Idle(fetch);
                Poll::Pending
            }
            Poll::Ready(outcome) => {
                let own = outcome.as_ref().map(V::clone).map_err(Error::shared);
                self.state().stage = Stage::Landed(outcome);
                self.wake_all();
                Poll::Ready(Some(own))
            }
        }
    }
}

impl<V> Flight<V> {
    fn state(&self) -> MutexGuard<'_, State<V>> {
        lock(&self.state)
    }

    fn wake_all(&self) {
        let waiting = mem::take(&mut self.state().waiting);
        waiting.into_iter().for_each(Waker::wake);
    }
}

/// The fetch can go on: whoever is woken drives it.
impl<V: Send + 'static> Wake for Flight<V> {
    fn wake(self: Arc<Self>) {
        self.wake_all();
    }
}

/// A poll that ends in a panic if this is dropped.
struct Attempt<'f, V>(&'f Flight<V>);

impl<V> Drop for Attempt<'_, V> {
    fn drop(&mut self) {
        self.0.state().stage = Stage::Lost;
        self.0.wake_all();
    }
}

/// A caller that waits for a flight.
struct Ticket<'f, V> {
    flights: &'f Flights<V>,
    flight: Arc<Flight<V>>,
}

impl<V> Drop for Ticket<'_, V> {
    fn drop(&mut self) {
        let mut current = lock(&self.flights.0);
        let mut state = self.flight.state();
        state.passengers -= 1;
        // A fetch may hold its waker, which holds the flight: it would never be dropped.
        let given_up = (state.passengers == 0).then(|| mem::replace(&mut state.stage, Stage::Lost));
        drop(state);
        if given_up.is_some() {
            current.take_if(|flight| Arc::ptr_eq(flight, &self.flight));
        }
        drop(current);
        // Without a lock: dropping a fetch may drop what waits for others. This one may have been woken to drive the fetch.
        drop(given_up);
        self.flight.wake_all();
    }
}

#[cfg(test)]
mod tests;
