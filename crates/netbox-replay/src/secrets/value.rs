//! Where a text gives a value to a name.

use std::ops::Range;

/// Of these, the value is all that follows on the line.
const HEADERS: [&str; 2] = ["authorization", "cookie"];

/// Where the value of a name stands: `"name": "…"`, `name=…`, `name: …` alone on its line, `["name", "…"]`, or
/// `name="name" value="…"` in a form.
pub(super) fn of(text: &str, name: &Range<usize>) -> Option<Range<usize>> {
    const QUOTES: [char; 3] = ['\\', '"', '\''];
    let place = |rest: &str| text.len() - rest.len();

    let rest = text[name.end..].trim_start_matches(QUOTES);
    let is_quoted = place(rest) > name.end;
    let in_list = is_quoted && text[..name.start].trim_end_matches(QUOTES).trim_end().ends_with('[');
    let rest = rest.trim_start();
    let rest = rest.strip_prefix("value").filter(|rest| is_quoted && rest.starts_with('=')).unwrap_or(rest);

    let separator = rest.chars().next().filter(|c| matches!(c, ':' | '=') || (*c == ',' && in_list))?;
    let after = &rest[1..];
    let value = after.trim_start();
    if let Some(quote) = value.trim_start_matches('\\').chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let escape = &value[..value.find(quote)?];
        let value = &value[escape.len() + 1..];
        let start = place(value);
        return Some(start..start + closing(value, quote, escape));
    }

    let line = &after[..after.find(['\n', '\\', '"']).unwrap_or(after.len())];
    if is_header(&text[name.clone()]) {
        let start = place(after) + (line.len() - line.trim_start().len());
        return Some(start..start.max(place(after) + line.trim_end().len()));
    }
    let value = match separator {
        '=' => line,
        ':' => line.trim_start(),
        _ => return None,
    };
    if value.starts_with(['=', '(', '[', '{', '<']) {
        return None;
    }
    let start = place(after) + (line.len() - value.len());
    let length = value.find(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | '&' | '<' | '>' | '\'' | ')' | ']' | '}')
    });
    let length = length.unwrap_or(value.len());
    let alone = value[length..].trim().is_empty();
    (separator == '=' || alone).then(|| start..start + length)
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
