//! Where a text gives a value to a name.

use std::ops::Range;

/// The value of these headers is all that follows on the line.
const HEADERS: [&str; 2] = ["authorization", "cookie"];

/// Where the value of a name stands: `"name": "…"`, `name=…`, `name: …` alone on its line, `["name", "…"]`, or
/// `name="name" value="…"` in a form. Nowhere, if it begins before `from`.
pub(super) fn of(text: &str, name: &Range<usize>, from: usize) -> Option<Range<usize>> {
    const QUOTES: [char; 3] = ['\\', '"', '\''];
    let place = |rest: &str| text.len() - rest.len();
    // Its end is searched for only then.
    let begins = |value: &str| (place(value) >= from).then(|| place(value));

    let rest = text[name.end..].trim_start_matches(QUOTES);
    let is_quoted = place(rest) > name.end;
    let in_list = is_quoted && text[..name.start].trim_end_matches(QUOTES).trim_end().ends_with('[');
    let rest = rest.trim_start();
    let rest = rest.strip_prefix("value").filter(|rest| rest.starts_with('=')).unwrap_or(rest);

    let separator = rest.chars().next().filter(|c| matches!(c, ':' | '=') || (*c == ',' && in_list))?;
    let after = &rest[1..];
    let value = after.trim_start();
    if let Some(quote) = value.trim_start_matches('\\').chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let escape = &value[..value.find(quote)?];
        let value = &value[escape.len() + 1..];
        let start = begins(value)?;
        return Some(start..start + closing(value, quote, escape));
    }

    let on_line = after.trim_start_matches(is_space);
    if is_header(&text[name.clone()]) {
        let start = begins(on_line)?;
        let line = on_line.find(ENDS).map_or(on_line, |end| &on_line[..end]);
        return Some(start..start + line.trim_end().len());
    }
    let value = match separator {
        '=' => after,
        ':' => on_line,
        _ => return None,
    };
    if value.starts_with(['=', '(', '[', '{', '<']) {
        return None;
    }
    let start = begins(value)?;
    let length = value.find(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | '&' | '<' | '>' | '\'' | ')' | ']' | '}' | '\\' | '"')
    });
    let length = length.unwrap_or(value.len());
    let next = value[length..].trim_start_matches(is_space);
    let is_alone = next.is_empty() || next.starts_with(ENDS);
    (separator == '=' || is_alone).then(|| start..start + length)
}

/// The characters that end a line, also one within a string of JSON, and that string.
const ENDS: [char; 3] = ['\n', '\\', '"'];

fn is_space(c: char) -> bool {
    c.is_whitespace() && c != '\n'
}

/// The length of a quoted value. `escape` is what stood before its opening quote and must before the closing one.
fn closing(value: &str, quote: char, escape: &str) -> usize {
    let ends = value.match_indices(quote).map(|(at, _)| at);
    let backslashes = |at: usize| at - value[..at].trim_end_matches('\\').len();
    let mut ends = ends.filter(|at| match escape.len() {
        0 => backslashes(*at) % 2 == 0,
        depth => backslashes(*at) == depth,
    });
    ends.next().map_or(value.len(), |at| at - escape.len())
}

fn is_header(name: &str) -> bool {
    HEADERS.iter().any(|header| name.to_ascii_lowercase().ends_with(header))
}
