//! A description of one object.

use netbox_core::{Client, Error, Mode, Model, Outcome, Patch, Record};

use crate::{
    applied::{Action, ApplyError},
    desired::Desired,
    mistake::PlanError,
};

/// An object that NetBox has as described.
#[derive(Debug)]
#[non_exhaustive]
pub enum Ensured<M, C> {
    /// It was so before.
    Found(Record<M, C>),
    /// Some of its fields were set.
    Changed(Record<M, C>),
    /// It was created.
    Created(Record<M, C>),
}

/// The reason why [`Ensure::ensure`] returned no record.
#[non_exhaustive]
pub enum EnsureError {
    /// The description is wrong, or NetBox could not be read. Nothing was written.
    Plan(PlanError),
    /// NetBox refused the write, or its outcome is unknown.
    Apply(ApplyError),
    /// The object is as described, and could not be read again.
    Read(Error),
}

/// A call for one object, in addition to those of [`Client`].
pub trait Ensure<C: Mode> {
    /// Makes an object what `patch` describes: finds it by its key, creates it if there is none, and sets the fields that
    /// differ.
    ///
    /// ```
    /// use netbox_core::{Blocking, Client, NetboxModel, Patch};
    /// use netbox_plan::{Ensure, Ensured};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "extras/tags")]
    /// # struct Tag { id: u64, name: String, slug: String }
    ///
    /// fn tag(client: &Client<Blocking>) -> Result<u64, Box<dyn std::error::Error>> {
    ///     let tag = client.ensure::<Tag>(Patch::new().set(Tag::SLUG, "audited").set(Tag::NAME, "Audited"))?;
    ///     if let Ensured::Created(tag) = &tag {
    ///         println!("{} is new", tag.name);
    ///     }
    ///     Ok(tag.into_record().id)
    /// }
    /// ```
    fn ensure<M: Model>(&self, patch: Patch<M>) -> Outcome<'_, C, Result<Ensured<M, C>, EnsureError>>;
}

impl<C: Mode> Ensure<C> for Client<C> {
    fn ensure<M: Model>(&self, patch: Patch<M>) -> Outcome<'_, C, Result<Ensured<M, C>, EnsureError>> {
        C::run(async move {
            let mut desired = Desired::new();
            desired.object::<M>(patch);
            let plan = C::lift(desired.plan(self)).await.map_err(EnsureError::Plan)?;
            let known = plan.id(0);
            let (id, action) = if plan.is_empty() {
                (known, None)
            } else {
                let applied = C::lift(plan.apply().send()).await.map_err(EnsureError::Apply)?;
                let outcome = applied.outcomes().first();
                (
                    known.or(outcome.and_then(crate::ObjectOutcome::id)),
                    outcome.map(crate::ObjectOutcome::action),
                )
            };
            let record = C::lift(self.get::<M>(id.unwrap_or_default())).await.map_err(EnsureError::Read)?;
            Ok(match action {
                None => Ensured::Found(record),
                Some(Action::Create) => Ensured::Created(record),
                Some(_) => Ensured::Changed(record),
            })
        })
    }
}

impl<M, C> Ensured<M, C> {
    /// The object, whatever was done.
    pub fn into_record(self) -> Record<M, C> {
        match self {
            Self::Found(record) | Self::Changed(record) | Self::Created(record) => record,
        }
    }
}

/// The same text as `Display`: `main` prints the error that it returns with `Debug`.
impl std::fmt::Debug for EnsureError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

impl std::fmt::Display for EnsureError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Plan(error) => error.fmt(f),
            Self::Apply(error) => error.fmt(f),
            Self::Read(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for EnsureError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Plan(error) => error.source(),
            Self::Apply(error) => error.source(),
            Self::Read(error) => error.source(),
        }
    }
}
