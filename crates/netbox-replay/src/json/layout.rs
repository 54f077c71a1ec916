//! How JSON is written: as NetBox does, and for people.

use super::Json;

/// A value that fits in so many columns takes one line.
const WIDTH: usize = 110;

/// How many outer levels of a cassette are never put on one line: the file, its exchanges, and each of them.
const OPEN: usize = 3;

impl Json {
    /// Without white space, as NetBox sends it.
    pub(crate) fn compact(&self) -> String {
        let mut out = String::new();
        self.line(&mut out, "", usize::MAX);
        out
    }

    /// Indented, for a file.
    pub(crate) fn pretty(&self) -> String {
        let mut out = String::new();
        self.block(&mut out, 0, 0);
        out.push('\n');
        out
    }

    /// Writes on one line, and gives up once `out` is longer than `limit`.
    fn line(&self, out: &mut String, gap: &str, limit: usize) -> Option<()> {
        match self {
            Json::Null => out.push_str("null"),
            Json::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Json::Number(digits) => out.push_str(digits),
            Json::String(text) => out.push_str(&quoted(text)),
            Json::Array(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    separate(out, index, gap);
                    item.line(out, gap, limit)?;
                }
                out.push(']');
            }
            Json::Object(entries) => {
                out.push('{');
                for (index, (key, value)) in entries.iter().enumerate() {
                    separate(out, index, gap);
                    out.push_str(&quoted(key));
                    out.push(':');
                    out.push_str(gap);
                    value.line(out, gap, limit)?;
                }
                out.push('}');
            }
        }
        (out.len() <= limit).then_some(())
    }

    /// Writes on as many lines as it takes; `line_start` is where the current one begins in `out`.
    fn block(&self, out: &mut String, depth: usize, line_start: usize) {
        let start = out.len();
        let limit = if self.is_leaf() { usize::MAX } else { line_start + WIDTH - ",".len() };
        if (depth >= OPEN || self.is_leaf()) && self.line(out, " ", limit).is_some() {
            return;
        }
        out.truncate(start);
        match self {
            Json::Array(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    let line_start = new_line(out, index, depth + 1);
                    item.block(out, depth + 1, line_start);
                }
                indent(out, depth);
                out.push(']');
            }
            Json::Object(entries) => {
                out.push('{');
                for (index, (key, value)) in entries.iter().enumerate() {
                    let line_start = new_line(out, index, depth + 1);
                    out.push_str(&quoted(key));
                    out.push_str(": ");
                    value.block(out, depth + 1, line_start);
                }
                indent(out, depth);
                out.push('}');
            }
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
        }
    }

    fn is_leaf(&self) -> bool {
        match self {
            Json::Array(items) => items.is_empty(),
            Json::Object(entries) => entries.is_empty(),
            _ => true,
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn separate(out: &mut String, index: usize, gap: &str) {
    if index > 0 {
        out.push(',');
        out.push_str(gap);
    }
}

/// Returns where the line begins.
fn new_line(out: &mut String, index: usize, depth: usize) -> usize {
    if index > 0 {
        out.push(',');
    }
    indent(out, depth)
}

fn indent(out: &mut String, depth: usize) -> usize {
    out.push('\n');
    let line_start = out.len();
    out.extend(std::iter::repeat_n("  ", depth));
    line_start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_short_stands_on_one_line() {
        let long = "x".repeat(WIDTH);
        let text = format!(r#"{{"format":1,"exchanges":[{{"a":{{"b":[1,2]}},"c":["{long}"]}}]}}"#);
        let expected = format!(
            r#"{{
  "format": 1,
  "exchanges": [
    {{
      "a": {{"b": [1, 2]}},
      "c": [
        "{long}"
      ]
    }}
  ]
}}
"#
        );
        assert_eq!(Json::parse(&text).unwrap().pretty(), expected);
    }
}
