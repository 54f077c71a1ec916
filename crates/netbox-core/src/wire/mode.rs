//! Blocking and async calls from one source.
//!
//! The library's logic is written once, as `async fn` over an async transport. A [`Mode`] decides what a caller gets:
//! the result itself, or a future of it.

use std::{
    cell::RefCell,
    future,
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll, Wake, Waker},
    thread::{self, Thread},
};

use super::within::Within;

mod sealed {
    pub trait Sealed {
        const BLOCKS: bool;
    }

    impl Sealed for super::Blocking {
        const BLOCKS: bool = true;
    }

    impl Sealed for super::Async {
        const BLOCKS: bool = false;
    }
}

/// A boxed future that can be sent to another thread; a call of an [`Async`] client returns one.
///
/// ```
/// use netbox_core::{Async, Client, Error, transport::BoxFuture};
///
/// /// A future that owns its client, so that a task can run it.
/// fn count(client: Client<Async>) -> BoxFuture<'static, Result<u64, Error>> {
///     Box::pin(async move { client.query_at("dcim/devices").count().await })
/// }
/// ```
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

/// Traits of modes, and what helps in an async mode, which has none of them.
macro_rules! of_iteration {
    ($($(#[$doc:meta])* trait $name:ident { $($body:tt)* })+) => {
        $(
            $(#[$doc])*
            #[diagnostic::on_unimplemented(
                message = "the objects of a client whose mode is `{Self}` can't be iterated over",
                label = "each object has to be awaited",
                note = "bind `query.iter()` to `mut items`, and write `while let Some(item) = items.next_item().await`; \
                        `query.all().await` gives a `Vec`, and `query.iter()`, by the feature `stream`, is a `Stream`"
            )]
            pub trait $name: Mode {
                $($body)*
            }
        )+
    };
}

of_iteration! {
    /// Modes whose lists are iterators: [`Blocking`].
    ///
    /// ```
    /// use netbox_core::{Client, Error, query::Iterating};
    ///
    /// fn names<C: Iterating>(client: &Client<C>) -> Result<Vec<String>, Error> {
    ///     client.query_at("dcim/sites").iter().map(|site| site?.get::<String>("name")).collect()
    /// }
    /// ```
    trait Iterating {
        #[doc(hidden)]
        fn done<R: Send>(output: Self::Output<'_, R>) -> R;
    }

    /// Modes whose queries are iterators themselves: none, so that the compiler names this trait where a loop is over a
    /// query of an async client.
    #[doc(hidden)]
    trait NoMode {
        fn never<T>() -> T;
    }
}

impl Iterating for Blocking {
    fn done<R: Send>(output: R) -> R {
        output
    }
}

/// Calls return when the work is done.
#[derive(Debug, Clone, Copy)]
pub enum Blocking {}

impl Blocking {
    /// Whether a future with this context is polled by [`Blocking::run`](Mode::run), which has nothing else to do until
    /// the future is ready.
    ///
    /// An async transport calls this function if its futures become ready only through a runtime on the same thread.
    /// Such a future would never become ready here, so that the transport should return an error.
    ///
    /// ```
    /// use std::{future, task::Poll};
    /// use netbox_core::{Blocking, Mode};
    ///
    /// let is_polled = future::poll_fn(|context| Poll::Ready(Blocking::is_polling(context)));
    /// assert!(Blocking::run(is_polled));
    /// ```
    pub fn is_polling(context: &Context<'_>) -> bool {
        DRIVING.with_borrow(|waker| waker.as_ref().is_some_and(|waker| waker.will_wake(context.waker())))
    }

    /// Runs `poll`, which polls with `inner` what is polled with `outer`.
    pub(crate) fn passing_on<R>(outer: &Context<'_>, inner: &Waker, poll: impl FnOnce() -> R) -> R {
        let _inner = Self::is_polling(outer).then(|| Within::new(&DRIVING, inner.clone()));
        poll()
    }
}

thread_local! {
    /// The waker of the future that this thread drives, the innermost one if driving it drives others.
    static DRIVING: RefCell<Option<Waker>> = const { RefCell::new(None) };
}

/// Calls return a future.
///
/// ```
/// use netbox_core::{Async, Client, Error};
///
/// /// Counts two lists at the same time.
/// async fn counts(client: &Client<Async>) -> Result<(u64, u64), Error> {
///     let (sites, racks) = (client.query_at("dcim/sites"), client.query_at("dcim/racks"));
///     let (sites, racks) = tokio::join!(sites.count(), racks.count());
///     Ok((sites?, racks?))
/// }
/// ```
#[derive(Debug, Clone, Copy)]
pub enum Async {}

impl Mode for Blocking {
    type Output<'a, R: Send + 'a> = R;

    /// Drives `logic` on this thread. A blocking transport is ready at once, so `logic` only ever waits for another
    /// thread: one that fetches the same object, one that this call sends a request from, or one whose request has the place of
    /// its own, as far as [`max_in_flight`](crate::ClientBuilder::max_in_flight) or the server's `Retry-After` says.
    ///
    /// This thread does nothing else meanwhile. `logic` may call an async client, if the runtime of its transport runs
    /// on other threads; `HyperTransport` returns an error if its runtime has only this thread.
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

/// Whether calls of mode `C` block.
pub(crate) fn blocks<C: Mode>() -> bool {
    C::BLOCKS
}

fn drive<R>(mut logic: Pin<&mut dyn Future<Output = R>>) -> R {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        let driving = Within::new(&DRIVING, waker.clone());
        let polled = logic.as_mut().poll(&mut context);
        drop(driving);
        match polled {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn is_polled() -> impl Future<Output = bool> + Send {
        future::poll_fn(|context| Poll::Ready(Blocking::is_polling(context)))
    }

    #[tokio::test]
    async fn who_polls_is_known() {
        assert!(!is_polled().await);
        assert!(Blocking::run(is_polled()));
        let nested = Blocking::run(async {
            let inner = thread::scope(|scope| scope.spawn(|| Blocking::run(is_polled())).join().unwrap());
            (inner, Blocking::run(is_polled()), is_polled().await)
        });
        assert_eq!(nested, (true, true, true));
        let of_a_runtime = Blocking::run(async {
            // A runtime within, as a blocking transport may have one.
            thread::scope(|scope| {
                let inner =
                    || tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(is_polled());
                scope.spawn(inner).join().unwrap()
            })
        });
        assert!(!of_a_runtime && !is_polled().await);
    }
}
