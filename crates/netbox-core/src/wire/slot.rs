//! Values that are fetched when they are first needed, once for each extent, NetBox and branch.

use std::{
    any::{Any, TypeId},
    sync::{Arc, OnceLock},
};

use super::{
    error::Error,
    flight::{Fetch, Flights},
    home::Home,
};

/// An object of any model. With the model in the type, `Send` of a reference would depend on its model, and on all
/// models that this one refers to, which is more than the compiler is ready to follow.
pub(crate) type AnyObject = Arc<dyn Any + Send + Sync>;

/// How much of an object a value has: all that its type reads, or some fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Extent {
    of: TypeId,
    fields: Option<Arc<[&'static str]>>,
}

impl Extent {
    /// All that a `T` reads.
    pub(crate) fn of<T: 'static>() -> Self {
        Self { of: TypeId::of::<T>(), fields: None }
    }

    /// The fields of these names, as an `S` reads them.
    pub(crate) fn some<S: 'static>(fields: Arc<[&'static str]>) -> Self {
        Self { of: TypeId::of::<S>(), fields: Some(fields) }
    }

    /// Whether it is some fields, as an `S` reads them, and which ones are as `are` says.
    pub(crate) fn is_some<S: 'static>(&self, are: impl Fn(&[&'static str]) -> bool) -> bool {
        self.of == TypeId::of::<S>() && self.fields.as_deref().is_some_and(are)
    }
}

/// The values, each with its extent and where it is from. They stay where they are, so that they can be lent.
#[derive(Default)]
pub(crate) struct Slot(OnceLock<Box<Kept>>);

struct Kept {
    extent: Extent,
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

    /// The value of that extent that came first, wherever it is from.
    pub(crate) fn first(&self, extent: &Extent) -> Option<&AnyObject> {
        self.values().find_map(|(of, value)| (of == extent).then_some(value))
    }

    /// The value of that extent which is from `home`.
    pub(crate) fn get(&self, extent: &Extent, home: &Home) -> Option<&AnyObject> {
        self.find(|other| other == extent, home)
    }

    /// The value from `home` whose extent is as `is` says.
    pub(crate) fn find(&self, is: impl Fn(&Extent) -> bool, home: &Home) -> Option<&AnyObject> {
        let mut slot = self;
        loop {
            let kept = slot.0.get()?;
            if is(&kept.extent) && kept.is_from(Some(home)) {
                return kept.value.get();
            }
            slot = &kept.next;
        }
    }

    /// Puts a value in, unless there is one: the first one stays.
    pub(crate) fn fill(&self, extent: &Extent, home: Option<&Home>, value: AnyObject) {
        let _ = self.kept(extent, home).value.set(value);
    }

    /// The value; if several callers find none, one fetches, and the others share the outcome.
    pub(crate) async fn get_or_fetch(
        &self,
        extent: &Extent,
        home: &Home,
        fetch: impl FnMut() -> Fetch<AnyObject>,
    ) -> Result<&AnyObject, Error> {
        let kept = self.kept(extent, Some(home));
        if let Some(value) = kept.value.get() {
            return Ok(value);
        }
        let fetched = kept.flights.join(fetch).await?;
        Ok(kept.value.get_or_init(|| fetched))
    }

    fn kept(&self, extent: &Extent, home: Option<&Home>) -> &Kept {
        let kept = self.0.get_or_init(|| Box::new(Kept::new(extent.clone(), home.cloned())));
        if kept.extent == *extent && kept.is_from(home) { kept } else { kept.next.kept(extent, home) }
    }

    fn values(&self) -> impl Iterator<Item = (&Extent, &AnyObject)> {
        let mut slot = Some(self);
        std::iter::from_fn(move || {
            let kept = slot?.0.get()?;
            slot = Some(&kept.next);
            Some(kept.value.get().map(|value| (&kept.extent, value)))
        })
        .flatten()
    }
}

impl Kept {
    fn new(extent: Extent, home: Option<Home>) -> Self {
        Self { extent, home, value: OnceLock::new(), flights: Flights::default(), next: Slot::default() }
    }

    fn is_from(&self, home: Option<&Home>) -> bool {
        self.home.is_none() || self.home.as_ref() == home
    }
}
