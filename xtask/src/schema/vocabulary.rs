//! The words that netbox-schema and its generator share.
//!
//! They are included, not depended on: a table that doesn't compile must not keep the command that writes it from
//! being built.
#![allow(unreachable_pub, reason = "they are public where they live")]

#[path = "../../../crates/netbox-schema/src/control.rs"]
mod control;
#[path = "../../../crates/netbox-schema/src/key_rule.rs"]
mod key_rule;
#[path = "../../../crates/netbox-schema/src/kind.rs"]
mod kind;
#[path = "../../../crates/netbox-schema/src/lookup.rs"]
mod lookup;
#[path = "../../../crates/netbox-schema/src/method.rs"]
mod method;

pub use self::{control::Control, key_rule::KeyRule, kind::Kind, lookup::Lookup, method::Method};
