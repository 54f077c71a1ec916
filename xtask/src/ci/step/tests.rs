use super::*;

const METADATA: &str = r#"{"packages": [
    {"name": "core", "features": {"default": ["derive"], "derive": ["dep:derive"], "stream": []}, "publish": null},
    {"name": "derive", "features": {}, "publish": null},
    {"name": "tests", "features": {"slow": []}, "publish": []}
]}"#;

fn steps(server: bool) -> Vec<Step> {
    let servers = Servers { netbox: server, plugins: server };
    all(&Package::parse(METADATA.as_bytes()).unwrap(), servers)
}

fn step(server: bool, name: &str) -> Step {
    steps(server).into_iter().find(|step| step.name == name).unwrap()
}

#[test]
fn each_published_package_is_checked_with_each_feature_alone() {
    let steps = steps(false);
    let alone = steps.iter().filter(|step| step.name.contains(" alone"));
    assert_eq!(
        alone.map(|step| step.command.to_string()).collect::<Vec<_>>(),
        [
            "cargo clippy --package core --no-default-features -- -D warnings",
            "cargo clippy --package core --no-default-features --features derive -- -D warnings",
            "cargo clippy --package core --no-default-features --features stream -- -D warnings",
            "cargo clippy --package core -- -D warnings",
            "RUSTDOCFLAGS='-D warnings' cargo doc --no-deps --package core",
            "cargo clippy --package derive --no-default-features -- -D warnings",
            "RUSTDOCFLAGS='-D warnings' cargo doc --no-deps --package derive",
        ]
    );
}

#[test]
fn cheap_checks_come_first_and_those_of_a_server_last() {
    let steps = steps(false);
    let names: Vec<_> =
        steps.iter().map(|step| &*step.name).filter(|name| !name.contains(" alone")).collect();
    assert_eq!(
        names,
        [
            "Format",
            "Lints",
            "Generated table",
            "Generated models",
            "Table of versions",
            "Documentation",
            "Tests",
            "Costs",
            "cargo-deny",
            "Dependencies",
            "Advisories",
            "Lowest versions",
            "Build with the lowest versions",
            "Packages",
            "Data set",
            "Live tests",
            "Table of what was tried",
            "Live tests of plugins",
            "Copy of the data set",
        ]
    );
}

#[test]
fn published_packages_alone_are_packed_and_built_with_their_lowest_versions() {
    assert_eq!(
        step(false, "Packages").command.to_string(),
        "cargo package --allow-dirty --no-verify --package core --package derive"
    );
    let build = step(false, "Build with the lowest versions").command.to_string();
    assert!(
        build.starts_with("CARGO_RESOLVER_LOCKFILE_PATH='target/bounds/Cargo.lock' cargo +nightly "),
        "{build}"
    );
    assert!(build.ends_with(" --package core --package derive"), "{build}");
}

#[test]
fn without_a_server_its_steps_say_why_they_do_not_run() {
    for name in ["Data set", "Live tests", "Table of what was tried"] {
        assert_eq!(step(false, name).when, When::Never("NETBOX_URL is not set"), "{name}");
        assert_eq!(step(true, name).when, When::Always, "{name}");
    }
    let plugins = |plugins| {
        let servers = Servers { netbox: true, plugins };
        let mut steps = all(&[], servers);
        [steps.pop().unwrap().when, steps.pop().unwrap().when]
    };
    let never = [
        When::Never("NETBOX_URL or NETBOX_PLUGINS_URL is not set"),
        When::Never("NETBOX_PLUGINS_URL is not set"),
    ];
    assert_eq!(plugins(false), never);
    assert_eq!(plugins(true), [When::Always, When::Always]);
}

#[test]
fn the_server_is_known_to_its_own_steps_alone() {
    let steps = steps(true);
    let knowing = steps.iter().filter(|step| step.command == step.command.clone().with_server());
    assert_eq!(
        knowing.map(|step| &*step.name).collect::<Vec<_>>(),
        [
            "Data set",
            "Live tests",
            "Table of what was tried",
            "Live tests of plugins",
            "Copy of the data set"
        ]
    );
}

#[test]
fn a_command_is_shown_as_it_is_typed() {
    assert_eq!(
        step(false, "Documentation").command.to_string(),
        "RUSTDOCFLAGS='-D warnings' cargo doc --no-deps --workspace --all-features"
    );
}
