//! The client's calls, against a NetBox that is made up.

mod custom_fields;
mod errors;
mod filters;
mod pools;
mod reads;
mod records;
mod save_many;
mod schema;
mod walks;
mod writes;
