//! The two colours a call can have.
//!
//! The library's logic is written once, as `async`, over calls that were [lifted](Mode::lift). A [`Mode`] decides
//! what a caller gets: the value itself, or a future of it.

use std::{
    future,
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll, Wake, Waker},
    thread::{self, Thread},
};

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Blocking {}
    impl Sealed for super::Async {}
}

/// A boxed future that can be sent to another thread: what a call returns on an [`Async`] transport.
pub type BoxFuture<'a, R> = Pin<Box<dyn Future<Output = R> + Send + 'a>>;

/// Decides what a call returns: a value, or a future of that value.
///
/// There are two: [`Blocking`] and [`Async`].
///
/// # Examples
///
/// A function that has the colour of whatever transport it is called with:
///
/// ```
/// use netbox_core::{Client, Error, Mode, Outcome, Transport};
///
/// fn version<T: Transport>(client: &Client<T>) -> Outcome<'_, T, Result<String, Error>> {
///     T::Mode::run(async move {
///         let status = T::Mode::lift(client.status()).await?;
///         Ok(status.netbox_version)
///     })
/// }
/// ```
pub trait Mode: sealed::Sealed + Sized + 'static {
    /// `R` itself under [`Blocking`], [`BoxFuture<'a, R>`] under [`Async`].
    type Output<'a, R: Send + 'a>: Send;

    /// Gives logic that was written as a future this mode's colour.
    fn run<'a, R, F>(logic: F) -> Self::Output<'a, R>
    where
        R: Send + 'a,
        F: Future<Output = R> + Send + 'a;

    /// Turns what a call returned into something that can be awaited within [`Mode::run`].
    fn lift<'a, R: Send + 'a>(output: Self::Output<'a, R>) -> impl Future<Output = R> + Send + 'a;
}

/// Calls return when the work is done.
#[derive(Debug, Clone, Copy)]
pub enum Blocking {}

/// Calls return a future.
#[derive(Debug, Clone, Copy)]
pub enum Async {}

impl Mode for Blocking {
    type Output<'a, R: Send + 'a> = R;

    /// Drives `logic` on this thread. What it lifted is ready at once, so it only ever waits for another thread
    /// that is fetching the same thing.
    fn run<'a, R, F>(logic: F) -> R
    where
        R: Send + 'a,
        F: Future<Output = R> + Send + 'a,
    {
        let mut logic = pin!(logic);
        let waker = Waker::from(Arc::new(Unpark(thread::current())));
        let mut context = Context::from_waker(&waker);
        loop {
            match logic.as_mut().poll(&mut context) {
                Poll::Ready(value) => return value,
                Poll::Pending => thread::park(),
            }
        }
    }

    fn lift<'a, R: Send + 'a>(output: R) -> impl Future<Output = R> + Send + 'a {
        future::ready(output)
    }
}

impl Mode for Async {
    type Output<'a, R: Send + 'a> = BoxFuture<'a, R>;

    fn run<'a, R, F>(logic: F) -> BoxFuture<'a, R>
    where
        R: Send + 'a,
        F: Future<Output = R> + Send + 'a,
    {
        Box::pin(logic)
    }

    fn lift<'a, R: Send + 'a>(output: BoxFuture<'a, R>) -> impl Future<Output = R> + Send + 'a {
        output
    }
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}
