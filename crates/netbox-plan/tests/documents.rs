//! Documents in YAML say what they would say in JSON.

mod netbox;

use std::sync::Arc;

use netbox::Netbox;
use netbox_core::{Fk, NetboxModel, Patch};
use netbox_plan::{Desired, PlanError};
use serde_json::{Value, json};

const FABRIC: &str = "
dcim/sites:
  - {slug: ams1, name: Amsterdam 1, region: {slug: nl}, tags: [{slug: fabric}]}
dcim/devices:
  - name: leaf-1
    site: {slug: ams1}
    device_type: {manufacturer: {slug: arista}, model: DCS-7050}
    interfaces:                       # children of the object above
      - {name: Ethernet1, type: 25gbase-x-sfp28, description: spine-1}
dcim/cables:
  - a_terminations: [{dcim/interfaces: {device: {name: leaf-1}, name: Ethernet1}}]
    b_terminations: [{dcim/interfaces: {device: {name: spine-1}, name: Ethernet1}}]
";

fn read(yaml: &str) -> Desired {
    serde_saphyr::from_str(yaml).unwrap_or_else(|error| panic!("{error}"))
}

/// A NetBox with a spine switch, and with a leaf switch that is not cabled yet.
fn server() -> Arc<Netbox> {
    let server = Netbox::new();
    server.put("dcim/regions", json!({"name": "Netherlands", "slug": "nl"}));
    server.put("extras/tags", json!({"name": "Fabric", "slug": "fabric"}));
    let arista = server.put("dcim/manufacturers", json!({"name": "Arista", "slug": "arista"}));
    let model = json!({"manufacturer": arista, "model": "DCS-7050", "slug": "dcs-7050"});
    let model = server.put("dcim/device-types", model);
    let role = server.put("dcim/device-roles", json!({"name": "Leaf", "slug": "leaf"}));
    let site = server.put("dcim/sites", json!({"name": "Amsterdam 1", "slug": "ams1"}));
    for name in ["leaf-1", "spine-1"] {
        let device = json!({"name": name, "site": site, "role": role, "device_type": model});
        let device = server.put("dcim/devices", device);
        if name == "spine-1" {
            let port = json!({"device": device, "name": "Ethernet1", "type": "25gbase-x-sfp28"});
            server.put("dcim/interfaces", port);
        }
    }
    server
}

#[test]
fn yaml_is_planned_and_applied() {
    let server = server();
    let desired = read(FABRIC);
    let plan = desired.plan(&server.client()).unwrap_or_else(|error| panic!("{error}"));
    let expected = "\
+ dcim/interfaces leaf-1 Ethernet1 (dcim/devices[0].interfaces[0])
+ dcim/cables dcim/cables[0]
~ dcim/sites Amsterdam 1 (dcim/sites[0]): region: null -> dcim/regions   nl, tags: null -> [extras/tags   fabric]
2 to create, 1 to change, 0 to delete";
    assert_eq!(plan.to_string(), expected);
    plan.apply().send().unwrap_or_else(|error| panic!("{error}"));
    let again = desired.plan(&server.client()).unwrap();
    assert!(again.is_empty(), "{again}");

    let dump = server.dump();
    let site = &dump["dcim/sites   ams1"];
    assert_eq!(site["region"], "dcim/regions   nl");
    assert_eq!(site["tags"], json!(["extras/tags   fabric"]));
    let port = |device| format!("dcim/interfaces  dcim/devices dcim/sites   ams1  {device} Ethernet1");
    assert_eq!(dump[&port("leaf-1")]["description"], "spine-1");
    let cable = dump.iter().find(|(name, _)| name.starts_with("dcim/cables")).unwrap().1;
    assert_eq!(cable["a_terminations"], json!([port("leaf-1")]));
    assert_eq!(cable["b_terminations"], json!([port("spine-1")]));
}

#[test]
fn mistakes_in_yaml_have_their_places() {
    // The first lacks what NetBox needs of a new device, and the others say a wrong thing.
    for (yaml, expected) in [
        (
            FABRIC.replace("name: leaf-1", "name: leaf-2"),
            "dcim/devices[0]: NetBox does not have this object yet, and creates none without `role`",
        ),
        (
            FABRIC.replace("25gbase-x-sfp28", "25"),
            "dcim/devices[0].interfaces[0].type: `type` takes text, not 25",
        ),
        (
            FABRIC.replace("{slug: nl}", "{slug: be}"),
            "dcim/sites[0].region: no object of dcim/regions has `slug` \"be\", neither in NetBox nor in the description",
        ),
    ] {
        match read(&yaml).plan(&server().client()) {
            Err(PlanError::Mistakes(mistakes)) => {
                let told: Vec<_> = mistakes.iter().map(ToString::to_string).collect();
                assert_eq!(told, [expected]);
            }
            other => panic!("{other:?}"),
        }
    }
}

/// Text that YAML would take for something else if it were not quoted.
const TEXTS: [&str; 14] = [
    "no",
    "null",
    "~",
    "12",
    "1e3",
    "0x1F",
    "1:30",
    "2026-01-31",
    " blanks ",
    "a: b # c",
    "- x",
    "{y}",
    "'",
    "\"two\"\nlines\n",
];

#[test]
fn an_export_is_the_same_in_yaml() {
    let server = server();
    let desired = read(FABRIC);
    desired.plan(&server.client()).unwrap().apply().send().unwrap_or_else(|error| panic!("{error}"));
    for (number, text) in TEXTS.iter().enumerate() {
        let site = json!({"name": format!("S{number}"), "slug": format!("s{number}"), "description": text});
        server.put("dcim/sites", site);
    }
    let client = server.client();
    let paths = ["dcim/sites", "dcim/devices", "dcim/interfaces", "dcim/cables", "dcim/regions"];
    let exported = Desired::export(&client, paths.map(|path| client.query_at(path))).unwrap();
    assert!(exported.omissions().is_empty());

    let yaml = serde_saphyr::to_string(&exported).unwrap();
    let back = read(&yaml);
    let json = |desired: &Desired| serde_json::to_value(desired).unwrap();
    assert_eq!(json(&back), json(&exported), "{yaml}");
    let descriptions = json(&back)["dcim/sites"].as_array().unwrap().clone();
    let kept = |text: &str| descriptions.iter().any(|site| site["description"] == text);
    assert!(TEXTS.iter().all(|text| kept(text)), "{yaml}");
    let plan = back.plan(&client).unwrap_or_else(|error| panic!("{error}\n{yaml}"));
    assert!(plan.is_empty(), "{plan}");
    assert_eq!(serde_saphyr::to_string(&back).unwrap(), yaml);
}

#[test]
fn an_export_says_of_objects_why_they_are_not_described() {
    let server = server();
    let entry = server.put("extras/journal-entries", json!({"comments": "a"}));
    let file = server.put("core/data-files", json!({"path": "a.j2"}));
    let client = server.client();
    let queries = ["extras/journal-entries", "core/data-files"].map(|path| client.query_at(path));
    let exported = Desired::export(&client, queries).unwrap();
    let omissions: Vec<_> = exported.omissions().iter().map(ToString::to_string).collect();
    assert_eq!(
        omissions,
        [
            format!(
                "core/data-files/{file}: NetBox itself makes such objects, so that they are not described"
            ),
            format!(
                "extras/journal-entries/{entry}: nothing makes two objects of extras/journal-entries the same, so that they can't be \
             described"
            ),
        ]
    );
    let refused = Desired::export(&client, [client.query_at("dcim/sites/29")]).unwrap_err().to_string();
    assert!(refused.contains("is one object, and a query is for a list"), "{refused}");
}

#[test]
fn yaml_and_json_read_the_same() {
    let json: Value = serde_saphyr::from_str(FABRIC).unwrap();
    let of_json: Desired = serde_json::from_value(json).unwrap();
    assert_eq!(serde_json::to_value(&of_json).unwrap(), serde_json::to_value(read(FABRIC)).unwrap());
}

#[test]
fn what_stands_twice_is_refused_and_not_forgotten() {
    for (json, expected) in [
        (r#"{"dcim/sites": [], "dcim/sites": []}"#, "`dcim/sites` stands twice: put its objects in one list"),
        (r#"{"dcim/sites": [{"slug": "a", "name": "A", "slug": "b"}]}"#, "`slug` stands twice in one map"),
        (
            r#"{"dcim/sites": [{"slug": "a", "region": {"slug": "b", "slug": "c"}}]}"#,
            "`slug` stands twice in one map",
        ),
        (
            r#"{"dcim/sites": [{"slug": "a", "tags": [{"slug": "b", "slug": "c"}]}]}"#,
            "`slug` stands twice in one map",
        ),
        (r#"{"dcim/sites": ["a"]}"#, "expected an object as a map of its fields, as in {\"slug\": \"ams1\"}"),
        (
            "[]",
            "expected a map of endpoints to lists of objects, as in {\"dcim/sites\": [{\"slug\": \"ams1\"}]}",
        ),
    ] {
        let error = serde_json::from_str::<Desired>(json).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
    let kept = r#"{"dcim/sites":[{"a":[null,true,-1,18446744073709551615,1.5,"x",{"b":{}}]}]}"#;
    let desired: Desired = serde_json::from_str(kept).unwrap();
    assert_eq!(serde_json::to_string(&desired).unwrap(), kept);
}

#[test]
fn what_belongs_to_another_site_or_cluster_is_another_object() {
    let server = Netbox::new();
    let site = |name: &str| server.put("dcim/sites", json!({"name": name, "slug": name}));
    let (own, _) = (site("a"), site("b"));
    server.put("ipam/vlans", json!({"vid": 910, "name": "users", "site": own}));
    let clusters = ["one", "two"].map(|name| server.put("virtualization/clusters", json!({"name": name})));
    server.put("virtualization/virtual-machines", json!({"name": "web", "cluster": clusters[0]}));
    let check = |document: Value, creates: usize, changes: usize| {
        let desired: Desired = serde_json::from_value(document).unwrap();
        let plan = desired.plan(&server.client()).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!((plan.creates(), plan.changes()), (creates, changes), "{plan}");
    };
    let vlan = |site: &str| json!({"ipam/vlans": [{"vid": 910, "name": "users", "site": {"slug": site}}]});
    check(vlan("a"), 0, 0);
    check(vlan("b"), 1, 0);
    let machine = |fields: Value| json!({"virtualization/virtual-machines": [fields]});
    check(machine(json!({"name": "web", "cluster": {"name": "two"}})), 1, 0);
    check(machine(json!({"name": "WEB", "cluster": {"name": "one"}, "comments": "x"})), 0, 1);
    check(machine(json!({"name": "web", "comments": "x"})), 0, 1);
}

#[derive(serde::Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/regions")]
struct Region {
    id: u64,
    name: String,
    #[fk]
    parent: Option<Fk<Region>>,
}

#[test]
fn a_handle_has_no_place_in_a_document() {
    let mut desired = Desired::new();
    let outer = desired.object::<Region>(Patch::new().set(Region::NAME, "Europe"));
    desired.object::<Region>(Patch::new().set(Region::NAME, "Ulm").set(Region::PARENT, &outer));
    assert_eq!(
        serde_json::to_string(&desired).unwrap_err().to_string(),
        "dcim/regions[1].parent is a handle: a document refers to objects by their attributes, as with `Ref::by`"
    );
    let written = r#"{"dcim/regions": [{"name": "Ulm", "parent": {"$desired": [0, 99]}}]}"#;
    let error = serde_json::from_str::<Desired>(written).unwrap_err().to_string();
    assert!(
        error
            .starts_with("`$desired` stands for a handle of a program: refer to an object by its attributes"),
        "{error}"
    );
}

#[test]
fn objects_in_code_are_added_to_those_of_a_document() {
    let server = server();
    let mut desired = read("dcim/regions: [{slug: be, name: Belgium}]");
    let site = json!({"slug": "bru1", "name": "Brussels 1", "region": {"slug": "be"}});
    desired.object_at("dcim/sites", site).object_at("dcim/sites", Patch::new().field("slug", "bru2"));
    let plan = desired.plan(&server.client()).unwrap_err().to_string();
    assert_eq!(plan, "dcim/sites[1]: NetBox does not have this object yet, and creates none without `name`");
    let mut desired = read("dcim/regions: [{slug: be, name: Belgium}]");
    desired.object_at("dcim/sites", json!({"slug": "bru1", "name": "Brussels 1", "region": {"slug": "be"}}));
    assert_eq!(desired.plan(&server.client()).unwrap().apply().send().unwrap().created(), 2);
    assert!(desired.plan(&server.client()).unwrap().is_empty());
}

#[test]
fn an_export_omits_what_refers_to_objects_that_the_token_may_not_view() {
    let server = server();
    let tenant = server.put("tenancy/tenants", json!({"name": "T", "slug": "t"}));
    server.put("dcim/sites", json!({"name": "Home", "slug": "home", "tenant": tenant}));
    let client = server.client();
    let export = || Desired::export(&client, [client.query_at("dcim/sites").param("slug", "home")]).unwrap();
    assert_eq!(json!(export())["dcim/sites"][0]["tenant"], json!({"slug": "t"}));
    server.hide("tenancy/tenants");
    let exported = export();
    let omissions: Vec<_> = exported.omissions().iter().map(ToString::to_string).collect();
    let why = "what it refers to has no key, or this token may not view it, so that it is not described";
    assert_eq!(omissions, [format!("dcim/sites[0].tenant: {why}")]);
    assert_eq!(json!(exported)["dcim/sites"][0]["slug"], "home");
}
