//! The format of a cassette's file.

use base64::{Engine, engine::general_purpose::STANDARD};
use http::{HeaderName, HeaderValue, Method, StatusCode};
use serde::{Deserialize, Serialize};

use crate::{
    body::Body,
    exchange::{Answer, Ask, Exchange},
    json::{DEPTH, Json},
};

/// Rises when an older library would misread a file.
const VERSION: u32 = 1;

/// How deep a body lies in the file, at most.
const ENVELOPE: usize = 8;

/// Why a text is no cassette.
pub(crate) struct Refusal {
    /// From 1.
    pub(crate) exchange: Option<usize>,
    pub(crate) reason: String,
}

pub(crate) fn write(exchanges: &[Exchange]) -> String {
    let file = File { format: VERSION, exchanges: exchanges.iter().map(Entry::from).collect() };
    let text = serde_json::to_string(&file).expect("a cassette has nothing that JSON lacks");
    Json::parse_within(&text, DEPTH + ENVELOPE).expect("what was written is JSON").pretty()
}

pub(crate) fn read(text: &str) -> Result<Vec<Exchange>, Refusal> {
    let Version { format } = decode(text)?;
    if format != VERSION {
        let reason = format!("its format is {format}; this library reads {VERSION}");
        return Err(Refusal { exchange: None, reason });
    }
    let file: File = decode(text)?;
    let exchanges = file.exchanges.into_iter().enumerate().map(|(index, entry)| {
        Exchange::try_from(entry).map_err(|reason| Refusal { exchange: Some(index + 1), reason })
    });
    exchanges.collect()
}

#[derive(Deserialize)]
struct Version {
    format: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: u32,
    exchanges: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    request: RequestEntry,
    response: ResponseEntry,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RequestEntry {
    method: String,
    path: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    query: Vec<(String, String)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body: Option<BodyEntry>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ResponseEntry {
    status: u16,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    headers: Vec<(String, String)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body: Option<BodyEntry>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum BodyEntry {
    Json(Json),
    /// By its lines.
    Text(Vec<String>),
    Base64(String),
}

fn decode<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, Refusal> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let index = error.path().iter().find_map(|segment| match segment {
            serde_path_to_error::Segment::Seq { index } => Some(index + 1),
            _ => None,
        });
        Refusal { exchange: index, reason: error.into_inner().to_string() }
    })?;
    deserializer.end().map_err(|error| Refusal { exchange: None, reason: error.to_string() })?;
    Ok(value)
}

impl From<&Exchange> for Entry {
    fn from(exchange: &Exchange) -> Self {
        let Exchange { ask, answer } = exchange;
        let headers = answer.headers.iter().map(|(name, value)| (name.to_string(), value.clone()));
        Self {
            request: RequestEntry {
                method: ask.method.to_string(),
                path: ask.path.clone(),
                query: ask.query.clone(),
                body: body_entry(&ask.body),
            },
            response: ResponseEntry {
                status: answer.status.as_u16(),
                headers: headers.collect(),
                body: body_entry(&answer.body),
            },
        }
    }
}

impl TryFrom<Entry> for Exchange {
    type Error = String;

    fn try_from(Entry { request, response }: Entry) -> Result<Self, String> {
        let headers = response.headers.into_iter().map(|(name, value)| header(&name, value));
        Ok(Self {
            ask: Ask {
                method: request.method.parse::<Method>().map_err(|error| format!("its method: {error}"))?,
                path: request.path,
                query: request.query,
                body: body(request.body)?,
            },
            answer: Answer {
                status: StatusCode::from_u16(response.status)
                    .map_err(|error| format!("its status: {error}"))?,
                headers: headers.collect::<Result<_, _>>()?,
                body: body(response.body)?,
            },
        })
    }
}

fn header(name: &str, value: String) -> Result<(HeaderName, String), String> {
    let parsed = name.parse::<HeaderName>().map_err(|error| format!("its header {name:?}: {error}"))?;
    HeaderValue::from_bytes(value.as_bytes()).map_err(|error| format!("its header {name}: {error}"))?;
    Ok((parsed, value))
}

fn body_entry(body: &Body) -> Option<BodyEntry> {
    match body {
        Body::Empty => None,
        Body::Json(json) => Some(BodyEntry::Json(json.clone())),
        Body::Text(text) => Some(BodyEntry::Text(text.split('\n').map(str::to_owned).collect())),
        Body::Binary(bytes) => Some(BodyEntry::Base64(STANDARD.encode(bytes))),
    }
}

fn body(entry: Option<BodyEntry>) -> Result<Body, String> {
    Ok(match entry {
        None => Body::Empty,
        Some(BodyEntry::Json(json)) => Body::Json(json),
        Some(BodyEntry::Text(lines)) => Body::Text(lines.join("\n")),
        Some(BodyEntry::Base64(text)) => {
            Body::Binary(STANDARD.decode(text).map_err(|error| format!("its base64: {error}"))?)
        }
    })
}
