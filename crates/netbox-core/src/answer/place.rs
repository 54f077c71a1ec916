//! The parts of a record that depend on no model.

use http::{HeaderValue, Method};
use netbox_schema::endpoint as schema_of;
use serde_json::Value;

use super::gone;
use crate::{
    client::Api,
    model::{Body, CUSTOM_FIELDS, Form, Object, Resource},
    names::Purpose,
    question::Selection,
    wire::{Answer, ApiPath, Call, Error, Params, Server},
    write::Patch,
};

/// The origin of a record, and its unsaved changes.
#[derive(Clone)]
pub(crate) struct Place {
    pub(super) api: Api,
    pub(super) endpoint: ApiPath,
    pub(super) etag: Option<HeaderValue>,
    touched: Option<Box<Touched>>,
}

/// The state of a record before its unsaved changes, and the message of its next write.
#[derive(Default, Clone)]
struct Touched {
    before: Option<Before>,
    message: Option<String>,
}

/// A record as it was before it was changed.
#[derive(Clone)]
struct Before {
    id: Option<u64>,
    form: Form,
}

/// An object whose model is not known.
pub(crate) trait Subject: Sync {
    fn id(&self) -> Option<u64>;
    fn form(&self, endpoint: &str) -> Form;
    /// The form of the object that `body` holds, read as one of the same model.
    fn form_of(&self, endpoint: &str, body: &[u8]) -> Result<Form, serde_json::Error>;
    fn selection(&self) -> Selection;
}

impl<M: Resource> Subject for M {
    fn id(&self) -> Option<u64> {
        self.key()
    }

    fn form(&self, endpoint: &str) -> Form {
        Resource::form(self, endpoint)
    }

    fn form_of(&self, endpoint: &str, body: &[u8]) -> Result<Form, serde_json::Error> {
        serde_json::from_slice::<M>(body).map(|object| Resource::form(&object, endpoint))
    }

    fn selection(&self) -> Selection {
        Selection::of(M::SELECTED)
    }
}

impl Place {
    pub(super) fn new(api: Api, endpoint: ApiPath, etag: Option<HeaderValue>) -> Self {
        let mut place = Self { api, endpoint, etag: None, touched: None };
        place.is_written(etag);
        place
    }

    /// The place of an object that says that it lives at `home`, or else lives at `endpoint`.
    pub(super) fn of(api: &Api, endpoint: &ApiPath, home: Option<&str>, etag: Option<HeaderValue>) -> Self {
        let home = home.map_or_else(|| endpoint.clone(), ApiPath::of_endpoint);
        Self::new(api.clone(), home, etag)
    }

    /// The id that the object was read with, whatever it says now.
    pub(super) fn id(&self, object: &dyn Subject) -> Option<u64> {
        self.before().map_or_else(|| object.id(), |before| before.id)
    }

    /// The id of an object for which the caller has to have one: to `what`.
    pub(super) fn id_to(&self, what: &str, object: &dyn Subject) -> Result<u64, Error> {
        self.id(object).ok_or_else(|| Error::unwritable(format!("an object without an id can't {what}")))
    }

    pub(super) fn path(&self, object: &dyn Subject) -> Result<ApiPath, Error> {
        Ok(self.endpoint.join(self.id_to("be addressed", object)?))
    }

    /// Keeps the first state of an object that is about to be changed.
    pub(super) fn touch(&mut self, object: &dyn Subject) {
        let touched = self.touched.get_or_insert_default();
        if touched.before.is_none() {
            touched.before = Some(Before { id: object.id(), form: object.form(self.endpoint.as_str()) });
        }
    }

    pub(super) fn set_message(&mut self, text: String) {
        self.touched.get_or_insert_default().message = Some(text);
    }

    pub(super) fn message(&self) -> Option<&str> {
        self.touched.as_ref()?.message.as_deref()
    }

    /// The fields that were changed.
    pub(super) fn changes(&self, object: &dyn Subject) -> Result<Body, Error> {
        let Some(before) = self.before() else { return Ok(Body::new()) };
        if before.id != object.id() {
            return Err(Error::unwritable("the id of a record can't be changed: it identifies the object"));
        }
        object.form(self.endpoint.as_str()).changes_since(&before.form)
    }

    /// Makes sure that nothing is lost when the record becomes the answer to something else than its changes.
    pub(super) fn has_no_changes(&self, object: &dyn Subject) -> Result<(), Error> {
        if self.changes(object)?.is_empty() {
            return Ok(());
        }
        Err(Error::unwritable(
            "the record has changes that are not saved, and would be lost: `save` it, or `refresh` it to drop them",
        ))
    }

    /// Sends the changes; `None` if there are none.
    pub(super) async fn save(&self, object: &dyn Subject) -> Result<Option<Answer>, Error> {
        let changes = self.changes(object)?;
        if changes.is_empty() {
            return Ok(None);
        }
        let body = self.api.checked(&self.endpoint, self.patch(changes), Purpose::Update).await?;
        let etag = self.version_to_write(object).await?;
        let call =
            Call::new(Method::PATCH, self.endpoint.join(self.id_to("be saved", object)?), Params::default());
        self.api.exchange(call.with_json(&body.into()).only_if(etag)).await.map(Some)
    }

    /// Sends the object whole: everything that NetBox has of it, with the changes in their places. A field that was not
    /// changed goes out as NetBox has it, since the model may hold less of it: a rounded number, or a part of some JSON.
    pub(super) async fn put(&self, object: &dyn Subject) -> Result<Answer, Error> {
        let changes = self.changes(object)?;
        let (there, answer) = self.there(object).await?;
        self.check_version(object, &answer)?;

        let body = self.whole(&there).await?;
        let mut body = self.api.writable_of(&self.endpoint, body).await?;
        body.extend(changes);
        let body = self.api.checked(&self.endpoint, self.patch(body), Purpose::Update).await?;
        let call = Call::new(Method::PUT, self.path(object)?, Params::default());
        self.api.exchange(call.with_json(&body.into()).only_if(answer.etag())).await
    }

    /// Everything that NetBox has of the object and takes for another one.
    pub(super) async fn copied(&self, object: &dyn Subject) -> Result<Body, Error> {
        let (there, _) = self.there(object).await?;
        let mut body = self.whole(&there).await?;
        if there.names().any(|name| name == CUSTOM_FIELDS) {
            body.insert(CUSTOM_FIELDS.to_owned(), there.get(CUSTOM_FIELDS)?);
        }
        self.api.writable_of(&self.endpoint, body).await
    }

    /// The object as NetBox has it, with all fields.
    async fn there(&self, object: &dyn Subject) -> Result<(Object, Answer), Error> {
        let answer = self.api.exchange(Call::get(self.path(object)?, Params::default())).await?;
        let there: Object = answer.json()?;
        answer.is_of(there.id(), self.id(object))?;
        Ok((there, answer))
    }

    /// All fields of an object that can be written, except custom fields.
    async fn whole(&self, object: &Object) -> Result<Body, Error> {
        let mut body = Subject::form(object, self.endpoint.as_str()).into_whole()?;
        if schema_of(self.endpoint.as_str()).is_some() {
            return Ok(body);
        }
        // JSON of the user's own may look like a choice or a reference: the server knows.
        let sent = object.fields().into_iter();
        let unsure: Vec<_> =
            sent.filter(|(name, sent)| body.get(name).is_some_and(|value| value != sent)).collect();
        if !unsure.is_empty() {
            let json = self.api.json_fields(&self.endpoint).await?;
            for (name, sent) in unsure.into_iter().filter(|(name, _)| json.contains(name)) {
                body.insert(name, sent);
            }
        }
        Ok(body)
    }

    pub(super) async fn delete(&self, object: &dyn Subject) -> Result<(), Error> {
        let message = match self.message() {
            Some(_) => {
                let body = self.patch(Body::new());
                Some(self.api.checked(&self.endpoint, body, Purpose::Update).await?)
            }
            None => None,
        };
        delete(&self.api, &self.endpoint, self.id_to("be deleted", object)?, message).await
    }

    /// Reads the object again, as it is now.
    pub(super) async fn read_again(&self, object: &dyn Subject) -> Result<Answer, Error> {
        let id = self.id_to("be read again", object)?;
        read(&self.api, &self.endpoint, id, &object.selection()).await
    }

    /// Makes sure that the object, as `now` has it, is as it was read: by its version, or else by its form.
    pub(super) fn check_version(&self, object: &dyn Subject, now: &Answer) -> Result<(), Error> {
        let etag = now.etag();
        let is_same = if let (Some(ours), Some(theirs)) = (&self.etag, &etag) {
            ours == theirs
        } else {
            let now = now.read(|body| object.form_of(self.endpoint.as_str(), body))?;
            self.was_form(object, &now)
        };
        let theirs = etag.as_ref().and_then(|etag| etag.to_str().ok());
        if is_same { Ok(()) } else { Err(Error::stale(now.asked().clone(), self.etag(), theirs)) }
    }

    /// Whether `now`, which was read from a list, is the object as it was read, as far as their contents show.
    pub(super) fn is_as_read(&self, object: &dyn Subject, now: &Object) -> Result<bool, Error> {
        let json = serde_json::to_vec(now).map_err(|error| Error::value("the object", error))?;
        let now = object.form_of(self.endpoint.as_str(), &json);
        Ok(self.was_form(object, &now.map_err(|error| Error::value("the object", error))?))
    }

    /// Whether the object had the form `now` when it was read.
    fn was_form(&self, object: &dyn Subject, now: &Form) -> bool {
        match self.before() {
            Some(before) => now.is_same_as(&before.form),
            None => now.is_same_as(&object.form(self.endpoint.as_str())),
        }
    }

    pub(super) fn etag(&self) -> Option<&str> {
        self.etag.as_ref().and_then(|etag| etag.to_str().ok())
    }

    /// Takes note that `answer` was given to a write of the object, and whether it could be `read`.
    pub(super) fn wrote(&mut self, answer: &Answer, read: bool) {
        // If NetBox says so, it has written, even if the answer can't be read.
        if read || answer.says_done() {
            self.is_written(answer.etag());
        }
    }

    /// Takes note that nothing is left to write, and the object has that version now.
    pub(super) fn is_written(&mut self, etag: Option<HeaderValue>) {
        self.touched = None;
        // Some endpoints send an ETag that stays the same whatever changes.
        self.etag = etag.filter(|_| {
            let server = Server::of(self.api.version());
            schema_of(self.endpoint.as_str()).is_none_or(|schema| server.has(schema.versioned()))
        });
    }

    /// Becomes a place that was read afresh, with the message of this one.
    pub(super) fn replace(&mut self, fresh: Self) {
        let message = self.touched.take().and_then(|touched| touched.message);
        *self = fresh;
        self.touched = message.map(|message| Box::new(Touched { before: None, message: Some(message) }));
    }

    /// The patch that writes `body`, with the message of the record.
    pub(super) fn patch(&self, body: Body) -> Patch<()> {
        let patch = Patch::of_body(body);
        match self.message() {
            Some(message) => patch.message(message),
            None => patch,
        }
    }

    /// The version that the object must still have when it is written, read from NetBox if the record has none.
    async fn version_to_write(&self, object: &dyn Subject) -> Result<Option<HeaderValue>, Error> {
        if self.etag.is_some() {
            return Ok(self.etag.clone());
        }
        let now = self.read_again(object).await?;
        self.check_version(object, &now)?;
        Ok(now.etag())
    }

    fn before(&self) -> Option<&Before> {
        self.touched.as_ref()?.before.as_ref()
    }
}

/// Reads the object with that id.
pub(super) async fn read(
    api: &Api,
    endpoint: &ApiPath,
    id: u64,
    selection: &Selection,
) -> Result<Answer, Error> {
    let params = selection.params(endpoint, api.version());
    api.exchange(Call::get(endpoint.join(id), params)).await
}

/// Deletes the object with that id, with a body that has a message for the change log.
pub(super) async fn delete(
    api: &Api,
    endpoint: &ApiPath,
    id: u64,
    message: Option<Body>,
) -> Result<(), Error> {
    let call = Call::new(Method::DELETE, endpoint.join(id), Params::default());
    let call = match message {
        Some(message) => call.with_json(&Value::from(message)),
        None => call,
    };
    match api.exchange(call).await {
        Ok(answer) => answer.done(),
        Err(error) => gone::despite(api, endpoint, &[id], error).await,
    }
}
