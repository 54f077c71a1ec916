//! The numbers of types of objects, which filters take where they don't take the names.

use serde::Deserialize;

use super::api::Api;
use crate::{
    question::Question,
    wire::{ApiPath, Call, Error, Fetch, Params},
};

impl Api {
    /// Puts numbers in place of the names of types where this NetBox takes no names, as 4.3 does in some lists.
    pub(super) async fn number_types(&self, question: &mut Question) -> Result<(), Error> {
        let path = question.path().clone();
        let names = question.types_by_number(&self.vocabulary(&path));
        for name in names {
            *name = self.number_of_type(name).await?.to_string();
        }
        Ok(())
    }

    /// The number of a type of objects, for which the server is asked once.
    async fn number_of_type(&self, name: &str) -> Result<u64, Error> {
        let ask = || -> Fetch<u64> {
            let (api, name) = (self.clone(), name.to_owned());
            Box::pin(async move { api.ask_number(&name).await })
        };
        self.contracts().object_types.fitting(name.to_owned(), |_| true, ask).await
    }

    async fn ask_number(&self, name: &str) -> Result<u64, Error> {
        #[derive(Deserialize)]
        struct Page {
            results: Vec<Type>,
        }
        #[derive(Deserialize)]
        struct Type {
            id: u64,
        }
        let (app, model) = name.split_once('.').unwrap_or((name, ""));
        let params = Params::default().with("app_label", app).with("model", model);
        let types = ApiPath::of_endpoint("extras/object-types");
        let page: Page =
            self.exchange(Call::get(types, params)).await.and_then(|answer| answer.json()).map_err(
                |error| {
                    let text = format!(
                        "this NetBox filters by the number of `{name}`, which can't be read: {}",
                        error.reason()
                    );
                    error.reworded(text)
                },
            )?;
        match page.results.as_slice() {
            [one] => Ok(one.id),
            _ => Err(Error::query(format!("this NetBox has no type of objects called `{name}`"))),
        }
    }
}
