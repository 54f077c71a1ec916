//! One field of a model, as a constant: filters, orders, prefetches and patches name fields by it.

mod constant;
mod filter;
mod lookup;
mod operand;
mod order;
mod read;

pub use constant::Field;
pub use filter::Filter;
pub use lookup::{Lookup, kind};
pub use operand::{Operand, Operands};
pub use order::Order;
pub(crate) use read::Read;
pub use read::{Function, OtherForm, ReadBy, Reads};
