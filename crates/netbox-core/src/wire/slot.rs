//! A value that is fetched when it is first needed, once.

use std::sync::OnceLock;

use super::gate::Gate;

pub(crate) struct Slot<V> {
    value: OnceLock<V>,
    gate: Gate,
}

impl<V> Slot<V> {
    pub(crate) fn get(&self) -> Option<&V> {
        self.value.get()
    }

    /// Puts a value in, unless there is one: the first one stays.
    pub(crate) fn fill(&self, value: V) {
        let _ = self.value.set(value);
    }

    /// The value; of several callers that find none, one fetches and the others wait for it.
    pub(crate) async fn get_or_fetch<E>(&self, fetch: impl Future<Output = Result<V, E>>) -> Result<&V, E> {
        if let Some(value) = self.value.get() {
            return Ok(value);
        }
        let _pass = self.gate.enter().await;
        if let Some(value) = self.value.get() {
            return Ok(value);
        }
        let fetched = fetch.await?;
        Ok(self.value.get_or_init(|| fetched))
    }
}

impl<V> Default for Slot<V> {
    fn default() -> Self {
        Self { value: OnceLock::new(), gate: Gate::default() }
    }
}

impl<V> From<Option<V>> for Slot<V> {
    fn from(value: Option<V>) -> Self {
        Self { value: value.map_or_else(OnceLock::new, OnceLock::from), gate: Gate::default() }
    }
}

impl<V: Clone> Clone for Slot<V> {
    fn clone(&self) -> Self {
        Self { value: self.value.clone(), gate: Gate::default() }
    }
}
