//! The oldest Rust that the workspace promises to build with: no dependency demands a newer one.

use std::process::Command;

use serde::Deserialize;

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    workspace_members: Vec<String>,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    rust_version: Option<String>,
}

#[test]
fn no_dependency_needs_a_newer_rust() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let Metadata { packages, workspace_members } = serde_json::from_slice(&output.stdout).unwrap();
    let (own, others): (Vec<_>, Vec<_>) =
        packages.iter().partition(|package| workspace_members.contains(&package.id));
    let promised = minor(env!("CARGO_PKG_RUST_VERSION"));
    assert!(own.iter().all(|package| package.rust_version.as_deref().map(minor) == Some(promised)));
    let newest =
        others.iter().filter_map(|package| Some((minor(package.rust_version.as_deref()?), &*package.id)));
    let (newest, package) = newest.max().unwrap();
    assert!(newest <= promised, "{package} needs Rust 1.{newest}, and the workspace promises 1.{promised}");
}

/// The minor number of a version of Rust.
fn minor(version: &str) -> u32 {
    version.strip_prefix("1.").and_then(|rest| rest.split('.').next()?.parse().ok()).unwrap_or(u32::MAX)
}
