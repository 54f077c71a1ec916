use std::{
    future,
    task::{Context, Poll},
    time::Duration,
};

use netbox_core::{
    Blocking,
    transport::{TransportError, TransportErrorKind as Kind},
};
use tokio::runtime::{Handle, RuntimeFlavor};

/// Checks that the task that awaits this runs on tokio, and that tokio goes on while the task waits.
///
/// # Errors
///
/// The kind `Unsupported` without a runtime, and for a [`Blocking::run`](netbox_core::Mode::run) on the only thread of a
/// runtime, which would wait for ever.
///
/// ```
/// use netbox_core::{Blocking, Mode, transport::TransportErrorKind};
/// use netbox_transport_options::needs_runtime;
///
/// let error = Blocking::run(needs_runtime()).unwrap_err();
/// assert_eq!(error.kind(), TransportErrorKind::Unsupported);
/// ```
pub async fn needs_runtime() -> Result<(), TransportError> {
    future::poll_fn(|context| Poll::Ready(has_runtime(context))).await
}

/// Awaits `exchange` on tokio, and for `limit` at most.
///
/// # Errors
///
/// Those of [`needs_runtime`] and of `exchange`, and the kind `Timeout` after `limit`.
///
/// ```
/// use std::{future, time::Duration};
/// use netbox_core::transport::TransportErrorKind;
/// use netbox_transport_options::within;
///
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
/// let error = within(Duration::from_millis(1), future::pending::<Result<(), _>>()).await.unwrap_err();
/// assert_eq!(error.kind(), TransportErrorKind::Timeout);
/// # });
/// ```
pub async fn within<R>(
    limit: Duration,
    exchange: impl Future<Output = Result<R, TransportError>>,
) -> Result<R, TransportError> {
    needs_runtime().await?;
    tokio::time::timeout(limit, exchange)
        .await
        .unwrap_or_else(|_| Err(TransportError::new(Kind::Timeout, format!("no response within {limit:?}"))))
}

/// Waits on tokio's clock. Without a runtime it returns at once, since the request that follows the wait reports that.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
/// netbox_transport_options::sleep(std::time::Duration::from_millis(1)).await;
/// # });
/// ```
pub async fn sleep(delay: Duration) {
    if Handle::try_current().is_ok() {
        tokio::time::sleep(delay).await;
    }
}

fn has_runtime(context: &Context<'_>) -> Result<(), TransportError> {
    let why = match Handle::try_current() {
        Err(_) => "there is no tokio runtime here: send it within one, or use a blocking transport",
        Ok(runtime)
            if runtime.runtime_flavor() == RuntimeFlavor::CurrentThread && Blocking::is_polling(context) =>
        {
            "`Blocking::run` would wait for ever on the only thread of a tokio runtime: await the future instead, or use a \
             runtime of the flavor `multi_thread`"
        }
        Ok(_) => return Ok(()),
    };
    Err(TransportError::new(Kind::Unsupported, why))
}
