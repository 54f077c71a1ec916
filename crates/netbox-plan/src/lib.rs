//! Makes a NetBox what you describe.
//!
//! A [`Desired`] describes objects, in code or as a document. [`Desired::plan`] compares them with what a NetBox holds, and
//! [`Plan::apply`] writes the difference. A second run finds nothing to do. [`Ensure::ensure`] does the same for one object.
//!
//! # Documents
//!
//! Any self-describing format of serde will do, such as JSON and YAML. A document maps endpoints to lists of objects:
//!
//! ```
//! # fn main() -> Result<(), serde_json::Error> {
//! let desired: netbox_plan::Desired = serde_json::from_str(r#"{
//!     "dcim/sites": [
//!         {"slug": "ams1", "name": "Amsterdam 1", "region": {"slug": "nl"}, "tags": [{"slug": "fabric"}]}
//!     ],
//!     "dcim/devices": [{
//!         "name": "leaf-1",
//!         "site": {"slug": "ams1"},
//!         "role": {"slug": "leaf"},
//!         "device_type": {"manufacturer": {"slug": "arista"}, "model": "DCS-7050"},
//!         "interfaces": [{"name": "Ethernet1", "type": "25gbase-x-sfp28"}]
//!     }],
//!     "ipam/ip-addresses": [{
//!         "address": "192.0.2.1/31",
//!         "assigned_object": {
//!             "dcim/interfaces": {"device": {"name": "leaf-1"}, "name": "Ethernet1"}
//!         }
//!     }]
//! }"#)?;
//! # Ok(()) }
//! ```
//!
//! - A reference is a map of attributes that one object has, in the document or in NetBox. If a field takes objects of
//!   several types, the endpoint stands around the attributes, as the only name of a map.
//! - Objects below another stand within it, under the plural of their endpoint: `interfaces` of a device, `vlans` of a VLAN
//!   group.
//! - Null clears a field. A list or a JSON value replaces the former one as a whole. Custom fields that are not named are left
//!   alone, and so are the attributes of a module type.
//! - Objects may stand in any order, and refer to each other in a circle if NetBox allows null somewhere in it: that
//!   reference is set once all objects are there.
//!
//! # Recognising objects
//!
//! Which fields make two objects the same is in [`netbox_schema::Endpoint::keys`]: a site's slug, a device's name and site, a
//! prefix and its VRF, a cable's ends. The first key is used whose fields are all given; [`Desired::by`] names another. If
//! NetBox has several objects with the key, the plan is an error that lists their ids. The token must be allowed to view the
//! objects: one that it may not view is taken for a new one.
//!
//! # Writing
//!
//! Objects are created and changed in bulk, each after those that it refers to, and after the definitions of its custom
//! fields. Interfaces and other components that NetBox makes of the templates of device and module types are found and
//! changed, not created twice. An object is changed only if its described fields are as they were when the plan was made. An
//! [`ApplyError`] says of every object whether it was written; another plan goes on from there.
//!
//! Deletions come last, but for those that make room: a cable is deleted before its port gets another, a device before
//! another gets its place in the rack, or before the rack gets smaller. NetBox does not say which changes need room, so
//! that an object goes before any change, other than of text or tags, of one that it refers to. If objects exchange a value
//! that only one may have, such as an asset tag, a place in a rack or a primary address, one of them is without it for a
//! moment. A plan is refused if a described object refers to one that would be deleted, since NetBox would delete it, too, or
//! clear its field.
//!
//! # Branches
//!
//! A client of a branch plans and applies in that branch: `desired.plan(&client.on_branch("fabric-v7")?)`.
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod applied;
mod apply;
mod attributes;
mod changes;
mod choices;
mod components;
mod custom;
mod deletes;
mod desired;
mod document;
mod ensure;
mod export;
mod find;
mod generic;
mod graph;
mod handle;
mod key;
mod mistake;
mod order;
mod plan;
mod reference;
mod sense;
mod server;
mod view;

pub use applied::{Action, Applied, ApplyError, ObjectOutcome, Progress};
pub use apply::Apply;
pub use desired::Desired;
pub use ensure::{Ensure, EnsureError, Ensured};
pub use handle::{Handle, Handles};
pub use mistake::{Mistake, PlanError};
pub use plan::Plan;

/// The program in the package's README, which compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
