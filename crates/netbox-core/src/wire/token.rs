//! The value of the `Authorization` header.

use std::fmt;

use http::HeaderValue;

use super::error::Error;

/// A NetBox API token; it is never shown.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Token(HeaderValue);

impl Token {
    /// Tells the two kinds apart: `nbt_<key>.<secret>` (NetBox 4.5 and later) is sent as `Bearer`, any other as
    /// `Token`. A keyword that was copied along is dropped.
    pub(crate) fn parse(typed: &str) -> Result<Self, Error> {
        let value = typed.trim();
        let value = match value.split_once(' ').unwrap_or((value, "")) {
            (word, rest) if ["bearer", "token"].contains(&word.to_ascii_lowercase().as_str()) => rest.trim(),
            _ => value,
        };
        if value.is_empty() {
            return Err(Error::config("the token is empty"));
        }
        if let Some(rest) = value.strip_prefix("nbt_")
            && !rest.split_once('.').is_some_and(|(key, secret)| !key.is_empty() && !secret.is_empty())
        {
            return Err(Error::config(
                "the token begins with nbt_ and has no secret: a whole one is nbt_<key>.<secret>",
            ));
        }
        if !value.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Error::config("the token has a space or a character that no token has"));
        }
        let keyword = if value.starts_with("nbt_") { "Bearer" } else { "Token" };
        let mut header = HeaderValue::from_str(&format!("{keyword} {value}"))
            .map_err(|_| Error::config("the token cannot be sent in a header"))?;
        header.set_sensitive(true);
        Ok(Self(header))
    }

    pub(crate) fn header(&self) -> &HeaderValue {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, expected: &str) {
        assert_eq!(Token::parse(typed).unwrap().header(), expected);
    }

    #[test]
    fn the_kinds_are_told_apart() {
        check("nbt_abc.def", "Bearer nbt_abc.def");
        check("0123456789abcdef0123456789abcdef01234567", "Token 0123456789abcdef0123456789abcdef01234567");
        check(" bearer nbt_abc.def\n", "Bearer nbt_abc.def");
        check("Token 0123", "Token 0123");
    }

    #[test]
    fn what_is_no_token_is_refused_without_showing_it() {
        for typed in ["", "  ", "nbt_hunter2", "nbt_hunter2.", "hunter2 x", "hunter2é", "Token "] {
            let error = Token::parse(typed).unwrap_err();
            assert!(!error.to_string().contains("hunter2"), "{error}");
        }
        assert!(!format!("{:?}", Token::parse("nbt_abc.def").unwrap()).contains("def"));
    }
}
