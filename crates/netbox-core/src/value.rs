//! The forms of values that NetBox's JSON has beside numbers and strings.

mod choice;
pub(crate) mod choice_set;
mod custom_fields;
mod date;
mod decimal;
mod ip_prefix;
mod timestamp;

pub use choice::Choice;
pub use choice_set::ChoiceSet;
pub use custom_fields::CustomFields;
pub use date::Date;
pub use decimal::{Decimal, DecimalError};
pub use ip_prefix::{IpPrefix, IpPrefixError};
pub use timestamp::Timestamp;
