//! Values that are fetched when they are first needed, once for each type, NetBox and branch.

use std::{
    any::{Any, TypeId},
    sync::{Arc, OnceLock},
};

use super::{
    error::Error,
    flight::{Fetch, Flights},
    home::Home,
};

/// An object of any model. If it were of one, that a reference can be sent to another thread would rest on its model, and on
/// all models that this one refers to, which is more than the compiler is ready to follow.
pub(crate) type AnyObject = Arc<dyn Any + Send + Sync>;

/// The values, each with its type and where it is from. They stay where they are, so that they can be lent.
#[derive(Default)]
pub(crate) struct Slot(OnceLock<Box<Kept>>);

struct Kept {
    of: TypeId,
    /// Unknown of what was not read by a client: that goes for all.
    home: Option<Home>,
    value: OnceLock<AnyObject>,
    flights: Flights<AnyObject>,
    next: Slot,
}

impl Slot {
    /// Whether there is any value.
    pub(crate) fn is_filled(&self) -> bool {
        self.values().next().is_some()
    }

    /// The value of that type that came first, wherever it is from.
    pub(crate) fn first<T: 'static>(&self) -> Option<&T> {
        self.values().find_map(|value| value.downcast_ref())
    }

    /// The value of that type which is from `home`.
    pub(crate) fn get<T: 'static>(&self, home: &Home) -> Option<&T> {
        self.find(TypeId::of::<T>(), Some(home))?.downcast_ref()
    }

    /// Whether there is a value of the type `of` from `home`.
    pub(crate) fn has(&self, of: TypeId, home: &Home) -> bool {
        self.find(of, Some(home)).is_some()
    }

    /// Puts a value in, unless there is one: the first one stays.
    pub(crate) fn fill<T: Send + Sync + 'static>(&self, home: Option<&Home>, value: Arc<T>) {
        let _ = self.kept(TypeId::of::<T>(), home).value.set(value);
    }

    /// The value; of several callers that find none, one fetches, and the others share what becomes of that.
    pub(crate) async fn get_or_fetch<T: 'static>(
        &self,
        home: &Home,
        fetch: impl FnMut() -> Fetch<AnyObject>,
    ) -> Result<&AnyObject, Error> {
        let kept = self.kept(TypeId::of::<T>(), Some(home));
        if let Some(value) = kept.value.get() {
            return Ok(value);
        }
        let fetched = kept.flights.join(fetch).await?;
        Ok(kept.value.get_or_init(|| fetched))
    }

    fn find(&self, of: TypeId, home: Option<&Home>) -> Option<&AnyObject> {
        let kept = self.0.get()?;
        if kept.is_for(of, home) { kept.value.get() } else { kept.next.find(of, home) }
    }

    fn kept(&self, of: TypeId, home: Option<&Home>) -> &Kept {
        let kept = self.0.get_or_init(|| Box::new(Kept::new(of, home.cloned())));
        if kept.is_for(of, home) { kept } else { kept.next.kept(of, home) }
    }

    fn values(&self) -> impl Iterator<Item = &AnyObject> {
        let mut slot = Some(self);
        std::iter::from_fn(move || {
            let kept = slot?.0.get()?;
            slot = Some(&kept.next);
            Some(kept.value.get())
        })
        .flatten()
    }
}

impl Kept {
    fn new(of: TypeId, home: Option<Home>) -> Self {
        Self { of, home, value: OnceLock::new(), flights: Flights::default(), next: Slot::default() }
    }

    fn is_for(&self, of: TypeId, home: Option<&Home>) -> bool {
        self.of == of && (self.home.is_none() || self.home.as_ref() == home)
    }
}
