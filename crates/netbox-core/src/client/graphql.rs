use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::json;

use super::handle::Client;
use crate::{
    value::to_json,
    wire::{Call, Error, Mode, Outcome},
};

impl<C: Mode> Client<C> {
    /// Runs `query`, in GraphQL, with its `variables`: `()` for none, or a value that serde writes as a map.
    ///
    /// NetBox has no mutations. In GraphQL, ids are strings, choices are bare values, and hidden objects are omitted.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Graphql`](crate::ErrorKind::Graphql) if NetBox reports errors, even if it sends data beside them;
    /// [`ErrorKind::NoEndpoint`](crate::ErrorKind::NoEndpoint) if GraphQL is switched off.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error};
    /// #[derive(serde::Deserialize)]
    /// struct Sites { site_list: Vec<Site> }
    /// #[derive(serde::Deserialize)]
    /// struct Site { id: String, name: String }
    ///
    /// fn names(client: &Client<Blocking>) -> Result<Vec<String>, Error> {
    ///     let query = "query ($name: String!) { site_list(filters: {name: {starts_with: $name}}) { id name } }";
    ///     let sites: Sites = client.graphql(query, &serde_json::json!({"name": "DM-"}))?;
    ///     Ok(sites.site_list.into_iter().map(|site| site.name).collect())
    /// }
    /// ```
    pub fn graphql<'c, R: DeserializeOwned + Send + 'c>(
        &'c self,
        query: &str,
        variables: &(impl Serialize + ?Sized),
    ) -> Outcome<'c, C, Result<R, Error>> {
        let api = self.api();
        let body = to_json(variables).map(|variables| json!({"query": query, "variables": variables}));
        C::run(async move {
            let body = body
                .map_err(|why| Error::unwritable(format!("the variables can't be written as JSON: {why}")))?;
            let answer = api.exchange(Call::graphql().with_json(&body)).await?;
            let answered: Answered = answer.json()?;
            let messages: Vec<_> = answered.errors.into_iter().flatten().map(|error| error.message).collect();
            if messages.is_empty() {
                let data: Data<R> = answer.json()?;
                return Ok(data.data);
            }
            Err(Error::graphql(answer.asked().clone(), &messages))
        })
    }
}

#[derive(Deserialize)]
struct Answered {
    #[serde(default)]
    errors: Option<Vec<ErrorOfQuery>>,
}

#[derive(Deserialize)]
struct ErrorOfQuery {
    message: String,
}

#[derive(Deserialize)]
struct Data<R> {
    data: R,
}
