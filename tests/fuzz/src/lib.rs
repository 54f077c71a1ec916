//! A NetBox whose answers the fuzzer writes.

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use bytes::Bytes;
use netbox_core::{Blocking, Client, transport::{Request, Response, RetryPolicy, Transport, TransportError}};

/// A transport that gives the same answer to each request.
pub struct Canned {
    status: u16,
    body: Bytes,
    answered: AtomicU32,
}

/// No walk through pages takes more requests than this: NetBox ends each list, and so must the library.
const MOST: u32 = 1000;

impl Transport for Canned {
    type Mode = Blocking;

    fn send(&self, _: Request) -> Result<Response, TransportError> {
        assert!(self.answered.fetch_add(1, Ordering::Relaxed) < MOST, "the library asks without end");
        let answer = http::Response::builder()
            .status(self.status)
            .header("content-type", "application/json")
            .header("api-version", "4.7")
            .header("x-request-id", "fuzz");
        Ok(answer.body(self.body.clone()).expect("an answer"))
    }

    fn sleep(&self, _: Duration) {}
}

/// The transport that answers with `status` and `body`.
pub fn canned(status: u16, body: &[u8]) -> Canned {
    Canned { status, body: Bytes::copy_from_slice(body), answered: AtomicU32::new(0) }
}

/// A client of a NetBox that answers with `status` and `body`.
pub fn client(status: u16, body: &[u8]) -> Client<Blocking> {
    let transport = canned(status, body);
    let builder = Client::builder("https://netbox.example.com").token("nbt_key.secret");
    builder.retry(RetryPolicy::none()).build(transport).expect("a client")
}

/// The longest text of an error, in bytes.
pub const LONGEST: usize = 64 * 1024;
