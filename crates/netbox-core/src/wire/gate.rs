//! A lock that can be held across an `await`, without a runtime.

use std::{
    future, mem,
    sync::{Mutex, MutexGuard},
    task::{Poll, Waker},
};

use super::lock::lock;

/// Lets one caller in at a time; the others wait, blocking or async.
#[derive(Default)]
pub(crate) struct Gate {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    held: bool,
    waiting: Vec<Waker>,
}

impl Gate {
    /// Waits until nobody else is inside. Dropping the pass lets the others in.
    pub(crate) async fn enter(&self) -> Pass<'_> {
        future::poll_fn(|context| {
            let mut state = self.state();
            if mem::replace(&mut state.held, true) {
                if !state.waiting.iter().any(|waker| waker.will_wake(context.waker())) {
                    state.waiting.push(context.waker().clone());
                }
                return Poll::Pending;
            }
            Poll::Ready(Pass(self))
        })
        .await
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

pub(crate) struct Pass<'g>(&'g Gate);

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        let waiting = {
            let mut state = self.0.state();
            state.held = false;
            mem::take(&mut state.waiting)
        };
        // All of them: one that was woken alone might have been dropped meanwhile, and the rest would sleep on.
        waiting.into_iter().for_each(Waker::wake);
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicUsize, Ordering::SeqCst},
        thread,
    };

    use super::*;
    use crate::wire::mode::{Blocking, Mode};

    #[test]
    fn threads_enter_one_at_a_time() {
        let gate = Gate::default();
        let inside = AtomicUsize::new(0);
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..100 {
                        Blocking::run(async {
                            let _pass = gate.enter().await;
                            assert_eq!(inside.fetch_add(1, SeqCst), 0);
                            thread::yield_now();
                            inside.fetch_sub(1, SeqCst);
                        });
                    }
                });
            }
        });
    }

    #[tokio::test]
    async fn a_task_that_is_dropped_inside_lets_the_others_in() {
        let gate = Gate::default();
        let stuck = async {
            let _pass = gate.enter().await;
            future::pending::<()>().await;
        };
        tokio::select! {
            () = stuck => unreachable!(),
            () = tokio::task::yield_now() => {}
        }
        drop(gate.enter().await);
    }
}
