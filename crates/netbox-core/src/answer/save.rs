//! Writing a record back.

use super::{record::Record, write::create};
use crate::{
    model::Resource,
    wire::{Answer, Error, Mode, Outcome},
    write::{IntoPatch, Patch},
};

/// How often [`Record::save_with`] tries.
const ATTEMPTS: u32 = 5;

impl<M: Resource, C: Mode> Record<M, C> {
    /// The changes that [`save`](Record::save) would send.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Body`](crate::ErrorKind::Body) if something was changed that NetBox does not let anybody write.
    pub fn changes(&self) -> Result<Patch<M>, Error> {
        self.place().changes(&**self).map(Patch::of_body)
    }

    /// Gives the next write of this record a message for the change log, of at most 200 characters. Files are written
    /// without it.
    pub fn set_message(&mut self, text: impl Into<String>) -> &mut Self {
        self.parts_mut().1.set_message(text.into());
        self
    }

    /// Sends what was changed, and takes what NetBox made of it; `false` if nothing was changed and nothing sent.
    ///
    /// It is written only if the object is still as it was when it was read. NetBox tells the version of an object
    /// that is read by itself, from 4.6 on, and then checks it while it writes. A record without a version, as one of a
    /// list, is compared with what is there now first, at the cost of one request; where NetBox tells no versions at
    /// all (before 4.6, and of users and the like), that leaves a gap, in which somebody else's write goes unnoticed.
    ///
    /// # Errors
    ///
    /// [`Error::is_conflict`] if the object changed meanwhile; nothing is written then. As for
    /// [`Client::update`](crate::Client::update) otherwise. The record keeps its changes, unless NetBox wrote them.
    ///
    /// If it is not known whether the changes were written ([`Error::may_have_written`]), or the future of an async call
    /// was dropped before its end, the record keeps them too. If they were written, the next `save` is a conflict with
    /// them: [`refresh`](Record::refresh) the record then, and look whether they are there.
    pub fn save(&mut self) -> Outcome<'_, C, Result<bool, Error>> {
        C::run(self.write_changes())
    }

    /// Changes the object with `change` and [saves](Record::save) it; if it changed meanwhile, reads it again, changes
    /// that and saves it, five times at most.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Body`](crate::ErrorKind::Body) if the record has changes already: they would be lost. After an error
    /// other than a conflict, and after the future of an async call was dropped before its end, it has those that `change`
    /// made: [`refresh`](Record::refresh) it, look whether they were written, and call this again if not.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, facility: String }
    /// fn count(client: &Client<Blocking>) -> Result<(), Error> {
    ///     let mut site = client.get::<Site>(7)?;
    ///     site.save_with(|site| site.facility.push('I'))?;
    ///     Ok(())
    /// }
    /// ```
    pub fn save_with<'r>(
        &'r mut self,
        mut change: impl FnMut(&mut M) + Send + 'r,
    ) -> Outcome<'r, C, Result<bool, Error>> {
        C::run(async move {
            self.has_no_changes()?;
            let mut attempt = 1;
            loop {
                change(&mut **self);
                match self.write_changes().await {
                    Err(error) if error.is_stale() && attempt < ATTEMPTS => {
                        attempt += 1;
                        // The changes go only once the object is here that they are made to again.
                        let (now, fresh) = self.as_it_is_now().await?.into_parts();
                        let (model, place) = self.parts_mut();
                        place.replace(fresh);
                        *model = now;
                    }
                    saved => return saved,
                }
            }
        })
    }

    /// Sends the object whole: all that NetBox has of it, with this record's values in their places. That is more than
    /// the model may have: NetBox resets some fields that a PUT leaves out, so they are read first.
    ///
    /// Left out, unless they were changed, is what NetBox keeps and may refuse: custom fields, nulls, files, and lists
    /// of parts, as the ends of a cable. A user can't be put without its password, which NetBox tells nobody.
    ///
    /// # Errors
    ///
    /// As for [`save`](Record::save), with the same check for changes by others.
    pub fn put(&mut self) -> Outcome<'_, C, Result<(), Error>> {
        C::run(async move {
            let answer = self.place().put(&**self).await?;
            self.take(&answer)
        })
    }

    /// Creates another object that is as NetBox has this one now, but for what `patch` says: a name of its own, at least.
    ///
    /// Fields that NetBox sets itself, files and lists of parts, as the ends of a cable, are not copied, nor is what lies
    /// below the object, such as the interfaces of a device. Whatever must be unique, or belongs to this object alone, is
    /// for `patch` to set or clear: NetBox refuses it otherwise.
    ///
    /// # Errors
    ///
    /// As for [`Client::create`](crate::Client::create), and [`Error::is_not_found`] if this object is gone.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel, Patch};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")]
    /// # struct Site { id: u64, name: String, slug: String }
    /// fn another(client: &Client<Blocking>) -> Result<(), Error> {
    ///     let site = client.get::<Site>(7)?;
    ///     site.copy(Patch::new().set(Site::NAME, "Berlin 2").set(Site::SLUG, "berlin-2"))?;
    ///     Ok(())
    /// }
    /// ```
    pub fn copy(&self, patch: impl IntoPatch<M>) -> Outcome<'_, C, Result<Self, Error>> {
        let patch = patch.into_patch();
        C::run(async move {
            let place = self.place();
            let copied = Patch::of_body(place.copied(&**self).await?);
            create(&place.api, Ok(place.endpoint.clone()), copied.and(patch)).await
        })
    }

    /// Deletes the object. Whether it changed since it was read makes no difference.
    ///
    /// # Errors
    ///
    /// [`Error::is_not_found`] if it is gone already, [`Error::is_conflict`] if others depend on it.
    pub fn delete(&self) -> Outcome<'_, C, Result<(), Error>> {
        C::run(self.place().delete(&**self))
    }

    async fn write_changes(&mut self) -> Result<bool, Error> {
        match self.place().save(&**self).await? {
            Some(answer) => self.take(&answer).map(|()| true),
            None => Ok(false),
        }
    }

    /// Becomes the answer to a write.
    pub(super) fn take(&mut self, answer: &Answer) -> Result<(), Error> {
        let id = self.key();
        let answered = answer.json().and_then(|model: M| answer.is_of(model.key(), id).map(|()| model));
        let (model, place) = self.parts_mut();
        place.wrote(answer, answered.is_ok());
        *model = answered?;
        Ok(())
    }

    /// Makes sure that nothing is lost when the record becomes the answer to something else than its changes.
    pub(super) fn has_no_changes(&self) -> Result<(), Error> {
        self.place().has_no_changes(&**self)
    }
}
