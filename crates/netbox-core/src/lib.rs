//! A client for [NetBox](https://netbox.dev) over any HTTP transport, blocking or async.
//!
//! Declare the objects you need as structs, [derive](macro@NetboxModel) their model, and read them through a
//! [`Client`]. The transport that the client is built with decides whether calls block or return futures:
//! `netbox-transport-ureq` blocks, `netbox-transport-hyper` is async.
//!
//! ```no_run
//! use netbox_core::{Client, Fk, NetboxModel};
//! use serde::Deserialize;
//! # use netbox_core::{Blocking, Error, Transport};
//!
//! #[derive(Debug, Deserialize, NetboxModel)]
//! #[netbox(endpoint = "dcim/sites")]
//! struct Site {
//!     id: u64,
//!     name: String,
//!     #[fk]
//!     region: Option<Fk<Region>>,
//! }
//!
//! #[derive(Debug, Deserialize, NetboxModel)]
//! #[netbox(endpoint = "dcim/regions")]
//! struct Region {
//!     id: u64,
//!     name: String,
//! }
//!
//! # fn run(transport: impl Transport<Mode = Blocking> + 'static) -> Result<(), Error> {
//! let client = Client::builder("https://netbox.example.com").token("nbt_…").build(transport)?;
//! for site in client.query::<Site>().filter(Site::NAME.starts_with("DM-")).order(Site::NAME.asc()).iter() {
//!     let site = site?;
//!     if let Some(region) = site.region(&client)? {
//!         println!("{} is in {}", site.name, region.name);
//!     }
//! }
//! # Ok(()) }
//! ```
//!
//! # Where to look
//!
//! | to | see |
//! |---|---|
//! | reach a NetBox | [`Client`], [`ClientBuilder`] |
//! | declare a model | [`NetboxModel`](macro@NetboxModel), [`Model`], and for fields [`Fk`], [`GenericFk`], [`Choice`], [`choice_set!`], [`CustomFields`], [`IpPrefix`], [`Timestamp`], [`Date`], [`Decimal`] |
//! | ask for objects | [`Query`], [`Field`] |
//! | ask for some fields of a model | [`Query::select`], [`Query::select_as`], and, of the objects that keys refer to,
//! [`Field::select`] |
//! | follow references | the accessors of a model's keys, [`Query::prefetch`], [`Client::resolve`] |
//! | write | [`Record::save`], [`Patch`], [`Client::create`], [`Record::copy`] |
//! | write many | [`Client::save_many`], [`Client::create_many`], [`Query::at_most`], [`Bulk`], [`BulkError`] |
//! | read and write files | [`Client::download`], [`Record::attach_image`], [`Record::upload`] |
//! | allocate, trace, render, run | [`Pool`], [`Record::trace`], [`Record::render_config`], [`Client::script`],
//! [`Job`]; [`route`] says which models have which |
//! | know what can be written | [`Client::options`], [`Options::choices`] |
//! | go without a struct | [`Client::query_at`], [`Object`], [`Client::raw`] |
//! | know what went wrong | [`Error`], [`ErrorKind`] |
//! | write for both modes | [`Transport`], [`Outcome`], [`Lifted`], [`BoxTransport`] |
//! | write a transport | [`Transport`], [`Timeout`], [`Retry`] |
//!
//! # Tracing
//!
//! With the feature `tracing`, each request that a client sends has a span named `request`, at the level `DEBUG` and
//! with the target `netbox_core`. The names of the span's fields follow OpenTelemetry where it defines one:
//!
//! | field | value |
//! |---|---|
//! | `server.address`, `server.port` | the host of the base URL, and its port if the URL has one |
//! | `http.request.method`, `url.path` | the method, and the path without the query |
//! | `http.request.body.size`, `http.response.body.size` | how long the bodies are, in bytes, decompressed |
//! | `http.response.status_code` | the status, if an answer arrived |
//! | `error.type` | the [`TransportErrorKind`], if none did |
//! | `http.request.resend_count` | how often the request was sent again, if it was |
//! | `request_id` | the `X-Request-ID` of the answer, which NetBox's own logs and change records hold too |
//! | `duration_ms` | how long the call took, with all waits, in milliseconds |
//!
//! Within the span, an event at `DEBUG` says that the exchange ended, and an event at `WARN` precedes each wait before
//! the request is sent again. That one has the fields `attempt` and `attempts`, `wait_ms`, and the status or the error
//! that caused the wait. An event at `TRACE` has the query in `url.query`, apart from the rest because a query holds the
//! values that users search for. No event and no span shows a header of a request or any body, so that tokens, passwords
//! and the values of extra headers never appear.
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

// The layers, from the top down: a module uses those below it in this list, and none above. The documentation shows the
// methods of a type in this order, too.

/// Answers: the calls of the client, and the objects that they return.
mod answer;

/// The client, and what it has learnt of its NetBox.
mod client;

/// Writes as data: patches, bulk plans, and the fate of each item.
mod write;

/// Questions as data: filters, order and pages.
mod question;

/// Names: whether a NetBox knows a filter, an order or a field.
mod names;

/// Objects as data: models, fields, references, and the form in which an object is written.
mod model;

/// Values: the forms that they have in JSON, and how each is written.
mod value;

/// Requests and answers: URLs, the transport, retries and errors.
mod wire;

#[cfg(test)]
mod test;

pub use answer::{
    AvailableAsn, AvailableIp, AvailablePrefix, AvailableVlan, Bulk, BulkJob, CablePath, Download, Hop,
    Items, Job, JobLog, JobState, KeySelection, Pages, Pool, Prefetch, Progress, Query, RackFace, RackUnit,
    Record, RenderedConfig, SaveMany, Script, Targets, Then, To, route,
};
pub use client::{Client, ClientBuilder, Raw, Status};
pub use model::{
    Brief, Field, Filter, Fk, ForeignKeys, Form, GenericFk, GenericKeys, Lookup, Model, Object, ObjectFk,
    Operand, Operands, Order, PartOf, Resource, Select, kind,
};
pub use names::{FieldOptions, Options};
pub use question::ParamValue;
pub use value::{
    AnyField, Assign, Choice, ChoiceSet, Clear, CustomFields, Date, Decimal, IpPrefix, Timestamp, Unlisted,
};
pub use wire::{
    Async, Blocking, BoxFuture, BoxTransport, Error, ErrorKind, ItemMessages, ItemPlace, Iterating, Lifted,
    Messages, Mode, Outcome, Request, Response, Retry, RetryPolicy, Timeout, Transport, TransportError,
    TransportErrorKind, ValueError, Version,
};
pub use write::{BulkError, BulkItem, Fate, IntoPatch, Patch, Ref, TagRef};

#[cfg(feature = "derive")]
pub use netbox_derive::NetboxModel;

/// Items for the derive's code, which users don't need.
#[doc(hidden)]
pub mod __private {
    pub use std::vec::Vec;

    pub use serde;

    pub use crate::{
        answer::objects,
        model::{
            Function, OtherForm, ReadBy, Reads,
            probe::{
                GenericKey, Probe, ProbeSerialize, ProbeUnknown, put, put_flattened, put_polymorphic,
                put_read_only,
            },
            target::{NoTarget, Target, TargetBehind, is_one_of},
        },
        value::choice_set::{read_choice, read_number, unlisted},
    };
}

/// The program in the package's README, which compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
