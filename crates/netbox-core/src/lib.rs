//! A client for [NetBox](https://netbox.dev) over any HTTP transport, blocking or async.
//!
//! Declare the objects you need as structs, [derive](macro@NetboxModel) their model, and read them through a
//! [`Client`]. The transport that the client is built with decides whether calls block or return futures:
//! `netbox-transport-ureq` blocks, `netbox-transport-hyper` and `netbox-transport-reqwest` are async.
//!
//! ```no_run
//! use netbox_core::{Client, Fk, NetboxModel};
//! use serde::Deserialize;
//! # use netbox_core::{Blocking, Error, transport::Transport};
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
//! | declare a model | [`NetboxModel`](macro@NetboxModel), and for its fields [`Fk`], [`fk`], [`value`], [`choice_set!`] |
//! | ask for objects | [`Query`], [`field`]; [`query`] for some of their fields only |
//! | follow references | the accessors of a model's keys, [`Query::prefetch`], [`Client::resolve`] |
//! | write | [`Record::save`], [`Patch`], [`Client::create`], [`Record::copy`] |
//! | write many | [`Client::save_many`], [`Client::create_many`], [`Query::at_most`], [`bulk`] |
//! | read and write files | [`Client::download`], [`Client::download_to`], [`Record::attach_image`], [`Record::upload`], [`Upload`](route::Upload) |
//! | allocate, trace, render, run | [`route`], [`Client::script`], [`job`] |
//! | know what can be written | [`Client::options`] |
//! | go without a struct | [`Client::query_at`], [`Object`], [`Client::raw`] |
//! | know what went wrong | [`Error`], [`ErrorKind`], [`bulk::BulkError`] |
//! | write for both modes | [`Mode`], [`Outcome`] |
//! | write a transport, or wrap one | [`transport`] |
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
//! | `error.type` | the [`TransportErrorKind`](transport::TransportErrorKind), if none did |
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

/// Values that JSON has no type for, and the Rust types that each field can be set to.
pub mod value;

/// Requests and answers: URLs, the transport, retries and errors.
mod wire;

#[cfg(test)]
mod test;

pub use answer::{Query, Record};
pub use client::{Client, ClientBuilder};
pub use model::{Fk, Model, Object, Resource};
pub use wire::{Async, Blocking, Error, ErrorKind, Mode, Outcome, Version};
pub use write::{Patch, Ref};

/// Fields as the constants that the derive makes of them, and the filters and orders that they give.
pub mod field {
    pub use crate::model::{Field, Filter, Lookup, Operand, Operands, Order, kind};
}

/// The objects of a query one at a time or in pages, and the ways to ask for some fields of a model.
pub mod query {
    pub use crate::{
        answer::{Items, Pages},
        model::{PartOf, Select},
        question::ParamValue,
        wire::Iterating,
    };
}

/// References beyond a plain [`Fk`], and the fetching of what they refer to.
pub mod fk {
    pub use crate::{
        answer::{KeySelection, Prefetch, Then, To},
        model::{Brief, ForeignKeys, GenericFk, GenericKeys, ObjectFk},
    };
}

/// The contents of a [`Patch`] or a new object.
pub mod patch {
    pub use crate::{
        model::Form,
        write::{IntoPatch, TagRef},
    };
}

/// Many writes in a few requests, and the report on each of them.
pub mod bulk {
    pub use crate::{
        answer::{Bulk, BulkJob, Progress, SaveMany, Targets},
        write::{BulkError, BulkItem, Fate},
    };
}

/// NetBox's routes below an object: free addresses, cable paths, rack elevations, files. A trait for each makes that a
/// call of a route that NetBox lacks doesn't compile.
///
/// [`derive(NetboxModel)`](derive@crate::NetboxModel) implements those of the routes that NetBox has at the model's
/// endpoint, in any version. The derive knows nothing of plugins' endpoints and of models that are
/// `#[netbox(unchecked)]`: these have [every](route::EveryRoute) route, as has an [`Object`]. A model that is
/// implemented by hand names its routes by hand, and so can a model whose NetBox has more routes than this library
/// knows:
///
/// ```
/// use netbox_core::{Blocking, Client, Error, Model, route};
///
/// #[derive(serde::Deserialize)]
/// struct Range { id: u64 }
///
/// impl Model for Range {
///     const ENDPOINT: &'static str = "ipam/ip-ranges";
///
///     fn id(&self) -> u64 {
///         self.id
///     }
/// }
///
/// impl route::AvailableIps for Range {}
///
/// fn free(client: &Client<Blocking>) -> Result<usize, Error> {
///     Ok(client.get::<Range>(7)?.available_ips().peek(10)?.len())
/// }
/// ```
pub mod route {
    pub use crate::answer::{
        AvailableAsn, AvailableIp, AvailablePrefix, AvailableVlan, CablePath, Download, Hop, Pool, RackFace,
        RackUnit, RenderedConfig, TracedCable, Upload, route::*,
    };
}

/// Scripts, and the jobs that NetBox runs in the background.
pub mod job {
    pub use crate::answer::{Job, JobLog, JobState, Script};
}

/// A server's answers about itself, and requests that this library has no method for.
pub mod server {
    pub use crate::{
        client::{Raw, Status},
        names::{FieldOptions, Options},
    };
}

/// The parts of an [`Error`].
pub mod error {
    pub use crate::wire::{ItemMessages, ItemPlace, Messages, ValueError};
}

/// The seam between the client and HTTP, for those who write a transport, wrap one, or choose how to retry.
pub mod transport {
    pub use crate::wire::{
        BoxFuture, BoxTransport, Lifted, Reading, Request, Response, RetryPolicy, Sink, Source, Timeout,
        Transport, TransportError, TransportErrorKind,
    };
}

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
