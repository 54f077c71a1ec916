//! A body, by its kind of content.

use std::fmt;

use crate::json::Json;

/// How much of a value is shown where it differs from another.
const SHOWN: usize = 80;

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Body {
    Empty,
    Json(Json),
    Text(String),
    Binary(Vec<u8>),
}

impl Body {
    /// JSON only if the content type says so or says nothing: a text that happens to be a number stays a text.
    pub(crate) fn new(bytes: &[u8], content_type: Option<&http::HeaderValue>) -> Self {
        if bytes.is_empty() {
            return Body::Empty;
        }
        let Ok(text) = std::str::from_utf8(bytes) else {
            return Body::Binary(bytes.to_vec());
        };
        let may_be_json = content_type.is_none_or(|value| {
            String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase().contains("json")
        });
        let json = may_be_json.then(|| Json::parse(text).ok()).flatten();
        json.map_or_else(|| Body::Text(text.to_owned()), Body::Json)
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        match self {
            Body::Empty => Vec::new(),
            Body::Json(json) => json.compact().into_bytes(),
            Body::Text(text) => text.clone().into_bytes(),
            Body::Binary(bytes) => bytes.clone(),
        }
    }

    /// The difference between a request's body and the recorded one.
    pub(crate) fn difference(&self, recorded: &Body) -> Option<String> {
        match (self, recorded) {
            (Body::Json(sent), Body::Json(recorded)) => sent.difference(recorded).map(|difference| {
                let at =
                    if difference.at.is_empty() { String::new() } else { format!(" at {}", difference.at) };
                format!(
                    "body differs{at}: sent {}, recorded {}",
                    shown(difference.ours),
                    shown(difference.theirs)
                )
            }),
            _ => (self != recorded).then(|| format!("body differs: sent {self}, recorded {recorded}")),
        }
    }

    /// Shows every text to `change`; bytes too, each as the character of its number.
    pub(crate) fn texts(&mut self, change: &mut dyn FnMut(&mut String)) {
        match self {
            Body::Empty => {}
            Body::Json(json) => json.texts(change),
            Body::Text(text) => change(text),
            Body::Binary(bytes) => {
                let mut text = bytes.iter().copied().map(char::from).collect();
                change(&mut text);
                if let Ok(changed) = text.chars().map(u8::try_from).collect() {
                    *bytes = changed;
                }
            }
        }
    }
}

impl fmt::Display for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Body::Empty => f.write_str("no body"),
            Body::Json(json) => f.write_str(&shown(Some(json))),
            Body::Text(text) => write!(f, "the text {}", shortened(format!("{text:?}"), SHOWN)),
            Body::Binary(bytes) => write!(f, "{} bytes", bytes.len()),
        }
    }
}

/// The first `limit` characters, and a sign that there were more.
pub(crate) fn shortened(mut text: String, limit: usize) -> String {
    if let Some((end, _)) = text.char_indices().nth(limit) {
        text.truncate(end);
        text.push('…');
    }
    text
}

fn shown(json: Option<&Json>) -> String {
    json.map_or_else(|| "nothing".to_owned(), |json| shortened(json.compact(), SHOWN))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_content_type_decides_what_may_be_json() {
        let json = HeaderValue::from_static("application/json");
        let csv = HeaderValue::from_static("text/csv");
        assert_eq!(Body::new(b"5", Some(&json)), Body::Json(Json::Number("5".to_owned())));
        assert_eq!(Body::new(b"5", Some(&csv)), Body::Text("5".to_owned()));
        assert_eq!(Body::new(b"{oops", Some(&json)), Body::Text("{oops".to_owned()));
        assert_eq!(Body::new(b"", Some(&json)), Body::Empty);
        assert_eq!(Body::new(&[0xff], None), Body::Binary(vec![0xff]));
    }

    proptest! {
        #[test]
        fn bytes_that_are_no_json_come_out_as_they_went_in(bytes: Vec<u8>) {
            let csv = HeaderValue::from_static("text/csv");
            let mut body = Body::new(&bytes, Some(&csv));
            body.texts(&mut |_| {});
            prop_assert_eq!(body.bytes(), bytes);
        }
    }
}
