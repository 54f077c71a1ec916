//! The cost of building a program that uses the library.

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, bail};
use xtask::{cargo, checkout};

use super::{Benchmark, Row, Settings, contest::Contest};

pub(super) const BENCHMARK: Benchmark = Benchmark {
    name: "build",
    about: "clean builds of small programs that read sites over TLS: by hand on ureq, with the library, and with netbox.rs",
    rounds: 1,
    run,
};

pub(super) struct Program<'a> {
    pub(super) label: &'a str,
    /// `{crates}` is where the library's crates are.
    pub(super) dependencies: &'a str,
    pub(super) main: &'a str,
}

/// How it is built.
#[derive(Clone, Copy)]
pub(super) enum Profile {
    Dev,
    Release,
}

const PROGRAMS: [Program<'static>; 6] = [
    Program {
        label: "by hand, ureq",
        dependencies: r#"
            serde = { version = "1", features = ["derive"] }
            serde_json = "1"
            ureq = "3"
        "#,
        main: include_str!("build/by_hand.rs"),
    },
    Program {
        label: "core, derive, ureq",
        dependencies: r#"
            netbox-core = { path = "{crates}/netbox-core" }
            netbox-transport-ureq = { path = "{crates}/netbox-transport-ureq" }
            serde = { version = "1", features = ["derive"] }
        "#,
        main: include_str!("build/blocking.rs"),
    },
    Program {
        label: "core, derive, hyper, tokio",
        dependencies: r#"
            netbox-core = { path = "{crates}/netbox-core" }
            netbox-transport-hyper = { path = "{crates}/netbox-transport-hyper" }
            serde = { version = "1", features = ["derive"] }
            tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
        "#,
        main: include_str!("build/asynchronous.rs"),
    },
    Program {
        label: "models dcim, ureq",
        dependencies: r#"
            netbox-core = { path = "{crates}/netbox-core" }
            netbox-models = { path = "{crates}/netbox-models", features = ["dcim"] }
            netbox-transport-ureq = { path = "{crates}/netbox-transport-ureq" }
        "#,
        main: include_str!("build/models.rs"),
    },
    Program {
        label: "models full, ureq",
        dependencies: r#"
            netbox-core = { path = "{crates}/netbox-core" }
            netbox-models = { path = "{crates}/netbox-models", features = ["full"] }
            netbox-transport-ureq = { path = "{crates}/netbox-transport-ureq" }
        "#,
        main: include_str!("build/models.rs"),
    },
    Program {
        label: "netbox 0.11, tokio",
        dependencies: r#"
            netbox = "0.11"
            tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
        "#,
        main: include_str!("build/netbox_rs.rs"),
    },
];

const QUANTITIES: [&str; 4] =
    ["CPU seconds, user and system", "CPU seconds in release", "crates", "stripped binary, MB"];

fn run(rounds: usize, _: &Settings) -> anyhow::Result<Option<Row>> {
    let root = checkout::root()?;
    let projects = std::env::temp_dir().join(format!("netbox-bench-build-{}", std::process::id()));
    let outcome = PROGRAMS
        .iter()
        .try_fold(Contest::new(QUANTITIES), |contest, program| {
            let project = Project::new(program, &root, &projects)?;
            anyhow::Ok(contest.enter(program.label, move || project.build()))
        })
        .and_then(|contest| contest.run(rounds));
    drop(fs::remove_dir_all(&projects));
    outcome.map(|_| None)
}

/// A program in a folder of its own, with the versions of dependencies that this repository is tested with.
pub(super) struct Project {
    folder: PathBuf,
    crates: f64,
}

impl Project {
    /// Has all sources of dependencies fetched, too.
    pub(super) fn new(program: &Program<'_>, root: &Path, projects: &Path) -> anyhow::Result<Self> {
        let name = program.label.replace(", ", "-").replace([' ', '.'], "-");
        let folder = projects.join(&name);
        let dependencies = program.dependencies.replace("{crates}", &root.join("crates").to_string_lossy());
        fs::create_dir_all(folder.join("src"))?;
        fs::write(folder.join("src/main.rs"), program.main)?;
        fs::write(
            folder.join("Cargo.toml"),
            format!("[package]\nname = \"{name}\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}"),
        )?;
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
        let tree = run_in(
            &folder,
            Command::new(cargo()).args(["tree", "--quiet", "--prefix=none", "--edges=normal,build"]),
        )?;
        // `cargo tree` marks a package that it lists again; the first line is the program itself.
        let crates: HashSet<_> = tree
            .lines()
            .skip(1)
            .map(|line| line.trim_end_matches(" (*)"))
            .filter(|line| !line.is_empty())
            .collect();
        Ok(Self { folder, crates: u32::try_from(crates.len())?.into() })
    }

    fn build(&self) -> anyhow::Result<[f64; 4]> {
        let target = self.target();
        let debug = self.timed(Profile::Dev)?;
        let release = self.timed(Profile::Release)?;
        let name = self.folder.file_name().context("a folder without a name")?;
        let binary = target.join("release").join(name);
        #[expect(clippy::cast_precision_loss, reason = "it has fewer bytes than that")]
        let megabytes =
            fs::metadata(&binary).with_context(|| binary.display().to_string())?.len() as f64 / 1e6;
        fs::remove_dir_all(&target)?;
        Ok([debug, release, self.crates, megabytes])
    }

    /// The processor time that it takes to build the program once more, and nothing that it depends on.
    pub(super) fn rebuilt(&self, profile: Profile) -> anyhow::Result<f64> {
        self.timed(profile)?;
        let main = self.folder.join("src/main.rs");
        fs::write(&main, fs::read_to_string(&main)? + "\n")?;
        self.timed(profile)
    }

    fn target(&self) -> PathBuf {
        self.folder.join("target")
    }

    /// The processor time that a build takes.
    fn timed(&self, profile: Profile) -> anyhow::Result<f64> {
        let profile = match profile {
            Profile::Dev => "dev",
            Profile::Release => "release",
        };
        // The shell counts the processor time of whatever cargo starts.
        let mut timed = Command::new("bash");
        timed
            .args(["-c", r#"TIMEFORMAT="%U %S"; { time "$@" 2>&3; } 3>&2 2>&1"#, "bash"])
            .arg(cargo())
            .args(["build", "--quiet", "--jobs=2", "--profile", profile, "--target-dir"])
            .arg(self.target())
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_PROFILE_RELEASE_STRIP", "symbols");
        let times = run_in(&self.folder, &mut timed)?;
        let seconds = times.split_whitespace().map(str::parse::<f64>).sum::<Result<f64, _>>();
        seconds.with_context(|| format!("bash says “{times}”"))
    }
}

/// Runs `command` to its end, and gives what it writes. Its complaints go to the terminal.
fn run_in(folder: &Path, command: &mut Command) -> anyhow::Result<String> {
    let output = command.current_dir(folder).stderr(Stdio::inherit()).output().context("can't be run")?;
    if !output.status.success() {
        bail!("{command:?} failed: {}", output.status);
    }
    Ok(String::from_utf8(output.stdout)?)
}
