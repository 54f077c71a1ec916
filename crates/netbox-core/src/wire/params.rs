//! The query part of a URL: names and values, in order, repeated or not.

use std::fmt::{self, Write};

/// Pairs of a query string, decoded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Params(Vec<(String, String)>);

impl Params {
    pub(crate) fn push(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }

    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.push(name, value.to_string());
        self
    }

    /// Puts `value` in the place of all values that `name` has.
    pub(crate) fn set(&mut self, name: &str, value: impl ToString) {
        self.remove(name);
        self.push(name, value.to_string());
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.0.retain(|(known, _)| known != name);
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.values(name).next().is_some()
    }

    pub(crate) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads a query string as a form would be read: `+` is a space, and what is no UTF-8 is replaced.
    pub(crate) fn parse(query: &str) -> Self {
        let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        });
        Self(pairs.collect())
    }
}

impl FromIterator<(String, String)> for Params {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

/// The query string, without a `?`.
impl fmt::Display for Params {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, (name, value)) in self.iter().enumerate() {
            if position > 0 {
                f.write_char('&')?;
            }
            encode(f, name)?;
            f.write_char('=')?;
            encode(f, value)?;
        }
        Ok(())
    }
}

/// How many bytes `text` takes in a query string.
pub(crate) fn encoded_len(text: &str) -> usize {
    text.bytes().map(|byte| if is_plain(byte) { 1 } else { 3 }).sum()
}

fn encode(out: &mut impl Write, text: &str) -> fmt::Result {
    for byte in text.bytes() {
        if is_plain(byte) {
            out.write_char(char::from(byte))?;
        } else {
            write!(out, "%{byte:02X}")?;
        }
    }
    Ok(())
}

/// RFC 3986 unreserved, and what a query may hold besides that no server reads as anything else: commas and slashes
/// keep lists of fields and prefixes readable in logs.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b',' | b'/' | b':')
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => match hex_pair(tail) {
                Some(decoded) => {
                    rest = &tail[2..];
                    decoded
                }
                None => byte,
            },
            _ => byte,
        });
    }
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn hex_pair(bytes: &[u8]) -> Option<u8> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some(digit(bytes.first()?)? << 4 | digit(bytes.get(1)?)?)
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    proptest! {
        #[test]
        fn what_is_encoded_is_read_back(pairs in vec((".+", ".*"), 0..8)) {
            let params: Params = pairs.into_iter().collect();
            prop_assert_eq!(Params::parse(&params.to_string()), params);
        }

        #[test]
        fn an_encoded_query_is_a_query(pairs in vec((".+", ".*"), 1..8)) {
            let params: Params = pairs.into_iter().collect();
            let uri: http::Uri = format!("/api/?{params}").parse().unwrap();
            let query = params.to_string();
            prop_assert_eq!(uri.query(), Some(query.as_str()));
        }

        #[test]
        fn any_query_can_be_read(query in ".*") {
            let _ = Params::parse(&query);
        }

        #[test]
        fn lengths_are_right(text in ".*") {
            let params = Params::default().with("", &text);
            prop_assert_eq!(params.to_string().len(), 1 + encoded_len(&text));
        }
    }

    #[test]
    fn servers_encode_otherwise() {
        assert_eq!(
            Params::parse("fields=id%2Cname&q=a+b&x&%zz=%4"),
            Params::default().with("fields", "id,name").with("q", "a b").with("x", "").with("%zz", "%4")
        );
    }
}
