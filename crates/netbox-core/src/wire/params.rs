//! The query part of a URL: names and values, in order, repeated or not.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

/// All but RFC 3986's unreserved characters, and those that a query may also hold and that no server reads as anything
/// else: commas and slashes keep lists of fields and prefixes readable in logs.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b',')
    .remove(b'/')
    .remove(b':');

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
        form_urlencoded::parse(query.as_bytes()).into_owned().collect()
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
            let separator = if position > 0 { "&" } else { "" };
            write!(f, "{separator}{}={}", encoded(name), encoded(value))?;
        }
        Ok(())
    }
}

/// How many bytes `text` takes in a query string.
pub(crate) fn encoded_len(text: &str) -> usize {
    encoded(text).map(str::len).sum()
}

fn encoded(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, ENCODED)
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
