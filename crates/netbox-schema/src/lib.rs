//! A table of NetBox's REST API: every endpoint with its fields, filters and routes, and the versions of NetBox that have
//! each.
//!
//! The table holds the contents of NetBox's own OpenAPI documents, corrected where servers behaved differently. It also
//! has facts that the documents lack, such as the fields by which a list can be ordered.
//!
//! ```
//! use netbox_schema::{Control, Kind, Lookup, endpoint};
//!
//! let devices = endpoint("dcim/devices").unwrap();
//! let tenant = devices.field("tenant").unwrap();
//! assert_eq!(tenant.kind(), Kind::ForeignKey);
//! assert_eq!(tenant.target(), endpoint("tenancy/tenants"));
//! assert!(tenant.nullable().contains(4, 7) && tenant.required().is_empty());
//!
//! // A parameter that NetBox doesn't know it ignores, and answers with everything.
//! assert!(devices.accepts("name__ic").contains(4, 3) && devices.accepts("nmae__ic").is_empty());
//! assert!(devices.filter("name").unwrap().lookup(Lookup::Regex).contains(4, 7));
//!
//! assert_eq!(devices.field("cooling_method").unwrap().versions().to_string(), "4.7");
//! assert_eq!(devices.supports(Control::Start).to_string(), "4.6-4.7");
//! ```
//!
//! # In constants
//!
//! Every look-up is a `const fn`, so that a wrong name can be an error at compile time, in a macro or behind one:
//!
//! ```
//! # use netbox_schema::endpoint;
//! const _: () = {
//!     let Some(sites) = endpoint("dcim/sites") else { panic!("no endpoint `dcim/sites`") };
//!     let Some(group) = sites.field("group") else { panic!("no field `group` in dcim/sites") };
//!     assert!(!group.nullable().is_empty(), "`group` cannot be null");
//! };
//! ```
//!
//! # Limits of the table
//!
//! - Plugins, custom fields (`custom_fields`, and filters by them, `cf_…`), and choices that a server's configuration
//!   adds: lists of choices are open.
//! - Versions older or newer than [`Versions::ALL`], which are in no set.
//! - Patches: 4.5.2 is taken for the 4.5 whose document was read, the newest at that time.
//! - The keys that any write takes beside the fields: `changelog_message`, `add_tags`, `remove_tags`.
//! - The fields of endpoints that NetBox declares none of, such as `status`: [`Endpoint::fields`] is empty.
#![forbid(unsafe_code)]

mod absence;
mod control;
mod custom_object;
mod endpoint;
mod entries;
mod field;
mod filter;
mod key;
mod key_rule;
mod kind;
mod lookup;
mod method;
mod name;
mod nearest;
mod route;
#[rustfmt::skip]
mod table;
mod version;

pub use absence::{is_app, list_of, no_endpoint};
pub use control::Control;
pub use custom_object::custom_object_type;
pub use endpoint::{Endpoint, Endpoints, endpoint, endpoint_called, endpoint_of_type, endpoints};
pub use field::{Choice, Choices, Field, Fields, Form, Forms, is_read_only_name};
pub use filter::{Filter, Filters, never_filters, renamed};
pub use key::{Key, KeyPart, KeyParts, Keys};
pub use key_rule::KeyRule;
pub use kind::Kind;
pub use lookup::Lookup;
pub use method::Method;
pub use nearest::nearest;
pub use route::{Methods, Route, Routes};
pub use version::{Version, Versions};

/// The program in the package's README, which compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
