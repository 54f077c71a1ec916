//! Connections are kept, and replaced when the server did not keep them.

use std::{
    sync::{
        Condvar, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use http::Method;
use netbox_core::transport::{Request, TransportErrorKind};

use super::harness::{Harness, Options, Wire, fail, get, request, sleep, succeed};
use crate::loopback::Answer;

/// Long enough for a connection to be back in its pool, or to be seen closed.
const MOMENT: Duration = Duration::from_millis(300);

/// Requests one after the other go over one connection, whatever their responses.
pub fn connections_are_kept<H: Harness>(wire: &Wire) {
    let server = wire.serve(|came: &Request| match came.uri().path() {
        "/missing" => Answer::new(404).body("no such page"),
        "/moved" => Answer::new(301).header("location", "/").body("elsewhere"),
        "/empty" => Answer::new(204),
        "/chunked" => Answer::json("[1, 2, 3]").chunked(),
        _ => Answer::json("[]"),
    });
    let transport = wire.transport::<H>(Options::default());
    for target in ["/", "/missing", "/moved", "/empty", "/chunked", "/"] {
        for method in [Method::GET, Method::PATCH] {
            succeed::<H>(&transport, request(method, &server, target, ""));
            sleep::<H>(&transport, Duration::from_millis(20));
        }
    }
    let connections = server.connections();
    assert!(connections < 4, "{connections} connections for 12 requests");
}

/// The server closed the connection meanwhile, as it may; even a write then goes through.
pub fn a_connection_closed_while_idle_does_no_harm<H: Harness>(wire: &Wire) {
    let server = wire.serve(|_| Answer::json("[]").close_when_idle(Duration::from_millis(1)));
    let transport = wire.transport::<H>(Options::default());
    for method in [Method::GET, Method::POST, Method::GET, Method::POST] {
        succeed::<H>(&transport, request(method, &server, "/", "{}"));
        sleep::<H>(&transport, MOMENT);
    }
    assert_eq!(server.requests().len(), 4, "each was sent once");
    assert!(server.connections() > 1);
}

/// The server closes the connection while the request is on its way. The transport sends a request that only reads
/// again if its harness [says so](Harness::REPLACES_CONNECTIONS), and leaves that to the client otherwise.
pub fn a_connection_closed_under_a_read_is_replaced_or_broken<H: Harness>(wire: &Wire) {
    let server = wire.serve(hanging_up_on_the_second());
    let transport = wire.transport::<H>(Options::default());
    succeed::<H>(&transport, get(&server, "/first"));
    sleep::<H>(&transport, MOMENT);
    if H::REPLACES_CONNECTIONS {
        succeed::<H>(&transport, get(&server, "/second"));
        assert_eq!((server.requests().len(), server.connections()), (3, 2));
    } else {
        fail::<H>(&transport, get(&server, "/second"), TransportErrorKind::Broken);
        assert_eq!((server.requests().len(), server.connections()), (2, 1));
    }
}

/// The server closes the connection while the request is on its way. It may have acted on it.
pub fn a_connection_closed_under_a_write_is_broken<H: Harness>(wire: &Wire) {
    for method in [Method::POST, Method::PATCH, Method::PUT, Method::DELETE] {
        let server = wire.serve(hanging_up_on_the_second());
        let transport = wire.transport::<H>(Options::default());
        succeed::<H>(&transport, request(method.clone(), &server, "/first", "{}"));
        sleep::<H>(&transport, MOMENT);
        fail::<H>(&transport, request(method, &server, "/second", "{}"), TransportErrorKind::Broken);
        assert_eq!(server.requests().len(), 2);
    }
}

/// gunicorn, which serves NetBox, closes a connection that was idle for two seconds.
pub fn connections_idle_for_long_are_not_used<H: Harness>(wire: &Wire) {
    let server = wire.serve(|_| Answer::json("[]"));
    let transport = wire.transport::<H>(Options::default());
    for _ in 0..2 {
        succeed::<H>(&transport, get(&server, "/"));
        sleep::<H>(&transport, Duration::from_secs(2));
    }
    assert_eq!(server.connections(), 2);
}

/// No call waits for another.
pub fn many_calls_go_at_once<H: Harness>(wire: &Wire) {
    const CALLS: usize = 64;
    let crowd = Crowd::default();
    let server = wire.serve(move |came: &Request| {
        crowd.wait_for(CALLS);
        Answer::new(200).body(came.uri().path().to_owned())
    });
    let transport = wire.transport::<H>(Options::default());
    thread::scope(|scope| {
        for call in 0..CALLS {
            let (transport, server) = (&transport, &server);
            scope.spawn(move || {
                let target = format!("/{call}");
                assert_eq!(succeed::<H>(transport, get(server, &target)).body(), target.as_bytes());
            });
        }
    });
}

fn hanging_up_on_the_second() -> impl Fn(&Request) -> Answer {
    let seen = AtomicUsize::new(0);
    move |_| if seen.fetch_add(1, Ordering::SeqCst) == 1 { Answer::hang_up() } else { Answer::json("[]") }
}

#[derive(Default)]
struct Crowd {
    here: Mutex<usize>,
    came: Condvar,
}

impl Crowd {
    /// Returns when so many are waiting, or have been.
    fn wait_for(&self, many: usize) {
        let mut here = self.here.lock().expect("nobody panics here");
        *here += 1;
        self.came.notify_all();
        let patience = Duration::from_secs(40);
        let (here, waited) =
            self.came.wait_timeout_while(here, patience, |here| *here < many).expect("nobody panics here");
        let here = *here;
        assert!(!waited.timed_out(), "{here} of {many} calls came at once");
    }
}
