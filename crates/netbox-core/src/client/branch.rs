use http::HeaderValue;

use super::{Client, Inner};
use crate::{
    error::{Error, ErrorKind},
    mode::Mode,
    object::Object,
    transport::{Outcome, Transport},
    value::Choice,
};

/// Where the branching plugin lists the branches.
const BRANCHES: &str = "plugins/branching/branches";

/// The header by which the plugin knows on which branch a request works.
pub(super) const HEADER: &str = "x-netbox-branch";

impl<T: Transport> Client<T> {
    /// A client of a branch, with NetBox's branching plugin: whatever it reads or writes, and whatever its records
    /// do, is on that branch. This client stays where it is.
    ///
    /// # Errors
    ///
    /// If no branch, or more than one, has that name or schema id, or it is not ready to be worked on; if the plugin
    /// is not there, [`ErrorKind::NoEndpoint`](crate::ErrorKind::NoEndpoint).
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, Patch, Transport};
    /// fn rename<T: Transport<Mode = Blocking>>(client: &Client<T>) -> Result<(), Error> {
    ///     let branch = client.on_branch("move to Berlin")?;
    ///     branch.update_at("dcim/sites", 7, Patch::new().named("name", "Berlin"))?;
    ///     Ok(())
    /// }
    /// ```
    pub fn on_branch<'c>(&'c self, name_or_schema_id: &'c str) -> Outcome<'c, T, Result<Client<T>, Error>> {
        T::Mode::run(async move {
            let branch = self.branch_named(name_or_schema_id).await?;
            let status: Choice = branch.get("status")?;
            if status != "ready" {
                return Err(Error::query(format!(
                    "the branch “{name_or_schema_id}” is not ready to be worked on: it is {status}"
                )));
            }
            let schema_id: String = branch.get("schema_id")?;
            let header = HeaderValue::from_str(&schema_id).map_err(|_| {
                Error::query(format!("the schema id “{schema_id}” can't be sent in a header"))
            })?;
            let mut headers = self.0.headers.clone();
            headers.insert(HEADER, header);
            let inner = &*self.0;
            Ok(Client(std::sync::Arc::new(Inner {
                transport: inner.transport.clone(),
                base: inner.base.clone(),
                headers,
                retry: inner.retry.clone(),
                page_size: inner.page_size,
                check_writes: inner.check_writes,
                learnt: inner.learnt.clone(),
                session: inner.session,
            })))
        })
    }

    async fn branch_named(&self, name_or_schema_id: &str) -> Result<Object, Error> {
        let found = |filter: &str| self.query_at(BRANCHES).param_unchecked(filter, name_or_schema_id);
        // The plugin might not filter by it: what comes is looked at.
        for field in ["name", "schema_id"] {
            let mut pages = found(field).pages();
            let mut branches = Vec::new();
            while let Some(page) = pages.advance().await {
                let page = page?.into_iter().map(crate::record::Record::into_inner);
                branches.extend(page.filter(|branch| branch.text(field) == Some(name_or_schema_id)));
            }
            match branches.len() {
                0 => {}
                1 => return Ok(branches.remove(0)),
                _ => return Err(Error::query(format!("several branches are called “{name_or_schema_id}”"))),
            }
        }
        Err(Error::new(ErrorKind::NoMatch, format!("there is no branch “{name_or_schema_id}”")))
    }
}
