//! The same over real sockets, with what only these can do to an exchange.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use netbox_core::{
    Async, Blocking, Mode,
    transport::{BoxTransport, Request, Transport},
};
use netbox_replay::loopback::{Answer, Loopback};
use netbox_transport_hyper::HyperTransport;
use netbox_transport_ureq::UreqTransport;

use super::{
    KNOWN, Run,
    faults::Injected,
    netbox::NetBox,
    operations::{Operation, operations},
    run, wrong,
};

/// The server's treatment of a request.
#[derive(Debug, Clone, Copy)]
struct Upset {
    carries_out: bool,
    then: Then,
}

#[derive(Debug, Clone, Copy)]
enum Then {
    HangUp,
    Garbage,
    /// Sends a part of its answer, and hangs up.
    Cut,
    /// Sends its answer byte for byte.
    Drip,
    Wait,
    LoginPage,
    Empty204,
    BadGateway,
}

const SHORT: Duration = Duration::from_millis(250);
const LONG: Duration = Duration::from_secs(60);

const OPERATIONS: [&str; 14] = [
    "find",
    "query_all",
    "create",
    "update",
    "delete",
    "save",
    "put",
    "upload",
    "allocate",
    "run_script",
    "login",
    "create_many",
    "update_many",
    "delete_many",
];

/// Those that are worth a wait.
const WAITED_FOR: [&str; 4] = ["find", "create", "save", "delete_many"];

impl Upset {
    fn all() -> Vec<Self> {
        let then =
            [Then::HangUp, Then::Garbage, Then::Wait, Then::LoginPage, Then::Empty204, Then::BadGateway];
        let both =
            then.into_iter().flat_map(|then| [false, true].map(|carries_out| Self { carries_out, then }));
        both.chain([Then::Cut, Then::Drip].map(|then| Self { carries_out: true, then })).collect()
    }

    fn takes_long(self) -> bool {
        matches!(self.then, Then::Drip | Then::Wait)
    }

    fn answer(self, netbox: &NetBox, request: &Request) -> Answer {
        let answer = if self.carries_out { netbox.answer(request) } else { http::Response::default() };
        let is_empty = answer.body().is_empty();
        match self.then {
            Then::HangUp => Answer::hang_up(),
            Then::Garbage => Answer::bytes("220 mail.example.com ESMTP ready\r\n\r\n"),
            // The answer to a deletion has nothing that could be cut.
            Then::Cut | Then::Drip if is_empty => Answer::hang_up(),
            Then::Cut => Answer::from(answer).cut_after(3),
            Then::Drip => Answer::from(answer).paced(1, SHORT / 4),
            Then::Wait => Answer::from(answer).after(8 * SHORT),
            Then::LoginPage => {
                Answer::new(200).header("content-type", "text/html").body("<title>Log in</title>")
            }
            Then::Empty204 => Answer::new(204),
            Then::BadGateway => Answer::new(502),
        }
    }
}

/// Runs `operation` with a server that is upset by the request at a position.
fn run_on_sockets<C: Mode>(
    operation: &Operation<C>,
    transport: &BoxTransport<C>,
    upset: Option<(usize, Upset)>,
) -> Run {
    let netbox = NetBox::new(KNOWN);
    let position = Arc::new(AtomicUsize::new(usize::MAX / 2));
    let server = Loopback::start({
        let (netbox, position) = (Arc::clone(&netbox), Arc::clone(&position));
        move |request| {
            let now = position.fetch_add(1, SeqCst);
            match upset {
                Some((at, upset)) if at == now => upset.answer(&netbox, request),
                _ => netbox.answer(request).into(),
            }
        }
    });
    run(operation, netbox, true, server.url(), transport.clone(), || position.store(0, SeqCst))
}

fn upset_everything<C: Mode, T: Transport<Mode = C> + 'static>(transport: impl Fn(Duration) -> T) {
    let [patient, impatient] = [LONG, SHORT].map(|timeout| BoxTransport::new(transport(timeout)));
    let mut failures = Vec::new();
    let named = operations::<C>().into_iter().filter(|operation| OPERATIONS.contains(&operation.name));
    let named: Vec<_> = named.collect();
    assert_eq!(named.len(), OPERATIONS.len());
    for operation in named {
        let reference = run_on_sockets(&operation, &patient, None);
        reference.outcome.as_ref().unwrap();
        for at in 0..reference.asked.len() {
            for upset in Upset::all() {
                if upset.takes_long() && !WAITED_FOR.contains(&operation.name) {
                    continue;
                }
                let transport = if upset.takes_long() { &impatient } else { &patient };
                let run = run_on_sockets(&operation, transport, Some((at, upset)));
                let injected = Injected::new(format!("{upset:?}"), ());
                if let Some(what) = wrong(&operation, &injected, &reference, &run) {
                    let (name, injected) = (operation.name, injected.name);
                    failures.push(format!("{name}, request {at}: {injected}: {what}: {:?}", run.outcome));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn blocking_on_sockets() {
    upset_everything::<Blocking, _>(|timeout| UreqTransport::builder().timeout(timeout).build().unwrap());
}

#[test]
fn async_on_sockets() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let _inside = runtime.enter();
    upset_everything::<Async, _>(|timeout| HyperTransport::builder().timeout(timeout).build().unwrap());
}
