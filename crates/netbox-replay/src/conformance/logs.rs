//! The lines that a transport and all below it write through the crate `log`.

use std::sync::{Mutex, MutexGuard, PoisonError};

use log::{LevelFilter, Log, Metadata, Record};
use netbox_core::{
    Client, Mode,
    transport::{Request, Transport},
};

use super::harness::{Harness, Options, Wire};
use crate::loopback::{Answer, Loopback};

const PASSWORD: &str = "correct-horse-battery";
const PROXY_PASSWORD: &str = "staple-of-proxies";
const KEY: &str = "p4fx3JgmCRVT";
const SECRET: &str = "waeaQkFpGPigtjHfCqvO5CFtwrgIpowrYaUoohTW";

/// No log entry, at any level, holds a token, a password, or a piece of one, whether sent or received.
///
/// The test installs a logger for the whole process, and must therefore be the only test of its file.
///
/// # Panics
///
/// If a secret is logged, or nothing is logged at all.
pub fn no_secret_is_logged<H: Harness<Transport: 'static>>() {
    log::set_logger(&LOGGER).expect("this test is the only one of its process");
    log::set_max_level(LevelFilter::Trace);
    let proxy = Loopback::start(|_| Answer::tunnel());
    let forwarding = Loopback::start(netbox);
    for wire in [Wire::plain(), Wire::tls()] {
        let server = wire.serve(netbox);
        let through =
            |proxy: &Loopback| Some(proxy.url().replace("://", &format!("://me:{PROXY_PASSWORD}@")));
        for proxy in [None, through(if server.url().starts_with("https") { &proxy } else { &forwarding })] {
            log_in_and_out::<H>(wire.transport::<H>(Options { proxy, ..Options::default() }), server.url());
        }
    }
    let lines = LOGGER.lines().clone();
    assert!(!lines.is_empty(), "nothing was logged, not even that a connection was made");
    // A dump of bytes ends each of its lines in their characters.
    let columns: String = lines.iter().map(|line| last(line, 16)).collect();
    let text = format!("{}\n{columns}", lines.join("\n"));
    // The encoding of “me:staple-of-proxies”, without its end.
    let encoded = "bWU6c3RhcGxlLW9mLXByb3hpZX";
    for secret in [PASSWORD, PROXY_PASSWORD, encoded, &SECRET[..20], &SECRET[20..]] {
        assert!(!text.contains(secret), "{secret} is in the log:\n{}", lines.join("\n"));
    }
}

fn log_in_and_out<H: Harness<Transport: 'static>>(transport: H::Transport, url: &str) {
    type ModeOf<H> = <<H as Harness>::Transport as Transport>::Mode;
    let client =
        Client::builder(url).header("X-Proxy-Key", PROXY_PASSWORD).login("admin", PASSWORD, transport);
    let client = H::run(ModeOf::<H>::lift(client)).expect("a login");
    H::run(ModeOf::<H>::lift(client.status())).expect("a status");
    H::run(ModeOf::<H>::lift(client.logout())).expect("a logout");
}

/// A NetBox that gives a token, in chunks, and shows it again.
fn netbox(request: &Request) -> Answer {
    let path = request.uri().path();
    if path.ends_with("/provision/") {
        let token = format!(r#"{{"id": 7, "version": 2, "key": "{KEY}", "token": "{SECRET}"}}"#);
        return Answer::json(token).chunked().header("api-version", "4.7");
    }
    let authorization = request.headers().get("authorization").and_then(|value| value.to_str().ok());
    assert_eq!(authorization, Some(&*format!("Bearer nbt_{KEY}.{SECRET}")));
    match path {
        "/api/status/" => {
            let status = format!(r#"{{"netbox-version": "4.7.3", "plugins": {{}}, "echo": "{SECRET}"}}"#);
            let cookie = format!("sessionid={SECRET}");
            Answer::json(status).header("api-version", "4.7").header("set-cookie", &cookie)
        }
        _ => Answer::new(204).header("api-version", "4.7"),
    }
}

fn last(line: &str, count: usize) -> &str {
    let start = line.char_indices().rev().nth(count - 1).map_or(0, |(at, _)| at);
    &line[start..]
}

static LOGGER: Lines = Lines(Mutex::new(Vec::new()));

/// A logger that keeps all lines.
struct Lines(Mutex<Vec<String>>);

impl Lines {
    fn lines(&self) -> MutexGuard<'_, Vec<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Log for Lines {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        let line = format!("{} {}: {}", record.level(), record.target(), record.args());
        self.lines().push(line);
    }

    fn flush(&self) {}
}
