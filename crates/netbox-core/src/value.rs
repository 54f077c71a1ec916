//! The forms of values in NetBox's JSON beside numbers and strings, and how each is written.

mod assign;
mod checked;
mod choice;
pub(crate) mod choice_set;
mod civil;
mod custom_fields;
mod date;
mod decimal;
mod ip_prefix;
mod json;
mod numeral;
mod shape;
mod text;
mod timestamp;

pub(crate) use assign::assign;
pub use assign::{AnyField, Assign, Clear, Given};
pub(crate) use checked::{NO_ID, RECORD};
pub use choice::Choice;
pub use choice_set::{ChoiceSet, Unlisted};
pub use custom_fields::CustomFields;
pub use date::Date;
pub use decimal::Decimal;
pub use ip_prefix::IpPrefix;
pub(crate) use json::to_json;
pub(crate) use shape::{is_kept_unsaid, key_set, polymorphic, written};
pub(crate) use text::{Copy, Members};
pub use timestamp::Timestamp;
