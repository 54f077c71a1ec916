//! Answers that are kept, and asked for again when it matters.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex},
};

use super::{
    error::Error,
    flight::{Fetch, Flights},
    lock::lock,
};

/// The last answer to each of several questions.
pub(crate) struct Cache<K, V>(Mutex<HashMap<K, Arc<Entry<V>>>>);

struct Entry<V> {
    last: Mutex<Option<V>>,
    flights: Flights<V>,
}

impl<K: Hash + Eq, V: Clone + Send + 'static> Cache<K, V> {
    /// The last answer.
    pub(crate) fn last(&self, key: &K) -> Option<V> {
        let entry = Arc::clone(lock(&self.0).get(key)?);
        let last = lock(&entry.last);
        last.clone()
    }

    /// The last answer if it `fits`, or else a new one, whether or not that fits; see [`ask`](Self::ask).
    pub(crate) async fn fitting(
        &self,
        key: K,
        fits: impl Fn(&V) -> bool,
        fetch: impl FnMut() -> Fetch<V>,
    ) -> Result<V, Error> {
        match self.last(&key).filter(|last| fits(last)) {
            Some(last) => Ok(last),
            None => self.ask(key, fetch).await,
        }
    }

    /// Asks with `fetch`, together with all who ask the same at the same time, and keeps the answer.
    pub(crate) async fn ask(&self, key: K, fetch: impl FnMut() -> Fetch<V>) -> Result<V, Error> {
        let entry = Arc::clone(lock(&self.0).entry(key).or_default());
        let told = entry.flights.join(fetch).await?;
        *lock(&entry.last) = Some(told.clone());
        Ok(told)
    }
}

impl<K, V> Default for Cache<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<V> Default for Entry<V> {
    fn default() -> Self {
        Self { last: Mutex::new(None), flights: Flights::default() }
    }
}
