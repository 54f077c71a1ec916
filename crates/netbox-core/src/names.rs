//! Whether a NetBox knows a name: of a filter, a lookup, an order, a custom field, or a field that is written.
//!
//! NetBox ignores names that it does not know, and reports success. The functions of this layer are pure: they take the
//! known facts about the server as data, and return a [`Refusal`] for a name that the server would ignore.

mod body;
mod custom;
mod custom_objects;
mod fields;
mod filters;
mod meant;
mod options;
mod plausible;
mod refusal;
mod values;
mod vocabulary;

pub(crate) use body::{
    ADD_TAGS, CHANGELOG_MESSAGE, Purpose, REMOVE_TAGS, TAGS, check_body, check_file, check_variables,
    is_taken,
};
pub(crate) use custom::{
    CustomChoices, CustomField, check_custom, check_custom_name, field_with_choices, kind_of, untold,
};
pub(crate) use custom_objects::CustomObjectType;
pub(crate) use filters::{Given, related_name};
pub use options::{FieldOptions, Options};
pub(crate) use plausible::{is_conjoined, is_custom};
pub(crate) use refusal::Refusal;
pub(crate) use values::{Doubt, Named, doubt_of_field, doubt_of_filter, doubt_of_reference};
pub(crate) use vocabulary::{Filters, Takes, Vocabulary};
