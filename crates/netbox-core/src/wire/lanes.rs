//! Futures that go on together.

use std::{
    collections::VecDeque,
    future, mem,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    task::{Context, Poll, Wake, Waker},
};

use super::{
    lock::lock,
    mode::{Blocking, BoxFuture},
};

/// Futures that are polled together, in the order in which they began. They go on whenever somebody polls or waits for them.
///
/// Over an async transport, and over a blocking one that [sends from threads](super::Threaded), their requests are on
/// their way at the same time. Over any other, one future after the other comes to its end.
pub(crate) struct Lanes<'f, T> {
    lanes: VecDeque<Lane<'f, T>>,
    bell: Arc<Bell>,
}

enum Lane<'f, T> {
    Going(BoxFuture<'f, T>),
    Ended(T),
}

/// The waker of all lanes. It remembers that it was called, so that nobody polls lanes that can't go on.
#[derive(Default)]
struct Bell {
    has_rung: AtomicBool,
    listener: Mutex<Option<Waker>>,
}

impl<'f, T> Lanes<'f, T> {
    pub(crate) fn begin(&mut self, future: BoxFuture<'f, T>) {
        self.lanes.push_back(Lane::Going(future));
        self.bell.has_rung.store(true, SeqCst);
    }

    /// Takes the last place with something that has ended already.
    pub(crate) fn push(&mut self, ended: T) {
        self.lanes.push_back(Lane::Ended(ended));
    }

    pub(crate) fn len(&self) -> usize {
        self.lanes.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.lanes.is_empty()
    }

    /// Whether one of them may go on that could not before.
    pub(crate) fn has_rung(&self) -> bool {
        self.bell.has_rung.load(SeqCst)
    }

    /// Lets all go on, as far as that goes without waiting.
    pub(crate) fn tend(&mut self, context: &Context<'_>) {
        let mut listener = lock(&self.bell.listener);
        if !listener.as_ref().is_some_and(|waker| waker.will_wake(context.waker())) {
            *listener = Some(context.waker().clone());
        }
        drop(listener);
        if !self.bell.has_rung.swap(false, SeqCst) {
            return;
        }
        let waker = Waker::from(Arc::clone(&self.bell));
        Blocking::passing_on(context, &waker, || {
            for lane in &mut self.lanes {
                if let Lane::Going(future) = lane
                    && let Poll::Ready(ended) = future.as_mut().poll(&mut Context::from_waker(&waker))
                {
                    *lane = Lane::Ended(ended);
                }
            }
        });
    }

    /// The result of the first one, if it has come to its end.
    pub(crate) fn take_first(&mut self) -> Option<T> {
        match self.lanes.pop_front()? {
            Lane::Ended(ended) => Some(ended),
            going @ Lane::Going(_) => {
                self.lanes.push_front(going);
                None
            }
        }
    }

    /// The result of any one that has come to its end.
    pub(crate) fn take_any(&mut self) -> Option<T> {
        let at = self.lanes.iter().position(|lane| matches!(lane, Lane::Ended(_)))?;
        match self.lanes.remove(at)? {
            Lane::Ended(ended) => Some(ended),
            Lane::Going(_) => None,
        }
    }

    /// Waits until one of them ends; `None` if there is none.
    pub(crate) async fn any(&mut self) -> Option<T> {
        future::poll_fn(|context| {
            self.tend(context);
            match self.take_any() {
                None if !self.is_empty() => Poll::Pending,
                ended => Poll::Ready(ended),
            }
        })
        .await
    }
}

impl<T> Default for Lanes<'_, T> {
    fn default() -> Self {
        Self { lanes: VecDeque::new(), bell: Arc::default() }
    }
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.has_rung.store(true, SeqCst);
        let listener = mem::take(&mut *lock(&self.listener));
        listener.into_iter().for_each(Waker::wake);
    }
}

/// Waits for all of `futures`, of which up to `most` go on at the same time, or for the first that fails.
pub(crate) async fn all<'f, E>(
    most: usize,
    futures: impl IntoIterator<Item = BoxFuture<'f, Result<(), E>>>,
) -> Result<(), E> {
    let mut lanes = Lanes::default();
    for future in futures {
        if lanes.len() >= most {
            lanes.any().await.transpose()?;
        }
        lanes.begin(future);
    }
    while let Some(ended) = lanes.any().await {
        ended?;
    }
    Ok(())
}

#[cfg(test)]
pub(super) mod tests {
    use std::{pin::pin, sync::atomic::AtomicUsize};

    use super::*;
    use crate::wire::mode::Mode;

    /// Ends once it was polled `polls` times, and notes that in `log`.
    fn after(polls: usize, name: usize, log: &Mutex<Vec<usize>>) -> BoxFuture<'_, usize> {
        let mut left = polls;
        Box::pin(future::poll_fn(move |context| {
            if left == 0 {
                lock(log).push(name);
                return Poll::Ready(name);
            }
            left -= 1;
            context.waker().wake_by_ref();
            Poll::Pending
        }))
    }

    /// The result of the first one, once it has come to its end.
    pub(in crate::wire) async fn first<T>(lanes: &mut Lanes<'_, T>) -> Option<T> {
        future::poll_fn(|context| {
            lanes.tend(context);
            match lanes.take_first() {
                None if !lanes.is_empty() => Poll::Pending,
                ended => Poll::Ready(ended),
            }
        })
        .await
    }

    #[test]
    fn lanes_go_together_and_are_had_in_order_or_as_they_end() {
        let log = Mutex::default();
        let begun = || {
            let mut lanes = Lanes::default();
            [3, 1, 2, 0]
                .into_iter()
                .enumerate()
                .for_each(|(name, polls)| lanes.begin(after(polls, name, &log)));
            lanes
        };
        let mut lanes = begun();
        let in_order = Blocking::run(async {
            [first(&mut lanes).await, first(&mut lanes).await, first(&mut lanes).await]
        });
        assert_eq!(in_order, [Some(0), Some(1), Some(2)]);
        assert_eq!(*lock(&log), [3, 1, 2, 0]);
        let mut lanes = begun();
        let as_they_end = Blocking::run(async { [lanes.any().await, lanes.any().await] });
        assert_eq!(as_they_end, [Some(3), Some(1)]);
        assert_eq!(Blocking::run(Lanes::<()>::default().any()), None);
    }

    #[test]
    fn lanes_that_nothing_woke_are_not_polled() {
        let polls = AtomicUsize::new(0);
        let mut lanes = Lanes::default();
        lanes.begin(Box::pin(future::poll_fn(|_| {
            polls.fetch_add(1, SeqCst);
            Poll::<()>::Pending
        })));
        for _ in 0..3 {
            lanes.tend(&Context::from_waker(Waker::noop()));
        }
        assert_eq!(polls.load(SeqCst), 1);
    }

    #[test]
    fn no_more_go_on_than_may_and_an_error_ends_all() {
        let (going, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let lane = |outcome: Result<(), u8>| -> BoxFuture<'_, Result<(), u8>> {
            let (going, most) = (&going, &most);
            Box::pin(async move {
                most.fetch_max(going.fetch_add(1, SeqCst) + 1, SeqCst);
                let mut waited = false;
                future::poll_fn(|context| {
                    context.waker().wake_by_ref();
                    if mem::replace(&mut waited, true) { Poll::Ready(()) } else { Poll::Pending }
                })
                .await;
                going.fetch_sub(1, SeqCst);
                outcome
            })
        };
        assert_eq!(Blocking::run(all(3, (0..10).map(|_| lane(Ok(()))))), Ok(()));
        assert_eq!(most.load(SeqCst), 3);
        assert_eq!(
            Blocking::run(all(2, (0..10).map(|n| lane(if n == 4 { Err(n) } else { Ok(()) })))),
            Err(4)
        );
    }

    #[test]
    fn who_polls_is_known_in_a_lane() {
        let is_polled = || -> BoxFuture<'_, bool> {
            Box::pin(future::poll_fn(|context| Poll::Ready(Blocking::is_polling(context))))
        };
        let mut lanes = Lanes::default();
        lanes.begin(is_polled());
        assert_eq!(Blocking::run(first(&mut lanes)), Some(true));
        lanes.begin(is_polled());
        let polled = pin!(first(&mut lanes)).poll(&mut Context::from_waker(Waker::noop()));
        assert_eq!(polled, Poll::Ready(Some(false)));
    }
}
