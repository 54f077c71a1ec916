use proptest::prelude::*;

use super::*;
use crate::test::any_json;

#[derive(Debug, Deserialize, PartialEq)]
struct Role {
    id: u64,
    name: String,
    color: Option<String>,
}

impl Model for Role {
    const ENDPOINT: &'static str = "dcim/device-roles";
    const FIELDS: Option<&'static [&'static str]> = Some(&["id", "name", "color"]);

    fn id(&self) -> u64 {
        self.id
    }
}

#[derive(Debug, Deserialize)]
struct Counted {
    id: u64,
}

impl Model for Counted {
    const ENDPOINT: &'static str = "dcim/regions";
    const FIELDS: Option<&'static [&'static str]> = Some(&["id", "site_count"]);

    fn id(&self) -> u64 {
        self.id
    }
}

fn read<M: Model>(json: &str) -> Fk<M> {
    serde_json::from_str(json).unwrap()
}

#[test]
fn null_and_an_object_without_an_id_may_stand_for_none() {
    let read = |json: &str| Fk::<Role>::or_none(&mut serde_json::Deserializer::from_str(json));
    for none in ["null", "{}", r#"{"name": "", "color": null}"#] {
        assert_eq!(read(none).unwrap(), None, "{none}");
    }
    for some in ["7", r#"{"id": 7}"#, r#"{"url": "https://h/api/dcim/device-roles/7/"}"#] {
        assert_eq!(read(some).unwrap().map(|role| role.id()), Some(7), "{some}");
    }
    for wrong in ["-1", "[]", r#"{"url": "https://h/api/dcim/regions/7/"}"#] {
        assert!(read(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn an_id_is_a_reference() {
    assert_eq!(read::<Role>("7"), Fk::new(7));
    assert!(!read::<Role>("7").is_resolved());
}

#[derive(Debug, Deserialize, PartialEq)]
struct Link {
    id: u64,
    url: String,
}

impl Model for Link {
    const ENDPOINT: &'static str = "dcim/regions";
    const FIELDS: Option<&'static [&'static str]> = Some(&["id", "url"]);

    fn id(&self) -> u64 {
        self.id
    }
}

#[test]
fn a_url_that_is_a_field_is_checked_as_well() {
    let url = "https://h/api/dcim/regions/7/";
    let link = read::<Link>(&format!(r#"{{"id":7,"url":"{url}"}}"#));
    assert_eq!(link.cached(), Some(&Link { id: 7, url: url.into() }));
    assert!(serde_json::from_str::<Fk<Link>>(r#"{"id":7,"url":"https://h/api/dcim/sites/7/"}"#).is_err());
}

#[test]
fn a_nested_object_with_all_fields_is_the_object() {
    let role = read::<Role>(r#"{"name":"Leaf","url":"x","id":7,"color":null,"display":"Leaf"}"#);
    assert_eq!(role.cached(), Some(&Role { id: 7, name: "Leaf".into(), color: None }));
    assert_eq!(role.display(), Some("Leaf"));
}

#[test]
fn an_object_is_never_half_filled() {
    assert!(!read::<Role>(r#"{"id":7,"name":"Leaf","display":"Leaf"}"#).is_resolved(), "color may exist");
    assert!(!read::<Role>(r#"{"id":7,"name":5,"color":null}"#).is_resolved(), "the name is of another form");
    assert!(!read::<Counted>(r#"{"id":7,"site_count":0}"#).is_resolved(), "nested counters are 0");
}

#[test]
fn an_object_of_another_type_is_refused() {
    let json = r#"{"id":7,"url":"https://h/api/virtualization/interfaces/7/","display":"eth0"}"#;
    let error = serde_json::from_str::<Fk<Role>>(json).unwrap_err().to_string();
    assert!(error.contains("one of virtualization/interfaces, not of dcim/device-roles"), "{error}");
    assert_eq!(read::<Role>(r#"{"id":7,"url":"https://h/api/dcim/device-roles/7/"}"#).id(), 7);
}

#[test]
fn an_id_can_be_in_the_url_alone() {
    let role = read::<Role>(r#"{"url":"https://h/api/dcim/device-roles/7/","name":"Leaf"}"#);
    assert_eq!(role.id(), 7);
    assert!(serde_json::from_str::<Fk<Role>>(r#"{"url":"https://h/api/dcim/device-roles/"}"#).is_err());
}

#[test]
fn a_reference_is_shown_and_written_by_its_id() {
    let role = read::<Role>(r#"{"id":7,"name":"Leaf","color":null,"display":"Leaf"}"#);
    assert_eq!(serde_json::to_string(&role).unwrap(), "7");
    assert_eq!(format!("{role:?}"), r#"Fk { id: 7, display: "Leaf", resolved: true }"#);
    assert_eq!(role, Fk::new(7));
}

proptest! {
    #[test]
    fn any_json_is_read_or_refused(json in any_json()) {
        if let Ok(key) = serde_json::from_value::<Fk<Role>>(json.clone()) {
            let id = json.as_u64().or_else(|| json.get("id")?.as_u64());
            prop_assert_eq!(Some(key.id()), id);
        }
    }

    #[test]
    fn only_all_fields_resolve(name: bool, color: bool, extra in "[a-z]{1,8}") {
        let mut json = serde_json::json!({"id": 1, (format!("x{extra}")): 1});
        if name { json["name"] = "n".into(); }
        if color { json["color"] = "c".into(); }
        let key: Fk<Role> = serde_json::from_value(json).unwrap();
        prop_assert_eq!(key.is_resolved(), name && color);
    }
}
