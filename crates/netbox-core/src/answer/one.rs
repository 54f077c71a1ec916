//! The one object of an answer.

use crate::{
    model::{Decode, Resource, Rows},
    wire::{Answer, Error},
};

/// The object of an answer as model `M`: the one with the id `asked`, or any if none was asked for.
pub(super) fn object<M: Resource>(answer: &Answer, asked: Option<u64>) -> Result<M, Error> {
    row(answer, &Decode::of::<M>(), asked)?.into_objects().pop().ok_or_else(misread)
}

/// Rows are of the type that they were decoded as, so that this is nobody's error but ours.
pub(super) fn misread() -> Error {
    Error::missing("the object that was read is of another type")
}

/// The object of an answer as a row; see [`object`]. It is compiled once for all models.
pub(super) fn row(answer: &Answer, decode: &Decode, asked: Option<u64>) -> Result<Rows, Error> {
    let rows = answer.read(|body| decode.one(body))?;
    answer.is_of(rows.ids().first().copied().flatten(), asked)?;
    Ok(rows)
}
