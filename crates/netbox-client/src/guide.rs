//! The guide: how to do with this crate what people do with NetBox.
//!
//! | to | read |
//! |---|---|
//! | write a first program | [Getting started](getting_started) |
//! | find objects, and the objects that they refer to | [Reading](reading) |
//! | create, change and delete objects, one or thousands | [Writing](writing) |
//! | make NetBox what a description says | [Desired state](desired_state) |
//! | get the next free addresses, prefixes, VLANs and AS numbers | [IP address management](ipam) |
//! | use the fields that you added to NetBox | [Custom fields](custom_fields) |
//! | work with plugins, branches, and a newer NetBox | [Plugins, branches and your own schema](plugins) |
//! | test a program without a server | [Testing your code](testing) |
//! | understand an error, and what is repeated | [Errors and retries](errors) |
//! | be fast | [Performance](performance) |
//! | send requests another way | [Writing a transport](transports) |
//! | support several versions of NetBox | [Versions of NetBox](versions) |
//! | move from Python | [From pynetbox](from_pynetbox) |
//! | move from Go | [From go-netbox](from_go_netbox) |
//!
//! The [cookbook](https://github.com/netbox-rs/netbox-rs/tree/main/crates/netbox-client/examples) has complete programs
//! to copy. Every program in the guide compiles. Most use [ready-made models](crate::models), and need the features of their apps.

#[doc = include_str!("guide/custom_fields.md")]
pub mod custom_fields {}

#[doc = include_str!("guide/desired_state.md")]
pub mod desired_state {}

#[doc = include_str!("guide/errors.md")]
pub mod errors {}

#[doc = include_str!("guide/from_go_netbox.md")]
pub mod from_go_netbox {}

#[doc = include_str!("guide/from_pynetbox.md")]
pub mod from_pynetbox {}

#[doc = include_str!("guide/getting_started.md")]
pub mod getting_started {}

#[doc = include_str!("guide/ipam.md")]
pub mod ipam {}

#[doc = include_str!("guide/performance.md")]
pub mod performance {}

#[doc = include_str!("guide/plugins.md")]
pub mod plugins {}

#[doc = include_str!("guide/reading.md")]
pub mod reading {}

#[doc = include_str!("guide/testing.md")]
pub mod testing {}

#[doc = include_str!("guide/transports.md")]
pub mod transports {}

#[doc = include_str!("guide/versions.md")]
pub mod versions {}

#[doc = include_str!("guide/writing.md")]
pub mod writing {}
