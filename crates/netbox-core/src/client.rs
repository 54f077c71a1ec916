//! A NetBox, and how to reach it.

mod api;
mod builder;
pub(crate) mod custom_fields;
mod document;
mod environment;
mod filters;
mod graphql;
mod handle;
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
