//! Finds texts that look like secrets, so that a test can keep them out of the files of a repository.
//!
//! The search finds
//! - NetBox tokens: `nbt_` with a key and a secret, and each word of 40 characters that is either hexadecimal or has
//!   digits, capitals and small letters;
//! - credentials after `Bearer`, `Token` or `Basic`;
//! - values given to a [secret's name](is_name), in JSON, in a query, in a form, in a line of settings, and in a list
//!   of headers;
//! - private keys in PEM.
//!
//! [`PLACEHOLDER`] is no secret.

use std::{fmt, ops::Range};

mod value;

/// Stands for a secret that was taken out.
pub const PLACEHOLDER: &str = "scrubbed";

/// Names that are a secret's if another name ends in them.
const ENDINGS: [&str; 15] = [
    "access_key",
    "api_key",
    "apikey",
    "auth_key",
    "authorization",
    "cookie",
    "passphrase",
    "passwd",
    "password",
    "preshared_key",
    "private_key",
    "psk",
    "secret",
    "sessionid",
    "token",
];

/// A text that looks like a secret. Its `Display` says where and what it is, without repeating it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The line in which the text begins, from 1.
    pub line: usize,
    /// The range of bytes.
    pub range: Range<usize>,
    /// A description of what the secret seems to be.
    pub what: String,
}

/// All texts in `text` that look like secrets, in order.
///
/// ```
/// use netbox_replay::secrets;
///
/// let found = secrets::find("user: admin\npassword: hunter2\n");
/// assert_eq!(found[0].to_string(), "line 2: the value of password");
/// assert!(secrets::find(r#"{"password": "scrubbed", "token": null}"#).is_empty());
/// ```
pub fn find(text: &str) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for word in words(text) {
        let from = findings.last().map_or(0, |finding| finding.range.end);
        if let Some((range, what)) = at_word(text, &word, from) {
            let line = findings.last().map_or(1, |finding| finding.line);
            let before = findings.last().map_or(0, |finding| finding.range.start);
            let line = line + text[before..range.start].matches('\n').count();
            findings.push(Finding { line, range, what });
        }
    }
    findings
}

/// `text` with [`PLACEHOLDER`] in place of all secrets that [`find`] finds.
///
/// ```
/// assert_eq!(netbox_replay::secrets::scrub("?password=hunter2&a=b"), "?password=scrubbed&a=b");
/// ```
pub fn scrub(text: &str) -> String {
    let mut text = text.to_owned();
    // Again until nothing is found: a secret can have hidden another.
    for _ in 0..ROUNDS {
        let findings = find(&text);
        if findings.is_empty() {
            return text;
        }
        let mut scrubbed = String::with_capacity(text.len());
        let mut end = 0;
        for finding in findings {
            scrubbed.push_str(&text[end..finding.range.start]);
            scrubbed.push_str(PLACEHOLDER);
            end = finding.range.end;
        }
        scrubbed.push_str(&text[end..]);
        text = scrubbed;
    }
    PLACEHOLDER.to_owned()
}

/// How often a text is scrubbed before all of it is taken for a secret. Three rounds suffice unless somebody nests secrets.
const ROUNDS: usize = 8;

/// Whether a field or header of this name holds a secret: `password`, `auth_psk`, `private_key`, `X-CSRFToken`, …
///
/// `key` alone is not among them: NetBox has harmless fields of that name.
pub fn is_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase().replace('-', "_");
    name.contains("csrf") || ENDINGS.iter().any(|ending| name.ends_with(ending))
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

/// Runs of letters, digits, `_` and `-`. In JSON, where the first letter can belong to an escape (`\nToken`), the
/// rest counts as a word too.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    let runs = std::iter::from_fn(move || {
        let start = at + text[at..].find(is_word)?;
        let end = text[start..].find(|c| !is_word(c)).map_or(text.len(), |length| start + length);
        at = end;
        Some(start..end)
    });
    runs.flat_map(move |run| {
        let escaped = text[..run.start].ends_with('\\').then(|| run.start + 1..run.end);
        [Some(run), escaped].into_iter().flatten()
    })
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '-'
}

/// The secret that `word` is, or that follows it, if it begins at `from` or later. A secret that begins before `from`
/// is part of another, and its end is not searched for, so that a text is searched once.
fn at_word(text: &str, word: &Range<usize>, from: usize) -> Option<(Range<usize>, String)> {
    let is_new = word.start >= from;
    let whole = is_new.then(|| private_key(text, word).or_else(|| v2_token(text, word))).flatten();
    let found = whole
        .or_else(|| named(text, word, from))
        .or_else(|| credential(text, word))
        .or_else(|| bare_token(text, word));
    found.filter(|(range, _)| range.start >= from)
}

fn private_key(text: &str, word: &Range<usize>) -> Option<(Range<usize>, String)> {
    let rest = text[word.clone()].ends_with("-----BEGIN").then(|| &text[word.end..])?;
    let (title, body) = rest.split_once("-----")?;
    if !title.ends_with("PRIVATE KEY") {
        return None;
    }
    let footer = format!("-----END{title}-----");
    let length = body.find(&footer).map_or(body.len(), |at| at + footer.len());
    let body_start = word.end + title.len() + "-----".len();
    Some((word.start..body_start + length, "a private key".to_owned()))
}

fn v2_token(text: &str, word: &Range<usize>) -> Option<(Range<usize>, String)> {
    let key = text[word.clone()].strip_prefix("nbt_")?;
    let secret = text[word.end..].strip_prefix('.')?;
    let length = secret.find(|c| !is_word(c)).unwrap_or(secret.len());
    let secret_start = word.end + 1;
    (key.len() >= 8 && length >= 16).then(|| (word.start..secret_start + length, "a v2 token".to_owned()))
}

/// A word of 40 characters, unless it is a piece of base64.
fn bare_token(text: &str, word: &Range<usize>) -> Option<(Range<usize>, String)> {
    let mut start = word.start;
    for piece in text[word.clone()].split(['_', '-']) {
        let range = start..start + piece.len();
        start = range.end + 1;
        let base64 = text[..range.start].ends_with(['+', '/']) || text[range.end..].starts_with(['+', '/']);
        if piece.len() == 40 && looks_random(piece) && !base64 {
            return Some((range, "a token's secret".to_owned()));
        }
    }
    None
}

fn looks_random(piece: &str) -> bool {
    let has = |class: fn(&u8) -> bool| piece.as_bytes().iter().any(class);
    let hexadecimal = piece.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let mixed = has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase);
    has(u8::is_ascii_digit) && (hexadecimal || mixed)
}

/// `Bearer` and the like, a space, and what is too long and has too many kinds of characters for a word.
fn credential(text: &str, word: &Range<usize>) -> Option<(Range<usize>, String)> {
    let scheme = &text[word.clone()];
    if !["bearer", "token", "basic"].iter().any(|name| name.eq_ignore_ascii_case(scheme)) {
        return None;
    }
    let value = text[word.end..].strip_prefix(' ')?;
    let length =
        value.find(|c| !is_word(c) && !matches!(c, '.' | '~' | '+' | '/' | '=')).unwrap_or(value.len());
    let random = length >= 16 && value[..length].contains(|c: char| c.is_ascii_digit());
    let start = word.end + 1;
    random.then(|| (start..start + length, format!("credentials after {scheme}")))
}

/// A secret's name and its value.
fn named(text: &str, word: &Range<usize>, from: usize) -> Option<(Range<usize>, String)> {
    let name = &text[word.clone()];
    if !is_name(name) {
        return None;
    }
    let value = value::of(text, word, from)?;
    let harmless = ["", PLACEHOLDER, "null", "true", "false"].contains(&text[value.clone()].trim());
    (!harmless).then(|| (value, format!("the value of {name}")))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `text` with the secret between angle quotes, or none.
    #[track_caller]
    fn check(marked: &str) {
        let text = marked.replace(['«', '»'], "");
        let found: Vec<_> = find(&text).into_iter().map(|finding| finding.range).collect();
        let mut expected = Vec::new();
        let mut length = 0;
        for (index, piece) in marked.split(['«', '»']).enumerate() {
            if index % 2 == 1 {
                expected.push(length..length + piece.len());
            }
            length += piece.len();
        }
        assert_eq!(found, expected, "{marked}");
    }

    #[test]
    fn tokens_are_found() {
        check("x «nbt_p4fx3JgmCRVT.waeaQkFpGPigtjHfCqvO5CFtwrgIpowrYaUoohTW», y");
        check(r#""\n«nbt_p4fx3JgmCRVT.waeaQkFpGPigtjHfCqvO5CFtwrgIpowrYaUoohTW»""#);
        check("a «0123456789abcdef0123456789abcdef01234567» b");
        check("id_«0123456789abcdef0123456789abcdef01234567»-b");
        check(r#"{"display": "«wXNHHMjtun46Gj7lHXpQngZRMWQ7ItyIpk8tPL7J»"}"#);
        check("«wXNHHMjtun46Gj7lHXpQngZRMWQ7ItyIpk8tPL7J»");
        check("Bearer «abc.def-ghi_jkl0mno~p»");
    }

    #[test]
    fn what_only_resembles_a_token_is_left() {
        check("nbt_… and nbt_key.token and nbt_scrubbed.scrubbed");
        check("0123456789012345678901234567890123456789abcdef0123456789abcdef01");
        check("thequickbrownfoxjumpsoverthelazydogagain");
        check("thequickbrownfoxjumpsoverthelazydog12345");
        check("TheQuickBrownFoxJumpsOverTheLazyDogAgain");
        check("deadbeefdeadbeefdeadbeefdeadbeefdeadbeef");
        check("wXNHHMjtun46Gj7lHXpQngZRMWQ7ItyIpk8tPL7J/iVBORw0KGgo");
        check("01234567-89ab-cdef-0123-456789abcdef");
        check(r"Invalid v2 token. Did you mean to use 'Token' instead of 'Bearer'?");
        check("Must be in the form \"Bearer <key>.<token>\" or \"Token <token>\"");
        check("Authentication by Token authentication-is-fine");
    }

    #[test]
    fn named_values_are_found_in_every_notation() {
        check(r#"{"password": "«hunter \" 2»", "name": "x"}"#);
        check(r#"{"auth_psk":"«a»","token":"«b»"}"#);
        check(r#"{"body": "{\"secret\": \"«x»\"}"}"#);
        check("?password=«hunter2»&a=b");
        check("user: x\npassword: «hunter2»\n");
        check("private_key = '«x»'");
        check("Authorization: «Token abc»\nAccept: x");
        check(r#"{"text": "Accept: x\nAuthorization: «Basic dXNlcjpwdw==»\nHost: y"}"#);
        check(r#"["set-cookie", "«a=b; path=/»"]"#);
        check(r#"["X-CSRFToken", "«a»"]"#);
        check(r#"window.CSRF_TOKEN = "«miQE»";"#);
        check(r#"<input name="csrfmiddlewaretoken" value="«miQE»">"#);
        check("<input name=csrfmiddlewaretoken value=«miQE»>");
    }

    #[test]
    fn names_without_a_secret_are_left() {
        check(r#"{"password": "scrubbed", "token": null, "secret": "", "psk": {"type": "string"}}"#);
        check(r#"{"password": ["This field is required."]}"#);
        check(r#"{"order": "token", "limit": "50", "of": [token, "x"]}"#);
        check(r#"{"key": "value", "tokens": "https://netbox.example.com/api/users/tokens/"}"#);
        check("<input type=\"password\" name=\"password\" id=\"id_password\">");
        check("CSRF Failed: CSRF token missing.");
        check("password: this is what we ask for");
        check("if (token == null) { token = (x) }");
    }

    #[test]
    fn private_keys_are_found() {
        check("a\n«-----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY-----»\nb");
        check("«-----BEGIN PRIVATE KEY-----\nMII»");
        check("-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----");
    }

    #[test]
    fn findings_say_where_they_are() {
        let found = find("password=a\n\npassword=b psk=c\n");
        let said: Vec<_> = found.iter().map(Finding::to_string).collect();
        let expected =
            ["line 1: the value of password", "line 3: the value of password", "line 3: the value of psk"];
        assert_eq!(said, expected);
    }

    /// Each of these takes minutes where a text is searched again for each word.
    #[test]
    fn a_text_is_searched_once_however_hostile() {
        const LENGTH: usize = 1 << 17;
        for piece in [
            "password=x ",
            "password: x ",
            "cookie: ",
            "password=\"x",
            "password=\\\\\\\"x password=\\\"",
            "token='",
            "Bearer ",
            "-----BEGIN PRIVATE KEY-----",
            "nbt_abcdefgh.",
            "[\"password\", ",
            "password ",
            "\"",
            "\\",
            "=password",
            "psk:\n",
        ] {
            let text = piece.repeat(LENGTH / piece.len());
            assert!(find(&scrub(&text)).is_empty(), "{piece}");
            let text = format!("{text}{}-----END PRIVATE KEY-----'", " ".repeat(LENGTH / 10));
            assert!(find(&scrub(&text)).is_empty(), "{piece}");
        }
    }

    proptest! {
        #[test]
        fn what_is_scrubbed_has_no_secret_left(pieces in proptest::collection::vec(prop_oneof![
            Just("password"), Just("cookie"), Just("token"), Just("Bearer"), Just("value"), Just("nbt_"), Just("["),
            Just("\""), Just("'"), Just("\\"), Just(":"), Just("="), Just(","), Just(" "), Just("\n"), Just("é"),
            Just("."), Just("-----BEGIN PRIVATE KEY-----"), Just("abcdefghij0123456789"), Just("/"), Just("x"),
        ], 0..30)) {
            let text = pieces.concat();
            let scrubbed = scrub(&text);
            prop_assert!(find(&scrubbed).is_empty(), "{}", scrubbed);
            prop_assert!(scrubbed != PLACEHOLDER || text.len() < 1000);
        }

        #[test]
        fn any_text_can_be_searched(text: String) {
            let _ = find(&text);
        }
    }
}
