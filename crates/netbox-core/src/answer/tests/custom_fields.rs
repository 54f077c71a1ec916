use http::Method;
use serde_json::{Value, json as value};

use crate::{
    Blocking, Patch,
    test::{Asking, Canned, asked, custom_fields, json},
    value::CustomFields,
};

/// A NetBox with one site, which shows its custom fields, two a page, or not.
fn netbox(shows: bool) -> Asking<Blocking> {
    Canned::<Blocking>::client(move |request| match request.uri().path() {
        path if path.ends_with("/custom-fields/") && shows => {
            let offset: usize = asked(request, "offset")[0].parse().unwrap();
            let all = custom_fields();
            let page: Vec<_> = all.as_array().unwrap().iter().skip(offset).take(2).collect();
            let next = (!page.is_empty()).then_some("https://h/nb/api/extras/custom-fields/?offset=2");
            json(200, &value!({"count": 8, "next": next, "results": page}))
        }
        path if path.ends_with("/custom-fields/") => json(403, &value!({"detail": "No."})),
        _ if request.method() == "DELETE" => json(204, &value!(null)),
        _ => json(
            200,
            &value!({"count": 1, "next": null, "results": [{"id": 1, "custom_fields": {"price": 1}}]}),
        ),
    })
}

/// How often custom fields were asked for.
fn asks(client: &Asking<Blocking>) -> usize {
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
fn a_value_that_is_no_choice_is_refused() {
    let client =
        Canned::<Blocking>::client(|request| match request.uri().path().rsplit_once("/api/").unwrap().1 {
            "extras/custom-fields/" if asked(request, "fields") == ["choice_set"] => {
                let set = ["criticality", "countries", "x"]
                    .iter()
                    .position(|name| asked(request, "name") == [*name]);
                json(200, &value!({"results": [{"choice_set": {"id": set.unwrap() + 1}}]}))
            }
            "extras/custom-fields/" => {
                let fields = [("criticality", "select"), ("countries", "multiselect"), ("x", "select")];
                let fields = fields.map(|(name, kind)| {
                    value!({"name": name, "type": {"value": kind}, "filter_logic": {"value": "loose"}})
                });
                json(200, &value!({"count": 3, "next": null, "results": fields}))
            }
            "extras/custom-field-choice-sets/1/" => json(
                200,
                &value!({"base_choices": null, "extra_choices": [["low", "Low"], ["high", "High"]]}),
            ),
            "extras/custom-field-choice-sets/2/" => {
                json(200, &value!({"base_choices": {"value": "ISO_3166"}, "extra_choices": [["XX", "Sea"]]}))
            }
            "extras/custom-field-choice-sets/3/" => json(403, &value!({"detail": "No."})),
            _ => json(200, &value!({"count": 0, "next": null, "results": []})),
        });
    let sites = |name: &str, value: &str| client.query_at("dcim/sites").param(name, value).all().map(drop);
    let sets =
        || client.transport().targets().iter().filter(|target| target.contains("choice-sets/")).count();
    for (name, value) in
        [("cf_criticality", "low"), ("cf_criticality__n", "high"), ("cf_criticality", "null")]
    {
        sites(name, value).unwrap();
    }
    assert_eq!(sets(), 1, "one set is asked for once");
    sites("cf_criticality__ic", "lo").unwrap();
    sites("cf_countries", "FR").unwrap();
    sites("cf_x", "anything").unwrap();
    assert_eq!(sets(), 3);
    for name in ["cf_criticality", "cf_criticality__n"] {
        let told = "`hihg` is no choice: `cf_criticality` is one of `low`, `high`; did you mean `high`?";
        assert_eq!(sites(name, "hihg").unwrap_err().to_string(), told);
    }
    assert_eq!(sets(), 5, "it is asked for again before a value is refused");
    assert!(client.transport().targets().iter().all(|target| !target.contains("hihg")));
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
    // The names are on each object.
    for (name, why) in [
        ("cf_prce", "the objects have no such custom field (did you mean `cf_price`?)"),
        ("cf_price__gtee", "no custom field has a lookup `gtee`"),
    ] {
        let sites = || client.query_at("dcim/sites").param(name, "1");
        for told in [sites().all().map(drop).unwrap_err(), sites().count().map(drop).unwrap_err()] {
            assert!(told.to_string().contains(why), "{told}");
        }
    }
    assert!(client.transport().targets().iter().all(|target| !target.contains("cf_prce")));
    let told = sites().at_most(5).delete().send().unwrap_err().to_string();
    assert!(told.contains("this token may not view custom fields"), "{told}");
    client.query_at("dcim/sites").param_unchecked("cf_price", "1").at_most(5).delete().send().unwrap();
}

#[test]
fn a_map_that_is_set_back_changes_what_differs() {
    let client = Canned::<Blocking>::client(|request| {
        let fields = value!({"tier": {"value": "a", "label": "A"}, "data": null});
        let url = "https://h/nb/api/dcim/sites/1/";
        match *request.method() {
            _ if request.uri().path().ends_with("/custom-fields/") => {
                json(403, &value!({"detail": "Not for you."}))
            }
            Method::PATCH => json(200, &value!({"id": 1, "url": url})),
            _ => json(200, &value!({"id": 1, "url": url, "custom_fields": fields})),
        }
    });
    let mut site = client.get_at("dcim/sites", 1).unwrap();
    let mut fields: Value = site.get("custom_fields").unwrap();
    fields["data"] = value!({"value": 1, "label": "mine"});
    site.set("custom_fields", fields).unwrap();
    site.save().unwrap();
    let sent = client.transport().requests().pop().unwrap();
    let sent: Value = serde_json::from_slice(sent.body()).unwrap();
    assert_eq!(sent, value!({"custom_fields": {"data": {"value": 1, "label": "mine"}}}));
    // One that is not in the map is left alone.
    site.refresh().unwrap();
    site.set("custom_fields", value!({"data": 2})).unwrap();
    site.set("custom_fields", value!({"other": 3})).unwrap();
    assert_eq!(site.get::<Value>("custom_fields").unwrap()["tier"]["value"], "a");
    site.save().unwrap();
    let sent = client.transport().requests().pop().unwrap();
    let sent: Value = serde_json::from_slice(sent.body()).unwrap();
    assert_eq!(sent, value!({"custom_fields": {"data": 2, "other": 3}}));
}

/// JSON of the user's own may look like a choice or an object, and only the server knows what it is.
#[test]
fn values_that_were_read_can_be_written_to_another_object() {
    let object =
        |id: u64| value!({"id": id, "url": format!("https://h/nb/api/dcim/sites/{id}/"), "display": "x"});
    let choice = value!({"value": "a", "label": "A"});
    let read = value!({"tier": choice, "uses": [choice], "peer": object(7), "peers": [object(9), object(8)],
        "data": choice, "list": [object(7)], "note": null});
    for (may_view, expected) in [
        (
            true,
            value!({"tier": "a", "uses": ["a"], "peer": 7, "peers": [8, 9], "data": choice, "list": [object(7)], "note": null}),
        ),
        (false, read.clone()),
    ] {
        let client = Canned::<Blocking>::client(move |request| {
            if !request.uri().path().ends_with("/custom-fields/") {
                return json(200, &value!({"id": 2, "url": "https://h/nb/api/dcim/sites/2/"}));
            }
            let kinds = [
                ("tier", "select"),
                ("uses", "multiselect"),
                ("peer", "object"),
                ("peers", "multiobject"),
                ("data", "json"),
                ("list", "json"),
                ("note", "text"),
            ];
            let fields = kinds.map(|(name, kind)| {
                value!({"name": name, "type": {"value": kind}, "filter_logic": {"value": "loose"}})
            });
            if may_view {
                json(200, &value!({"count": fields.len(), "next": null, "results": fields}))
            } else {
                json(403, &value!({"detail": "Not for you."}))
            }
        });
        let fields: CustomFields = serde_json::from_value(read.clone()).unwrap();
        let sent = || -> Value {
            let requests = client.transport().requests();
            let patch = requests.iter().rfind(|request| request.method() == Method::PATCH).unwrap();
            serde_json::from_slice(patch.body()).unwrap()
        };
        client.update_at("dcim/sites", 2, Patch::new().field("custom_fields", &fields)).unwrap();
        assert_eq!(sent(), value!({"custom_fields": expected}));
        client
            .update_many_at("dcim/sites", [(2, Patch::new().field("custom_fields", &fields))])
            .send()
            .unwrap_err();
        assert_eq!(sent(), value!([{"id": 2, "custom_fields": expected}]));
        assert_eq!(asks(&client), 1);
        let unknown = [1, 2].map(|id| (id, Patch::new().custom_field("unknown", &choice)));
        client.update_many_at("dcim/sites", unknown).send().unwrap_err();
        assert_eq!(sent()[1]["custom_fields"]["unknown"], choice);
        assert_eq!(asks(&client), if may_view { 2 } else { 1 }, "once more, for all items");
        let prefix = client.get_at("ipam/prefixes", 2).unwrap();
        prefix.available_ips().with(Patch::new().field("custom_fields", &fields)).allocate(1).unwrap_err();
        let taken: Value =
            serde_json::from_slice(client.transport().requests().pop().unwrap().body()).unwrap();
        assert_eq!(taken[0]["custom_fields"], expected);
    }
}
