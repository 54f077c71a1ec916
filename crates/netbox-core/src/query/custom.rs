//! Filters by custom fields, which nobody but the server knows.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
};

use http::Method;
use serde::Deserialize;

use super::known::{Names, check_flag, unknown};
use crate::{
    base::ApiPath,
    client::Client,
    error::Error,
    exchange::Call,
    lock::lock,
    model::object_type_of,
    nearest::nearest,
    page::{DEFAULT_PAGE_SIZE, Page},
    params::Params,
    transport::Transport,
    value::Choice,
};

/// The custom fields that this client knows of, by the type of objects that have them, or under no type all of them.
#[derive(Default)]
pub(crate) struct CustomFields(Mutex<HashMap<Option<String>, Known>>);

/// `None` if this token may not view them.
type Known = Option<Arc<Vec<CustomField>>>;

#[derive(Deserialize)]
struct CustomField {
    name: String,
    #[serde(rename = "type")]
    kind: Choice,
    filter_logic: Choice,
}

/// What objects are looked for.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Aim {
    Read,
    /// To be updated or deleted: nothing is taken for granted.
    Write,
}

impl Names {
    /// Refuses filters by custom fields that NetBox would ignore. For reading these are asked for once for a client and
    /// a type of objects, and again when one is not among them; for writing, each time.
    pub(crate) async fn check_custom<T: Transport>(&self, client: &Client<T>, aim: Aim) -> Result<(), Error> {
        let filters: Vec<_> = self.filters.iter().filter(|(name, _)| name.starts_with(PREFIX)).collect();
        if filters.is_empty() {
            return Ok(());
        }
        let object_type = match self.path.as_str() {
            path if netbox_schema::endpoint(path).is_some() => Some(object_type_of(path)),
            // What NetBox calls plugins' objects is not known, but what custom fields there are at all.
            path if path.starts_with("plugins/") => None,
            _ => return Ok(()),
        };
        let object_type = object_type.as_deref();
        let check_all = |fields: &[CustomField]| {
            filters.iter().try_for_each(|(name, values)| check(fields, object_type, name, values))
        };
        if aim == Aim::Read {
            match client.custom_fields().get(object_type) {
                Some(Some(fields)) if check_all(&fields).is_ok() => return Ok(()),
                Some(None) => return Ok(()),
                _ => {}
            }
        }
        let fields = match ask(client, object_type).await {
            Err(error) if error.is_forbidden() => None,
            fields => Some(Arc::new(fields?)),
        };
        client.custom_fields().keep(object_type, fields.clone());
        match fields {
            Some(fields) => check_all(&fields),
            None if aim == Aim::Read => Ok(()),
            None => {
                let why =
                    "this token may not view custom fields, so nobody knows whether there is such a one";
                Err(unknown(&filters[0].0, why, None))
            }
        }
    }
}

impl CustomFields {
    fn get(&self, object_type: Option<&str>) -> Option<Known> {
        self.map().get(&object_type.map(str::to_owned)).cloned()
    }

    fn keep(&self, object_type: Option<&str>, fields: Known) {
        self.map().insert(object_type.map(str::to_owned), fields);
    }

    fn map(&self) -> MutexGuard<'_, HashMap<Option<String>, Known>> {
        lock(&self.0)
    }
}

/// The custom fields of objects of that type, or of all.
async fn ask<T: Transport>(client: &Client<T>, object_type: Option<&str>) -> Result<Vec<CustomField>, Error> {
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
        let call = Call::new(Method::GET, ApiPath::of_endpoint("extras/custom-fields"), params);
        let page: Page<CustomField> = client.exchange(call).await?.json()?;
        let is_last = page.next.is_none() || page.results.is_empty();
        fields.extend(page.results);
        if is_last {
            return Ok(fields);
        }
    }
}

const PREFIX: &str = "cf_";

/// Refuses `name` if NetBox has no such filter for objects of that type, and `values` that it would ignore.
fn check(
    fields: &[CustomField],
    object_type: Option<&str>,
    name: &str,
    values: &[String],
) -> Result<(), Error> {
    let (base, lookup) = name.split_once("__").unwrap_or((name, ""));
    let field_name = base.strip_prefix(PREFIX).unwrap_or(base);
    let Some(field) = fields.iter().find(|field| field.name == field_name) else {
        let near = nearest(field_name, fields.iter().map(|field| field.name.clone()));
        let suffix = if lookup.is_empty() { String::new() } else { format!("__{lookup}") };
        let none = match object_type {
            Some(object_type) => format!("{object_type} has no such custom field"),
            None => "nothing has such a custom field".to_owned(),
        };
        let why = format!("{none}, or this token may not view it");
        return Err(unknown(name, &why, near.map(|near| format!("{PREFIX}{near}{suffix}"))));
    };
    let (kind, logic) = (field.kind.as_str(), field.filter_logic.as_str());
    if logic == "disabled" || kind == "json" {
        let why = if kind == "json" { "it is of type json" } else { "its filter logic is “disabled”" };
        return Err(unknown(name, &format!("NetBox does not filter by that custom field: {why}"), None));
    }
    if let Some(known) = lookups(kind, logic).filter(|known| !lookup.is_empty() && !known.contains(&lookup)) {
        let near = nearest(lookup, known.iter().map(|known| (*known).to_owned()));
        let others = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        let why = format!(
            "`{base}`, which is of type {kind} with filter logic “{logic}”, has no lookup `{lookup}`, but {others}"
        );
        return Err(unknown(name, &why, near.map(|near| format!("{base}__{near}"))));
    }
    if kind == "boolean" { check_flag(name, values) } else { Ok(()) }
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
        test::{Canned, asked, json},
    };

    fn fields() -> Value {
        value!([
            {"name": "notes", "type": {"value": "longtext"}, "filter_logic": {"value": "loose"}},
            {"name": "price", "type": {"value": "decimal"}, "filter_logic": {"value": "loose"}},
            {"name": "serial", "type": {"value": "text"}, "filter_logic": {"value": "exact"}},
            {"name": "hidden", "type": {"value": "text"}, "filter_logic": {"value": "disabled"}},
            {"name": "data", "type": {"value": "json"}, "filter_logic": {"value": "loose"}},
            {"name": "new", "type": {"value": "hologram"}, "filter_logic": {"value": "loose"}},
            {"name": "spare", "type": {"value": "boolean"}, "filter_logic": {"value": "loose"}},
            {"name": "cf_odd", "type": {"value": "integer"}, "filter_logic": {"value": "loose"}},
        ])
    }

    #[track_caller]
    fn check_filter(filter: &str, refused: Option<&str>) {
        let fields: Vec<CustomField> = serde_json::from_value(fields()).unwrap();
        let (name, values) = filter.split_once('=').unwrap_or((filter, "1"));
        let values: Vec<_> = values.split(',').map(str::to_owned).collect();
        let told = check(&fields, Some("dcim.site"), name, &values).err().map(|error| error.to_string());
        match (&told, refused) {
            (Some(told), Some(why)) => assert!(told.contains(why), "{told}"),
            _ => assert_eq!(told.as_deref(), refused),
        }
    }

    #[test]
    fn what_netbox_would_ignore_is_refused() {
        for name in
            ["cf_notes", "cf_price__gte", "cf_serial__ic", "cf_new__deep", "cf_cf_odd", "cf_spare=true"]
        {
            check_filter(name, None);
        }
        for filter in ["cf_spare", "cf_spare=yes", "cf_spare=true,false"] {
            check_filter(filter, Some("`cf_spare` is either true or false"));
        }
        check_filter("cf_cf_price", Some("dcim.site has no such custom field"));
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

    /// A NetBox with one site, which shows its custom fields, two a page, or not.
    fn netbox(shows: bool) -> Client<Canned<Blocking>> {
        Canned::<Blocking>::client(move |request| match request.uri().path() {
            path if path.ends_with("/custom-fields/") && shows => {
                let offset: usize = asked(request, "offset")[0].parse().unwrap();
                let all = fields();
                let page: Vec<_> = all.as_array().unwrap().iter().skip(offset).take(2).collect();
                let next = (!page.is_empty()).then_some("https://h/nb/api/extras/custom-fields/?offset=2");
                json(200, &value!({"count": 8, "next": next, "results": page}))
            }
            path if path.ends_with("/custom-fields/") => json(403, &value!({"detail": "No."})),
            _ if request.method() == "DELETE" => json(204, &value!(null)),
            _ => json(200, &value!({"count": 1, "next": null, "results": [{"id": 1}]})),
        })
    }

    /// How often custom fields were asked for.
    fn asks(client: &Client<Canned<Blocking>>) -> usize {
        let targets = client.transport().targets();
        let is_first = |target: &&String| target.contains("custom-fields") && target.contains("offset=0");
        targets.iter().filter(is_first).count()
    }

    #[test]
    fn they_are_asked_for_once_and_again_for_one_that_is_not_among_them() {
        let client = netbox(true);
        let sites = |name: &str| client.query_at("dcim/sites").param(name, "1");
        sites("name").all().unwrap();
        assert_eq!(asks(&client), 0);
        sites("cf_price").all().unwrap();
        assert_eq!(sites("cf_price__lt").count().unwrap(), 1);
        assert_eq!(asks(&client), 1);
        assert!(client.transport().targets()[1].contains("object_type=dcim.site"));
        let told = sites("cf_prce").all().unwrap_err().to_string();
        assert!(told.contains("did you mean `cf_price`?"), "{told}");
        assert!(sites("cf_prce").count().is_err() && sites("cf_prce").export("csv").is_err());
        assert_eq!(asks(&client), 4);
        let lists = client.transport().targets();
        assert_eq!(lists.iter().filter(|target| target.contains("cf_prce")).count(), 0);
    }

    #[test]
    fn what_deletes_or_updates_asks_each_time() {
        let client = netbox(true);
        let sites = |name: &str| client.query_at("dcim/sites").param(name, "1");
        sites("cf_price").all().unwrap();
        sites("cf_price").at_most(5).delete().send().unwrap();
        assert_eq!(asks(&client), 2);
        assert!(sites("cf_prce").at_most(5).delete().send().is_err());
    }

    #[test]
    fn of_plugins_objects_all_custom_fields_are_known() {
        let client = netbox(true);
        let widgets = |name: &str| client.query_at("plugins/acme/widgets").param(name, "1");
        widgets("cf_price").all().unwrap();
        assert!(!client.transport().targets()[0].contains("object_type"));
        let told = widgets("cf_prce").all().unwrap_err().to_string();
        assert!(told.contains("nothing has such a custom field"), "{told}");
    }

    #[test]
    fn where_they_can_not_be_seen_only_what_deletes_or_updates_is_refused() {
        let client = netbox(false);
        let sites = || client.query_at("dcim/sites").param("cf_price", "1");
        assert_eq!(sites().all().unwrap().len(), 1);
        assert_eq!(sites().count().unwrap(), 1);
        assert_eq!(asks(&client), 1);
        let told = sites().at_most(5).delete().send().unwrap_err().to_string();
        assert!(told.contains("this token may not view custom fields"), "{told}");
        client.query_at("dcim/sites").param_unchecked("cf_price", "1").at_most(5).delete().send().unwrap();
    }
}
