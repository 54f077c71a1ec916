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
//! # fn run<T: Transport<Mode = Blocking>>(transport: T) -> Result<(), Error> {
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
//! | write | [`Record::save`], [`Patch`], [`Client::create`], [`Client::create_many`], [`Query::at_most`], [`Bulk`] |
//! | allocate, trace, render, run | [`Pool`], [`Record::trace`], [`Record::render_config`], [`Client::run_script`], [`Job`]; [`route`] says which models have what |
//! | know what can be written | [`Query::options`], [`Query::choices`] |
//! | go without a struct | [`Client::query_at`], [`Object`], [`Client::raw`] |
//! | know what went wrong | [`Error`], [`ErrorKind`] |
//! | write for both colours | [`Transport`], [`Outcome`], [`Lifted`], [`BoxTransport`] |
//! | write a transport | [`Transport`], [`Retry`] |
#![forbid(unsafe_code)]

mod base;
mod bulk;
mod client;
mod detail;
mod error;
mod exchange;
mod field;
mod fk;
mod gate;
mod job;
mod lock;
mod mode;
mod model;
mod nearest;
mod object;
mod options;
mod page;
mod params;
mod query;
mod record;
mod retry;
mod slot;
#[cfg(test)]
mod test;
mod token;
mod transport;
mod value;
mod version;
mod write;

pub use bulk::{Bulk, BulkError, BulkItem, BulkJob, Fate, Progress, Targets, Written};
pub use client::{Client, ClientBuilder, Raw, Status};
pub use detail::{
    AvailableAsn, AvailableIp, AvailablePrefix, AvailableVlan, CablePath, Hop, Pool, RackFace, RackUnit,
    RenderedConfig, route,
};
pub use error::{Error, ErrorKind, ItemMessages, ItemPlace, Messages};
pub use field::{Field, Filter, Lookup, Operand, Order, kind};
pub use fk::{Fk, ForeignKeys, GenericFk, ObjectFk, Prefetch, Then};
pub use job::{Job, JobLog, JobState};
pub use mode::{Async, Blocking, BoxFuture, Mode};
pub use model::{Model, Resource};
pub use object::Object;
pub use options::{FieldOptions, Options};
#[cfg(feature = "stream")]
pub use page::ItemStream;
pub use page::{Items, Pages};
pub use query::{ParamValue, Query};
pub use record::Record;
pub use retry::{Retry, RetryPolicy};
pub use transport::{
    BoxTransport, Lifted, Outcome, Request, Response, Transport, TransportError, TransportErrorKind,
};
pub use value::{
    Choice, ChoiceSet, CustomFields, Date, Decimal, DecimalError, IpPrefix, IpPrefixError, Timestamp,
};
pub use version::Version;
pub use write::{AnyField, Assign, Clear, Form, Patch, Ref, TagRef};

#[cfg(feature = "derive")]
pub use netbox_derive::NetboxModel;

/// What the derive's code needs and users don't.
#[doc(hidden)]
pub mod __private {
    pub use std::vec::Vec;

    pub use serde;

    pub use crate::model::target::{NoTarget, Target, TargetBehind, is_one_of};
    pub use crate::value::choice_set::{read_choice, read_number};
    pub use crate::write::probe::{GenericKey, Probe, ProbeSerialize, ProbeUnknown};
}
