use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    sync::atomic::{AtomicUsize, Ordering::SeqCst},
    thread,
    time::Duration,
};

use super::*;
use crate::wire::{ErrorKind, mode::Mode};

const THREADS: usize = 16;

/// A place to wait at until it is opened.
#[derive(Clone, Default)]
struct Door(Arc<Mutex<(bool, Vec<Waker>)>>);

impl Door {
    fn open(&self) {
        let mut state = lock(&self.0);
        state.0 = true;
        mem::take(&mut state.1).into_iter().for_each(Waker::wake);
    }

    async fn pass(self) {
        future::poll_fn(|context| {
            let mut state = lock(&self.0);
            if state.0 {
                return Poll::Ready(());
            }
            state.1.push(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}

/// Fetches that wait at a door, and are counted.
#[derive(Clone, Default)]
struct Counted {
    begun: Arc<AtomicUsize>,
    door: Door,
}

impl Counted {
    fn fetch(&self) -> Fetch<usize> {
        let number = self.begun.fetch_add(1, SeqCst);
        let door = self.door.clone();
        Box::pin(async move {
            door.pass().await;
            Ok(number)
        })
    }

    fn begun(&self) -> usize {
        self.begun.load(SeqCst)
    }
}

fn poll<F: Future>(future: std::pin::Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

#[test]
fn threads_that_wait_for_a_fetch_share_its_error() {
    let flights = Flights::<()>::default();
    let (begun, waiting) = (AtomicUsize::new(0), AtomicUsize::new(0));
    // As a blocking transport does, on the thread of its caller, until all others wait.
    let fetch = || -> Fetch<()> {
        begun.fetch_add(1, SeqCst);
        while waiting.load(SeqCst) < THREADS {
            thread::yield_now();
        }
        Box::pin(async {
            thread::sleep(Duration::from_millis(200));
            Err(Error::query("too late"))
        })
    };
    let ask = || Blocking::run(flights.join(fetch)).unwrap_err();
    thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|_| {
                scope.spawn(|| {
                    waiting.fetch_add(1, SeqCst);
                    ask()
                })
            })
            .collect();
        for thread in threads {
            let error = thread.join().unwrap();
            assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Query, "too late"));
        }
    });
    assert_eq!(begun.load(SeqCst), 1);
    // An error is not kept.
    ask();
    assert_eq!(begun.load(SeqCst), 2);
}

#[test]
fn who_waits_drives_what_another_began() {
    let (flights, counted) = (Flights::default(), Counted::default());
    let mut first = pin!(flights.join(|| counted.fetch()));
    let mut second = pin!(flights.join(|| counted.fetch()));
    assert!(poll(first.as_mut()).is_pending() && poll(second.as_mut()).is_pending());
    counted.door.open();
    // The first is never polled again, as it may be if it has to wait for the second.
    assert!(matches!(poll(second), Poll::Ready(Ok(0))));
    assert!(matches!(poll(first), Poll::Ready(Ok(0))));
    assert_eq!(counted.begun(), 1);
}

#[tokio::test]
async fn a_caller_that_gives_up_leaves_the_fetch_to_the_others() {
    let (flights, counted) = (Arc::new(Flights::default()), Counted::default());
    let tasks: Vec<_> = (0..4)
        .map(|_| {
            let (flights, counted) = (Arc::clone(&flights), counted.clone());
            tokio::spawn(async move { flights.join(|| counted.fetch()).await.unwrap() })
        })
        .collect();
    tokio::task::yield_now().await;
    tasks[0].abort();
    counted.door.open();
    for (position, task) in tasks.into_iter().enumerate() {
        assert_eq!(task.await.ok(), (position > 0).then_some(0));
    }
    assert_eq!(counted.begun(), 1);
}

#[test]
fn a_fetch_that_nobody_waits_for_is_dropped() {
    let (flights, counted) = (Flights::default(), Counted::default());
    {
        let mut given_up = pin!(flights.join(|| counted.fetch()));
        assert!(poll(given_up.as_mut()).is_pending());
        assert_eq!(Arc::strong_count(&counted.door.0), 2);
    }
    // Although the door holds its waker.
    assert_eq!(Arc::strong_count(&counted.door.0), 1);
    counted.door.open();
    assert!(matches!(poll(pin!(flights.join(|| counted.fetch()))), Poll::Ready(Ok(1))));
}

#[test]
fn a_blocking_call_does_not_wait_for_a_task_of_its_own_thread() {
    let (flights, counted, open) = (Flights::default(), Counted::default(), Counted::default());
    open.door.open();
    let mut task = pin!(flights.join(|| counted.fetch()));
    assert!(poll(task.as_mut()).is_pending());
    assert_eq!(Blocking::run(flights.join(|| open.fetch())).unwrap(), 0);
    assert_eq!((counted.begun(), open.begun()), (1, 1));
    counted.door.open();
    assert!(matches!(poll(task), Poll::Ready(Ok(0))));
}

#[test]
fn after_a_panic_somebody_else_fetches() {
    let flights = Flights::default();
    let panics = || -> Fetch<u8> { Box::pin(async { panic!("on purpose") }) };
    let panicked = catch_unwind(AssertUnwindSafe(|| Blocking::run(flights.join(panics))));
    assert!(panicked.is_err());
    assert_eq!(Blocking::run(flights.join(|| Box::pin(future::ready(Ok(7))))).unwrap(), 7);
}

#[test]
fn who_polls_is_known_within_a_fetch() {
    let flights = Flights::default();
    let fetch = || -> Fetch<bool> {
        Box::pin(future::poll_fn(|context| Poll::Ready(Ok(Blocking::is_polling(context)))))
    };
    assert!(Blocking::run(flights.join(fetch)).unwrap());
    assert!(matches!(poll(pin!(flights.join(fetch))), Poll::Ready(Ok(false))));
}
