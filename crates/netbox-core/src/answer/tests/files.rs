//! Files that are read again.

use std::{
    io::{self, Write},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use bytes::Bytes;
use serde_json::json as value;

use crate::{
    Async, Blocking, Client, Error, ErrorKind, Mode,
    test::{Asking, Canned, json},
    transport::{Request, Response, Sink, Transport, TransportError, TransportErrorKind},
};

const PICTURE: &[u8] = b"\x89PNG\r\n\0\xff";

fn response(status: u16, kind: &str, body: &'static [u8]) -> Response {
    let builder = http::Response::builder().status(status).header("content-type", kind);
    builder.body(Bytes::from_static(body)).unwrap()
}

/// A NetBox that has one picture, and that calls itself `internal:8000`.
fn netbox<C: Mode>() -> Asking<C> {
    Canned::client(|request: &Request| match request.uri().path() {
        "/nb/media/door.png" => response(200, "image/png", PICTURE),
        "/nb/api/" => json(200, &value!({"dcim": "http://Internal:8000/api/dcim/", "odd": null})),
        other => panic!("{other}"),
    })
}

fn asked<C: Mode>(client: &Asking<C>) -> Vec<String> {
    client.transport().requests().iter().map(|request| request.uri().to_string()).collect()
}

#[tokio::test]
async fn a_file_comes_as_it_is() {
    comes_in_mode::<Blocking>().await;
    comes_in_mode::<Async>().await;
}

async fn comes_in_mode<C: Mode>() {
    let client = netbox::<C>();
    for url in
        ["/media/door.png", "nb/media/door.png", "https://h/nb/media/door.png", "http://H/media/door.png"]
    {
        let file = C::lift(client.download(url)).await.unwrap();
        assert_eq!((&file.content()[..], file.content_type()), (PICTURE, Some("image/png")), "{url}");
    }
    assert_eq!(asked(&client), ["https://h/nb/media/door.png"; 4]);
    let request = &client.transport().requests()[0];
    assert_eq!(request.headers()["accept"], "*/*");
    assert!(request.headers().contains_key("authorization"));
}

#[test]
fn no_request_goes_to_another_host() {
    let client = netbox::<Blocking>();
    for _ in 0..2 {
        client.download("http://internal:8000/media/door.png").unwrap();
    }
    let file = "https://h/nb/media/door.png";
    assert_eq!(asked(&client), ["https://h/nb/api/", file, file]);
    for url in [
        "https://bucket.example.com/media/door.png?signature=hunter2",
        "https://internal/media/door.png",
        "https://admin:hunter2@h/media/door.png",
        "https://h@evil.example.com/media/door.png",
        "https://evil.example.com?https://h/media/door.png",
    ] {
        let refused = client.download(url).unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::Query, "{refused}");
        assert!(refused.to_string().contains("another host") && !refused.to_string().contains("hunter2"));
    }
    assert_eq!(client.download("/media/../door.png").unwrap_err().kind(), ErrorKind::Query);
    assert_eq!(asked(&client).len(), 3);
}

#[test]
fn a_page_in_place_of_a_file_is_an_error() {
    let told = |response: Response| -> Result<_, Error> {
        Canned::<Blocking>::client(move |_| response.clone()).download("/media/door.png")
    };
    let html = |status| response(status, "text/html; charset=utf-8", b"<title>Log in</title>");
    let of_netbox = |status| {
        let mut page = html(status).map(|_| Bytes::from_static(b"<html data-netbox-version=\"4.7.3\">"));
        page.headers_mut().insert("x-request-id", "0b3c".parse().unwrap());
        page
    };
    assert_eq!(told(html(404)).unwrap_err().kind(), ErrorKind::NotNetbox);
    assert!(told(of_netbox(404)).unwrap_err().is_not_found());
    assert!(told(of_netbox(403)).unwrap_err().is_forbidden());
    assert_eq!(told(html(302)).unwrap_err().kind(), ErrorKind::Redirect);
    let page = told(html(200)).unwrap_err();
    assert_eq!(page.kind(), ErrorKind::NotNetbox);
    assert!(
        page.to_string()
            .contains("NetBox gave this answer: 200 OK with text/html; charset=utf-8: “<title>Log in"),
        "{page}"
    );
    let mut file = html(200);
    file.headers_mut().insert("last-modified", "Sat, 28 Nov 2026 12:00:39 GMT".parse().unwrap());
    assert_eq!(&told(file).unwrap().content()[..], b"<title>Log in</title>");
}

/// A writer that others see into.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(piece)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_file_is_written_where_the_transport_takes_no_sinks() {
    let (client, written) = (netbox::<Blocking>(), Written::default());
    assert_eq!(client.download_to("/media/door.png", written.clone()).unwrap(), PICTURE.len() as u64);
    assert_eq!(*written.0.lock().unwrap(), PICTURE);
    let request = &client.transport().requests()[0];
    assert!(
        request.extensions().get::<Sink>().is_none() && !request.headers().contains_key("accept-encoding")
    );
    let full = client.download_to("/media/door.png", &mut [][..]).unwrap_err();
    assert_eq!(full.kind(), ErrorKind::Transport(TransportErrorKind::Other));
}

/// A transport that takes sinks, and breaks after a number of bytes, if any.
struct Sinking {
    response: Response,
    breaks_after: Option<usize>,
    sent: Arc<AtomicUsize>,
}

impl Transport for Sinking {
    type Mode = Blocking;

    fn send(&self, request: Request) -> Result<Response, TransportError> {
        self.sent.fetch_add(1, SeqCst);
        assert_eq!(request.headers()["accept-encoding"], "identity");
        let sink = request.extensions().get::<Sink>().unwrap();
        if !sink.wants(&self.response) {
            return Ok(self.response.clone());
        }
        let body = self.response.body();
        let end = self.breaks_after.unwrap_or(body.len());
        if end > 0 {
            sink.put(&body[..end])?;
        }
        match self.breaks_after {
            None => Ok(self.response.clone().map(|_| Bytes::new())),
            Some(_) => Err(TransportError::new(TransportErrorKind::Broken, "on purpose")),
        }
    }

    fn sleep(&self, _: Duration) {}

    fn takes_sinks(&self) -> bool {
        true
    }
}

/// Checks what a download of `response` ends in and writes, and how often it is sent.
#[track_caller]
fn check(
    response: Response,
    breaks_after: Option<usize>,
    expect: Result<u64, ErrorKind>,
    written: &[u8],
    times: usize,
) {
    let (sent, file) = (Arc::default(), Written::default());
    let client =
        Client::builder("https://h").build(Sinking { response, breaks_after, sent: Arc::clone(&sent) });
    let outcome = client.unwrap().download_to("/media/door.png", file.clone());
    assert_eq!(outcome.map_err(|error| error.kind()), expect);
    assert_eq!((&file.0.lock().unwrap()[..], sent.load(SeqCst)), (written, times));
}

#[test]
fn a_file_that_was_begun_is_not_asked_for_again() {
    let picture = || response(200, "image/png", PICTURE);
    let broken = Err(ErrorKind::Transport(TransportErrorKind::Broken));
    check(picture(), None, Ok(PICTURE.len() as u64), PICTURE, 1);
    check(picture(), Some(4), broken, &PICTURE[..4], 1);
    check(picture(), Some(0), broken, b"", 3);
}

#[test]
fn no_page_is_written_for_a_file() {
    check(response(200, "text/html", b"<title>Log in</title>"), None, Err(ErrorKind::NotNetbox), b"", 1);
    let packed = || {
        let mut packed = response(200, "image/png", PICTURE);
        packed.headers_mut().insert("content-encoding", "br".parse().unwrap());
        packed
    };
    check(packed(), None, Ok(PICTURE.len() as u64), PICTURE, 1);
}
