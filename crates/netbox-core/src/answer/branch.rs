//! Working on a branch.

use http::HeaderValue;

use super::query::Query;
use crate::{
    client::{Api, Client},
    model::{Object, Rows},
    value::Choice,
    wire::{ApiPath, Async, Error, ErrorKind, Mode, Outcome},
};

/// Where the branching plugin lists the branches.
const BRANCHES: &str = "plugins/branching/branches";

impl<C: Mode> Client<C> {
    /// Returns a client of a branch, for NetBox's branching plugin: the new client and its records read and write on
    /// that branch. `self` does not change.
    ///
    /// # Errors
    ///
    /// If no branch, or more than one, has that name or schema id, or the branch is not ready;
    /// [`ErrorKind::NoEndpoint`](crate::ErrorKind::NoEndpoint) if the plugin is not installed.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, Patch};
    /// fn rename(client: &Client<Blocking>) -> Result<(), Error> {
    ///     let branch = client.on_branch("move to Berlin")?;
    ///     branch.update_at("dcim/sites", 7, Patch::new().field("name", "Berlin"))?;
    ///     Ok(())
    /// }
    /// ```
    pub fn on_branch<'c>(&'c self, name_or_schema_id: &'c str) -> Outcome<'c, C, Result<Client<C>, Error>> {
        C::run(async move {
            let branch = branch_named(self.api(), name_or_schema_id).await?;
            let status: Choice = branch.get("status")?;
            if status != "ready" {
                return Err(Error::query(format!(
                    "the branch “{name_or_schema_id}” is not ready to be worked on: it is {status}"
                )));
            }
            let schema_id: String = branch.get("schema_id")?;
            let schema_id = HeaderValue::from_str(&schema_id).map_err(|_| {
                Error::query(format!("the schema id “{schema_id}” can't be sent in a header"))
            })?;
            Ok(Client::of(self.api().on_branch(schema_id)))
        })
    }
}

async fn branch_named(api: &Api, name_or_schema_id: &str) -> Result<Object, Error> {
    // The plugin might not filter by the field: the answer is looked through.
    for field in ["name", "schema_id"] {
        let query = Query::<Object, Async>::new(api, Ok(ApiPath::of_endpoint(BRANCHES)));
        let pages = query.param_unchecked(field, name_or_schema_id).walk().collect().await?;
        let objects = pages.into_iter().flat_map(Rows::into_objects::<Object>);
        let mut branches: Vec<_> =
            objects.filter(|branch| branch.text(field) == Some(name_or_schema_id)).collect();
        match branches.len() {
            0 => {}
            1 => return Ok(branches.remove(0)),
            _ => return Err(Error::query(format!("several branches are called “{name_or_schema_id}”"))),
        }
    }
    Err(Error::new(ErrorKind::NoMatch, format!("there is no branch “{name_or_schema_id}”")))
}
