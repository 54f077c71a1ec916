//! A transport that records the exchanges that pass through it.

use std::{
    collections::BTreeSet,
    fmt,
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use netbox_core::{
    Mode, Outcome,
    transport::{Request, Response, Transport, TransportError},
};

use crate::{
    cassette::{self, Cassette, CassetteError},
    exchange::Exchange,
    scrub,
    secrets::PLACEHOLDER,
};

/// A transport around a transport, which records each exchange, for a [`Cassette`].
///
/// The recorder [scrubs](Exchange::new) each exchange at once, and removes from a whole cassette, wherever they appear:
/// the credentials of each request, each token that the server gave away below `users/tokens`, and the secrets passed
/// to [`hide`](Self::hide). Exchanges are kept in the order in which they were sent, even when they overlapped. An
/// exchange that failed without an answer is not kept.
///
/// NetBox gives each request another `X-Request-ID`. The cassette numbers these ids, wherever they appear, so that
/// recording the same reads again gives the same file. After writes, the server's timestamps and `ETag`s differ, and,
/// unless the database was reset, so do ids.
///
/// # Examples
///
/// ```
/// use bytes::Bytes;
/// use http::{Request, Response};
/// use netbox_core::{Blocking, transport::Transport};
/// use netbox_replay::{Cassette, Exchange, Recorder, Replay};
///
/// # let status = || Request::get("http://127.0.0.1:8000/api/status/").body(Bytes::new());
/// # let cassette = Cassette::new("", vec![Exchange::new(&status()?, &Response::default())]);
/// # let transport = Replay::<Blocking>::new(cassette);
/// let recorder = Recorder::new(transport).hide("correct horse battery staple");
/// recorder.send(Request::get("http://127.0.0.1:8000/api/status/").body(Bytes::new())?)?;
/// assert_eq!(recorder.cassette("status").exchanges()[0].to_string(), "GET /api/status/ -> 200");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Recorder<T> {
    inner: T,
    tape: Mutex<Tape>,
}

#[derive(Default)]
struct Tape {
    /// A place for each request sent; empty until it is answered.
    exchanges: Vec<Option<Exchange>>,
    hidden: BTreeSet<String>,
}

impl<T: Transport> Recorder<T> {
    /// Records the exchanges of `inner`.
    pub fn new(inner: T) -> Self {
        Self { inner, tape: Mutex::default() }
    }

    /// Removes `secret` from all exchanges, recorded and to come. A request that held the secret matches with
    /// [`PLACEHOLDER`] in its place.
    #[must_use]
    pub fn hide(self, secret: impl Into<String>) -> Self {
        self.tape().hidden.insert(secret.into());
        self
    }

    /// The exchanges recorded so far, as a cassette.
    pub fn cassette(&self, name: impl Into<String>) -> Cassette {
        let tape = self.tape();
        let mut exchanges: Vec<Exchange> = tape.exchanges.iter().flatten().cloned().collect();
        let replacements = tape.replacements(&exchanges);
        for exchange in &mut exchanges {
            exchange.texts(&mut |text| *text = replaced(text, &replacements));
        }
        Cassette::new(name, exchanges)
    }

    /// Writes the exchanges recorded so far to a file, whose stem is the name of the cassette.
    ///
    /// # Errors
    ///
    /// If the file can't be written.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), CassetteError> {
        let path = path.as_ref();
        self.cassette(cassette::stem(path)).save(path)
    }

    fn tape(&self) -> MutexGuard<'_, Tape> {
        self.tape.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Transport> Transport for Recorder<T> {
    type Mode = T::Mode;

    fn send(&self, request: Request) -> Outcome<'_, Self::Mode, Result<Response, TransportError>> {
        T::Mode::run(async move {
            let place = self.tape().reserve(&request);
            let response = T::Mode::lift(self.inner.send(request.clone())).await?;
            self.tape().keep(place, &request, &response);
            Ok(response)
        })
    }

    fn sleep(&self, delay: Duration) -> Outcome<'_, Self::Mode, ()> {
        self.inner.sleep(delay)
    }
}

impl<T> fmt::Debug for Recorder<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder").finish_non_exhaustive()
    }
}

impl Tape {
    fn reserve(&mut self, request: &Request) -> usize {
        self.hidden.extend(scrub::credentials(request));
        self.exchanges.push(None);
        self.exchanges.len() - 1
    }

    fn keep(&mut self, place: usize, request: &Request, response: &Response) {
        self.hidden.extend(scrub::tokens_given(request, response));
        self.exchanges[place] = Some(Exchange::new(request, response));
    }

    /// The replacements in a whole cassette: each secret with its placeholder. A secret that is a part of another comes
    /// after it.
    fn replacements(&self, exchanges: &[Exchange]) -> Vec<(String, String)> {
        let mut secrets: Vec<&String> = self.hidden.iter().filter(|secret| !secret.is_empty()).collect();
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        let secrets = secrets.into_iter().map(|secret| (secret.clone(), PLACEHOLDER.to_owned()));
        let ids = exchanges.iter().filter_map(Exchange::request_id).enumerate();
        let ids =
            ids.map(|(index, id)| (id.to_owned(), format!("00000000-0000-4000-8000-{:012}", index + 1)));
        secrets.chain(ids).collect()
    }
}

/// All at once: what was put in place of one text is not taken for another.
fn replaced(text: &str, replacements: &[(String, String)]) -> String {
    let Some(first) = replacements.iter().position(|(from, _)| text.contains(from)) else {
        return text.to_owned();
    };
    let (from, to) = &replacements[first];
    let pieces: Vec<String> =
        text.split(from).map(|piece| replaced(piece, &replacements[first + 1..])).collect();
    pieces.join(to)
}

#[cfg(test)]
mod tests {
    use std::{fs, future};

    use bytes::Bytes;
    use netbox_core::{
        Async, Blocking,
        transport::{BoxFuture, TransportErrorKind},
    };
    use proptest::prelude::*;

    use super::*;
    use crate::{
        Replay, format,
        json::{Json, tests::any_json},
    };

    const SECRET: &str = "waeaQkFpGPigtjHfCqvO5CFtwrgIpowrYaUoohTW";

    /// Answers with what it was given, last first.
    struct Stack(Mutex<Vec<Response>>);

    impl Transport for Stack {
        type Mode = Blocking;

        fn send(&self, _: Request) -> Result<Response, TransportError> {
            self.0
                .lock()
                .unwrap()
                .pop()
                .ok_or_else(|| TransportError::new(TransportErrorKind::Broken, "no more"))
        }

        fn sleep(&self, _: Duration) {}
    }

    fn get(path: &str) -> Request {
        http::Request::get(format!("http://127.0.0.1:8000{path}")).body(Bytes::new()).unwrap()
    }

    fn answer(id: &str, body: &str) -> Response {
        http::Response::builder().header("x-request-id", id).body(Bytes::from(body.to_owned())).unwrap()
    }

    #[test]
    fn a_token_that_was_given_away_is_in_no_exchange_before_or_after() {
        let body = format!(r#"{{"display":"p4fx3JgmCRVT","key":"p4fx3JgmCRVT","token":"{SECRET}"}}"#);
        let echo = format!("<{SECRET}> p4fx3JgmCRVT hunter2");
        let stack = vec![answer("c", &echo), answer("b", &body), answer("a", &echo)];
        let recorder = Recorder::new(Stack(Mutex::new(stack))).hide("hunter2");
        for path in ["/api/x/", "/api/users/tokens/provision/", "/api/x/"] {
            recorder.send(get(path)).unwrap();
        }
        assert!(recorder.send(get("/api/x/")).is_err());

        let path = std::env::temp_dir().join(format!("netbox-replay-recorder-{}.json", std::process::id()));
        recorder.save(&path).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        fs::remove_file(&path).unwrap();
        for secret in [SECRET, "p4fx3JgmCRVT", "hunter2"] {
            assert!(!text.contains(secret), "{text}");
        }
        assert_eq!(recorder.cassette("").exchanges().len(), 3);
    }

    #[test]
    fn request_ids_are_numbered_wherever_they_appear() {
        let stack = vec![
            answer("00000000-0000-4000-8000-000000000001", "second"),
            answer("00000000-0000-4000-8000-000000000002", "00000000-0000-4000-8000-000000000001"),
        ];
        let recorder = Recorder::new(Stack(Mutex::new(stack)));
        recorder.send(get("/api/x/")).unwrap();
        recorder.send(get("/api/x/?request_id=00000000-0000-4000-8000-000000000002")).unwrap();
        let cassette = recorder.cassette("ids");
        let [first, second] = cassette.exchanges() else { panic!("two exchanges") };
        assert_eq!(first.request_id(), Some("00000000-0000-4000-8000-000000000001"));
        assert_eq!(first.answer.body.bytes(), b"00000000-0000-4000-8000-000000000002");
        assert_eq!(second.target(), "/api/x/?request_id=00000000-0000-4000-8000-000000000001");
    }

    /// Answers each request once it is polled a second time, unless its path says otherwise.
    struct Slow;

    impl Transport for Slow {
        type Mode = Async;

        fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
            let mut waits = if request.uri().path() == "/api/slow/" { 2 } else { 0 };
            Box::pin(future::poll_fn(move |context| {
                if waits == 0 {
                    return std::task::Poll::Ready(Ok(Response::default()));
                }
                waits -= 1;
                context.waker().wake_by_ref();
                std::task::Poll::Pending
            }))
        }

        fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
            Box::pin(future::ready(()))
        }
    }

    #[test]
    fn overlapping_exchanges_stand_in_the_order_in_which_they_were_sent() {
        let recorder = Recorder::new(Slow);
        let mut calls = [recorder.send(get("/api/slow/")), recorder.send(get("/api/fast/"))];
        Blocking::run(future::poll_fn(|context| {
            let polled: Vec<_> =
                calls.iter_mut().map(|call| call.as_mut().poll(context).is_ready()).collect();
            if polled == [false, true] {
                return std::task::Poll::Ready(());
            }
            std::task::Poll::Pending
        }));
        let [slow, _] = calls;
        Blocking::run(slow).unwrap();
        let cassette = recorder.cassette("order");
        let lines: Vec<_> = cassette.exchanges().iter().map(Exchange::target).collect();
        assert_eq!(lines, ["/api/slow/", "/api/fast/"]);
    }

    #[test]
    fn recording_a_replay_gives_the_same_cassette() {
        let stack = vec![
            answer("6f1c2f6e-5d0b-4b0e-8f1d-2f3c1b7a9e01", r#"{"url":"http://127.0.0.1:8000/api/x/7/"}"#),
            answer("not-a-uuid", "[20.0]"),
        ];
        let recorder = Recorder::new(Stack(Mutex::new(stack)));
        recorder.send(get("/api/x/?limit=1")).unwrap();
        recorder.send(get("/api/x/7/")).unwrap();
        let cassette = recorder.cassette("tour");

        let again = Recorder::new(Replay::<Blocking>::new(cassette.clone()));
        for uri in ["https://other/nb/api/x/?limit=1", "https://other/nb/api/x/7/"] {
            again.send(http::Request::get(uri).body(Bytes::new()).unwrap()).unwrap();
        }
        assert_eq!(again.cassette("tour"), cassette);
    }

    #[test]
    fn of_a_secret_that_begins_with_another_nothing_is_left() {
        let stack = vec![answer("a", "hunter2hunter2000 hunter2")];
        let recorder = Recorder::new(Stack(Mutex::new(stack))).hide("hunter2").hide("hunter2000");
        recorder.send(get("/api/x/?q=hunter2000")).unwrap();
        let cassette = recorder.cassette("");
        assert_eq!(cassette.exchanges()[0].target(), "/api/x/?q=scrubbed");
        assert_eq!(cassette.exchanges()[0].answer.body.bytes(), b"scrubbedscrubbed scrubbed");
    }

    proptest! {
        #[test]
        fn a_recorded_cassette_never_holds_a_secret(
            secret in "[a-zA-Z0-9]{40}",
            hidden in "[a-z]{12}",
            text in any::<String>(),
            value in any_json(),
        ) {
            let text = format!("{text}{secret}{text}{hidden}");
            let json = Json::Object(vec![(text.clone(), Json::Array(vec![value, Json::String(text.clone())]))]);
            let mut binary = vec![0xff];
            binary.extend(text.as_bytes());
            let bodies = [json.compact().into(), text.into(), binary.into()];
            let answers = bodies.iter().cloned().map(Response::new).collect();

            let recorder = Recorder::new(Stack(Mutex::new(answers))).hide(hidden.clone());
            for (index, body) in bodies.into_iter().enumerate() {
                let request = http::Request::post(format!("http://127.0.0.1:8000/api/{secret}/?a={hidden}"));
                // The first is recorded before the secret is known.
                let token = if index == 0 { "Token".to_owned() } else { format!("Token {secret}") };
                recorder.send(request.header("authorization", token).body(body).unwrap()).unwrap();
            }
            let mut exchanges = recorder.cassette("").exchanges().to_vec();
            let file = format::write(&exchanges);
            prop_assert!(!file.contains(&secret) && !file.contains(&hidden), "{}", file);
            for exchange in &mut exchanges {
                exchange.texts(&mut |text| assert!(!text.contains(&secret) && !text.contains(&hidden), "{text}"));
            }
        }

        #[test]
        fn replacing_leaves_nothing_to_replace(text in "[ab]{0,20}", from in "[ab]{1,3}") {
            prop_assert!(!replaced(&text, &[(from.clone(), "-".to_owned())]).contains(&from));
        }
    }
}
