//! Text of others within messages: on one line, and of a bounded length.

use std::{
    borrow::Cow,
    fmt::{self, Write},
};

/// Writes text as one line. Characters that end a line, steer a terminal or turn the direction of writing are escaped
/// as in Rust's literals, so that no text of a server forges a line of a log or hides a part of one.
pub(crate) struct OneLine<'w, W>(pub(crate) &'w mut W);

impl<W: Write> Write for OneLine<'_, W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut rest = text;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| is_escaped(*c)) {
            write!(self.0, "{}{}", &rest[..at], c.escape_default())?;
            rest = &rest[at + c.len_utf8()..];
        }
        self.0.write_str(rest)
    }
}

fn is_escaped(c: char) -> bool {
    // The last are the ends of lines and paragraphs, and the controls of bidirectional text.
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `text`, or its beginning of at most `limit` bytes with a note of how long it was.
pub(crate) fn bounded(text: &str, limit: usize) -> Cow<'_, str> {
    if text.len() <= limit {
        return Cow::Borrowed(text);
    }
    let end = (0..=limit).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    Cow::Owned(format!("{}… (cut from {} bytes)", &text[..end], text.len()))
}

/// A URL without its user, its query and its fragment, since each can hold a secret.
pub(crate) fn presentable(url: &str) -> String {
    let (address, rest) = url.split_at(url.find(['?', '#']).unwrap_or(url.len()));
    if rest.contains('@') {
        // A password can hold text that looks like the beginning of a query.
        return "…".to_owned();
    }
    let mark = if rest.is_empty() { String::new() } else { format!("{}…", &rest[..1]) };
    match address.rsplit_once('@') {
        Some((_, host)) => format!("…@{host}{mark}"),
        None => format!("{address}{mark}"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn one_line(text: &str) -> String {
        let mut line = String::new();
        write!(OneLine(&mut line), "{text}").unwrap();
        line
    }

    #[test]
    fn what_is_no_text_is_escaped() {
        assert_eq!(
            one_line("a\r\nb\t\0 \u{1b}]0;x\u{7} \u{9b}2J"),
            r"a\r\nb\t\u{0} \u{1b}]0;x\u{7} \u{9b}2J"
        );
        assert_eq!(one_line("x\u{202e}y\u{2066}\u{2028}"), r"x\u{202e}y\u{2066}\u{2028}");
        assert_eq!(one_line("“Köln” – 東京 \\n 👩‍🚀"), "“Köln” – 東京 \\n 👩‍🚀");
    }

    #[test]
    fn urls_are_shown_without_what_may_be_secret() {
        for (url, shown) in [
            ("https://h/nb", "https://h/nb"),
            ("https://h/login?token=hunter2", "https://h/login?…"),
            ("h#hunter2?x", "h#…"),
            ("https://me:hunter2@h/x?y", "…@h/x?…"),
            ("https://me:hunter2?x@h/", "…"),
            ("https://h/?a=b@hunter2", "…"),
            ("", ""),
        ] {
            assert_eq!(presentable(url), shown);
        }
    }

    proptest! {
        #[test]
        fn a_line_stays_as_it_is(text in any::<String>()) {
            let line = one_line(&text);
            prop_assert!(!line.contains(is_escaped));
            prop_assert_eq!(one_line(&line), line);
        }

        #[test]
        fn a_text_is_cut_between_characters(text in any::<String>(), limit in 0_usize..40) {
            let cut = bounded(&text, limit);
            prop_assert!(*cut == text || (text.len() > limit && cut.len() < limit + 50), "{}", cut);
        }
    }
}
