//! A NetBox that has one object, and lets nobody write.
#![allow(dead_code, reason = "not every test needs all of it")]

use std::time::Duration;

use netbox_core::{Blocking, Client, Model, Record, transport::{Request, Response, Transport, TransportError}};
use serde_json::{Value, json};

/// Answers every request to read with this JSON.
pub struct Canned(Value);

impl Transport for Canned {
    type Mode = Blocking;

    fn send(&self, request: Request) -> Result<Response, TransportError> {
        assert_eq!(request.method(), "GET", "nothing is to be written");
        let mut response = Response::new(self.0.to_string().into());
        response.headers_mut().insert("content-type", "application/json".parse().unwrap());
        Ok(response)
    }

    fn sleep(&self, _: Duration) {}
}

/// The record that is read from `object`.
pub fn record<M: Model>(object: Value) -> Record<M, Blocking> {
    let id = object["id"].as_u64().unwrap();
    let client = Client::builder("https://h").build(Canned(object)).unwrap();
    client.get(id).unwrap()
}

/// Checks the body that is sent once `change` was made.
#[track_caller]
pub fn check<M: Model>(mut record: Record<M, Blocking>, change: impl FnOnce(&mut M), expected: Value) {
    change(&mut record);
    let patch = record.changes().unwrap();
    let body: Value =
        patch.names().map(|name| (name.to_owned(), patch.value::<Value>(name).unwrap())).collect();
    assert_eq!(body, expected);
    assert_eq!(patch.is_empty(), expected == json!({}));
}

/// Checks the error of every call that would send the record once `change` was made.
#[track_caller]
pub fn refused<M: Model>(mut record: Record<M, Blocking>, change: impl FnOnce(&mut M), expected: &[&str]) {
    change(&mut record);
    for error in [record.changes().unwrap_err(), record.save().unwrap_err(), record.put().unwrap_err()] {
        let told = error.to_string();
        assert!(expected.iter().all(|part| told.contains(part)), "{told}");
    }
}
