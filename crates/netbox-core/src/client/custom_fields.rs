//! The custom fields of a server, by which its lists can be filtered.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::{
    api::Api,
    learnt::{Choices, CustomFields},
};
use crate::{
    model::{Body, object_type_of},
    names::{CustomField, check_custom, check_custom_name, field_with_choices, kind_of, untold},
    question::{DEFAULT_PAGE_SIZE, Question},
    value::written,
    wire::{ApiPath, Call, Error, Fetch, Params},
};

/// The purpose for which objects are asked for.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Aim {
    Read,
    /// The query's objects will be updated or deleted, so that no earlier answer counts.
    Write,
}

impl Api {
    /// Refuses filters by custom fields that NetBox would ignore. For reading, the server is asked for its custom fields
    /// once for each type of objects, and again for one that is not among them; for writing, each time.
    pub(crate) async fn check_custom_filters(&self, question: &Question, aim: Aim) -> Result<(), Error> {
        let filters: Vec<_> = question.custom_filters().collect();
        let Some(first) = filters.first() else { return Ok(()) };
        let object_type = match question.path().as_str() {
            path if netbox_schema::endpoint(path).is_some() => Some(object_type_of(path)),
            // Plugins' objects have types that are not known, but it is known which custom fields there are at all.
            path if path.starts_with("plugins/") => None,
            _ => return Ok(()),
        };
        let check_all = |fields: &[CustomField]| {
            let mut filters = filters.iter();
            filters.try_for_each(|filter| {
                check_custom(fields, object_type.as_deref(), &filter.name, &filter.values)
            })
        };
        let fits = |fields: &CustomFields| {
            aim == Aim::Read && fields.as_ref().is_none_or(|fields| check_all(fields).is_ok())
        };
        match self.fitting_custom_fields(object_type.clone(), fits).await? {
            Some(fields) => {
                check_all(&fields)?;
                self.check_choices(&fields, question).await
            }
            None if aim == Aim::Read => self.check_names(question).await,
            None => Err(untold(&first.name)),
        }
    }

    /// Turns values of custom fields that NetBox sent, such as a choice with its label, into those that it takes. JSON of the
    /// user's own may look like them, and stays as it is, and so does what this token may not know: NetBox will refuse it.
    pub(crate) async fn write_custom_fields(
        &self,
        path: &ApiPath,
        objects: Vec<&mut Body>,
    ) -> Result<(), Error> {
        let values = objects.into_iter().flatten().filter(|(_, value)| written(value) != **value);
        let unsure: Vec<_> = values.collect();
        if unsure.is_empty() {
            return Ok(());
        }
        let object_type = netbox_schema::endpoint(path.as_str()).map(|schema| object_type_of(schema.path()));
        let knows_all = |fields: &CustomFields| {
            fields
                .as_ref()
                .is_none_or(|fields| unsure.iter().all(|(name, _)| kind_of(fields, name).is_some()))
        };
        let fields = self.fitting_custom_fields(object_type, knows_all).await?;
        let fields = fields.as_deref().map_or(&[][..], Vec::as_slice);
        for (name, value) in unsure {
            if kind_of(fields, name).is_some_and(|kind| kind != "json") {
                *value = written(value);
            }
        }
        Ok(())
    }

    /// The custom fields of objects of that type, or of all; `None` if this token may not view them. The server is asked
    /// once, and again if the last ones don't fit.
    async fn fitting_custom_fields(
        &self,
        object_type: Option<String>,
        fits: impl Fn(&CustomFields) -> bool,
    ) -> Result<CustomFields, Error> {
        let ask = || -> Fetch<CustomFields> {
            let (api, object_type) = (self.clone(), object_type.clone());
            Box::pin(async move {
                match api.ask_custom_fields(object_type.as_deref()).await {
                    Err(error) if error.is_forbidden() => Ok(None),
                    fields => Ok(Some(Arc::new(fields?))),
                }
            })
        };
        self.contracts().custom_fields.fitting(object_type.clone(), fits, ask).await
    }

    /// Refuses values that are none of the choices of a custom field: NetBox finds nothing by them. The server is asked for
    /// the choices of each custom field once, and again before a value is refused.
    async fn check_choices(&self, fields: &[CustomField], question: &Question) -> Result<(), Error> {
        for filter in question.custom_filters() {
            let Some(field) = field_with_choices(fields, &filter.name).map(str::to_owned) else { continue };
            let check = |choices: &Choices| match choices {
                Some(choices) => choices.check(&filter.name, &filter.values),
                None => Ok(()),
            };
            let ask = || -> Fetch<Choices> {
                let (api, field) = (self.clone(), field.clone());
                Box::pin(async move { api.ask_choices(&field).await })
            };
            let fits = |choices: &Choices| check(choices).is_ok();
            check(&self.contracts().choices.fitting(field.clone(), fits, ask).await?)?;
        }
        Ok(())
    }

    async fn ask_choices(&self, field: &str) -> Result<Choices, Error> {
        #[derive(Deserialize)]
        struct Shown {
            results: Vec<WithSet>,
        }
        #[derive(Deserialize)]
        struct WithSet {
            choice_set: Option<Set>,
        }
        #[derive(Deserialize)]
        struct Set {
            id: u64,
        }
        let named = Params::default().with("name", field).with("fields", "choice_set").with("limit", 1);
        let call = Call::get(ApiPath::of_endpoint("extras/custom-fields"), named);
        let shown: Shown = self.exchange(call).await?.json()?;
        let Some(set) = shown.results.into_iter().next().and_then(|field| field.choice_set) else {
            return Ok(None);
        };
        let path = ApiPath::of_endpoint("extras/custom-field-choice-sets").join(set.id);
        let call = Call::get(path, Params::default().with("fields", "base_choices,extra_choices"));
        match self.exchange(call).await {
            Ok(answer) => Ok(Some(Arc::new(answer.json()?))),
            Err(error) if error.is_forbidden() || error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Refuses filters by custom fields that an object of the list does not name. A list without objects has nothing that
    /// could be found by mistake.
    async fn check_names(&self, question: &Question) -> Result<(), Error> {
        #[derive(Deserialize)]
        struct Shown {
            results: Vec<Named>,
        }
        #[derive(Deserialize)]
        struct Named {
            #[serde(default)]
            custom_fields: Map<String, Value>,
        }
        let one = Params::default().with("fields", "id,custom_fields").with("limit", 1);
        let shown: Shown = self.exchange(Call::get(question.path().clone(), one)).await?.json()?;
        let Some(Named { custom_fields }) = shown.results.first() else { return Ok(()) };
        let names: Vec<&str> = custom_fields.keys().map(String::as_str).collect();
        question.custom_filters().try_for_each(|filter| check_custom_name(&names, &filter.name))
    }

    /// The custom fields of objects of that type, or of all.
    async fn ask_custom_fields(&self, object_type: Option<&str>) -> Result<Vec<CustomField>, Error> {
        let mut fields = Vec::new();
        loop {
            let mut params = Params::default()
                .with("fields", "name,type,filter_logic")
                .with("ordering", "id")
                .with("limit", DEFAULT_PAGE_SIZE)
                .with("offset", fields.len());
            if let Some(object_type) = object_type {
                params.push("object_type", object_type);
            }
            let call = Call::get(ApiPath::of_endpoint("extras/custom-fields"), params);
            let page: Page = self.exchange(call).await?.json()?;
            let is_last = page.results.is_empty();
            fields.extend(page.results);
            if is_last || fields.len() >= page.count {
                return Ok(fields);
            }
        }
    }
}

#[derive(Deserialize)]
struct Page {
    count: usize,
    results: Vec<CustomField>,
}
