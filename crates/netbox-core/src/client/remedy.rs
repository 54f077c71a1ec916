//! Advice for what a server refused.

use std::{collections::HashMap, iter, slice};

use netbox_schema::{endpoint, endpoint_of_type, list_of, no_endpoint};
use serde::Deserialize;
use serde_json::Value;

use super::api::Api;
use crate::{
    names::{ADD_TAGS, Doubt, Named, REMOVE_TAGS, doubt_of_field, doubt_of_filter, doubt_of_reference},
    wire::{ApiPath, Call, Error, ErrorKind, ItemPlace, Messages, Params, RetryPolicy, Server, since},
};

impl Api {
    /// `error`, which `call` ended with, and how to mend it, as far as the library knows. It asks the server once at most.
    pub(super) async fn explained(&self, error: Error, call: &Call) -> Error {
        let is_reached = self.version().is_some();
        let remedy = match (self.base().remedy(&error, is_reached), error.kind()) {
            (Some(remedy), _) => Some(remedy),
            (None, ErrorKind::NoEndpoint) => {
                call.path().and_then(|path| no_endpoint(path.as_str(), Server::of(self.version()).versions()))
            }
            (None, ErrorKind::Forbidden) => {
                let told = self.token_is_missing(&error).or_else(|| remedy_of_token(&error));
                self.token_is_too_new().or_else(|| told.map(str::to_owned))
            }
            (None, ErrorKind::Invalid) => self.advice(doubts(call, error.messages())).await,
            _ => None,
        };
        match remedy {
            Some(remedy) => error.remedied(remedy),
            None => error,
        }
    }

    /// The advice against a token of a kind that this NetBox does not have yet.
    fn token_is_too_new(&self) -> Option<String> {
        let server = self.version().filter(|server| *server < since::PREFIXED_TOKENS)?;
        self.has_prefixed_token().then(|| {
            let since = since::PREFIXED_TOKENS;
            format!("a token that begins with nbt_ needs NetBox {since} or later: this server is {server}")
        })
    }

    /// The advice to a client without a token, where NetBox wants one.
    fn token_is_missing(&self, error: &Error) -> Option<&'static str> {
        let mut told = error.messages().global().iter();
        let is_missed = told.any(|told| told == "Authentication credentials were not provided.");
        (is_missed && self.is_anonymous()).then_some(
            "this client has no token: give it one by `.token(…)` of its builder, or by NETBOX_TOKEN where it is built from the \
             environment",
        )
    }

    async fn advice(&self, doubts: Vec<Doubt>) -> Option<String> {
        let mut advice = Vec::new();
        let mut may_ask = true;
        for doubt in doubts {
            match doubt {
                Doubt::Told(words) => advice.push(words),
                Doubt::Named(named) => {
                    let known = if may_ask { self.known(&named).await } else { Vec::new() };
                    may_ask = false;
                    advice.push(named.told(&known));
                }
            }
        }
        advice.dedup();
        (!advice.is_empty()).then(|| advice.join("; "))
    }

    /// The names or slugs of objects that begin like the one that was not found; none if the server refuses to list them.
    async fn known(&self, named: &Named) -> Vec<String> {
        #[derive(Deserialize)]
        struct Page {
            results: Vec<HashMap<String, Value>>,
        }
        const READ: usize = 500;
        let attribute = named.attribute;
        let params = Params::default()
            .with(&format!("{attribute}__isw"), named.beginning())
            .with("fields", attribute)
            .with("limit", READ);
        let call = Call::get(ApiPath::of_endpoint(named.target.path()), params);
        let answer = self.send(&call, &RetryPolicy::none()).await.and_then(|answer| answer.json::<Page>());
        let rows = answer.map(|page| page.results).unwrap_or_default();
        rows.iter().filter_map(|row| row.get(attribute)?.as_str().map(str::to_owned)).collect()
    }
}

/// The advice against the refusal of a token that NetBox does not know. NetBox itself says of those that it knows what is
/// wrong: “Token expired”, “Token disabled”.
fn remedy_of_token(error: &Error) -> Option<&'static str> {
    // Beside the API, the message is the whole body.
    let body = error.body().and_then(|body| str::from_utf8(body).ok());
    error.messages().global().iter().map(String::as_str).chain(body).find_map(|told| match told {
        "Invalid v2 token" => Some(
            "this server has no such token: check that it is one of this server, and whole, nbt_<key>.<secret>",
        ),
        "Invalid v1 token" => Some(
            "this server has no such token: check that it is one of this server, and whole; those that begin with nbt_ have a \
             key before the secret, nbt_<key>.<secret>",
        ),
        "Invalid token" => {
            Some("this server has no such token: check that it is one of this server, and whole")
        }
        _ => None,
    })
}

/// Why NetBox may have refused the parts of `call` of which it said something.
fn doubts(call: &Call, messages: &Messages) -> Vec<Doubt> {
    let Some(path) = call.path().map(ApiPath::as_str) else { return Vec::new() };
    let Some(list) = endpoint(list_of(path).map_or(path, |(list, _)| list)) else { return Vec::new() };
    let of_filters = messages.fields().filter_map(|(name, _)| {
        let values: Vec<&str> = call.params().values(name).collect();
        doubt_of_filter(list, name, &values)
    });
    let Some(body) = call.json() else { return of_filters.collect() };
    let items =
        messages.items().iter().filter_map(|item| Some((item_of(&body, item.place())?, item.messages())));
    let of_items = iter::once((&body, messages)).chain(items).flat_map(|(body, messages)| {
        let of_fields = messages.fields().filter_map(|(name, texts)| {
            let value = body.get(name)?;
            // An object that is there may be refused for another reason, and then NetBox does not show its id.
            let shows_it = || texts.iter().any(|text| text.contains(&value.to_string()));
            (!value.is_number() || shows_it()).then(|| doubt_of_field(list, name, value))?
        });
        of_fields.chain(doubt_of_tag(body, messages))
    });
    of_items.collect()
}

/// The tag to be added or removed for which the whole was refused, one object or many: NetBox names no field then, and no
/// more than one tag.
fn doubt_of_tag(body: &Value, messages: &Messages) -> Option<Doubt> {
    let tags = endpoint_of_type("extras.tag")?;
    let bodies = body.as_array().map_or(slice::from_ref(body), Vec::as_slice);
    let names = bodies.iter().flat_map(|body| [ADD_TAGS, REMOVE_TAGS].map(|name| (name, &body[name])));
    let mut given =
        names.flat_map(|(name, tags)| tags.as_array().into_iter().flatten().map(move |tag| (name, tag)));
    let (name, tag) = given.find(|(_, tag)| is_told_of(tag, messages))?;
    doubt_of_reference(name, tags, tag)
}

/// Whether one of the messages about the whole shows the id of `tag`, or an attribute.
fn is_told_of(tag: &Value, messages: &Messages) -> bool {
    let shown = match tag {
        Value::Object(attributes) => {
            attributes.values().next().and_then(Value::as_str).map(|text| format!("'{text}'"))
        }
        Value::Number(id) => Some(format!(": {id}")),
        _ => None,
    };
    shown.is_some_and(|shown| messages.global().iter().any(|message| message.contains(&shown)))
}

/// The item of a bulk that is meant by its place.
fn item_of(body: &Value, place: ItemPlace) -> Option<&Value> {
    let items = body.as_array()?;
    match place {
        ItemPlace::Index(index) => items.get(usize::try_from(index).ok()?),
        ItemPlace::Id(id) => items.iter().find(|item| item["id"].as_u64() == Some(id)),
    }
}
