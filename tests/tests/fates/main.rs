//! Every operation over a server of which any request can go wrong in any way: a success is NetBox's, and no write that
//! may have been carried out ends with an error that denies it.

mod dropped;
mod faults;
mod netbox;
mod operations;
mod sockets;

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering::SeqCst},
};

use http::Method;
use netbox_core::{
    Async, Blocking, Client, Error, ErrorKind, Mode,
    bulk::Fate,
    transport::{BoxTransport, RetryPolicy, Transport},
};
use netbox_replay::{Fault, Faults};

use self::{
    faults::{Injected, Sort, faults},
    netbox::{Kind, NetBox, Wired},
    operations::{Asking, Operation, operations},
};

/// The calls that fail when headers don't come through: their answer is a text, a bare list or empty, without any other
/// evidence.
const MUTE: [&str; 8] = [
    "export",
    "peek",
    "detail",
    "upload_script",
    "replace_script",
    "logout",
    "raw_delete",
    "raw_delete_with",
];

/// The calls that take any text, or any JSON, that comes with NetBox's headers.
const TAKES_TEXT: [&str; 2] = ["export", "download"];
const TAKES_JSON: [&str; 6] = ["raw_get", "raw_options", "options", "raw_post", "raw_put", "raw_patch"];

/// The operations that older servers lack, and the minor version that brought them.
const NEWER: [(&str, u16); 3] = [("upload_script", 5), ("replace_script", 6), ("background", 7)];

/// One run of an operation.
struct Run {
    netbox: Arc<NetBox>,
    outcome: Result<String, Error>,
    /// The methods of its requests.
    asked: Vec<Method>,
    /// How many writes were carried out.
    written: usize,
}

/// Runs `operation` with a client of `netbox`, which is at `base`, over `transport`. Its first request calls `begin`.
fn run<C: Mode>(
    operation: &Operation<C>,
    netbox: Arc<NetBox>,
    is_known: bool,
    base: &str,
    transport: impl Transport<Mode = C> + 'static,
    begin: impl FnOnce(),
) -> Run {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&asked);
    let transport = Arc::new(Faults::planned(BoxTransport::new(transport), move |_, request| {
        log.lock().unwrap().push(request.method().clone());
        None
    }));
    let builder = || Client::builder(base).retry(RetryPolicy::none());
    let client = builder().token("0123456789").build(Arc::clone(&transport)).unwrap();
    let login = || Blocking::run(C::lift(builder().login("admin", "admin", Arc::clone(&transport)))).unwrap();
    let session = (operation.name == "logout").then(login);
    if is_known {
        Blocking::run(C::lift(client.status())).unwrap();
    }
    let asking = Asking { base: base.to_owned(), client, session, transport };
    let before = netbox.writes();
    asked.lock().unwrap().clear();
    begin();
    let outcome = Blocking::run(C::lift((operation.run)(&asking)));
    let asked = asked.lock().unwrap().clone();
    let written = netbox.writes() - before;
    Run { netbox, outcome, asked, written }
}

/// Runs `operation` in memory, of which the request at a position goes wrong.
fn run_in_memory<C: Mode>(
    operation: &Operation<C>,
    kind: Kind,
    fault: Option<(usize, &Method, Fault)>,
) -> Run {
    let netbox = NetBox::new(kind);
    let begins = Arc::new(AtomicUsize::new(usize::MAX));
    let first = Arc::clone(&begins);
    let fault = fault.map(|(at, method, fault)| (at, method.clone(), fault));
    let faulty = Arc::new(Faults::planned(Wired::<C>::to(&netbox), move |number, request| {
        let position = number.checked_sub(first.load(SeqCst))?;
        // Another one of those that go together may come first. It has its turn in another run.
        let is_met =
            |(at, method, _): &&(usize, Method, Fault)| *at == position && method == request.method();
        fault.as_ref().filter(is_met).map(|(.., fault)| fault.clone())
    }));
    let counted = Arc::clone(&faulty);
    run(operation, netbox, kind.is_known, "https://h", faulty, || begins.store(counted.count() + 1, SeqCst))
}

/// The fault of `run`, if it has one, compared with `reference`.
fn wrong<C: Mode, F>(
    operation: &Operation<C>,
    injected: &Injected<F>,
    reference: &Run,
    run: &Run,
) -> Option<&'static str> {
    let written = run.written;
    let error = match (&run.outcome, &reference.outcome) {
        (Ok(_), Err(_)) => return Some("it succeeded without evidence"),
        (Ok(_), Ok(_)) if written != reference.written => {
            return Some("it succeeded, and was not carried out");
        }
        (Ok(given), Ok(expected)) => {
            let is_in = |names: &[&str]| names.contains(&operation.name);
            let takes_it = match injected.sort {
                Sort::AnotherText => is_in(&TAKES_TEXT),
                Sort::AnotherJson => is_in(&TAKES_TEXT) || is_in(&TAKES_JSON),
                Sort::Refusal => !operation.writes,
                _ => false,
            };
            let is_wrong = given != expected && !takes_it;
            return is_wrong.then_some("it gave what NetBox did not send");
        }
        (Err(error), _) => error,
    };
    if !operation.writes {
        return error.may_have_written().then_some("a read is said to have written");
    }
    if written > 0 && !error.may_have_written() {
        return Some("it may have written, and the error denies it");
    }
    let is_certain = matches!(injected.sort, Sort::Refusal | Sort::Unprocessed);
    if written == 0 && is_certain && error.may_have_written() {
        return Some("it certainly did not write, and the error does not say so");
    }
    let is_open = error.may_have_written() && error.bulk().is_none();
    if is_open && error.status().is_some_and(|status| status.is_server_error()) {
        let text = error.to_string();
        if !text.contains("was carried out is not known") {
            return Some("its text does not say that it may have written");
        }
    }
    if error.bulk().is_none() && !operation.items.is_empty() && error.may_have_written() {
        return Some("the error of a bulk write has no report");
    }
    for (index, item) in operation.items.iter().enumerate() {
        let is_done = run.netbox.done(item) > 0;
        let fits = match error.bulk().map_or(Fate::NotWritten, |bulk| bulk.fate(index)) {
            Fate::Written => is_done,
            Fate::NotWritten => !is_done,
            _ => true,
        };
        if !fits {
            return Some("the report of a bulk write is wrong");
        }
    }
    None
}

/// Breaks each request of each operation in each way; returns how many runs there were.
fn break_everything<C: Mode>(kinds: &[Kind]) -> usize {
    let mut runs = 0;
    let mut failures = Vec::new();
    for kind in kinds {
        let faults = faults((!kind.strips).then_some(kind.minor));
        for operation in operations::<C>() {
            let reference = run_in_memory(&operation, *kind, None);
            match &reference.outcome {
                Ok(_) => assert!(!kind.strips || !MUTE.contains(&operation.name), "{}", operation.name),
                Err(error) if error.kind() == ErrorKind::Version => {
                    let is_newer = |(name, minor): &(_, u16)| *name == operation.name && kind.minor < *minor;
                    assert!(NEWER.iter().any(is_newer), "{error}");
                    continue;
                }
                Err(error) => {
                    assert!(
                        kind.strips && MUTE.contains(&operation.name),
                        "{} {kind:?}: {error}",
                        operation.name
                    );
                }
            }
            for (at, method) in reference.asked.iter().enumerate() {
                // Before the server has shown its headers, an imitation is what it imitates.
                let told = |injected: &&Injected<Fault>| {
                    injected.sort != Sort::Imitation || kind.is_known && operation.name != "login"
                };
                for injected in faults.iter().filter(told).filter(|injected| injected.may_meet(method)) {
                    let run = run_in_memory(&operation, *kind, Some((at, method, injected.fault.clone())));
                    runs += 1;
                    if let Some(what) = wrong(&operation, injected, &reference, &run) {
                        failures.push(format!(
                            "{}, {method} as request {at}, {kind:?}: {}: {what}: {:?}",
                            operation.name, injected.name, run.outcome
                        ));
                    }
                }
            }
        }
    }
    let shown: Vec<_> = failures.iter().take(30).map(String::as_str).collect();
    assert!(failures.is_empty(), "{} of {runs} runs went wrong:\n{}", failures.len(), shown.join("\n"));
    runs
}

const KNOWN: Kind = Kind { minor: 7, strips: false, is_known: true };
const STRIPPED: Kind = Kind { strips: true, is_known: false, ..KNOWN };

#[test]
fn blocking_over_a_known_server() {
    assert!(break_everything::<Blocking>(&[KNOWN, Kind { is_known: false, ..KNOWN }]) > 5_000);
}

#[test]
fn blocking_over_an_old_server() {
    let old = Kind { minor: 3, ..KNOWN };
    assert!(break_everything::<Blocking>(&[old, Kind { minor: 4, is_known: false, ..old }]) > 5_000);
}

#[test]
fn blocking_over_a_server_of_unknown_version() {
    assert!(break_everything::<Blocking>(&[STRIPPED]) > 2_000);
}

#[test]
fn async_over_a_known_server() {
    assert!(break_everything::<Async>(&[KNOWN]) > 2_000);
}

#[test]
fn async_over_a_server_of_unknown_version() {
    assert!(break_everything::<Async>(&[STRIPPED]) > 2_000);
}
