//! The checks, in their order.

use super::{invocation::Invocation, packages::Package};

/// A check: a command that succeeds if all is well.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) name: String,
    pub(super) command: Invocation,
    pub(super) when: When,
}

#[derive(Debug, PartialEq)]
pub(super) enum When {
    Always,
    /// If this fails: what it looks for is missing.
    Missing(Invocation),
    /// If this succeeds; the reason is said if it doesn't.
    Possible(Invocation, &'static str),
    /// Not here, for this reason.
    Never(&'static str),
}

/// The servers that there are to test with.
#[derive(Clone, Copy)]
pub(super) struct Servers {
    pub(super) netbox: bool,
    pub(super) plugins: bool,
}

/// The checks, cheap ones first; the last five need a server.
pub(super) fn all(packages: &[Package], servers: Servers) -> Vec<Step> {
    let mut steps = vec![
        Step::new("Format", Invocation::new("cargo fmt --check")),
        Step::new("Lints", clippy("--workspace --all-targets --all-features")),
        Step::new("Generated table", Invocation::new("cargo xtask codegen schema --check")),
        Step::new("Generated models", Invocation::new("cargo xtask codegen models --check")),
        Step::new("Table of versions", Invocation::new("cargo xtask versions --check")),
    ];
    let published: Vec<_> = packages.iter().filter(|package| package.is_published()).collect();
    steps.extend(published.iter().copied().flat_map(features));
    steps.push(Step::new("Documentation", doc("--workspace --all-features")));
    steps.push(Step::new("Tests", Invocation::new("cargo test --workspace --all-features")));
    steps.push(
        Step::new("Costs", Invocation::new("cargo xtask bench instructions --check"))
            .when(When::Possible(Invocation::new("valgrind --version"), "valgrind is not installed")),
    );
    steps.extend(dependencies());
    let published: String = published.iter().flat_map(|package| [" --package ", &package.name]).collect();
    steps.extend(lower_bounds(&published));
    // Cargo would build them with what it unpacked of packages of the same version before, outdated or not.
    let pack = format!("cargo package --allow-dirty --no-verify{published}");
    steps.push(Step::new("Packages", Invocation::new(&pack)));
    steps.extend(live(servers));
    steps
}

impl Step {
    fn new(name: impl Into<String>, command: Invocation) -> Self {
        Self { name: name.into(), command, when: When::Always }
    }

    fn when(self, when: When) -> Self {
        Self { when, ..self }
    }
}

fn clippy(options: &str) -> Invocation {
    Invocation::new(&format!("cargo clippy {options} -- -D warnings"))
}

fn doc(options: &str) -> Invocation {
    Invocation::new(&format!("cargo doc --no-deps {options}")).variable("RUSTDOCFLAGS", "-D warnings")
}

/// A package alone in each of its ways, and its documentation as most users have it; `--workspace` unifies the features, and
/// hides what one of them lacks.
fn features(package: &Package) -> impl Iterator<Item = Step> {
    let name = &package.name;
    let checks = package.selections().into_iter().map(move |selection| {
        Step::new(
            format!("{name} alone {selection}").trim_end(),
            clippy(&format!("--package {name} {selection}")),
        )
    });
    let documentation = doc(&format!("--package {name}"));
    checks.chain([Step::new(format!("{name} alone, its documentation"), documentation)])
}

/// `cargo deny check` in two parts: advisories are in a database that is not to be had from everywhere.
fn dependencies() -> [Step; 3] {
    let deny = |arguments| Invocation::new(&format!("cargo deny {arguments}"));
    [
        Step::new("cargo-deny", Invocation::new("cargo install cargo-deny --locked"))
            .when(When::Missing(deny("--version"))),
        Step::new("Dependencies", deny("check bans licenses sources")),
        Step::new("Advisories", deny("check advisories"))
            .when(When::Possible(deny("fetch db"), "the advisory database could not be fetched")),
    ]
}

/// The published packages with the lowest versions of their dependencies that `Cargo.toml` allows, in a lock file apart.
/// Cargo chooses these on a nightly toolchain only; stable knows no other lock file either before 1.97.
fn lower_bounds(published: &str) -> [Step; 2] {
    let cargo = |arguments: &str| {
        Invocation::new(&format!("cargo +nightly -Z direct-minimal-versions -Z lockfile-path {arguments}"))
            .variable("CARGO_RESOLVER_LOCKFILE_PATH", "target/bounds/Cargo.lock")
    };
    let step = |name, arguments: &str| {
        let reason = "there is no nightly toolchain that chooses lowest versions";
        Step::new(name, cargo(arguments)).when(When::Possible(cargo("locate-project --quiet"), reason))
    };
    let check = format!("check --locked --all-features --target-dir target/bounds{published}");
    [step("Lowest versions", "generate-lockfile --quiet"), step("Build with the lowest versions", &check)]
}

fn live(servers: Servers) -> [Step; 5] {
    let step = |name, line, is_there, reason| {
        let when = if is_there { When::Always } else { When::Never(reason) };
        Step::new(name, Invocation::new(line).with_server()).when(when)
    };
    let own = |name, line| step(name, line, servers.netbox, "NETBOX_URL is not set");
    [
        own("Data set", "cargo xtask seed"),
        own(
            "Live tests",
            "cargo test --package netbox-tests --test live --test live_changes --test live_models --test live_plan --test live_schema --test live_select --test live_writes",
        ),
        own("Table of what was tried", "cargo xtask truth --check"),
        step(
            "Live tests of plugins",
            "cargo test --package netbox-tests --test live_plugins",
            servers.plugins,
            "NETBOX_PLUGINS_URL is not set",
        ),
        // At last, since branches of a full NetBox take long.
        step(
            "Copy of the data set",
            "cargo test --package netbox-tests --test live_copy",
            servers.netbox && servers.plugins,
            "NETBOX_URL or NETBOX_PLUGINS_URL is not set",
        ),
    ]
}

#[cfg(test)]
mod tests;
