//! The table as it is written in Rust.

use std::fmt::Write as _;

use anyhow::{Context as _, ensure};

use super::Table;

/// The maximal length of a line of the table.
const WIDTH: usize = 116;

impl Table<'_> {
    pub(super) fn source(&self) -> anyhow::Result<String> {
        let mut source = String::from("//! Written by `cargo xtask codegen schema`, never by hand.\n");
        let versions = self.versions.iter().map(|version| format!("({}, {})", version.major, version.minor));
        let count = self.versions.len();
        array(
            &mut source,
            "The versions that `Versions` has bits for.",
            "VERSIONS",
            &format!("[(u16, u16); {count}]"),
            versions,
        );
        self.name_source(&mut source)?;
        let mut rows = |doc: &str, name: &str, rows: &[Vec<u16>]| {
            let width = rows.first().map_or(0, Vec::len);
            let kind = format!("[[u16; {width}]; {}]", rows.len());
            array(&mut source, doc, name, &kind, rows.iter().map(|row| format!("{row:?}").replace(' ', "")));
        };
        rows(
            "Name, versions, methods, methods of one object, controls, `versioned`, name of type + 1, first route, field, filter, key.",
            "ENDPOINTS",
            &self.endpoints,
        );
        rows("Name, methods.", "ROUTES", &self.routes);
        rows("The versions with each method.", "METHODS", &self.methods.rows);
        rows("The versions with each control.", "CONTROLS", &self.controls.rows);
        rows("Name, facts.", "FIELDS", &self.fields);
        rows(
            "Versions that read, write, require, null, nest and order by it; first form and how many; first choice and how many.",
            "FACTS",
            &self.facts.rows,
        );
        rows("Versions, kind, target.", "FORMS", &self.forms.rows);
        rows("Name, versions.", "CHOICES", &self.choices.rows);
        rows("Name, pattern.", "FILTERS", &self.filters);
        rows(
            "First form and how many, the versions that take several values, the versions with each lookup.",
            "PATTERNS",
            &self.patterns.rows,
        );
        rows("Versions, first part and how many, whether it is unique.", "KEYS", &self.keys);
        rows(
            "Name, rule, whether case makes no difference, whether the key is unique if it is null.",
            "KEY_PARTS",
            &self.key_parts.rows,
        );
        rows("Old name, new name.", "RENAMED", &self.renamed);
        rows("Name.", "UNFILTERED", &self.unfiltered);
        Ok(source)
    }

    fn name_source(&self, source: &mut String) -> anyhow::Result<()> {
        let mut starts = vec![0];
        let mut length = 0;
        source.push_str("\n/// All names, in their order, without anything between them.\n");
        source.push_str("pub(crate) static NAMES: &str = \"");
        let mut line = 0;
        for name in self.names.keys() {
            let is_plain = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '\\');
            ensure!(name.chars().all(is_plain), "`{name}` is no plain name");
            if line == 0 || line + name.len() > WIDTH {
                source.push_str("\\\n");
                line = 0;
            }
            source.push_str(name);
            line += name.len();
            length += name.len();
            starts.push(
                u16::try_from(length).context("the names are longer than the numbers for their places")?,
            );
        }
        source.push_str("\";\n");
        let kind = format!("[u16; {}]", starts.len());
        let starts = starts.iter().map(u16::to_string);
        array(source, "Where each name starts, and where the last ends.", "NAME_STARTS", &kind, starts);
        Ok(())
    }
}

fn array(source: &mut String, doc: &str, name: &str, kind: &str, items: impl Iterator<Item = String>) {
    write!(source, "\n/// {doc}\npub(crate) static {name}: {kind} = [").expect("a string can be written to");
    let mut line = WIDTH;
    for item in items {
        if line + item.len() >= WIDTH {
            source.push('\n');
            line = 0;
        }
        source.push_str(&item);
        source.push(',');
        line += item.len() + 1;
    }
    source.push_str("\n];\n");
}
