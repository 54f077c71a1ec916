//! Working on a branch.

use std::time::Duration;

use http::HeaderValue;

use super::{patience::Patience, query::Query};
use crate::{
    client::{Api, Client},
    model::Object,
    value::Choice,
    wire::{ApiPath, Async, Error, ErrorKind, Mode, Outcome},
};

/// Where the branching plugin lists the branches.
const BRANCHES: &str = "plugins/branching/branches";

/// The states that a branch leaves by itself.
const PASSING: [&str; 6] = ["new", "provisioning", "syncing", "migrating", "merging", "reverting"];

impl<C: Mode> Client<C> {
    /// Returns a client of a branch, for NetBox's branching plugin: the new client and its records read and write on
    /// that branch. `self` does not change.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NoMatch`](crate::ErrorKind::NoMatch) if no branch has that name or schema id,
    /// [`ErrorKind::Unfinished`](crate::ErrorKind::Unfinished) if the branch is not ready and
    /// [`wait_for_branch`](Client::wait_for_branch) may help, [`ErrorKind::Query`](crate::ErrorKind::Query) if it never gets ready,
    /// or if several branches have the name.
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
        self.wait_for_branch(name_or_schema_id, Duration::ZERO)
    }

    /// Waits until a branch is ready, such as one that was just created, and returns a client of it, as
    /// [`on_branch`](Client::on_branch) does. The waits grow from 0.2 to 5 seconds and add up to at most `timeout`; the
    /// time of the requests themselves is not counted.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unfinished`](crate::ErrorKind::Unfinished) if NetBox is still at work on the branch by then: wait
    /// again. Otherwise as for [`on_branch`](Client::on_branch), without a wait if the branch has failed or is merged.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use netbox_core::{Async, Client, Error, Patch};
    /// async fn new_branch(client: &Client<Async>) -> Result<Client<Async>, Error> {
    ///     client.create_at("plugins/branching/branches", Patch::new().field("name", "move to Berlin")).await?;
    ///     client.wait_for_branch("move to Berlin", Duration::from_secs(300)).await
    /// }
    /// ```
    pub fn wait_for_branch<'c>(
        &'c self,
        name_or_schema_id: &'c str,
        timeout: Duration,
    ) -> Outcome<'c, C, Result<Client<C>, Error>> {
        C::run(async move {
            let branch = ready_branch(self.api(), name_or_schema_id, timeout).await?;
            let schema_id: String = branch.get("schema_id")?;
            let schema_id = HeaderValue::from_str(&schema_id).map_err(|_| {
                Error::query(format!("the schema id “{schema_id}” can't be sent in a header"))
            })?;
            Ok(Client::of(self.api().on_branch(schema_id)))
        })
    }
}

async fn ready_branch(api: &Api, name_or_schema_id: &str, timeout: Duration) -> Result<Object, Error> {
    let mut patience = Patience::new(timeout);
    loop {
        let branch = branch_named(api, name_or_schema_id).await?;
        let status: Choice = branch.get("status")?;
        if status == "ready" {
            return Ok(branch);
        }
        let passes = PASSING.contains(&status.as_str());
        if !(passes && patience.wait(api).await) {
            let kind = if passes { ErrorKind::Unfinished } else { ErrorKind::Query };
            let advice = if passes { "; `wait_for_branch` waits for it" } else { "" };
            let text = format!(
                "the branch “{name_or_schema_id}” is not ready to be worked on: it is {status}{advice}"
            );
            return Err(Error::new(kind, text));
        }
    }
}

async fn branch_named(api: &Api, name_or_schema_id: &str) -> Result<Object, Error> {
    // The plugin might not filter by the field: the answer is looked through.
    for field in ["name", "schema_id"] {
        let query = Query::<Object, Async>::new(api, Ok(ApiPath::of_endpoint(BRANCHES)));
        let mut branches = query.param_unchecked(field, name_or_schema_id).objects().await?;
        branches.retain(|branch| branch.text(field) == Some(name_or_schema_id));
        match branches.len() {
            0 => {}
            1 => return Ok(branches.remove(0)),
            _ => return Err(Error::query(format!("several branches are called “{name_or_schema_id}”"))),
        }
    }
    Err(Error::new(ErrorKind::NoMatch, format!("there is no branch “{name_or_schema_id}”")))
}
