//! The cost of comparing models with NetBox's schema while they are compiled.

use std::fs;

use anyhow::ensure;
use xtask::checkout;

use super::{
    Benchmark, Row, Settings,
    build::{Profile, Program, Project},
    contest::Contest,
};

pub(super) const BENCHMARK: Benchmark = Benchmark {
    name: "check",
    about: "builds of a crate with twenty models, compared with NetBox's schema and not; what they depend on is there",
    rounds: 5,
    run,
};

const MODELS: &str = include_str!("check/twenty.rs");

const DEPENDENCIES: &str = r#"
    netbox-core = { path = "{crates}/netbox-core" }
    serde = { version = "1", features = ["derive"] }
"#;

fn run(rounds: usize, _: &Settings) -> anyhow::Result<Option<Row>> {
    let root = checkout::root()?;
    let projects = std::env::temp_dir().join(format!("netbox-bench-check-{}", std::process::id()));
    let unchecked = MODELS.replace("#[netbox(endpoint", "#[netbox(unchecked, endpoint");
    ensure!(unchecked.matches("unchecked").count() == 20, "twenty models are to be left unchecked");
    let outcome = [("unchecked", &*unchecked), ("checked", MODELS)]
        .into_iter()
        .try_fold(Contest::new(["CPU seconds", "CPU seconds in release"]), |contest, (label, main)| {
            let program = Program { label, dependencies: DEPENDENCIES, main };
            let project = Project::new(&program, &root, &projects)?;
            anyhow::Ok(contest.enter(label, move || {
                Ok([project.rebuilt(Profile::Dev)?, project.rebuilt(Profile::Release)?])
            }))
        })
        .and_then(|contest| contest.run(rounds));
    drop(fs::remove_dir_all(&projects));
    outcome.map(|_| None)
}
