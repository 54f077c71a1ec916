//! Writing a record back.

use super::{one, record::Record, write::create};
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
    /// [`ErrorKind::Body`](crate::ErrorKind::Body) if a read-only field was changed.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Error, NetboxModel, Record};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, facility: String }
    /// fn preview(site: &mut Record<Site, Blocking>) -> Result<(), Error> {
    ///     site.facility = "I2".into();
    ///     let changes = site.changes()?;
    ///     println!("`save` would send {}", changes.names().collect::<Vec<_>>().join(", "));
    ///     Ok(())
    /// }
    /// ```
    pub fn changes(&self) -> Result<Patch<M>, Error> {
        self.place().changes(&**self).map(Patch::of_body)
    }

    /// Sets the message for the change log of the next write of this record, of at most 200 characters. Uploads have no
    /// message.
    pub fn set_message(&mut self, text: impl Into<String>) -> &mut Self {
        self.parts_mut().1.set_message(text.into());
        self
    }

    /// Sends the fields that changed, and updates the record from NetBox's answer; returns `false` if nothing changed
    /// and nothing was sent.
    ///
    /// The record is written only if the object has not changed since it was read. From 4.6 on, NetBox sends the
    /// version of an object that is read by itself, and checks the version while it writes. For a record without a
    /// version, such as one of a list, the client first reads the object again and compares, at the cost of one
    /// request. Where NetBox sends no versions at all (before 4.6, and for users and the like), that leaves a gap, in
    /// which somebody else's write goes unnoticed.
    ///
    /// # Errors
    ///
    /// [`Error::is_conflict`] if the object changed meanwhile; nothing is written then. Otherwise as for
    /// [`Client::update`](crate::Client::update). The record keeps its changes, unless NetBox wrote them.
    ///
    /// If it is not known whether the changes were written ([`Error::may_have_written`]), or the future of an async call
    /// was dropped before its end, the record keeps them too. If they were written, the next `save` fails with a
    /// conflict: [`refresh`](Record::refresh) the record then, and check whether it has them.
    ///
    /// ```
    /// # use netbox_core::{Async, Client, Error, Fk, NetboxModel, value::Choice};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "tenancy/tenants")] struct Tenant { id: u64 }
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")]
    /// # struct Device { id: u64, status: Choice, #[fk] tenant: Option<Fk<Tenant>> }
    /// async fn retire(client: &Client<Async>) -> Result<bool, Error> {
    ///     let mut device = client.get::<Device>(7).await?;
    ///     device.status = "offline".into();
    ///     device.tenant = None;
    ///     device.set_message("lease ended").save().await
    /// }
    /// ```
    pub fn save(&mut self) -> Outcome<'_, C, Result<bool, Error>> {
        C::run(self.write_changes())
    }

    /// Applies `change` and [saves](Record::save) the record; if the object changed meanwhile, reads it again and
    /// retries, at most five times in all. Returns whether something was written: nothing is if `change` makes no
    /// difference to the object as it was read. [`refresh`](Record::refresh) a record that is not fresh before.
    ///
    /// # Errors
    ///
    /// [`Error::is_conflict`] if the object changed before each of the attempts, and
    /// [`ErrorKind::Body`](crate::ErrorKind::Body) if the record has changes already: they would be lost. After an error of a
    /// write, and after the future of an async call was dropped before its end, the record has the changes of `change`:
    /// [`refresh`](Record::refresh) it, check whether they were written, and call `save_with` again if not.
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

    /// Sends the whole object: all fields that NetBox has, with this record's changes in their places. These may be more
    /// fields than the model has: NetBox resets some fields that a PUT omits, so the client reads them first.
    ///
    /// Unless they were changed, the PUT omits fields that NetBox keeps and may refuse: custom fields, nulls, files,
    /// and lists of parts, such as the ends of a cable. A user can't be put without the password, which NetBox never
    /// sends.
    ///
    /// # Errors
    ///
    /// As for [`save`](Record::save), with the same check for changes by others.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error};
    /// fn rename(client: &Client<Blocking>) -> Result<(), Error> {
    ///     let mut widget = client.get_at("plugins/acme/widgets", 7)?;
    ///     widget.set("name", "W2")?;
    ///     widget.put()        // this plugin takes no PATCH
    /// }
    /// ```
    pub fn put(&mut self) -> Outcome<'_, C, Result<(), Error>> {
        C::run(async move {
            let answer = self.place().put(&**self).await?;
            self.take(&answer)
        })
    }

    /// Creates a copy of the object as NetBox has it now, with the changes in `patch`: at least a name of its own.
    ///
    /// The copy lacks fields that NetBox sets itself, files and lists of parts, such as the ends of a cable, and
    /// objects below this one, such as the interfaces of a device. `patch` must set or clear every field that must be
    /// unique or that belongs to this object alone; otherwise NetBox refuses the copy.
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

    /// Deletes the object, even if it changed since it was read.
    ///
    /// # Errors
    ///
    /// [`Error::is_not_found`] if the object is gone already, [`Error::is_conflict`] if other objects depend on it.
    ///
    /// ```
    /// # use netbox_core::{Async, Client, Error};
    /// async fn remove(client: &Client<Async>) -> Result<(), Error> {
    ///     let site = client.query_at("dcim/sites").param("slug", "dm-test").one().await?;
    ///     match site.delete().await {
    ///         Err(error) if error.is_conflict() => println!("the site still has objects: {error}"),
    ///         deleted => deleted?,
    ///     }
    ///     Ok(())
    /// }
    /// ```
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
        let answered = one::object(answer, self.key());
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
