//! Blocking and async calls from one source.
//!
//! The library's logic is written once, as `async fn` over an async transport. A [`Mode`] decides what a caller gets:
//! the result itself, or a future of it.

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

/// A boxed future that can be sent to another thread; a call of an [`Async`] client returns one.
pub type BoxFuture<'a, R> = Pin<Box<dyn Future<Output = R> + Send + 'a>>;

/// The return type of a call in mode `C`: `R` if it blocks, a future of `R` if it is async.
///
/// ```
/// use netbox_core::{Client, Error, Mode, Outcome};
///
/// fn count<C: Mode>(client: &Client<C>) -> Outcome<'_, C, Result<u64, Error>> {
///     client.query_at("dcim/sites").count()
/// }
/// ```
pub type Outcome<'a, C, R> = <C as Mode>::Output<'a, R>;

/// Decides what a call returns: a value, or a future of that value.
///
/// The only two modes are [`Blocking`] and [`Async`].
///
/// # Examples
///
/// A function for clients of either mode:
///
/// ```
/// use netbox_core::{Client, Error, Mode, Outcome};
///
/// fn version<C: Mode>(client: &Client<C>) -> Outcome<'_, C, Result<String, Error>> {
///     C::run(async move {
///         let status = C::lift(client.status()).await?;
///         Ok(status.netbox_version)
///     })
/// }
/// ```
pub trait Mode: sealed::Sealed + Sized + 'static {
    /// `R` itself under [`Blocking`], [`BoxFuture<'a, R>`] under [`Async`].
    type Output<'a, R: Send + 'a>: Send;

    /// Runs `logic` to its end under [`Blocking`], and boxes it under [`Async`].
    fn run<'a, R, F>(logic: F) -> Self::Output<'a, R>
    where
        R: Send + 'a,
        F: Future<Output = R> + Send + 'a;

    /// Turns the return value of a call into a future that can be awaited within [`Mode::run`].
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

    /// Drives `logic` on this thread. A blocking transport is ready at once, so `logic` only ever waits for another
    /// thread that fetches the same thing.
    fn run<'a, R, F>(logic: F) -> R
    where
        R: Send + 'a,
        F: Future<Output = R> + Send + 'a,
    {
        drive(pin!(logic))
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

fn drive<R>(mut logic: Pin<&mut dyn Future<Output = R>>) -> R {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match logic.as_mut().poll(&mut context) {
            Poll::Ready(value) => return value,
            Poll::Pending => thread::park(),
        }
    }
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}
