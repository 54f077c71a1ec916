//! The forms of values that NetBox's JSON has beside numbers and strings.

mod choice;
mod custom_fields;
mod decimal;
mod ip_prefix;
mod timestamp;

pub use choice::Choice;
pub use custom_fields::CustomFields;
pub use decimal::{Decimal, DecimalError};
pub use ip_prefix::{IpPrefix, IpPrefixError};
pub use timestamp::Timestamp;
