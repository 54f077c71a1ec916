//! Pages read ahead while the caller works on one.
//!
//! There is no task of its own: whoever asks for an object or a page lets the reading come on. That is enough for
//! the server to work while the caller does, since a request is on its way once it was polled. A caller that takes longer
//! over a page than the transport's time-out may meet that time-out.

use std::{
    collections::VecDeque,
    future, mem,
    task::{Context, Poll},
};

use super::{items::records, walk::Walk};
use crate::{
    error::Error,
    mode::{Async, BoxFuture},
    model::Resource,
    record::Record,
    transport::Transport,
};

type Step<T, M> = (Walk<T, M>, Option<Result<Vec<M>, Error>>);

pub(crate) struct Ahead<T, M> {
    state: State<T, M>,
    ready: VecDeque<Result<Vec<Record<M, T>>, Error>>,
    /// How many pages may wait.
    most: usize,
    step: fn(Walk<T, M>) -> BoxFuture<'static, Step<T, M>>,
}

#[allow(clippy::large_enum_variant, reason = "there is one of it in a walk")]
enum State<T, M> {
    Idle(Walk<T, M>),
    Reading(BoxFuture<'static, Step<T, M>>),
    Done,
}

impl<T: Transport<Mode = Async> + 'static, M: Resource> Ahead<T, M> {
    pub(crate) fn new(walk: Walk<T, M>, most: usize) -> Self {
        let step = |mut walk: Walk<T, M>| -> BoxFuture<'static, Step<T, M>> {
            Box::pin(async move {
                let page = walk.next().await;
                (walk, page)
            })
        };
        Self { state: State::Idle(walk), ready: VecDeque::new(), most, step }
    }
}

impl<T: Transport, M: Resource> Ahead<T, M> {
    pub(super) async fn advance(&mut self) -> Option<Result<Vec<Record<M, T>>, Error>> {
        future::poll_fn(|context| {
            self.tend(context);
            let page = self.ready.pop_front();
            if page.is_some() {
                // There is room now: the next one goes on its way.
                self.tend(context);
            }
            match (page, &self.state) {
                (None, State::Done) => Poll::Ready(None),
                (None, _) => Poll::Pending,
                (page, _) => Poll::Ready(page),
            }
        })
        .await
    }

    /// Reads on as far as it goes without waiting.
    pub(super) fn tend(&mut self, context: &mut Context<'_>) {
        while self.ready.len() < self.most {
            self.state = match mem::replace(&mut self.state, State::Done) {
                State::Idle(walk) => State::Reading((self.step)(walk)),
                State::Reading(mut step) => match step.as_mut().poll(context) {
                    Poll::Pending => {
                        self.state = State::Reading(step);
                        return;
                    }
                    Poll::Ready((_, None)) => State::Done,
                    Poll::Ready((walk, Some(page))) => {
                        self.ready.push_back(page.map(|page| records(page, &walk)));
                        State::Idle(walk)
                    }
                },
                State::Done => return,
            };
        }
    }
}
