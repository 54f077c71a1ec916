//! Writing a record back.

use http::{HeaderValue, Method};

use super::{Record, Touched};
use crate::{
    error::Error,
    exchange::{Answer, Call},
    mode::Mode,
    model::Resource,
    object::Object,
    params::Params,
    transport::{Outcome, Transport},
    write::{Body, Form, Patch, Purpose},
};

/// How often [`Record::save_with`] tries.
const ATTEMPTS: u32 = 5;

impl<M: Resource, T: Transport> Record<M, T> {
    /// What [`save`](Record::save) would send. Nothing, if nothing was changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Body`](crate::ErrorKind::Body) if something was changed that NetBox does not let anybody write.
    pub fn changes(&self) -> Result<Patch<M>, Error> {
        self.diff().map(Patch::of_body)
    }

    /// Gives the next write of this record a message for the change log, of at most 200 characters.
    pub fn message(&mut self, text: impl Into<String>) -> &mut Self {
        self.touched.get_or_insert_default().message = Some(text.into());
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
    pub fn save(&mut self) -> Outcome<'_, T, Result<bool, Error>> {
        T::Mode::run(self.write_changes())
    }

    /// Changes the object with `change` and [saves](Record::save) it; if it changed meanwhile, reads it again, changes
    /// that and saves it, five times at most.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Body`](crate::ErrorKind::Body) if the record has changes already: they would be lost.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel, Transport};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, facility: String }
    /// fn count<T: Transport<Mode = Blocking>>(client: &Client<T>) -> Result<(), Error> {
    ///     let mut site = client.get::<Site>(7)?;
    ///     site.save_with(|site| site.facility.push('I'))?;
    ///     Ok(())
    /// }
    /// ```
    pub fn save_with<'r>(
        &'r mut self,
        mut change: impl FnMut(&mut M) + Send + 'r,
    ) -> Outcome<'r, T, Result<bool, Error>> {
        T::Mode::run(async move {
            self.has_no_changes()?;
            let mut attempt = 1;
            loop {
                change(&mut **self);
                match self.write_changes().await {
                    Err(error) if error.is_stale() && attempt < ATTEMPTS => {
                        attempt += 1;
                        let fresh = self.client.read(&self.endpoint, self.id_to("be read again")?).await?;
                        // The changes go only once the object is here that they are made to again.
                        let message = self.touched.take().and_then(|touched| touched.message);
                        *self = fresh;
                        self.touched = Some(Box::new(Touched { before: None, message }));
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
    pub fn put(&mut self) -> Outcome<'_, T, Result<(), Error>> {
        T::Mode::run(async move {
            let changes = self.diff()?;
            let path = self.path()?;
            let answer =
                self.client.exchange(Call::new(Method::GET, path.clone(), Params::default())).await?;
            let there: Object = answer.json()?;
            let etag = answer.etag();
            self.check_version(&answer, &answer.json::<M>()?.form(), etag.as_ref())?;

            let mut body = there.written().into_whole()?;
            body.extend(self.model.form().into_whole()?);
            let mut body = self.client.writable_of(&self.endpoint, body).await?;
            body.extend(changes);
            let mut body = Patch::<M>::of_body(body);
            if let Some(message) = self.touched.as_ref().and_then(|touched| touched.message.as_ref()) {
                body = body.message(message);
            }
            let body = self.client.checked(&self.endpoint, body, Purpose::Update).await?;
            let call = Call::new(Method::PUT, path, Params::default());
            let answer = self.client.exchange(call.with_json(&body.into()).only_if(etag)).await?;
            self.take(&answer)
        })
    }

    /// Deletes the object. Whether it changed since it was read makes no difference.
    ///
    /// # Errors
    ///
    /// [`Error::is_not_found`] if it is gone already, [`Error::is_conflict`] if others depend on it.
    pub fn delete(&self) -> Outcome<'_, T, Result<(), Error>> {
        T::Mode::run(async move {
            let mut message = None;
            if let Some(text) = self.touched.as_ref().and_then(|touched| touched.message.as_ref()) {
                let body = Patch::<M>::new().message(text);
                message = Some(self.client.checked(&self.endpoint, body, Purpose::Update).await?);
            }
            self.client.delete_object(&self.endpoint, self.id_to("be deleted")?, message).await
        })
    }

    async fn write_changes(&mut self) -> Result<bool, Error> {
        let changes = self.diff()?;
        if changes.is_empty() {
            return Ok(false);
        }
        let mut patch = Patch::<M>::of_body(changes);
        if let Some(message) = self.touched.as_ref().and_then(|touched| touched.message.as_ref()) {
            patch = patch.message(message);
        }
        let body = self.client.checked(&self.endpoint, patch, Purpose::Update).await?;
        let etag = self.version_to_write().await?;
        let id = self.id_to("be saved")?;
        let answer = self.client.patch_object(&self.endpoint, id, body, etag).await?;
        self.take(&answer).map(|()| true)
    }

    fn diff(&self) -> Result<Body, Error> {
        let Some(before) = self.before() else { return Ok(Body::new()) };
        if before.id != self.model.key() {
            return Err(Error::body(
                "the id of a record can't be changed: it is what the object is known by",
            ));
        }
        self.model.form().changes_since(&before.form)
    }

    /// The version that the object must still have when it is written, found out if the record has none.
    async fn version_to_write(&self) -> Result<Option<HeaderValue>, Error> {
        if self.etag.is_some() {
            return Ok(self.etag.clone());
        }
        let params = crate::query::Selection::of::<M>().params(&self.endpoint, self.client.version());
        let answer = self.client.exchange(Call::new(Method::GET, self.path()?, params)).await?;
        self.check_version(&answer, &answer.json::<M>()?.form(), answer.etag().as_ref())?;
        Ok(answer.etag())
    }

    /// Checks that what is there now, by its version or else by its form, is what was read.
    fn check_version(&self, now: &Answer, form: &Form, etag: Option<&HeaderValue>) -> Result<(), Error> {
        let same = match (&self.etag, etag) {
            (Some(ours), Some(theirs)) => ours == theirs,
            _ => match self.before() {
                Some(before) => form.is_same_as(&before.form),
                None => form.is_same_as(&self.model.form()),
            },
        };
        let theirs = etag.and_then(|etag| etag.to_str().ok());
        if same { Ok(()) } else { Err(Error::stale(now.asked().clone(), self.etag(), theirs)) }
    }

    /// Becomes what NetBox answered to a write.
    pub(crate) fn take(&mut self, answer: &Answer) -> Result<(), Error> {
        let model = answer.json();
        if model.is_ok() || answer.is_netbox() {
            // What was to be written is written, even if the answer can't be read.
            self.touched = None;
            self.etag = answer.etag();
        }
        self.model = model?;
        Ok(())
    }

    /// Makes sure that nothing is lost when the record becomes what NetBox answers to something else than its changes.
    pub(crate) fn has_no_changes(&self) -> Result<(), Error> {
        if self.diff()?.is_empty() {
            return Ok(());
        }
        Err(Error::body("the record has changes that are not saved, and would be lost: save it first"))
    }
}
