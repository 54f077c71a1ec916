//! NetBox's own objects, as models for [`netbox_core`].
//!
//! There is a module for each of NetBox's apps, with a struct for each of its objects and an enum for each set of
//! choices.
//!
//! ```
//! # #[cfg(feature = "dcim")] {
//! use netbox_core::{Blocking, Client, Error, Patch};
//! use netbox_models::dcim::{Device, DeviceStatus};
//!
//! fn stock(client: &Client<Blocking>) -> Result<(), Error> {
//!     let spares = client.query::<Device>().filter(Device::STATUS.eq(DeviceStatus::Inventory));
//!     for device in spares.prefetch(Device::DEVICE_TYPE).iter() {
//!         let device = device?;
//!         println!("{} {}", device.device_type(client)?.model, device.serial);
//!         client.update(device.id, Patch::new().set(Device::STATUS, DeviceStatus::Planned))?;
//!     }
//!     Ok(())
//! }
//! # }
//! ```
//!
//! The routes below an object are methods of the models that have them. Models are for reading: create an object from a
//! [`Patch`](netbox_core::Patch), a struct of your own or a `serde_json::json!`.
//!
//! ```
//! # #[cfg(feature = "ipam")] {
//! use netbox_core::{Blocking, Client, Error, Patch};
//! use netbox_models::ipam::{IpAddress, IpAddressStatus, Prefix};
//!
//! fn reserve(client: &Client<Blocking>) -> Result<(), Error> {
//!     let prefix = client.create::<Prefix>(Patch::new().set(Prefix::PREFIX, "198.51.100.0/24"))?;
//!     let reserved = Patch::new().set(IpAddress::STATUS, IpAddressStatus::Reserved);
//!     for address in prefix.available_ips().of::<IpAddress>().with(reserved).allocate(3)? {
//!         println!("{}", address.address);
//!     }
//!     Ok(())
//! }
//! # }
//! ```
//!
//! The models have all fields. If you need only a few of them, select these, and NetBox sends no others:
//! [`Query::select`](netbox_core::Query::select) returns tuples, and
//! [`Query::select_as`](netbox_core::Query::select_as) fills a struct of your own, which the compiler compares with the
//! model.
//!
//! ```
//! # #[cfg(feature = "dcim")] {
//! use netbox_core::{Blocking, Client, Error};
//! use netbox_models::dcim::{Device, Site};
//!
//! fn places(client: &Client<Blocking>) -> Result<(), Error> {
//!     let sites = Device::SITE.select((Site::NAME, Site::FACILITY));
//!     for row in client.query::<Device>().select((Device::NAME, Device::SITE)).prefetch(sites) {
//!         let (name, site) = row?;
//!         let (site, facility) = sites.of(client, &site)?;
//!         println!("{name:?} is in {site}, {facility}");
//!     }
//!     Ok(())
//! }
//! # }
//! ```
//!
//! To keep an object as JSON, or to show all of it, read the object without a struct:
//! [`Client::get_at`](netbox_core::Client::get_at).
//!
//! # Features
//!
//! There is a feature for each app: `circuits`, `core`, `dcim`, `extras`, `ipam`, `tenancy`, `users`, `virtualization`,
//! `vpn` and `wireless`; and `full` for all. None is on by default. A feature brings the models of its app, and those
//! models of other apps that its own refer to: `tenancy` brings the [`users`] who own tenants, and no devices.
//!
//! # One model for all versions
//!
//! A model has the fields that any of NetBox 4.3 to 4.7 answers with, and reads the answers of each of these. A field
//! that a version lacks, or may have no value for, is an `Option`; a list that a version lacks is empty. A model has no
//! field for a value that only writes take, such as a password: set it by its name, `Patch::field("password", …)`.
//!
//! Newer versions of NetBox add fields and choices, and this crate adds them in turn. Structs and enums are
//! `#[non_exhaustive]`, so that a program which compiles today still compiles then: a `match` on an enum needs an arm
//! for all other values, and you create an object with [`Client::create`](netbox_core::Client::create), not by naming
//! all fields of its struct.
//!
//! A [`GenericFk`](netbox_core::fk::GenericFk) that can be written stands for the fields `…_type` and `…_id` beside it as
//! well; filter by these by their names, `.param("scope_type", "dcim.site")`.
//!
//! # When to have models of your own
//!
//! These models request all fields, and some of them cost NetBox time: `config_context` of devices, and
//! `connected_endpoints` and the counters of interfaces. Since NetBox's nested objects have only a few fields, a
//! foreign key to one of these models always has to be fetched. If you need a few fields of many objects, copy the
//! struct and remove the fields that you don't need: the struct has nothing that your own could not have.
//!
//! # Versions
//!
//! A server of each release in this table was filled with objects of all kinds and recorded: the first and last objects of
//! each list, the keys that its answers to creates lack, and the scenarios of this library's tests. The table shows how
//! many lists have a model, and how many models read these objects as they were sent, created them, and put them back
//! unchanged.
//!
#![doc = include_str!("../VERSIONS.md")]
//!
//! # Endpoints
//!
#![doc = include_str!("../ENDPOINTS.md")]
#![cfg_attr(
    not(feature = "full"),
    allow(rustdoc::broken_intra_doc_links, reason = "the table has the models of all apps")
)]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![allow(missing_docs, reason = "the fields are NetBox's, and are told about where their names don't tell")]
#![allow(clippy::struct_excessive_bools, reason = "so are their types")]

pub mod circuits;
pub mod core;
pub mod dcim;
pub mod extras;
pub mod ipam;
mod list;
pub mod tenancy;
pub mod users;
pub mod virtualization;
pub mod vpn;
pub mod wireless;

/// The program in the package's README, which compiles.
#[cfg(all(doctest, feature = "dcim"))]
#[doc = include_str!("../README.md")]
mod readme {}
