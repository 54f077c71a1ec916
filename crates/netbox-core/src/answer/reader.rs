//! Reading a walk, page by page, and ahead of the caller if that is wanted.
//!
//! Nothing runs by itself: the reading goes on whenever the caller asks for an object or a page. That is enough for the
//! server to work while the caller does, since a request is on its way once it was polled.

use std::{
    collections::VecDeque,
    mem,
    task::{Context, Poll},
};

use super::walk::Walk;
use crate::{
    model::Rows,
    wire::{BoxFuture, Error},
};

type Step = (Walk, Option<Result<Rows, Error>>);

pub(super) struct Reader {
    state: State,
    ready: VecDeque<Result<Rows, Error>>,
    /// How many pages are read while the caller works on one.
    ahead: usize,
}

#[allow(clippy::large_enum_variant, reason = "there is one of it in a walk")]
enum State {
    Idle(Walk),
    Reading(BoxFuture<'static, Step>),
    Done,
}

impl Reader {
    pub(super) fn new(walk: Walk, ahead: usize) -> Self {
        Self { state: State::Idle(walk), ready: VecDeque::new(), ahead }
    }

    /// The next page, or `None` at the end.
    pub(super) fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Rows, Error>>> {
        self.read(self.ahead.max(1), context);
        let page = self.ready.pop_front();
        if page.is_some() {
            // There is room now: the next page goes on its way.
            self.tend(context);
        }
        match (&page, &self.state) {
            (None, State::Idle(_) | State::Reading(_)) => Poll::Pending,
            _ => Poll::Ready(page),
        }
    }

    /// Lets pages that are read ahead come in.
    pub(super) fn tend(&mut self, context: &mut Context<'_>) {
        self.read(self.ahead, context);
    }

    /// Reads until `most` pages wait, as far as that goes without waiting.
    fn read(&mut self, most: usize, context: &mut Context<'_>) {
        while self.ready.len() < most {
            self.state = match mem::replace(&mut self.state, State::Done) {
                State::Idle(mut walk) => State::Reading(Box::pin(async move {
                    let page = walk.next().await;
                    (walk, page)
                })),
                State::Reading(mut step) => match step.as_mut().poll(context) {
                    Poll::Pending => {
                        self.state = State::Reading(step);
                        return;
                    }
                    Poll::Ready((walk, Some(page))) => {
                        self.ready.push_back(page);
                        State::Idle(walk)
                    }
                    Poll::Ready((_, None)) => State::Done,
                },
                State::Done => return,
            };
        }
    }
}
