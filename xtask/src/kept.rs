//! Files that a command writes, and that are kept in the repository.

use std::fs;

use anyhow::{Context as _, bail};

use crate::checkout::path;

/// Writes `text` to the file `name` of the repository, unless it is there; with `check`, fails instead if it isn't.
pub fn keep(name: &str, text: &str, check: bool, command: &str) -> anyhow::Result<()> {
    let path = path(name);
    if fs::read_to_string(&path).is_ok_and(|now| now == text) {
        println!("{name} is as it would be written");
        return Ok(());
    }
    if check {
        bail!("{name} is stale: run `cargo xtask {command}`, and commit it");
    }
    fs::write(&path, text).with_context(|| name.to_owned())
}

/// The content of the file `name` of the repository.
pub fn content(name: &str) -> anyhow::Result<String> {
    fs::read_to_string(path(name)).with_context(|| name.to_owned())
}

/// Writes `table` to the file `name` of the repository, between the marks that name the command, as [`keep`] does.
///
/// # Errors
///
/// Those of [`keep`], and if the file has no such marks.
pub fn keep_table(name: &str, table: &str, check: bool, command: &str) -> anyhow::Result<()> {
    let text = within(&content(name)?, table, command)
        .with_context(|| format!("{name} has no place for the table of `cargo xtask {command}`"))?;
    keep(name, &text, check, command)
}

/// `text` with another table between the marks.
fn within(text: &str, table: &str, command: &str) -> Option<String> {
    let begin = format!("<!-- written by `cargo xtask {command}` -->\n");
    let (before, rest) = text.split_once(&begin)?;
    let (_, after) = rest.split_once(END)?;
    Some([before, &begin, table, END, after].concat())
}

const END: &str = "<!-- until here -->\n";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_table_is_replaced() {
        let begin = "<!-- written by `cargo xtask versions` -->\n";
        let text = format!("a\n{begin}old\n{END}b\n{begin}");
        let expected = format!("a\n{begin}new\n{END}b\n{begin}");
        assert_eq!(within(&text, "new\n", "versions"), Some(expected));
        assert_eq!(within(&text, "new\n", "bench --table"), None);
        assert_eq!(within(begin, "new\n", "versions"), None);
    }
}
