//! A NetBox that has one object, and lets nobody write.

use std::time::Duration;

use netbox_core::{Blocking, Client, Model, Record, Request, Response, Transport, TransportError};

/// Answers every request to read with this JSON.
pub struct Canned(serde_json::Value);

impl Transport for Canned {
    type Mode = Blocking;

    fn send(&self, request: Request) -> Result<Response, TransportError> {
        assert_eq!(request.method(), "GET", "nothing is to be written");
        let mut response = Response::new(self.0.to_string().into_bytes());
        response.headers_mut().insert("content-type", "application/json".parse().unwrap());
        Ok(response)
    }

    fn sleep(&self, _: Duration) {}
}

/// The record that is read from `object`.
pub fn record<M: Model>(object: serde_json::Value) -> Record<M, Canned> {
    let client = Client::builder("https://h").build(Canned(object)).unwrap();
    client.get(1).unwrap()
}
