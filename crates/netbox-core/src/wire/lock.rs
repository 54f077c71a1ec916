//! Locks around what can't be half-written.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// What `mutex` guards. A panic while it was held leaves that as good as it was, since whoever holds it only looks, or
/// makes a change that can't panic halfway.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
