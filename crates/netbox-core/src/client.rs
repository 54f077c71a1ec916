//! A NetBox, and how to reach it.

mod handle;

mod builder;
mod environment;

mod api;
pub(crate) mod custom_fields;
mod document;
mod filters;
mod graphql;
mod learnt;
mod login;
mod object_types;
mod options;
mod raw;
mod remedy;
mod settings;
mod status;

pub(crate) use api::Api;
pub use builder::ClientBuilder;
pub use handle::Client;
pub use raw::Raw;
pub use status::Status;
