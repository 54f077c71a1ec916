//! Removes secrets and the server's address from recordings.
//!
//! A request that looks for its recording is scrubbed in the same way, so that it matches.

use http::header;
use netbox_core::transport::{Request, Response};

use crate::{
    body::Body,
    json::Json,
    origin::Origin,
    secrets::{self, PLACEHOLDER},
};

/// Credentials that are shorter would be found in any text.
const SHORTEST: usize = 8;

/// Where `key` is what a v1 token was called before NetBox 4.5; elsewhere it is a word like others.
const TOKENS: &str = "/users/tokens";

pub(crate) struct Scrub {
    origin: Origin,
    credentials: Vec<String>,
}

impl Scrub {
    pub(crate) fn of(request: &Request) -> Self {
        Self { origin: Origin::of(request), credentials: credentials(request) }
    }

    /// Hides the server's address, the request's credentials and all that looks like a secret.
    pub(crate) fn text(&self, text: &mut String) {
        self.origin.hide(text);
        for credential in &self.credentials {
            if text.contains(credential) {
                *text = text.replace(credential, PLACEHOLDER);
            }
        }
        *text = secrets::scrub(text);
    }
}

/// Hides the values of a query that stand under a secret's name, whatever the lookup.
pub(crate) fn hide_in_query(query: &mut [(String, String)], path: &str) {
    for (name, value) in query {
        let field = name.split("__").next().unwrap_or(name);
        if is_secret(field, path) && !value.is_empty() {
            PLACEHOLDER.clone_into(value);
        }
    }
}

/// Hides the values of a body that stand under a secret's name. In an answer that `refused` a request, a list under a
/// field's name holds what is wrong with the field, and stays.
pub(crate) fn hide_in_body(body: &mut Body, path: &str, refused: bool) {
    if let Body::Json(json) = body {
        hide_fields(json, path, refused);
    }
}

/// Hides the name of the machine in the status of a NetBox.
pub(crate) fn hide_hostname(status: &mut Body) {
    if let Body::Json(Json::Object(entries)) = status {
        for (_, value) in entries.iter_mut().filter(|(name, _)| name == "hostname") {
            *value = Json::String("netbox".to_owned());
        }
    }
}

/// The credentials of `request`: the header's value without its scheme, and the secret half of a v2 token. The longer
/// one is first, as the other is a part of it.
pub(crate) fn credentials(request: &Request) -> Vec<String> {
    let mut found = Vec::new();
    for value in request.headers().get_all(header::AUTHORIZATION) {
        let value = String::from_utf8_lossy(value.as_bytes());
        let credential = value.split_once(' ').map_or(&*value, |(_, credential)| credential).trim();
        let halves = credential.strip_prefix("nbt_").and_then(|token| token.split_once('.'));
        found.extend(
            [Some(credential), halves.map(|(_, secret)| secret)].into_iter().flatten().map(str::to_owned),
        );
    }
    found.retain(|credential| is_hidden(credential));
    found
}

/// The tokens that NetBox gives away in an answer. They are the credentials of requests to come.
pub(crate) fn tokens_given(request: &Request, response: &Response) -> Vec<String> {
    let mut found = Vec::new();
    if request.uri().path().contains(TOKENS)
        && let Body::Json(json) = Body::new(response.body(), response.headers().get(header::CONTENT_TYPE))
    {
        collect_tokens(&json, &mut found);
    }
    found
}

fn is_hidden(credential: &str) -> bool {
    credential.len() >= SHORTEST && credential != PLACEHOLDER
}

fn is_secret(name: &str, path: &str) -> bool {
    secrets::is_name(name) || (name == "key" && path.contains(TOKENS))
}

fn hide_fields(json: &mut Json, path: &str, refused: bool) {
    match json {
        Json::Array(items) => items.iter_mut().for_each(|item| hide_fields(item, path, refused)),
        Json::Object(entries) => {
            for (name, value) in entries {
                if is_secret(name, path) {
                    hide(value, path, refused);
                } else {
                    hide_fields(value, path, refused);
                }
            }
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
}

/// An object is not hidden whole: it describes the field (OPTIONS) or is a nested NetBox object.
fn hide(value: &mut Json, path: &str, refused: bool) {
    match value {
        Json::String(text) if text.is_empty() => {}
        Json::String(_) | Json::Number(_) => *value = Json::String(PLACEHOLDER.to_owned()),
        Json::Array(_) if refused => {}
        Json::Array(items) => items.iter_mut().for_each(|item| hide(item, path, refused)),
        Json::Object(_) => hide_fields(value, path, refused),
        Json::Null | Json::Bool(_) => {}
    }
}

fn collect_tokens(json: &Json, found: &mut Vec<String>) {
    match json {
        Json::Array(items) => items.iter().for_each(|item| collect_tokens(item, found)),
        Json::Object(entries) => {
            for (name, value) in entries {
                match value {
                    Json::String(text) if is_secret(name, TOKENS) && is_hidden(text) => {
                        found.push(text.clone());
                    }
                    _ => collect_tokens(value, found),
                }
            }
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use proptest::prelude::*;

    use super::*;
    use crate::exchange::{Ask, Exchange};

    #[track_caller]
    fn check(path: &str, status: u16, body: &str, expected: &str) {
        let request = http::Request::post(format!("https://h{path}")).body(Bytes::new()).unwrap();
        let mut response = Response::new(Bytes::from(body.to_owned()));
        *response.status_mut() = status.try_into().unwrap();
        let exchange = Exchange::new(&request, &response);
        assert_eq!(String::from_utf8(exchange.answer.body.bytes()).unwrap(), expected);
    }

    #[test]
    fn fields_are_hidden_by_name_at_any_depth() {
        check(
            "/api/x/",
            200,
            r#"{"results":[{"auth_psk":"a","data":{"Preshared-Key":"b","password":7}}],"secret":["a"]}"#,
            r#"{"results":[{"auth_psk":"scrubbed","data":{"Preshared-Key":"scrubbed","password":"scrubbed"}}],"secret":["scrubbed"]}"#,
        );
        check("/api/x/", 200, r#"{"token":null,"password":""}"#, r#"{"token":null,"password":""}"#);
        check("/api/x/", 200, r#"{"token":{"type":"string"}}"#, r#"{"token":{"type":"string"}}"#);
    }

    #[test]
    fn key_is_a_secret_of_tokens_alone() {
        check("/api/users/tokens/provision/", 201, r#"{"key":"abc"}"#, r#"{"key":"scrubbed"}"#);
        check("/api/extras/custom-fields/", 200, r#"{"key":"abc"}"#, r#"{"key":"abc"}"#);
    }

    #[test]
    fn messages_about_a_secret_field_are_kept() {
        let body = r#"{"password":["This field is required."]}"#;
        check("/api/users/users/", 400, body, body);
    }

    #[test]
    fn what_looks_like_a_secret_is_hidden_in_any_text() {
        let token = "nbt_p4fx3JgmCRVT.waeaQkFpGPigtjHfCqvO5CFtwrgIpowrYaUoohTW";
        check("/api/x/", 200, &format!(r#"{{"comments":"use {token}"}}"#), r#"{"comments":"use scrubbed"}"#);
        check("/api/x/", 404, r#"<p>CSRF_TOKEN = "miQE";"#, r#"<p>CSRF_TOKEN = "scrubbed";"#);
    }

    #[test]
    fn the_hostname_of_the_server_is_hidden() {
        check("/api/status/", 200, r#"{"hostname":"vm"}"#, r#"{"hostname":"netbox"}"#);
        check("/api/x/", 200, r#"{"hostname":"vm"}"#, r#"{"hostname":"vm"}"#);
    }

    #[test]
    fn a_query_is_scrubbed_by_name_whatever_the_lookup() {
        let request = http::Request::get("https://h/api/wireless/wireless-lans/?auth_psk__ic=abc&ssid=x")
            .body(Bytes::new())
            .unwrap();
        assert_eq!(Ask::of(&request).target(), "/api/wireless/wireless-lans/?auth_psk__ic=scrubbed&ssid=x");
    }

    proptest! {
        #[test]
        fn the_credentials_of_a_request_are_in_no_part_of_its_exchange(
            key in "[a-zA-Z0-9]{12}",
            secret in "[a-zA-Z0-9]{40}",
            content_type in prop_oneof![Just("application/json"), Just("text/html"), Just("image/png")],
            around in ".*",
        ) {
            let text = format!("{around}{secret}{around}");
            let token = format!("nbt_{key}.{secret}");
            let sent = serde_json::json!({ "name": text, &text: [&token], "password": secret }).to_string();
            let mut answer = if content_type == "image/png" { vec![0xff] } else { Vec::new() };
            answer.extend(sent.as_bytes());
            let request = http::Request::post(format!("https://h/api/{secret}/?a={secret}&{secret}=b"))
                .header("authorization", format!("Bearer {token}"))
                .header("content-type", content_type)
                .body(sent.into())
                .unwrap();
            let response = http::Response::builder()
                .header("location", format!("https://h/{token}"))
                .header("etag", secret.as_str())
                .header("content-type", content_type)
                .body(answer.into())
                .unwrap();
            let mut exchange = Exchange::new(&request, &response);
            prop_assert!(!exchange.to_string().contains(&secret));
            exchange.texts(&mut |text| assert!(!text.contains(&secret) && !text.contains(&key), "{text}"));
        }
    }
}
