//! A value that is fetched when it is first needed, once for each NetBox and branch.

use std::{
    any::Any,
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

/// The values, each with where it is from. They stay where they are, so that they can be lent.
pub(crate) struct Slot(OnceLock<Box<Kept>>);

struct Kept {
    /// Unknown of what was not read by a client: that goes for all.
    home: Option<Home>,
    value: OnceLock<AnyObject>,
    flights: Flights<AnyObject>,
    next: Slot,
}

impl Slot {
    /// The value that came first, wherever it is from.
    pub(crate) fn first(&self) -> Option<&AnyObject> {
        let kept = self.0.get()?;
        kept.value.get().or_else(|| kept.next.first())
    }

    pub(crate) fn get(&self, home: &Home) -> Option<&AnyObject> {
        let kept = self.0.get()?;
        if kept.is_from(home) { kept.value.get() } else { kept.next.get(home) }
    }

    /// Puts a value in, unless there is one: the first one stays.
    pub(crate) fn fill(&self, home: &Home, value: AnyObject) {
        let _ = self.kept(home).value.set(value);
    }

    fn kept(&self, home: &Home) -> &Kept {
        let kept = self.0.get_or_init(|| Box::new(Kept::new(Some(home.clone()), OnceLock::new())));
        if kept.is_from(home) { kept } else { kept.next.kept(home) }
    }

    /// The value; of several callers that find none, one fetches, and the others share what becomes of that.
    pub(crate) async fn get_or_fetch(
        &self,
        home: &Home,
        fetch: impl FnMut() -> Fetch<AnyObject>,
    ) -> Result<&AnyObject, Error> {
        let kept = self.kept(home);
        if let Some(value) = kept.value.get() {
            return Ok(value);
        }
        let fetched = kept.flights.join(fetch).await?;
        Ok(kept.value.get_or_init(|| fetched))
    }
}

impl Kept {
    fn new(home: Option<Home>, value: OnceLock<AnyObject>) -> Self {
        Self { home, value, flights: Flights::default(), next: Slot::default() }
    }

    fn is_from(&self, home: &Home) -> bool {
        self.home.as_ref().is_none_or(|own| own == home)
    }
}

impl Default for Slot {
    fn default() -> Self {
        Self(OnceLock::new())
    }
}

/// A value that came with what is being read.
impl From<Option<AnyObject>> for Slot {
    fn from(value: Option<AnyObject>) -> Self {
        value.map_or_else(Self::default, |value| {
            Self(Box::new(Kept::new(Home::of_reading(), value.into())).into())
        })
    }
}

impl Clone for Slot {
    fn clone(&self) -> Self {
        let kept = self.0.get().map(|kept| {
            let copy = Kept::new(kept.home.clone(), kept.value.clone());
            Box::new(Kept { next: kept.next.clone(), ..copy })
        });
        Self(kept.map_or_else(OnceLock::new, OnceLock::from))
    }
}
