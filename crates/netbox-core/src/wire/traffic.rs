//! The requests of a client that are under way: their limit, and the pauses that all of them wait for.

use std::{
    collections::VecDeque,
    future, mem,
    sync::{
        Arc, Mutex, MutexGuard, Weak,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    task::{Context, Poll, Wake, Waker},
    time::Duration,
};

#[cfg(feature = "tracing")]
use super::trace;
use super::{
    lock::lock,
    mode::{Async, Blocking, BoxFuture, Outcome},
    transport::{Request, Response, Transport, TransportError},
};

/// A transport, and the traffic of the client that has it.
#[derive(Clone)]
pub(crate) struct Road {
    pub(crate) transport: Arc<dyn Transport<Mode = Async>>,
    pub(crate) traffic: Arc<Traffic>,
    /// Whether a call blocks the thread that polls it. Then nobody but its owner polls it, who does nothing else.
    pub(crate) blocks: bool,
}

/// The requests of all calls of a client.
///
/// A request that may not leave yet waits in a queue, first come, first served. A caller that waits there drives the
/// requests before its own. A request whose caller is not polled therefore holds up nobody, even if that caller waits
/// for another one in the queue. The same goes for pauses.
pub(crate) struct Traffic {
    /// How many requests may be under way, if that is limited.
    most: Option<usize>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    queue: VecDeque<Arc<Trip>>,
    under_way: Vec<Arc<Trip>>,
    /// The waits that the server asked for.
    pauses: Vec<Arc<Trip>>,
    waiting: Vec<Waker>,
}

type Exchanged = Result<Response, TransportError>;

/// A request that is under way or will be, or a pause.
struct Trip {
    stage: Mutex<Stage>,
    /// Whether it can go on.
    is_called: AtomicBool,
    is_alone: bool,
    traffic: Weak<Traffic>,
}

enum Stage {
    Idle(BoxFuture<'static, Option<Exchanged>>),
    /// Somebody polls it.
    Polled,
    Over(Option<Exchanged>),
}

impl Transport for Road {
    type Mode = Async;

    fn send(&self, request: Request) -> Outcome<'_, Async, Exchanged> {
        Box::pin(async move {
            self.traffic.pass().await;
            if self.traffic.most.is_none() {
                return self.transport.send(request).await;
            }
            let transport = Arc::clone(&self.transport);
            let sent = async move { Some(transport.send(request).await) };
            #[cfg(feature = "tracing")]
            let sent = trace::kept_in(sent);
            let trip = Trip::new(&self.traffic, self.blocks, Box::pin(sent));
            self.traffic.state().queue.push_back(Arc::clone(&trip));
            let place = Place { trip, traffic: &self.traffic };
            future::poll_fn(|context| place.poll(context)).await
        })
    }

    fn sleep(&self, delay: Duration) -> Outcome<'_, Async, ()> {
        self.transport.sleep(delay)
    }

    fn takes_sinks(&self) -> bool {
        self.transport.takes_sinks()
    }

    fn takes_sources(&self) -> bool {
        self.transport.takes_sources()
    }
}

impl Road {
    /// Waits, since the server asked for fewer requests.
    pub(super) fn pause(&self, delay: Duration) -> BoxFuture<'_, ()> {
        let transport = Arc::clone(&self.transport);
        let sleep = Box::pin(async move {
            transport.sleep(delay).await;
            None
        });
        let pause = Trip::new(&self.traffic, false, sleep);
        self.traffic.state().pauses.push(pause);
        Box::pin(self.traffic.pass())
    }
}

impl Traffic {
    pub(crate) fn new(most: Option<usize>) -> Arc<Self> {
        Arc::new(Self { most, state: Mutex::default() })
    }

    /// Waits until no pause is left.
    async fn pass(&self) {
        future::poll_fn(|context| {
            loop {
                let pauses = {
                    let mut state = self.state();
                    state.pauses.retain(|pause| !pause.is_over());
                    if state.pauses.is_empty() {
                        return Poll::Ready(());
                    }
                    state.wait(context);
                    state.pauses.clone()
                };
                if !drive(&pauses, context) {
                    return Poll::Pending;
                }
            }
        })
        .await;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    fn wake_all(&self) {
        let waiting = mem::take(&mut self.state().waiting);
        waiting.into_iter().for_each(Waker::wake);
    }
}

impl State {
    /// Lets requests leave, as far as they may.
    fn let_go(&mut self, most: usize) {
        self.under_way.retain(|trip| !trip.is_over());
        while self.under_way.len() < most
            && let Some(trip) = self.queue.pop_front()
        {
            self.under_way.push(trip);
        }
    }

    fn wait(&mut self, context: &Context<'_>) {
        if !self.waiting.iter().any(|waker| waker.will_wake(context.waker())) {
            self.waiting.push(context.waker().clone());
        }
    }
}

/// Polls those of `trips` that can go on and that nobody else polls, and says whether any has come to its end.
fn drive(trips: &[Arc<Trip>], context: &Context<'_>) -> bool {
    trips.iter().filter(|trip| !trip.is_alone && trip.poll(context)).count() > 0
}

impl Trip {
    fn new(
        traffic: &Arc<Traffic>,
        is_alone: bool,
        future: BoxFuture<'static, Option<Exchanged>>,
    ) -> Arc<Self> {
        let (stage, is_called) = (Mutex::new(Stage::Idle(future)), AtomicBool::new(true));
        Arc::new(Self { stage, is_called, is_alone, traffic: Arc::downgrade(traffic) })
    }

    fn is_over(&self) -> bool {
        matches!(*lock(&self.stage), Stage::Over(_))
    }

    fn wake_all(&self) {
        if let Some(traffic) = self.traffic.upgrade() {
            traffic.wake_all();
        }
    }

    /// Goes on, if nobody else sees to that, and says whether it has come to its end by that.
    fn poll(self: &Arc<Self>, context: &Context<'_>) -> bool {
        let mut future = {
            let mut stage = lock(&self.stage);
            let Stage::Idle(_) = *stage else { return false };
            if !self.is_called.swap(false, SeqCst) {
                return false;
            }
            match mem::replace(&mut *stage, Stage::Polled) {
                Stage::Idle(future) => future,
                _ => return false,
            }
        };
        let attempt = Attempt(self);
        let waker = Waker::from(Arc::clone(self));
        let polled =
            Blocking::passing_on(context, &waker, || future.as_mut().poll(&mut Context::from_waker(&waker)));
        mem::forget(attempt);
        match polled {
            Poll::Pending => {
                let mut stage = lock(&self.stage);
                if !matches!(*stage, Stage::Polled) {
                    // Its owner gave it up meanwhile. Nor by this lock, as in `Place`.
                    drop(stage);
                    drop(future);
                    self.wake_all();
                    return true;
                }
                *stage = Stage::Idle(future);
                drop(stage);
                // It may have been called while it was polled, and nobody could see to it.
                if self.is_called.load(SeqCst) {
                    self.wake_all();
                }
                false
            }
            Poll::Ready(exchanged) => {
                *lock(&self.stage) = Stage::Over(exchanged);
                self.wake_all();
                true
            }
        }
    }
}

/// It can go on: whoever waits sees to it.
impl Wake for Trip {
    fn wake(self: Arc<Self>) {
        self.is_called.store(true, SeqCst);
        self.wake_all();
    }
}

/// A poll that ends in a panic if this is dropped. The panic goes on where it was polled; the owner has no answer.
struct Attempt<'t>(&'t Trip);

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        *lock(&self.0.stage) = Stage::Over(None);
        self.0.wake_all();
    }
}

/// The place of a caller's request in the queue or under way.
struct Place<'t> {
    trip: Arc<Trip>,
    traffic: &'t Traffic,
}

impl Place<'_> {
    fn poll(&self, context: &Context<'_>) -> Poll<Exchanged> {
        let Self { trip, traffic } = self;
        loop {
            let (is_under_way, others) = {
                let mut state = traffic.state();
                state.let_go(traffic.most.unwrap_or(usize::MAX));
                state.wait(context);
                let is_own = |other: &Arc<Trip>| Arc::ptr_eq(other, trip);
                (state.under_way.iter().any(is_own), state.under_way.clone())
            };
            if is_under_way {
                trip.poll(context);
            }
            if let Stage::Over(exchanged) = &mut *lock(&trip.stage) {
                return Poll::Ready(exchanged.take().unwrap_or_else(|| Err(lost())));
            }
            if is_under_way || !drive(&others, context) {
                return Poll::Pending;
            }
        }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        // A future may hold its waker, which holds the trip: it would never be dropped. Nor by this lock: it may wake others.
        let given_up = mem::replace(&mut *lock(&self.trip.stage), Stage::Over(None));
        drop(given_up);
        self.traffic.state().queue.retain(|trip| !Arc::ptr_eq(trip, &self.trip));
        self.traffic.wake_all();
    }
}

fn lost() -> TransportError {
    TransportError::new(
        super::TransportErrorKind::Other,
        "the transport panicked in another call, which drove this one",
    )
}

#[cfg(test)]
mod tests;
