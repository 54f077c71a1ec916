use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    sync::atomic::AtomicUsize,
    thread,
};

use bytes::Bytes;

use super::*;
use crate::wire::{Lifted, mode::Mode};

/// A transport of which each answer, and each wait, comes once its door is opened.
#[derive(Default)]
struct Doors {
    /// The requests and answers, in order.
    log: Mutex<Vec<String>>,
    open: Mutex<HashMap<String, Vec<Waker>>>,
}

impl Doors {
    fn log(&self) -> Vec<String> {
        lock(&self.log).clone()
    }

    fn open(&self, name: &str) {
        let waiting = lock(&self.open).remove(name);
        lock(&self.log).push(format!("open {name}"));
        waiting.into_iter().flatten().for_each(Waker::wake);
    }

    async fn pass(&self, name: String) {
        lock(&self.log).push(name.clone());
        let opened = format!("open {name}");
        future::poll_fn(|context| {
            if lock(&self.log).contains(&opened) {
                return Poll::Ready(());
            }
            lock(&self.open).entry(name.clone()).or_default().push(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}

impl Transport for Doors {
    type Mode = Async;

    fn send(&self, request: Request) -> BoxFuture<'_, Exchanged> {
        Box::pin(async move {
            let name = request.uri().to_string();
            assert_ne!(name, "/panic", "on purpose");
            self.pass(name.clone()).await;
            Ok(Response::new(Bytes::from(name)))
        })
    }

    fn sleep(&self, delay: Duration) -> BoxFuture<'_, ()> {
        Box::pin(self.pass(format!("{delay:?}")))
    }
}

fn road(most: usize) -> (Arc<Doors>, Road) {
    let doors = Arc::new(Doors::default());
    let transport: Arc<dyn Transport<Mode = Async>> = Arc::clone(&doors) as _;
    (doors, Road { transport, traffic: Traffic::new(Some(most)), blocks: false })
}

fn get(path: &str) -> Request {
    http::Request::get(path).body(Bytes::new()).unwrap()
}

fn poll<T>(future: &mut Pin<Box<dyn Future<Output = T> + Send + '_>>) -> Poll<T> {
    future.as_mut().poll(&mut Context::from_waker(Waker::noop()))
}

#[track_caller]
fn check_answer(future: &mut BoxFuture<'_, Exchanged>, path: &str) {
    let Poll::Ready(Ok(answer)) = poll(future) else { panic!("there is no answer to {path}") };
    assert_eq!(answer.body(), path);
}

#[test]
fn no_more_leave_than_may_and_they_leave_in_turn() {
    let (doors, road) = road(2);
    let mut sent = ["/1", "/2", "/3", "/4"].map(|path| road.send(get(path)));
    for request in &mut sent {
        assert!(poll(request).is_pending());
    }
    assert_eq!(doors.log(), ["/1", "/2"]);
    doors.open("/2");
    // The last one is polled first, and is not the next in turn.
    assert!(poll(&mut sent[3]).is_pending());
    assert_eq!(doors.log()[2..], ["open /2", "/3"]);
    doors.open("/1");
    doors.open("/3");
    assert!(poll(&mut sent[3]).is_pending());
    doors.open("/4");
    for (request, path) in sent.iter_mut().zip(["/1", "/2", "/3", "/4"]) {
        check_answer(request, path);
    }
}

#[test]
fn requests_that_nobody_polls_hold_up_nobody() {
    let (doors, road) = road(2);
    let mut held = ["/1", "/2", "/3"].map(|path| road.send(get(path)));
    for request in &mut held {
        assert!(poll(request).is_pending());
    }
    // Two are under way and one is next, and their callers wait for this one, say.
    let answers = thread::scope(|scope| {
        let call = scope.spawn(|| Blocking::run(road.send(get("/4"))).unwrap());
        for path in ["/1", "/2", "/3", "/4"] {
            thread::sleep(Duration::from_millis(10));
            doors.open(path);
        }
        call.join().unwrap()
    });
    assert_eq!(answers.body(), "/4");
    for (request, path) in held.iter_mut().zip(["/1", "/2", "/3"]) {
        check_answer(request, path);
    }
}

#[test]
fn who_gives_up_leaves_room() {
    let (doors, road) = road(1);
    let mut sent = ["/1", "/2", "/3"].map(|path| Some(road.send(get(path))));
    for request in sent.iter_mut().flatten() {
        assert!(poll(request).is_pending());
    }
    sent[1] = None;
    sent[0] = None;
    assert!(poll(sent[2].as_mut().unwrap()).is_pending());
    assert_eq!(doors.log(), ["/1", "/3"]);
    drop(sent);
    drop(road);
    // Although the door of the first and the last still has their wakers.
    assert_eq!(Arc::strong_count(&doors), 1);
}

/// A transport whose first request is given up by its caller while somebody else drives it.
#[derive(Default)]
struct GivenUp {
    call: Mutex<Option<BoxFuture<'static, Exchanged>>>,
}

impl Transport for GivenUp {
    type Mode = Async;

    fn send(&self, request: Request) -> BoxFuture<'_, Exchanged> {
        if request.uri() != "/1" {
            return Box::pin(async { Ok(Response::default()) });
        }
        Box::pin(future::poll_fn(|context| {
            context.waker().wake_by_ref();
            drop(lock(&self.call).take());
            Poll::Pending
        }))
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        unreachable!("nothing is repeated")
    }
}

#[test]
fn who_gives_up_while_another_drives_it_leaves_room() {
    let transport = Arc::new(GivenUp::default());
    let road: &Road = Box::leak(Box::new(Road {
        transport: transport.clone(),
        traffic: Traffic::new(Some(1)),
        blocks: false,
    }));
    let mut first = road.send(get("/1"));
    assert!(poll(&mut first).is_pending());
    *lock(&transport.call) = Some(first);
    assert!(poll(&mut road.send(get("/2"))).is_ready());
}

#[test]
fn while_one_waits_for_the_server_none_leaves() {
    let (doors, road) = road(3);
    let (mut first, mut second) = (road.pause(Duration::from_secs(1)), road.pause(Duration::from_secs(2)));
    let mut sent = road.send(get("/1"));
    assert!(poll(&mut sent).is_pending());
    // The pauses are driven by whoever waits: their own callers are not polled.
    assert_eq!(doors.log(), ["1s", "2s"]);
    doors.open("1s");
    assert!(poll(&mut sent).is_pending());
    doors.open("2s");
    assert!(poll(&mut sent).is_pending());
    doors.open("/1");
    check_answer(&mut sent, "/1");
    assert!(poll(&mut first).is_ready() && poll(&mut second).is_ready());
}

#[test]
fn who_gives_up_a_wait_leaves_it_to_the_others() {
    let (doors, road) = road(1);
    drop(road.pause(Duration::from_secs(1)));
    let mut sent = road.send(get("/1"));
    assert!(poll(&mut sent).is_pending());
    doors.open("1s");
    assert!(poll(&mut sent).is_pending());
    assert_eq!(doors.log(), ["1s", "open 1s", "/1"]);
}

#[test]
fn a_panic_is_an_error_of_the_call_that_it_belongs_to() {
    let (doors, road) = road(1);
    let mut holding = road.send(get("/1"));
    assert!(poll(&mut holding).is_pending());
    let mut bad = road.send(get("/panic"));
    assert!(poll(&mut bad).is_pending());
    let mut next = road.send(get("/2"));
    assert!(poll(&mut next).is_pending());
    doors.open("/1");
    let driven = catch_unwind(AssertUnwindSafe(|| poll(&mut next)));
    assert!(driven.is_err());
    assert!(matches!(poll(&mut bad), Poll::Ready(Err(_))));
    check_answer(&mut holding, "/1");
}

/// Counts the blocking calls that are under way.
#[derive(Default)]
struct Busy {
    under_way: AtomicUsize,
    most: AtomicUsize,
    /// Whether the thread of one call has made another's.
    strange: AtomicUsize,
}

impl Transport for Busy {
    type Mode = Blocking;

    fn send(&self, request: Request) -> Exchanged {
        self.most.fetch_max(self.under_way.fetch_add(1, SeqCst) + 1, SeqCst);
        if *request.uri() != *format!("/{:?}", thread::current().id()).replace(['(', ')'], "") {
            self.strange.fetch_add(1, SeqCst);
        }
        thread::sleep(Duration::from_millis(5));
        self.under_way.fetch_sub(1, SeqCst);
        Ok(Response::default())
    }

    fn sleep(&self, _: Duration) {}
}

#[test]
fn blocking_threads_share_the_room_and_make_their_own_calls() {
    let busy = Arc::new(Busy::default());
    let traffic = Traffic::new(Some(3));
    let road = Road { transport: Arc::new(Lifted(Arc::clone(&busy))), traffic, blocks: true };
    thread::scope(|scope| {
        for _ in 0..12 {
            scope.spawn(|| {
                let own = format!("/{:?}", thread::current().id()).replace(['(', ')'], "");
                for _ in 0..5 {
                    Blocking::run(road.send(get(&own))).unwrap();
                }
            });
        }
    });
    assert_eq!((busy.most.load(SeqCst), busy.strange.load(SeqCst)), (3, 0));
}
