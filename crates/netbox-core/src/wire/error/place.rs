//! The place in a JSON text at which reading it failed, as a path such as `results[1].name`.

use std::fmt::Write;

/// The path of the innermost value that holds, or ends at, the position that `error` names in `body`; empty for the
/// whole text.
///
/// It reads the text once more, without building anything: only a failure costs that, and the code for it is not
/// compiled for each type that can be read.
pub(super) fn place_of(body: &[u8], error: &serde_json::Error) -> String {
    let line_start = match error.line().checked_sub(2) {
        Some(newline) => body.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(newline),
        None => None,
    };
    let line_start = line_start.map_or(0, |(newline, _)| newline + 1);
    let mut scan = Scan { body, at: 0, end: line_start + error.column(), path: Vec::new() };
    scan.value();
    let mut place = String::new();
    for step in scan.path {
        let written = match step {
            Step::Key(key) if place.is_empty() => write!(place, "{key}"),
            Step::Key(key) => write!(place, ".{key}"),
            Step::Index(index) => write!(place, "[{index}]"),
        };
        written.expect("a String takes any text");
    }
    place
}

enum Step {
    Key(String),
    Index(usize),
}

struct Scan<'b> {
    body: &'b [u8],
    at: usize,
    /// The position of the error.
    end: usize,
    path: Vec<Step>,
}

impl Scan<'_> {
    /// Reads a value; `false` once it reached the position of the error, with the path that leads there.
    fn value(&mut self) -> bool {
        self.skip(|byte| byte.is_ascii_whitespace());
        match self.body.get(self.at) {
            Some(b'{') => self.members(b'}', |scan| {
                scan.skip(|byte| byte.is_ascii_whitespace());
                let from = scan.at;
                scan.string();
                let key = serde_json::from_slice(&scan.body[from..scan.at]).unwrap_or_default();
                scan.skip(|byte| byte.is_ascii_whitespace() || byte == b':');
                Step::Key(key)
            }),
            Some(b'[') => {
                let mut index = 0..;
                self.members(b']', |_| Step::Index(index.next().unwrap_or_default()))
            }
            Some(b'"') => {
                self.string();
                self.goes_on()
            }
            _ => {
                self.skip(|byte| !byte.is_ascii_whitespace() && !b",]}".contains(&byte));
                self.goes_on()
            }
        }
    }

    /// Reads the members of an object or a list, each after the step that leads to it.
    fn members(&mut self, close: u8, mut step: impl FnMut(&mut Self) -> Step) -> bool {
        self.at += 1;
        loop {
            self.skip(|byte| byte.is_ascii_whitespace() || byte == b',');
            if self.body.get(self.at).is_none_or(|byte| *byte == close) {
                self.at += 1;
                return self.goes_on();
            }
            let from = self.at;
            let step = step(self);
            // A value that does not fit may be refused before any of it is read.
            if self.at > self.end {
                return false;
            }
            self.path.push(step);
            if !self.value() {
                return false;
            }
            self.path.pop();
            if self.at == from {
                // This is no JSON, so that nothing more can be told.
                return false;
            }
        }
    }

    fn string(&mut self) {
        self.at += 1;
        while let Some(byte) = self.body.get(self.at) {
            self.at += if *byte == b'\\' { 2 } else { 1 };
            if *byte == b'"' {
                break;
            }
        }
        self.at = self.at.min(self.body.len());
    }

    fn skip(&mut self, skipped: impl Fn(u8) -> bool) {
        while self.body.get(self.at).is_some_and(|byte| skipped(*byte)) {
            self.at += 1;
        }
    }

    fn goes_on(&self) -> bool {
        self.at < self.end
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use serde::Deserialize;
    use serde_json::Value;

    use super::*;
    use crate::test::any_json;

    #[derive(Debug, Deserialize)]
    struct Rows {
        #[allow(dead_code, reason = "only decoded")]
        results: Vec<BTreeMap<String, u8>>,
    }

    #[track_caller]
    fn check(body: &str, expected: &str) {
        let error = serde_json::from_str::<Rows>(body).unwrap_err();
        assert_eq!(place_of(body.as_bytes(), &error), expected, "{error}");
    }

    #[test]
    fn the_place_is_the_value_that_does_not_fit() {
        check(r#"{"results": [{"a": 1}, {"b": "x"}]}"#, "results[1].b");
        check("{\"count\": 2,\n \"results\":\n[{\"a\\\"\": 1,\n\"b\":\n300\n}]}", "results[0].b");
        check(r#"{"results": {"a": 1}}"#, "results");
        check(r#"{"results": [[1]]}"#, "results[0]");
        check(r#"{"count": 1}"#, "");
        check("[1]", "[0]");
        check(r#"{"results": [{"a": 1"#, "results[0].a");
        check(r#"{"results": []} x"#, "");
        check("", "");
    }

    /// All leaves of `json` with the paths that lead to them.
    fn leaves(json: &Value, path: &str, found: &mut Vec<String>) {
        match json {
            Value::Object(map) if !map.is_empty() => {
                for (key, value) in map {
                    let dot = if path.is_empty() { "" } else { "." };
                    leaves(value, &format!("{path}{dot}{key}"), found);
                }
            }
            Value::Array(values) if !values.is_empty() => {
                for (index, value) in values.iter().enumerate() {
                    leaves(value, &format!("{path}[{index}]"), found);
                }
            }
            _ => found.push(path.to_owned()),
        }
    }

    /// Accepts any JSON whose leaves are not the one to be refused.
    fn refuse_nth(json: &Value, nth: &mut usize) -> Value {
        match json {
            Value::Object(map) if !map.is_empty() => {
                map.iter().map(|(key, value)| (key.clone(), refuse_nth(value, nth))).collect()
            }
            Value::Array(values) if !values.is_empty() => {
                values.iter().map(|value| refuse_nth(value, nth)).collect()
            }
            leaf => {
                let refused = *nth == 0;
                *nth = nth.wrapping_sub(1);
                if refused {
                    Value::from("refuse me")
                } else if leaf == "refuse me" {
                    Value::Null
                } else {
                    leaf.clone()
                }
            }
        }
    }

    /// A reader that fails at the text `refuse me`, wherever it is.
    #[derive(Debug)]
    struct Picky;

    impl<'de> Deserialize<'de> for Picky {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct Visitor;

            impl<'de> serde::de::Visitor<'de> for Visitor {
                type Value = Picky;

                fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str("anything else")
                }

                fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Picky, E> {
                    if text == "refuse me" { Err(E::custom("refused")) } else { Ok(Picky) }
                }

                fn visit_bool<E>(self, _: bool) -> Result<Picky, E> {
                    Ok(Picky)
                }

                fn visit_i64<E>(self, _: i64) -> Result<Picky, E> {
                    Ok(Picky)
                }

                fn visit_u64<E>(self, _: u64) -> Result<Picky, E> {
                    Ok(Picky)
                }

                fn visit_f64<E>(self, _: f64) -> Result<Picky, E> {
                    Ok(Picky)
                }

                fn visit_unit<E>(self) -> Result<Picky, E> {
                    Ok(Picky)
                }

                fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<Picky, A::Error> {
                    while seq.next_element::<Picky>()?.is_some() {}
                    Ok(Picky)
                }

                fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Picky, A::Error> {
                    while map.next_entry::<serde::de::IgnoredAny, Picky>()?.is_some() {}
                    Ok(Picky)
                }
            }

            deserializer.deserialize_any(Visitor)
        }
    }

    proptest! {
        #[test]
        fn whichever_value_is_refused_is_found(json in any_json(), nth in 0_usize..40, pretty: bool) {
            let mut places = Vec::new();
            leaves(&json, "", &mut places);
            let nth = nth % places.len();
            let json = refuse_nth(&json, &mut nth.clone());
            let text = if pretty { serde_json::to_string_pretty(&json) } else { serde_json::to_string(&json) };
            let text = text.unwrap();
            let error = serde_json::from_str::<Picky>(&text).unwrap_err();
            prop_assert_eq!(place_of(text.as_bytes(), &error), places[nth].clone());
        }

        #[test]
        fn any_text_has_a_place(text in ".*", line in 0_usize..4) {
            let text = format!("{}{text}", "\n".repeat(line));
            if let Err(error) = serde_json::from_str::<Rows>(&text) {
                place_of(text.as_bytes(), &error);
            }
        }
    }
}
