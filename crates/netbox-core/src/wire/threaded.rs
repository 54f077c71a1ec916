//! Blocking calls that don't hold up each other.

use std::{
    future,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::{Arc, Mutex},
    task::{Context, Poll, Waker},
    thread,
    time::Duration,
};

#[cfg(feature = "tracing")]
use super::trace;
use super::{
    lock::lock,
    mode::{Async, Blocking, BoxFuture, Mode, Outcome},
    transport::{Request, Response, Transport, TransportError},
};

/// A blocking transport of which each call has a thread of its own, so that several go together when their futures are
/// polled together.
///
/// A future that is dropped leaves its thread, which ends with the call. Where the system gives no thread, the call blocks
/// the one that polls it.
pub(crate) struct Threaded(pub(crate) Arc<dyn Transport<Mode = Async>>);

impl Transport for Threaded {
    type Mode = Async;

    fn send(&self, request: Request) -> Outcome<'_, Async, Result<Response, TransportError>> {
        let transport = Arc::clone(&self.0);
        on_a_thread(move || Blocking::run(transport.send(request)))
    }

    fn sleep(&self, delay: Duration) -> Outcome<'_, Async, ()> {
        let transport = Arc::clone(&self.0);
        on_a_thread(move || Blocking::run(transport.sleep(delay)))
    }

    fn takes_sinks(&self) -> bool {
        self.0.takes_sinks()
    }

    fn takes_sources(&self) -> bool {
        self.0.takes_sources()
    }
}

struct Work<R> {
    call: Mutex<Option<Box<dyn FnOnce() -> R + Send>>>,
    state: Mutex<State<R>>,
}

enum State<R> {
    Working(Option<Waker>),
    Done(thread::Result<R>),
    Taken,
}

/// Calls `call` on a thread that begins with the first poll.
fn on_a_thread<R: Send + 'static>(call: impl FnOnce() -> R + Send + 'static) -> BoxFuture<'static, R> {
    let state = Mutex::new(State::Working(None));
    Box::pin(async move {
        #[cfg(feature = "tracing")]
        let call = trace::carried(call);
        let work = Arc::new(Work { call: Mutex::new(Some(Box::new(call))), state });
        let on_thread = Arc::clone(&work);
        if thread::Builder::new().name("netbox-request".to_owned()).spawn(move || on_thread.run()).is_err() {
            work.run();
        }
        future::poll_fn(|context| work.poll(context)).await
    })
}

impl<R> Work<R> {
    fn run(&self) {
        let call = lock(&self.call).take();
        // Nobody sees what a call leaves half-done when it panics: the panic goes on where the call is awaited.
        let Some(done) = call.map(|call| catch_unwind(AssertUnwindSafe(call))) else { return };
        let before = std::mem::replace(&mut *lock(&self.state), State::Done(done));
        if let State::Working(Some(waker)) = before {
            waker.wake();
        }
    }

    fn poll(&self, context: &Context<'_>) -> Poll<R> {
        let mut state = lock(&self.state);
        match std::mem::replace(&mut *state, State::Taken) {
            State::Done(Ok(value)) => Poll::Ready(value),
            State::Done(Err(panic)) => {
                drop(state);
                resume_unwind(panic)
            }
            State::Working(_) | State::Taken => {
                *state = State::Working(Some(context.waker().clone()));
                Poll::Pending
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::{
            Barrier,
            atomic::{AtomicUsize, Ordering::SeqCst},
        },
        thread::ThreadId,
    };

    use bytes::Bytes;

    use super::*;
    use crate::wire::{
        Lifted,
        lanes::{Lanes, tests::first},
    };

    /// Answers once as many requests wait as the barrier is for.
    struct Waiting {
        barrier: Barrier,
        threads: Mutex<Vec<ThreadId>>,
        slept: AtomicUsize,
    }

    impl Transport for Waiting {
        type Mode = Blocking;

        fn send(&self, request: Request) -> Result<Response, TransportError> {
            assert!(request.uri() != "/panic", "on purpose");
            lock(&self.threads).push(thread::current().id());
            self.barrier.wait();
            Ok(Response::new(Bytes::from(request.uri().to_string())))
        }

        fn sleep(&self, _: Duration) {
            self.slept.fetch_add(1, SeqCst);
        }
    }

    fn get(path: &str) -> Request {
        http::Request::get(path).body(Bytes::new()).unwrap()
    }

    fn waiting(requests: usize) -> (Arc<Waiting>, Threaded) {
        let (barrier, threads) = (Barrier::new(requests), Mutex::default());
        let waiting = Arc::new(Waiting { barrier, threads, slept: AtomicUsize::new(0) });
        (Arc::clone(&waiting), Threaded(Arc::new(Lifted(waiting))))
    }

    #[test]
    fn blocking_requests_go_together() {
        let (waiting, threaded) = waiting(4);
        let mut lanes = Lanes::default();
        for path in ["/1", "/2", "/3", "/4"] {
            lanes.begin(threaded.send(get(path)));
        }
        for path in ["/1", "/2", "/3", "/4"] {
            let answer = Blocking::run(first(&mut lanes)).unwrap().unwrap();
            assert_eq!(answer.body(), path);
        }
        let threads = lock(&waiting.threads);
        assert!(threads.len() == 4 && !threads.contains(&thread::current().id()));
    }

    #[test]
    fn waits_and_panics_come_through() {
        let (waiting, threaded) = waiting(1);
        Blocking::run(threaded.sleep(Duration::ZERO));
        assert_eq!(waiting.slept.load(SeqCst), 1);
        let panic = catch_unwind(AssertUnwindSafe(|| Blocking::run(threaded.send(get("/panic")))));
        assert!(panic.unwrap_err().downcast_ref::<&str>().is_some_and(|text| text.contains("on purpose")));
    }

    #[test]
    fn a_request_that_is_given_up_harms_nobody() {
        let (_, threaded) = waiting(2);
        let mut given_up = threaded.send(get("/1"));
        assert!(given_up.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        drop(given_up);
        assert_eq!(Blocking::run(threaded.send(get("/2"))).unwrap().body(), "/2");
    }
}
