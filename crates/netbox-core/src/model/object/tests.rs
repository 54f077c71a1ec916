use super::*;

fn object() -> Object {
    serde_json::from_str(
        r#"{"id":1,"name":"a","region":{"id":7,"url":"http://h/api/dcim/regions/7/","display":"EU"},"status":
            {"value":"active","label":"Active"},"tags":[{"id":3,"url":"http://h/api/extras/tags/3/"}],"tenant":null}"#,
    )
    .unwrap()
}

#[test]
fn keys_are_recognised_by_their_shape() {
    let object = object();
    let region = object.fk("region").unwrap().unwrap();
    assert_eq!((region.endpoint(), region.id(), region.display()), ("dcim/regions", 7, Some("EU")));
    assert_eq!(format!("{region:>4}"), "  EU");
    let [tag] = object.fks("tags").unwrap() else { panic!("there is one") };
    assert_eq!(tag.to_string(), "3");
    assert!(object.fk("regoin").unwrap_err().to_string().contains("did you mean `region`?"));
    for name in ["status", "tenant", "name"] {
        assert!(object.fk(name).unwrap().is_none(), "{name}");
    }
}

#[test]
fn it_shows_no_secrets() {
    let object: Object = serde_json::from_str(
        r#"{"name":"a","parameters":{"password":"hunter2","branch":"main"},"hops":[{"auth_PSK":"hunter2"}],"key":null}"#,
    )
    .unwrap();
    let shown = format!("{object:?}");
    assert!(!shown.contains("hunter2") && shown.contains("main") && shown.contains("Null"), "{shown}");
}

#[test]
fn it_is_written_as_netbox_sends_it_with_what_was_set() {
    let mut object = object();
    let mut sent = object.fields();
    assert_eq!(serde_json::to_value(&object).unwrap(), Value::Object(sent.clone()));
    object.set("name", "b").unwrap();
    sent.insert("name".to_owned(), "b".into());
    assert_eq!(serde_json::to_value(&object).unwrap(), Value::Object(sent));
}

#[test]
fn a_missing_field_is_told_with_those_that_are_there() {
    assert_eq!(object().get::<String>("name").unwrap(), "a");
    assert_eq!(object().get::<Option<u64>>("tenant").unwrap(), None);
    let error = object().get::<String>("nmae").unwrap_err().to_string();
    assert!(error.contains("no field `nmae` (did you mean `name`?): it has id, name"), "{error}");
    assert!(object().get::<u64>("name").unwrap_err().is_decode());
    let told = |name: &str| object().get::<String>(name).unwrap_err().to_string();
    assert!(told("status").ends_with("(a choice is read as a `value::Choice`, and an object by `fk`)"));
    assert!(told("tenant").ends_with("(a field that may be null is read as an `Option`)"));
}

#[test]
fn an_object_becomes_a_model_and_a_model_an_object() {
    #[derive(Debug, Serialize, Deserialize)]
    struct Region {
        id: u64,
        name: String,
    }
    let region: Region = object().to_model().unwrap();
    assert_eq!(region.name, "a");
    let back = Object::from_model(&region).unwrap();
    assert_eq!((back.id(), back.text("name"), back.names().count()), (Some(1), Some("a"), 2));

    assert!(Object::from_model(&[1]).is_err());
    assert!(Object::default().to_model::<Region>().unwrap_err().is_decode());
}
