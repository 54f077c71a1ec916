use std::borrow::Cow;

use super::{decode::Decode, resource::Resource, select::Select, selected::Selected};
use crate::wire::Extent;

/// How objects are read where their type is not known.
#[derive(Clone)]
pub struct Reading {
    pub(crate) decode: Decode,
    pub(crate) extent: Extent,
    fields: Option<Cow<'static, [&'static str]>>,
}

impl Reading {
    /// As model `M`.
    pub(crate) fn of<M: Resource>() -> Self {
        Self { decode: Decode::of::<M>(), extent: Extent::of::<M>(), fields: M::SELECTED.map(Cow::Borrowed) }
    }

    /// As rows of `fields` of model `M`, which references keep as a [`Row`](super::rows::Row).
    pub(crate) fn of_rows<M: 'static, S: Select<M>>(fields: S) -> Self {
        let names = fields.names().into_iter().map(|(name, _)| name);
        let fields = Selected::new(fields);
        let asked = fields.names();
        let extent = Extent::some::<S>(names.collect());
        Self { decode: fields.decode(), extent, fields: Some(asked.into()) }
    }

    /// The fields to ask for, or all.
    pub(crate) fn fields(&self) -> Option<&[&'static str]> {
        self.fields.as_deref()
    }
}
