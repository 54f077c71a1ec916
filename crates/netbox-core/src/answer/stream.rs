use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll},
};

use futures_core::Stream;

use super::{items::Items, record::Record};
use crate::{
    model::Resource,
    wire::{Async, Error},
};

/// [`Items`] as a [`Stream`]; made by [`Query::stream`](crate::Query::stream) and [`Items::into_stream`].
pub struct ItemStream<M>(Items<M, Async>);

impl<M: Resource> Items<M, Async> {
    /// The same objects as a stream.
    pub fn into_stream(self) -> ItemStream<M> {
        ItemStream(self)
    }
}

/// Only boxed values in it are pinned.
impl<M> Unpin for ItemStream<M> {}

impl<M: Resource> Stream for ItemStream<M> {
    type Item = Result<Record<M, Async>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_item(context)
    }
}

impl<M> fmt::Debug for ItemStream<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemStream").finish_non_exhaustive()
    }
}
