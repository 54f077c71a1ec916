use std::{
    fmt, mem,
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures_core::Stream;

use super::Items;
use crate::{
    error::Error,
    mode::{Async, BoxFuture},
    model::Resource,
    record::Record,
    transport::Transport,
};

/// [`Items`] as a [`Stream`]; made by [`Query::stream`](crate::Query::stream) and [`Items::into_stream`].
pub struct ItemStream<T, M>(State<T, M>);

type Step<T, M> = (Items<T, M>, Option<Result<Record<M, T>, Error>>);

#[allow(clippy::large_enum_variant, reason = "there is one of it in a stream")]
enum State<T, M> {
    Idle(Items<T, M>),
    Busy(BoxFuture<'static, Step<T, M>>),
    Done,
}

impl<T: Transport<Mode = Async> + 'static, M: Resource> Items<T, M> {
    /// The same objects as a stream.
    pub fn into_stream(self) -> ItemStream<T, M> {
        ItemStream(State::Idle(self))
    }
}

/// Nothing in it is pinned but what is boxed.
impl<T, M> Unpin for ItemStream<T, M> {}

impl<T: Transport<Mode = Async> + 'static, M: Resource> Stream for ItemStream<T, M> {
    type Item = Result<Record<M, T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let State::Idle(items) = &mut self.0
            && let Some(item) = items.at_hand()
        {
            return Poll::Ready(Some(Ok(item)));
        }
        self.0 = match mem::replace(&mut self.0, State::Done) {
            State::Idle(mut items) => State::Busy(Box::pin(async move {
                let item = items.next_item().await;
                (items, item)
            })),
            state => state,
        };
        let State::Busy(step) = &mut self.0 else { return Poll::Ready(None) };
        let (items, item) = ready!(step.as_mut().poll(context));
        self.0 = if item.is_some() { State::Idle(items) } else { State::Done };
        Poll::Ready(item)
    }
}

impl<T, M> fmt::Debug for ItemStream<T, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemStream").finish_non_exhaustive()
    }
}
