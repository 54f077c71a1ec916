//! Files that are read while they are sent.

use std::{
    io::{self, Cursor, Read},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use bytes::Bytes;
use http::Method;
use serde_json::json as value;

use crate::{
    Blocking, Client, Error, ErrorKind, Object, Record,
    route::Upload,
    test::{Canned, json},
    transport::{Request, Response, Source, Transport, TransportError, TransportErrorKind},
};

/// A transport that takes sources, and ends each upload as a function says.
struct Streaming<F> {
    upload: F,
    sent: Arc<AtomicUsize>,
}

impl<F> Transport for Streaming<F>
where
    F: Fn(&Request, &Source) -> Result<Response, TransportError> + Send + Sync,
{
    type Mode = Blocking;

    fn send(&self, request: Request) -> Result<Response, TransportError> {
        let Some(source) = request.extensions().get::<Source>() else { return Ok(site()) };
        assert!(request.body().is_empty());
        self.sent.fetch_add(1, SeqCst);
        (self.upload)(&request, source)
    }

    fn sleep(&self, _: Duration) {}

    fn takes_sources(&self) -> bool {
        true
    }
}

fn site() -> Response {
    json(200, &value!({"id": 7, "url": "https://h/api/dcim/sites/7/", "name": "DM-Berlin"}))
}

fn created() -> Response {
    json(201, &value!({"id": 1, "url": "https://h/api/extras/image-attachments/1/"}))
}

fn read(source: &Source) -> Result<Vec<u8>, TransportError> {
    let (mut reading, mut all, mut piece) = (source.open(), Vec::new(), [0; 10]);
    loop {
        match reading.read(&mut piece)? {
            0 => return Ok(all),
            length => all.extend_from_slice(&piece[..length]),
        }
    }
}

/// How an upload over a transport that ends it so ends, and how often it was sent.
fn attach(
    image: Upload,
    upload: impl Fn(&Request, &Source) -> Result<Response, TransportError> + Send + Sync + 'static,
) -> (Result<Record<Object, Blocking>, Error>, usize) {
    let sent = Arc::default();
    let client = Client::builder("https://h").build(Streaming { upload, sent: Arc::clone(&sent) }).unwrap();
    let site = client.get_at("dcim/sites", 7).unwrap();
    (site.attach_image("door", "door.png", image), sent.load(SeqCst))
}

const CONTENT: &str = "some bytes of a picture";

fn once() -> Upload {
    Upload::sized(CONTENT.as_bytes(), CONTENT.len() as u64)
}

fn seekable() -> Upload {
    Upload::seekable(Cursor::new(CONTENT))
}

/// The body, without what is new for each.
fn without_boundary(request: &Request, body: &[u8]) -> String {
    let kind = request.headers()["content-type"].to_str().unwrap();
    let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
    String::from_utf8(body.to_vec()).unwrap().replace(boundary, "BOUNDARY")
}

#[test]
fn the_form_is_the_same_wherever_its_file_is_from() {
    let netbox = Canned::<Blocking>::client(|request| match *request.method() {
        Method::GET => site(),
        _ => created(),
    });
    let client_site = netbox.get_at("dcim/sites", 7).unwrap();
    for image in [CONTENT.into(), once(), seekable(), Upload::reader(CONTENT.as_bytes())] {
        client_site.attach_image("door", "door.png", image).unwrap();
    }
    let requests = netbox.transport().requests();
    let bodies: Vec<_> =
        requests[1..].iter().map(|request| without_boundary(request, request.body())).collect();
    assert!(bodies[0].contains(&format!("octet-stream\r\n\r\n{CONTENT}\r\n--BOUNDARY--")), "{}", bodies[0]);
    assert!(bodies.iter().all(|body| *body == bodies[0]), "{bodies:#?}");
    for image in [once(), seekable()] {
        let expected = bodies[0].clone();
        let (attached, _) = attach(image, move |request, source| {
            let body = read(source)?;
            assert_eq!(source.length(), body.len() as u64);
            assert_eq!(without_boundary(request, &body), expected);
            Ok(created())
        });
        assert_eq!(attached.unwrap().id(), Some(1));
    }
}

#[test]
fn bytes_in_memory_are_no_source() {
    let (attached, sent) = attach(CONTENT.into(), |_, _| panic!("there is nothing to read"));
    assert_eq!((attached.unwrap().id(), sent), (Some(7), 0));
}

#[test]
fn an_upload_is_sent_again_only_if_it_never_left_and_can_be_read_again() {
    let ends = |image, kind, is_read: bool| {
        let (attached, sent) = attach(image, move |_, source| {
            // The head of the form comes first, and is no part of the file.
            let begun =
                if is_read { read(source).map(drop) } else { source.open().read(&mut [0; 10]).map(drop) };
            begun.and(Err(TransportError::new(kind, "on purpose")))
        });
        assert_eq!(attached.unwrap_err().kind(), ErrorKind::Transport(kind));
        sent
    };
    let (refused, broken) = (TransportErrorKind::Refused, TransportErrorKind::Broken);
    assert_eq!(ends(seekable(), refused, true), 3);
    assert_eq!(ends(seekable(), broken, true), 1);
    assert_eq!(ends(once(), refused, false), 3, "the reader was not read");
    assert_eq!(ends(once(), refused, true), 1);
}

#[test]
fn no_success_is_believed_before_all_was_read() {
    for bytes_read in [0, 10] {
        let (attached, sent) = attach(seekable(), move |_, source| {
            source.open().read(&mut vec![0; bytes_read])?;
            Ok(created())
        });
        let error = attached.unwrap_err();
        let expected = "POST https://h/api/extras/image-attachments/: NetBox answered 201 Created before it had the whole upload";
        assert!(error.to_string().starts_with(expected), "{error}");
        assert_eq!((error.may_have_written(), sent), (true, 1));
    }
    let (attached, _) = attach(seekable(), |_, _| Ok(json(400, &value!({"image": ["too large"]}))));
    assert!(attached.unwrap_err().is_invalid());
}

struct Failing;

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("the disk is gone"))
    }
}

impl io::Seek for Failing {
    fn seek(&mut self, _: io::SeekFrom) -> io::Result<u64> {
        Err(io::Error::other("this is a pipe"))
    }
}

#[test]
fn a_reader_that_fails_says_why() {
    let half = || Upload::sized(CONTENT.as_bytes().chain(Failing), 100);
    let (attached, sent) = attach(half(), |_, source| read(source).map(|_| created()));
    let error = attached.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport(TransportErrorKind::Other));
    assert_eq!(
        error.to_string(),
        "POST https://h/api/extras/image-attachments/: the exchange failed: the reader of the upload failed after 23 of 100 \
         bytes: the disk is gone; whether the POST was carried out is not known"
    );
    assert_eq!(sent, 1);
    // Readers fail before anything is sent, too.
    let netbox = Canned::<Blocking>::client(|_| site());
    let site = netbox.get_at("dcim/sites", 7).unwrap();
    for (image, why) in [
        (half(), "the reader of the upload failed after 23 of 100 bytes: the disk is gone"),
        (Upload::reader(Failing), "the file to upload can't be read: the disk is gone"),
        (Upload::seekable(Failing), "the file to upload can't be read: this is a pipe"),
    ] {
        let error = site.attach_image("door", "door.png", image).unwrap_err();
        assert_eq!((error.kind(), error.may_have_written()), (ErrorKind::Body, false));
        assert!(error.to_string().contains(why), "{error}");
    }
    assert_eq!(netbox.transport().requests().len(), 1);
}

#[test]
fn an_upload_is_whatever_has_bytes() {
    let text = "id".to_owned();
    let bytes = text.clone().into_bytes();
    for upload in [
        Upload::from(&text),
        Upload::from(&bytes),
        Upload::from(&String::from_utf8_lossy(&bytes)),
        text.clone().into(),
        bytes.clone().into(),
        b"id".into(),
        bytes[..].into(),
        Bytes::from_static(b"id").into(),
    ] {
        let netbox = Canned::<Blocking>::client(|_| site());
        netbox.get_at("dcim/sites", 7).unwrap().attach_image("", "a.png", upload).unwrap();
        let request = &netbox.transport().requests()[1];
        assert!(request.body().windows(6).any(|window| window == b"\r\nid\r\n"));
    }
}
