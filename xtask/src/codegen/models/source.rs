//! The text of a file, as rustfmt takes it.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    plan::{Enum, Field, Model, Plan},
    variant::snake,
};

/// The apps, and what is in them.
pub(super) const APPS: [(&str, &str); 10] = [
    ("circuits", "Circuits and their providers."),
    ("core", "NetBox's own work and its records: jobs, data sources, the change log."),
    ("dcim", "Sites, racks, devices, their components, and the cables between them."),
    ("extras", "Objects that go with objects of all kinds: tags, custom fields, config contexts, events."),
    ("ipam", "Addresses, prefixes, VLANs, AS numbers and services."),
    ("tenancy", "Tenants and contacts."),
    ("users", "Users, their permissions, and the owners of objects."),
    ("virtualization", "Clusters and virtual machines."),
    ("vpn", "Tunnels, L2VPNs, and their encryption."),
    ("wireless", "Wireless LANs and links."),
];

const WRITTEN: &str = "// Written by `cargo xtask codegen models`.\n";

/// The files below `src`, by their paths there.
pub(super) fn files(plan: &Plan) -> BTreeMap<String, String> {
    let needs = plan.needs();
    let mut files = BTreeMap::new();
    for (app, doc) in APPS {
        let mut modules: BTreeMap<BTreeSet<&str>, Vec<(String, Vec<&str>)>> = BTreeMap::new();
        for model in plan.models.iter().filter(|model| model.app() == app) {
            let needs = &needs[&*model.name];
            let names = [&*model.name]
                .into_iter()
                .chain(model.enums.iter().map(|of| &*of.name))
                .chain(model.part.iter().flat_map(|part| part.names.iter().copied()));
            let module = snake(&model.name);
            files.insert(format!("{app}/{module}.rs"), of_model(model, needs));
            modules.entry(needs.clone()).or_default().push((module, names.collect()));
        }
        for of in plan.enums.iter().filter(|of| of.app == app) {
            let needs = &needs[&*of.name];
            let module = snake(&of.name);
            let text =
                format!("{WRITTEN}{}\nuse netbox_core::choice_set;\n{}", gate(needs, "#!"), of_enum(of));
            files.insert(format!("{app}/{module}.rs"), text);
            modules.entry(needs.clone()).or_default().push((module, vec![&of.name]));
        }
        files.insert(format!("{app}.rs"), contents(doc, &modules));
    }
    files.insert("list.rs".to_owned(), list(plan));
    files
}

/// An attribute that leaves something out where no feature needs it.
fn gate(needs: &BTreeSet<&str>, hash: &str) -> String {
    let features: Vec<_> = needs.iter().map(|app| format!("feature = {app:?}")).collect();
    match &*features {
        [one] => format!("{hash}[cfg({one})]\n"),
        several => format!("{hash}[cfg(any({}))]\n", several.join(", ")),
    }
}

fn contents(doc: &str, modules: &BTreeMap<BTreeSet<&str>, Vec<(String, Vec<&str>)>>) -> String {
    let mut text = format!("//! {doc}\n{WRITTEN}\n");
    let mut names: Vec<&String> = modules.values().flatten().map(|(module, _)| module).collect();
    names.sort();
    for module in names {
        text.push_str(&format!("mod {module};\n"));
    }
    for (needs, modules) in modules {
        text.push('\n');
        text.push_str(&gate(needs, "#"));
        let uses: Vec<_> =
            modules.iter().map(|(module, names)| format!("{module}::{{{}}}", names.join(", "))).collect();
        text.push_str(&format!("pub use self::{{{}}};\n", uses.join(", ")));
    }
    text
}

fn of_model(model: &Model, needs: &BTreeSet<&str>) -> String {
    let Model { endpoint, name, .. } = model;
    let mut text = format!("{WRITTEN}{}\n{}\n", gate(needs, "#!"), imports(model));
    let object_type = model
        .object_type
        .as_ref()
        .map_or(String::new(), |object_type| format!(", object_type = {object_type:?}"));
    text.push_str(&format!(
        "{}#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]\n#[netbox(endpoint = {endpoint:?}{object_type})]\n#[non_exhaustive]\npub struct {name} {{\n",
        doc(Some(&model.doc)),
    ));
    for field in &model.fields {
        text.push_str(&of_field(field));
    }
    text.push_str("}\n");
    if let Some(part) = model.part {
        text.push_str(part.source);
    }
    for of in &model.enums {
        text.push_str(&of_enum(of));
    }
    text
}

fn imports(model: &Model) -> String {
    let mut types = model.fields.iter().map(|field| &*field.ty).collect::<Vec<_>>().join(" ");
    types.push_str(model.part.map_or("", |part| part.source));
    let words: BTreeSet<&str> =
        types.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').collect();
    let of = |all: &[&'static str]| -> Vec<&'static str> {
        all.iter().copied().filter(|name| words.contains(name)).collect()
    };
    let mut core = of(&["Fk"]);
    core.push("NetboxModel");
    if !model.enums.is_empty() {
        core.push("choice_set");
    }
    let mut core = core.join(", ");
    for (module, items) in [
        ("fk", of(&["GenericFk"])),
        ("value", of(&["CustomFields", "Date", "Decimal", "IpPrefix", "Timestamp"])),
    ] {
        if !items.is_empty() {
            core.push_str(&format!(", {module}::{{{}}}", items.join(", ")));
        }
    }
    let mut serde = vec!["Deserialize"];
    serde.extend(of(&["Serialize"]));
    let mut text = String::new();
    if words.contains("BTreeMap") {
        text.push_str("use std::collections::BTreeMap;\n\n");
    }
    text.push_str(&format!("use netbox_core::{{{core}}};\nuse serde::{{{}}};\n", serde.join(", ")));
    if words.contains("Value") {
        text.push_str("use serde_json::Value;\n");
    }
    let mut apps: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, app) in model.uses.iter().filter(|(name, _)| **name != model.name) {
        apps.entry(app).or_default().push(name);
    }
    if !apps.is_empty() {
        let apps: Vec<_> =
            apps.iter().map(|(app, names)| format!("{app}::{{{}}}", names.join(", "))).collect();
        text.push_str(&format!("\nuse crate::{{{}}};\n", apps.join(", ")));
    }
    text
}

fn of_field(field: &Field) -> String {
    let mut text = doc(field.doc.as_ref());
    let mut serde = String::new();
    // A leading underscore means something else in Rust.
    let ident = match field.name.strip_prefix('_') {
        Some(rest) => {
            serde = format!("#[serde(rename = {:?})]\n", field.name);
            rest
        }
        None => &field.name,
    };
    let raw = if KEYWORDS.contains(&ident) { "r#" } else { "" };
    text.push_str(&serde);
    for attribute in &field.attributes {
        text.push_str(attribute);
        text.push('\n');
    }
    text.push_str(&format!("pub {raw}{ident}: {},\n", field.ty));
    text
}

/// Those that NetBox has names for.
const KEYWORDS: [&str; 4] = ["type", "virtual", "default", "match"];

fn of_enum(of: &Enum) -> String {
    let number = if of.numbers { ": i64" } else { "" };
    let mut text = format!("\nchoice_set! {{\n{}    pub enum {}{number} {{\n", indented(&of.doc, 4), of.name);
    for variant in &of.variants {
        if let Some(doc) = &variant.doc {
            text.push_str(&indented(doc, 8));
        }
        let value = if of.numbers { separated(&variant.value) } else { format!("{:?}", variant.value) };
        text.push_str(&format!("        {} = {value},\n", variant.name));
    }
    text.push_str("    }\n}\n");
    text
}

/// `115200` as `115_200`.
fn separated(number: &str) -> String {
    let mut text = String::new();
    for (place, digit) in number.chars().enumerate() {
        let left = number.len() - place;
        if number.len() > 4 && place > 0 && left.is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

fn doc(text: Option<&String>) -> String {
    text.map_or(String::new(), |text| indented(text, 0))
}

/// The maximal width of a line.
const WIDTH: usize = 110;

fn indented(text: &str, spaces: usize) -> String {
    let start = format!("{}///", " ".repeat(spaces));
    let mut lines = vec![start.clone()];
    for word in text.split(' ') {
        if let Some(line) = lines.last_mut().filter(|line| line.len() + 1 + word.len() <= WIDTH) {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(format!("{start} {word}"));
        }
    }
    lines.join("\n") + "\n"
}

fn list(plan: &Plan) -> String {
    let mut text = format!(
        "//! All models, for tests.\n{WRITTEN}\n/// Calls a macro with the paths of all models.\n#[doc(hidden)]\n#[macro_export]\nmacro_rules! for_each_model {{\n    ($do:ident) => {{\n        $do! {{\n"
    );
    for model in &plan.models {
        text.push_str(&format!("            $crate::{}::{}\n", model.app(), model.name));
    }
    text.push_str("        }\n    };\n}\n");
    text
}
