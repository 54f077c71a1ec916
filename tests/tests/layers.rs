//! The layers of netbox-core: each file uses its own layer and those below it, and no two files of a layer use each
//! other, directly or by way of others.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

const SOURCES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/netbox-core/src");

/// The layers, from the bottom up: `lib.rs` lists them from the top down.
fn layers() -> Vec<String> {
    let lib = fs::read_to_string(Path::new(SOURCES).join("lib.rs")).unwrap();
    let modules = lib
        .lines()
        .filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'));
    let mut layers: Vec<_> = modules.filter(|module| *module != "test").map(str::to_owned).collect();
    layers.reverse();
    layers
}

/// The code of each file of a layer, without comments, doc tests and unit tests, under its path without `.rs`.
fn files() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![PathBuf::from(SOURCES)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(SOURCES).unwrap().with_extension("");
            let name = name.to_str().unwrap().replace('\\', "/");
            let is_test = name.split('/').any(|part| matches!(part, "test" | "tests"));
            if name != "lib" && !is_test {
                files.insert(name, code(&fs::read_to_string(path).unwrap()));
            }
        }
    }
    files
}

fn code(source: &str) -> String {
    let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let lines = source.lines().map(|line| line.split("//").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n").replace("$crate", "")
}

/// The first names after each `prefix::`, also of the members of a `prefix::{…}`.
fn names_after<'c>(code: &'c str, prefix: &str) -> BTreeSet<&'c str> {
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices(prefix) {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        let rest = &code[at + prefix.len()..];
        if !rest.starts_with('{') {
            names.extend(word(rest));
            continue;
        }
        let mut depth = 0;
        let mut is_first = false;
        for (position, c) in rest.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
            if depth == 1 && matches!(c, '{' | ',') {
                is_first = true;
            } else if is_first && !c.is_whitespace() {
                names.extend(word(&rest[position..]));
                is_first = false;
            }
        }
    }
    names
}

fn word(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    (end > 0).then(|| &text[..end])
}

#[test]
fn no_layer_uses_one_above_it() {
    let layers = layers();
    assert!(layers.len() > 5, "{layers:?}");
    let height = |name: &str| layers.iter().position(|layer| layer == name);
    let mut wrong = Vec::new();
    for (file, code) in files() {
        let own = height(file.split('/').next().unwrap()).unwrap_or_else(|| panic!("{file} is in no layer"));
        for name in names_after(&code, "crate::") {
            match height(name) {
                Some(other) if other > own => wrong.push(format!("{file} uses `{name}`, which is above it")),
                Some(_) => {}
                None => wrong.push(format!("{file} uses `crate::{name}`: name the layer that it comes from")),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_files_use_each_other() {
    let files = files();
    let uses: BTreeMap<&str, Vec<&str>> = files
        .iter()
        .map(|(file, code)| {
            let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
            let near = names_after(code, "super::").into_iter().map(|name| format!("{folder}/{name}"));
            let below = names_after(code, "use ").into_iter().map(|name| format!("{file}/{name}"));
            let layer = file.split('/').next().unwrap();
            let within = names_after(code, &format!("crate::{layer}::"));
            let within = within.into_iter().map(|name| format!("{layer}/{name}"));
            let near: BTreeSet<_> = near.chain(below).chain(within).collect();
            let near = near.iter().filter_map(|other| Some(files.get_key_value(other)?.0.as_str()));
            (file.as_str(), near.filter(|other| other != file).collect())
        })
        .collect();
    assert!(uses.values().map(Vec::len).sum::<usize>() > 100, "the uses are not seen any more");
    for file in uses.keys() {
        let mut reached = BTreeSet::new();
        let mut next = uses[file].clone();
        while let Some(other) = next.pop() {
            assert_ne!(other, *file, "{file} uses itself, by way of {reached:?}");
            if reached.insert(other) {
                next.extend(&uses[other]);
            }
        }
    }
}
