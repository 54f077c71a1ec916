//! Objects as data: models, their fields and references, objects without a struct, and the form in which each is written.

mod brief;
mod decode;
mod field;
mod fk;
mod form;
mod generic;
mod keys;
mod link;
mod links;
mod nested;
mod object;
mod object_type;
pub(crate) mod probe;
mod resource;
mod rows;
mod select;
mod selected;
pub(crate) mod target;

pub use brief::Brief;
pub(crate) use decode::{Decode, Page, Reading, decode};
pub use field::{Field, Filter, Function, Lookup, Operand, Order, OtherForm, ReadBy, Reads, kind};
pub use fk::Fk;
pub(crate) use fk::list;
pub use form::Form;
pub(crate) use form::{Body, CUSTOM_FIELDS};
pub use generic::{GenericFk, GenericKeys};
pub use keys::ForeignKeys;
pub(crate) use link::{Link, Siblings};
pub(crate) use links::Links;
pub use object::{Object, ObjectFk};
pub(crate) use object_type::object_type_of;
pub use resource::{Model, Resource};
pub(crate) use rows::{Cell, Rows};
pub use select::Select;
pub(crate) use selected::Selected;
