//! Filters by custom fields, which nobody but the server knows.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use http::Method;
use serde::Deserialize;

use super::known::{Names, unknown};
use crate::{
    base::ApiPath, client::Client, error::Error, exchange::Call, model::object_type_of, nearest::nearest,
    page::Page, params::Params, transport::Transport, value::Choice,
};

/// The custom fields that this client has seen, by the type of objects that have them.
#[derive(Default)]
pub(crate) struct CustomFields(Mutex<HashMap<String, Seen>>);

/// `None` if this token may not see them.
type Seen = Option<Arc<Vec<CustomField>>>;

#[derive(Deserialize)]
struct CustomField {
    name: String,
    #[serde(rename = "type")]
    kind: Choice,
    filter_logic: Choice,
}

/// What to do if this token may not see custom fields.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Unseen {
    Pass,
    Refuse,
}

impl Names {
    /// Refuses filters by custom fields that NetBox would ignore; these are asked for, once for a client and a type of
    /// objects, and again when one is not among them.
    pub(crate) async fn check_custom<T: Transport>(
        &self,
        client: &Client<T>,
        unseen: Unseen,
    ) -> Result<(), Error> {
        let names: Vec<&str> = self.names().filter(|name| name.starts_with("cf_")).collect();
        // Of plugins' objects it is not known what NetBox calls them.
        if names.is_empty() || netbox_schema::endpoint(self.path.as_str()).is_none() {
            return Ok(());
        }
        let object_type = object_type_of(self.path.as_str());
        let custom_fields = client.custom_fields();
        match custom_fields.seen(&object_type) {
            Some(Some(fields)) if names.iter().all(|name| check(&fields, &object_type, name).is_ok()) => {
                return Ok(());
            }
            Some(None) if unseen == Unseen::Pass => return Ok(()),
            _ => {}
        }
        let seen = match ask(client, &object_type).await {
            Err(error) if error.is_forbidden() => None,
            fields => Some(Arc::new(fields?)),
        };
        custom_fields.keep(object_type.clone(), seen.clone());
        match seen {
            Some(fields) => names.into_iter().try_for_each(|name| check(&fields, &object_type, name)),
            None if unseen == Unseen::Pass => Ok(()),
            None => {
                let why =
                    "this token may not view custom fields, so nobody knows whether there is such a one";
                Err(unknown(names[0], why, None))
            }
        }
    }
}

impl CustomFields {
    fn seen(&self, object_type: &str) -> Option<Seen> {
        self.map().get(object_type).cloned()
    }

    fn keep(&self, object_type: String, seen: Seen) {
        self.map().insert(object_type, seen);
    }

    fn map(&self) -> std::sync::MutexGuard<'_, HashMap<String, Seen>> {
        // A panic elsewhere can't have left the map half-written.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn ask<T: Transport>(client: &Client<T>, object_type: &str) -> Result<Vec<CustomField>, Error> {
    let mut fields = Vec::new();
    loop {
        let params = Params::default()
            .with("object_type", object_type)
            .with("fields", "name,type,filter_logic")
            .with("ordering", "id")
            .with("limit", crate::page::DEFAULT_PAGE_SIZE)
            .with("offset", fields.len());
        let call = Call::new(Method::GET, ApiPath::of_endpoint("extras/custom-fields"), params);
        let page: Page<CustomField> = client.exchange(call).await?.json()?;
        let is_last = page.next.is_none() || page.results.is_empty();
        fields.extend(page.results);
        if is_last {
            return Ok(fields);
        }
    }
}

/// Refuses `name` if NetBox has no such filter for objects of that type.
fn check(fields: &[CustomField], object_type: &str, name: &str) -> Result<(), Error> {
    let (base, lookup) = name.split_once("__").unwrap_or((name, ""));
    let field_name = base.trim_start_matches("cf_");
    let Some(field) = fields.iter().find(|field| field.name == field_name) else {
        let near = nearest(field_name, fields.iter().map(|field| field.name.clone()));
        let suffix = if lookup.is_empty() { String::new() } else { format!("__{lookup}") };
        let why = format!("{object_type} has no such custom field, or this token may not view it");
        return Err(unknown(name, &why, near.map(|near| format!("cf_{near}{suffix}"))));
    };
    let (kind, logic) = (field.kind.as_str(), field.filter_logic.as_str());
    if logic == "disabled" || kind == "json" {
        let why = if kind == "json" { "it is of type json" } else { "its filter logic is “disabled”" };
        return Err(unknown(name, &format!("NetBox does not filter by that custom field: {why}"), None));
    }
    match lookups(kind, logic) {
        Some(known) if !lookup.is_empty() && !known.contains(&lookup) => {
            let near = nearest(lookup, known.iter().map(|known| (*known).to_owned()));
            let others = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            let why = format!(
                "`{base}`, which is of type {kind} with filter logic “{logic}”, has no lookup `{lookup}`, but {others}"
            );
            Err(unknown(name, &why, near.map(|near| format!("{base}__{near}"))))
        }
        _ => Ok(()),
    }
}

const OF_TEXTS: &[&str] =
    &["n", "ic", "nic", "iew", "niew", "isw", "nisw", "ie", "nie", "regex", "iregex", "empty"];
const OF_NUMBERS: &[&str] = &["n", "gt", "gte", "lt", "lte", "empty"];

/// The lookups of a custom field's filter, each seen on 4.7.3 to be taken or ignored; `None` of a type that is not known.
fn lookups(kind: &str, logic: &str) -> Option<&'static [&'static str]> {
    match kind {
        // A loose one is a lookup itself.
        "text" | "longtext" | "url" if logic == "loose" => Some(&[]),
        "text" | "longtext" | "url" | "select" | "multiselect" => Some(OF_TEXTS),
        "integer" | "decimal" | "date" | "datetime" | "object" | "multiobject" => Some(OF_NUMBERS),
        "boolean" => Some(&[]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json as value};

    use super::*;
    use crate::{
        Blocking,
        test::{Canned, json},
    };

    fn fields() -> Value {
        value!([
            {"name": "notes", "type": {"value": "longtext"}, "filter_logic": {"value": "loose"}},
            {"name": "price", "type": {"value": "decimal"}, "filter_logic": {"value": "loose"}},
            {"name": "serial", "type": {"value": "text"}, "filter_logic": {"value": "exact"}},
            {"name": "hidden", "type": {"value": "text"}, "filter_logic": {"value": "disabled"}},
            {"name": "data", "type": {"value": "json"}, "filter_logic": {"value": "loose"}},
            {"name": "new", "type": {"value": "hologram"}, "filter_logic": {"value": "loose"}},
        ])
    }

    #[track_caller]
    fn check_filter(name: &str, refused: Option<&str>) {
        let fields: Vec<CustomField> = serde_json::from_value(fields()).unwrap();
        let told = check(&fields, "dcim.site", name).err().map(|error| error.to_string());
        match (&told, refused) {
            (Some(told), Some(why)) => assert!(told.contains(why), "{told}"),
            _ => assert_eq!(told.as_deref(), refused),
        }
    }

    #[test]
    fn what_netbox_would_ignore_is_refused() {
        for name in ["cf_notes", "cf_price__gte", "cf_serial__ic", "cf_new__deep", "cf_serial"] {
            check_filter(name, None);
        }
        check_filter(
            "cf_nots",
            Some(
                "dcim.site has no such custom field, or this token may not view it (did you mean `cf_notes`?)",
            ),
        );
        check_filter("cf_prce__gte", Some("did you mean `cf_price__gte`?"));
        check_filter("cf_notes__ic", Some("has no lookup `ic`, but none"));
        check_filter("cf_price__gtee", Some("did you mean `cf_price__gte`?"));
        check_filter("cf_hidden", Some("its filter logic is “disabled”"));
        check_filter("cf_data", Some("it is of type json"));
    }

    /// A NetBox with one site, which shows its custom fields or not, and takes note of what is asked.
    fn netbox(shows: bool) -> Client<Canned<Blocking>> {
        Canned::<Blocking>::client(move |request| match request.uri().path() {
            path if path.ends_with("/custom-fields/") && shows => {
                json(200, &value!({"count": 6, "next": null, "results": fields()}))
            }
            path if path.ends_with("/custom-fields/") => json(403, &value!({"detail": "No."})),
            _ if request.method() == "DELETE" => json(204, &value!(null)),
            _ => json(200, &value!({"count": 1, "next": null, "results": [{"id": 1}]})),
        })
    }

    /// How often custom fields were asked for.
    fn asked(client: &Client<Canned<Blocking>>) -> usize {
        let targets = client.transport().targets();
        targets.iter().filter(|target| target.contains("custom-fields")).count()
    }

    #[test]
    fn they_are_asked_for_once_and_again_for_one_that_is_not_among_them() {
        let client = netbox(true);
        let sites = |name: &str| client.query_at("dcim/sites").param(name, "1");
        sites("name").all().unwrap();
        assert_eq!(asked(&client), 0);
        sites("cf_price").all().unwrap();
        assert_eq!(sites("cf_price__lt").count().unwrap(), 1);
        assert_eq!(asked(&client), 1);
        let told = sites("cf_prce").all().unwrap_err().to_string();
        assert!(told.contains("did you mean `cf_price`?"), "{told}");
        assert!(sites("cf_prce").count().is_err() && sites("cf_prce").at_most(5).delete().send().is_err());
        assert_eq!(asked(&client), 4);
        let lists = client.transport().targets();
        assert_eq!(lists.iter().filter(|target| target.contains("cf_prce")).count(), 0);
    }

    #[test]
    fn where_they_can_not_be_seen_only_what_deletes_or_updates_is_refused() {
        let client = netbox(false);
        let sites = || client.query_at("dcim/sites").param("cf_price", "1");
        assert_eq!(sites().all().unwrap().len(), 1);
        assert_eq!(sites().count().unwrap(), 1);
        assert_eq!(asked(&client), 1);
        let told = sites().at_most(5).delete().send().unwrap_err().to_string();
        assert!(told.contains("this token may not view custom fields"), "{told}");
        client.query_at("dcim/sites").param_unchecked("cf_price", "1").at_most(5).delete().send().unwrap();
    }
}
