use http::Method;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::handle::Client;
use crate::{
    value,
    wire::{ApiPath, Call, Error, Mode, Outcome, Params},
};

/// The verbs of HTTP on any route below `/api/`; made by [`Client::raw`].
///
/// A path may be `dcim/sites`, `dcim/sites/7/` or `/api/dcim/sites/?name=x`; the client adds the slash at the end,
/// which NetBox insists on. A body is any type that serde reads or writes: structs, maps, `serde_json::Value`. A record
/// within a body is written as its id. An empty answer is read as `()` or as `None`.
///
/// ```
/// use netbox_core::{Blocking, Client, Error};
/// use serde_json::{Value, json};
///
/// fn add_role(client: &Client<Blocking>) -> Result<(), Error> {
///     let raw = client.raw();
///     let role: Value = raw.post("dcim/device-roles", &json!({"name": "Leaf", "slug": "leaf", "color": "00ff00"}))?;
///     raw.patch::<Value>(&format!("dcim/device-roles/{}", role["id"]), &json!({"description": "top of rack"}))?;
///     raw.delete(&format!("dcim/device-roles/{}", role["id"]))
/// }
/// ```
#[derive(Debug)]
pub struct Raw<'c, C> {
    client: &'c Client<C>,
}

impl<C: Mode> Client<C> {
    /// The verbs of HTTP on any route, JSON in and out.
    pub fn raw(&self) -> Raw<'_, C> {
        Raw { client: self }
    }
}

impl<C> Clone for Raw<'_, C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for Raw<'_, C> {}

impl<'c, C: Mode> Raw<'c, C> {
    /// Reads the answer at `path`.
    ///
    /// ```
    /// # use netbox_core::{Async, Client, Error};
    /// async fn preferences(client: &Client<Async>) -> Result<serde_json::Value, Error> {
    ///     client.raw().get("users/config").await
    /// }
    /// ```
    pub fn get<R: DeserializeOwned + Send + 'c>(&self, path: &str) -> Outcome<'c, C, Result<R, Error>> {
        self.send(Method::GET, path, None)
    }

    /// Creates an object, or several from a list.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Body`](crate::ErrorKind::Body) if JSON can't have `body`, and [`ErrorKind::Query`](crate::ErrorKind::Query)
    /// if the path has one of the parameters `fields`, `omit`, `brief` and `exclude`, with which NetBox would drop input.
    pub fn post<R: DeserializeOwned + Send + 'c>(
        &self,
        path: &str,
        body: &(impl Serialize + ?Sized),
    ) -> Outcome<'c, C, Result<R, Error>> {
        self.send(Method::POST, path, Some(to_json(body)))
    }

    /// Writes a whole object, or several from a list.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Body`](crate::ErrorKind::Body) if JSON can't have `body`, and [`ErrorKind::Query`](crate::ErrorKind::Query)
    /// if the path has one of the parameters `fields`, `omit`, `brief` and `exclude`, with which NetBox would drop input.
    pub fn put<R: DeserializeOwned + Send + 'c>(
        &self,
        path: &str,
        body: &(impl Serialize + ?Sized),
    ) -> Outcome<'c, C, Result<R, Error>> {
        self.send(Method::PUT, path, Some(to_json(body)))
    }

    /// Changes some fields of an object, or of several from a list.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Body`](crate::ErrorKind::Body) if JSON can't have `body`, and [`ErrorKind::Query`](crate::ErrorKind::Query)
    /// if the path has one of the parameters `fields`, `omit`, `brief` and `exclude`, with which NetBox would drop input.
    pub fn patch<R: DeserializeOwned + Send + 'c>(
        &self,
        path: &str,
        body: &(impl Serialize + ?Sized),
    ) -> Outcome<'c, C, Result<R, Error>> {
        self.send(Method::PATCH, path, Some(to_json(body)))
    }

    /// Deletes the object at `path`.
    pub fn delete(&self, path: &str) -> Outcome<'c, C, Result<(), Error>> {
        self.discard(path, None)
    }

    /// Deletes the objects that `body` lists: `[{"id": 1}, {"id": 2}]`.
    pub fn delete_with(
        &self,
        path: &str,
        body: &(impl Serialize + ?Sized),
    ) -> Outcome<'c, C, Result<(), Error>> {
        self.discard(path, Some(to_json(body)))
    }

    /// Asks, with OPTIONS, which methods and fields `path` takes.
    pub fn options<R: DeserializeOwned + Send + 'c>(&self, path: &str) -> Outcome<'c, C, Result<R, Error>> {
        self.send(Method::OPTIONS, path, None)
    }

    /// Whatever NetBox says of a deletion that it carried out, or put in its queue, is left unread.
    fn discard(self, path: &str, body: Option<Result<Value, Error>>) -> Outcome<'c, C, Result<(), Error>> {
        let api = self.client.api();
        let call = prepare(Method::DELETE, path, body);
        C::run(async move { api.exchange(call?).await.map(|_| ()) })
    }

    fn send<R: DeserializeOwned + Send + 'c>(
        self,
        method: Method,
        path: &str,
        body: Option<Result<Value, Error>>,
    ) -> Outcome<'c, C, Result<R, Error>> {
        let api = self.client.api();
        let call = prepare(method, path, body);
        C::run(async move { api.exchange(call?).await?.json() })
    }
}

/// The parameters that narrow an answer, and the input of a write too.
const NARROWING: [&str; 4] = ["fields", "omit", "brief", "exclude"];

fn prepare(method: Method, path: &str, body: Option<Result<Value, Error>>) -> Result<Call, Error> {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let params = Params::parse(query);
    let is_write = [Method::POST, Method::PUT, Method::PATCH].contains(&method);
    if let Some(name) = NARROWING.iter().find(|name| is_write && params.contains(name)) {
        return Err(Error::query(format!(
            "`{name}` can't go with a {method}: NetBox would leave out what is written too"
        )));
    }
    let call = Call::new(method, ApiPath::parse(path)?, params);
    Ok(match body {
        Some(body) => call.with_json(&body?),
        None => call,
    })
}

fn to_json(body: &(impl Serialize + ?Sized)) -> Result<Value, Error> {
    value::to_json(body).map_err(|why| Error::unwritable(format!("the body can't be written as JSON: {why}")))
}
