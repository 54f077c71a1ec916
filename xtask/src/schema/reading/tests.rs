use serde_json::{Value, json};

use super::*;
use crate::schema::extract::Extract;

fn component(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn answer(schema: &Value) -> Value {
    json!({"content": {"application/json": {"schema": schema}}})
}

/// A document with racks, which have `fields`, and of which some are written as `request` says.
fn document(fields: &Value, request: &Value, parameters: &Value) -> Document {
    let list = json!({
        "get": {"parameters": parameters, "responses": {"200": answer(&component("PaginatedRackList"))}},
        "post": {
            "requestBody": answer(&json!({"oneOf": [
                component("RackRequest"),
                {"type": "array", "items": component("RackRequest")},
            ]})),
            "responses": {"201": answer(&component("Rack")), "400": answer(&json!({"type": "object"}))},
        },
    });
    let document = json!({
        "info": {"version": "4.6.8 (4.6)"},
        "paths": {
            "/api/dcim/racks/": list,
            "/api/dcim/racks/{id}/": {"get": {"responses": {"200": answer(&component("Rack"))}}, "delete": {}},
            "/api/dcim/racks/{id}/elevation/": {"get": {}},
            "/api/plugins/acme/": {"get": {}},
            "/api/schema/": {"get": {}},
            "/api/status/": {"get": {"responses": {"200": answer(&json!({"type": "object"}))}}},
        },
        "components": {"schemas": {
            "PaginatedRackList": {"properties": {"results": {"type": "array", "items": component("Rack")}}},
            "Rack": {"type": "object", "properties": fields},
            "RackRequest": request,
            "BriefRack": {"type": "object", "properties": {"id": {"type": "integer"}, "url": {"type": "string"}}},
            "OddRack": {"type": "object", "properties": {"id": {"type": "integer"}, "url": {"type": "string"}}},
            "GenericObject": {"properties": {"object_type": {"type": "string"}, "object_id": {"type": "integer"}}},
            "Mapping": {"type": "object", "properties": {"position": {"type": "integer"}}},
        }},
    });
    serde_json::from_value(document).unwrap()
}

/// The facts that are read, in the form of the extract.
fn read_as_text(document: &Document) -> String {
    let mut extract = Extract::default();
    extract.add(document.number(), read(document).unwrap()).unwrap();
    extract.write()
}

#[track_caller]
fn check_field(schema: &Value, expected: &str) {
    let fields = json!({"field": schema});
    let request = json!({"properties": {"field": schema}});
    let text = read_as_text(&document(&fields, &request, &json!([])));
    assert!(text.contains(&format!("  field field {expected}\n")), "{text}");
}

#[test]
fn routes_are_those_of_the_list_of_an_object_and_below_it() {
    let text = read_as_text(&document(&json!({}), &json!({}), &json!([])));
    let expected = "\
documents 4.6.8

dcim/racks
  route * GET DELETE
  route . GET POST
  route elevation GET

status
  route . GET
";
    assert!(text.ends_with(expected), "{text}");
}

#[test]
fn a_netbox_may_be_below_a_path() {
    let paths = |path: &str| {
        let document = json!({"info": {"version": "4.6.8"}, "paths": {path: {"get": {}}}});
        read(&serde_json::from_value(document).unwrap())
            .map(|facts| facts.endpoints.into_keys().collect::<Vec<_>>())
    };
    assert_eq!(paths("/netbox/api/dcim/racks/").unwrap(), ["dcim/racks"]);
    assert_eq!(paths("/v1/pets/").unwrap_err().to_string(), "nothing in it is below /api/");
}

#[test]
fn kinds_are_told_by_their_schemas() {
    check_field(&json!({"type": "string", "format": "uri"}), "text");
    check_field(&json!({"type": "integer", "nullable": true}), "integer null");
    check_field(&json!({"type": "string", "format": "date"}), "date");
    check_field(&json!({"type": "array", "items": {"type": "integer"}}), "integers");
    check_field(&json!({"type": "array", "items": {"type": "array", "items": {}}}), "list");
    check_field(&json!({"type": "object", "additionalProperties": {}}), "object");
    check_field(&json!({"nullable": true}), "json null");
    check_field(&json!({"oneOf": [{"type": "string", "pattern": "^$"}, {"type": "string"}]}), "text");
    check_field(&json!({"type": "array", "items": component("Mapping")}), "list");
    check_field(&json!({"type": "array", "items": component("GenericObject")}), "generic-objects");
}

#[test]
fn nested_forms_are_foreign_keys() {
    check_field(&component("BriefRack"), "foreign-key -> dcim/racks");
    check_field(
        &json!({"allOf": [component("BriefRack")], "nullable": true}),
        "foreign-key null -> dcim/racks",
    );
    check_field(&json!({"type": "array", "items": component("Rack")}), "foreign-keys -> dcim/racks");
    check_field(&component("OddRack"), "foreign-key -> OddRack");
}

#[test]
fn choices_have_labels_or_none_and_the_lack_of_one_is_no_choice() {
    let labelled = |values| json!({"type": "object", "properties": {"value": {"enum": values}, "label": {}}});
    check_field(&labelled(json!(["a", "b", "", null])), "choice");
    check_field(&labelled(json!([4, 6])), "integer-choice");
    check_field(&json!({"type": "string", "enum": ["a"]}), "bare-choice");
    check_field(&json!({"type": "array", "items": {"type": "string", "enum": ["a"]}}), "bare-choices");
    let fields = json!({"field": labelled(json!(["a", "b", "", null]))});
    let text = read_as_text(&document(&fields, &json!({}), &json!([])));
    assert!(text.contains("  values field a b\n"), "{text}");
}

#[test]
fn what_has_its_model_beside_it_is_generic() {
    let fields = json!({
        "scope_type": {"type": "string"}, "scope": {"readOnly": true, "nullable": true},
        "link_peers_type": {"type": "string"}, "link_peers": {"type": "array", "items": {}},
    });
    let text = read_as_text(&document(&fields, &json!({}), &json!([])));
    assert!(text.contains("  field scope generic read-only null\n"), "{text}");
    assert!(text.contains("  field link_peers generics read-only\n"), "{text}");
}

#[test]
fn access_is_what_the_request_has() {
    let fields = json!({
        "id": {"type": "integer", "readOnly": true},
        "name": {"type": "string"},
        "image": {"type": "string", "format": "uri"},
    });
    let request = json!({
        "properties": {
            "name": {"type": "string"},
            "image": {"type": "string", "format": "binary"},
            "password": {"type": "string", "writeOnly": true},
        },
        "required": ["name"],
    });
    let text = read_as_text(&document(&fields, &request, &json!([])));
    let expected = "  \
  field id integer read-only nested
  field image file
  field name text required
  field password text write-only
";
    assert!(text.contains(expected), "{text}");
}

#[test]
fn fields_are_in_the_order_of_the_document() {
    let text = r#"{"properties": {"url": {}, "id": {}, "name": {}}}"#;
    let schema: Schema = serde_json::from_str(text).unwrap();
    let names: Vec<_> = schema.properties.0.iter().map(|(name, _)| &**name).collect();
    assert_eq!(names, ["url", "id", "name"]);
}

#[test]
fn parameters_are_filters_with_lookups_or_controls() {
    let list = |name, kind| json!({"in": "query", "name": name, "schema": {"type": "array", "items": kind}});
    let parameters = json!([
        list("name", json!({"type": "string"})),
        list("name__ic", json!({"type": "string"})),
        list("name__empty", json!({"type": "boolean"})),
        list("site_id__n", json!({"type": "integer"})),
        {"in": "query", "name": "q", "schema": {"type": "string"}},
        {"in": "query", "name": "face", "schema": {"type": "string", "x-spec-enum-id": "0"}},
        {"in": "query", "name": "limit", "schema": {"type": "integer"}},
        list("start", json!({"type": "integer"})),
        list("start__n", json!({"type": "integer"})),
        {"in": "query", "name": "weight__empty", "schema": {"type": "boolean"}},
        list("weight__gt", json!({"type": "number"})),
        list("weight__lt", json!({"type": "string"})),
        {"in": "path", "name": "id", "schema": {"type": "integer"}},
    ]);
    let text = read_as_text(&document(&json!({}), &json!({}), &parameters));
    let expected = "  \
  controls limit
  filter face bare-choice =
  filter name text repeatable = ic empty
  filter q text =
  filter site_id integer repeatable n
  filter start integer repeatable = n
  filter weight number repeatable empty gt lt
";
    assert!(text.contains(expected), "{text}");
}

#[test]
fn what_is_not_understood_is_an_error_that_tells_where() {
    let odd = json!({"type": "quaternion"});
    let error = read(&document(&json!({"spin": odd}), &json!({}), &json!([]))).unwrap_err();
    assert_eq!(format!("{error:#}"), "dcim/racks: the field `spin`: its type `quaternion` is not known yet");
    let parameters = json!([{"in": "query", "name": "name__sounds_like", "schema": {"type": "string"}}]);
    let error = read(&document(&json!({}), &json!({}), &parameters)).unwrap_err();
    assert!(
        format!("{error:#}").contains("`name__sounds_like` ends in a lookup that is not known"),
        "{error:#}"
    );
}
