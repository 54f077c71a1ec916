//! Locks around what can't be half-written.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// The guarded value. A panic leaves it whole: holders only look, or make a change that can't panic halfway.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
