//! What NetBox says when it refuses a request.

use std::fmt;

use serde_json::Value;

/// A request that failed: why, and of a list which items were to blame.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) reason: String,
    pub(super) items: Vec<(Item, String)>,
}

/// An item of the list that was sent, by its place or by its id.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Item {
    Index(u64),
    Id(u64),
}

impl Refusal {
    /// A refusal that concerns no single item.
    pub(super) fn new(reason: impl fmt::Display) -> Refusal {
        Refusal { reason: reason.to_string(), items: Vec::new() }
    }

    /// Understands the body of a 4xx or 5xx, in the forms of all versions of NetBox.
    pub(super) fn from_body(status: u16, body: &str) -> Refusal {
        let Ok(body) = serde_json::from_str::<Value>(body) else {
            let start: String = body.trim_start().chars().take(80).collect();
            return Refusal::new(format_args!("{status}, and not in JSON: {start}"));
        };
        if let Some(detail) = body["detail"].as_str() {
            let errors = body["errors"].as_array().into_iter().flatten();
            let items = errors.filter_map(|error| Some((item(error)?, messages(&error["errors"]))));
            return Refusal { reason: format!("{status}: {detail}"), items: items.collect() };
        }
        if let Value::Array(errors) = &body {
            let blamed = (0..)
                .zip(errors)
                .filter(|(_, error)| error.as_object().is_some_and(|error| !error.is_empty()));
            let items = blamed.map(|(index, error)| (Item::Index(index), messages(error)));
            return Refusal { reason: status.to_string(), items: items.collect() };
        }
        Refusal::new(format_args!("{status}: {}", messages(&body)))
    }
}

fn item(error: &Value) -> Option<Item> {
    error["index"].as_u64().map(Item::Index).or_else(|| error["id"].as_u64().map(Item::Id))
}

/// `slug: This field is required.; __all__: …`
fn messages(errors: &Value) -> String {
    match errors {
        Value::Object(fields) => {
            let told: Vec<_> =
                fields.iter().map(|(name, error)| format!("{name}: {}", messages(error))).collect();
            told.join("; ")
        }
        Value::Array(errors) => errors.iter().map(messages).collect::<Vec<_>>().join(" "),
        Value::String(message) => message.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Item, Refusal};

    #[track_caller]
    fn check(body: &str, reason: &str, items: &[(Item, &str)]) {
        let refusal = Refusal::from_body(400, body);
        let found: Vec<_> = refusal.items.iter().map(|(item, messages)| (*item, messages.as_str())).collect();
        assert_eq!((refusal.reason.as_str(), found.as_slice()), (reason, items));
    }

    #[test]
    fn items_are_named_by_index_or_id() {
        check(
            r#"{"detail": "1 of 2 objects could not be created.", "errors": [{"index": 1, "errors": {"slug": ["Required."]}}]}"#,
            "400: 1 of 2 objects could not be created.",
            &[(Item::Index(1), "slug: Required.")],
        );
        check(
            r#"{"detail": "Not so.", "errors": [{"id": 9, "errors": {"vid": {"0": ["Odd."]}}}]}"#,
            "400: Not so.",
            &[(Item::Id(9), "vid: 0: Odd.")],
        );
    }

    #[test]
    fn older_servers_send_an_aligned_list_or_bare_fields() {
        check(r#"[{}, {"name": ["Taken.", "Bad."]}]"#, "400", &[(Item::Index(1), "name: Taken. Bad.")]);
        check(r#"{"status": ["zz is not a valid choice."]}"#, "400: status: zz is not a valid choice.", &[]);
    }

    #[test]
    fn a_refusal_of_the_whole_request_is_told_as_it_is() {
        check(r#"{"detail": "You may not."}"#, "400: You may not.", &[]);
    }

    #[test]
    fn a_page_instead_of_json_is_shown_by_its_start() {
        check("\n\n<h1>Bad Request</h1>", "400, and not in JSON: <h1>Bad Request</h1>", &[]);
    }
}
