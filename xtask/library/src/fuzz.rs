//! `cargo xtask fuzz`: runs the fuzz targets of `tests/fuzz`, from a corpus that the recordings make.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, bail};
use lexopt::{Arg, Parser, ValueExt as _};
use netbox_tests::{recordings, scenario};
use serde::Deserialize;
use serde_json::{Value, json};
use xtask::checkout;

const HELP: &str = "\
cargo xtask fuzz [--seconds N] [TARGET...]

Runs each fuzz target, or those that are named, for N seconds (60 unless given), and prints how many inputs it ran. It needs
cargo-fuzz (`cargo install cargo-fuzz`) and a nightly toolchain. An input that breaks a target is kept below
tests/fuzz/artifacts.";

const TARGETS: [&str; 8] =
    ["cassettes", "custom_fields", "errors", "options", "pages", "schema", "urls", "values"];

/// The longest input of a corpus: short inputs lead the fuzzer further.
const LONGEST: usize = 8 * 1024;

/// How many inputs a corpus begins with.
const MOST: usize = 200;

/// A recording, as far as it is an input.
#[derive(Deserialize)]
struct Cassette {
    exchanges: Vec<Value>,
}

pub(crate) fn run(mut arguments: Parser) -> anyhow::Result<()> {
    let mut seconds: u64 = 60;
    let mut targets = Vec::new();
    while let Some(argument) = arguments.next()? {
        match argument {
            Arg::Long("seconds") => seconds = arguments.value()?.parse()?,
            Arg::Short('h') | Arg::Long("help") => {
                println!("{HELP}");
                return Ok(());
            }
            Arg::Value(target) => match TARGETS.iter().find(|known| target == **known) {
                Some(target) => targets.push(*target),
                None => bail!("there is no target `{}`, but {}", target.display(), TARGETS.join(", ")),
            },
            other => return Err(other.unexpected().into()),
        }
    }
    if targets.is_empty() {
        targets = TARGETS.to_vec();
    }
    let root = checkout::root()?;
    for target in targets {
        let corpus = corpus(&root, target)?;
        let fuzz = Command::new("cargo")
            .args(["+nightly", "fuzz", "run", "--fuzz-dir", "tests/fuzz", target])
            .arg(&corpus)
            .args(["--", &format!("-max_total_time={seconds}"), "-timeout=10", "-rss_limit_mb=1024"])
            .arg("-print_final_stats=1")
            .current_dir(&root)
            .output()
            .context("cargo-fuzz can't be run: `cargo install cargo-fuzz`")?;
        let log = String::from_utf8_lossy(&fuzz.stderr);
        if !fuzz.status.success() {
            bail!("{target} broke: {log}");
        }
        let runs = log.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
        println!("{target}: {} inputs in {seconds} s", runs.unwrap_or("?").trim());
    }
    Ok(())
}

/// The folder with the inputs that `target` begins with: what servers answered, or what suits the target.
fn corpus(root: &Path, target: &str) -> anyhow::Result<PathBuf> {
    let folder = root.join("target/fuzz").join(target);
    fs::create_dir_all(&folder)?;
    for (number, input) in inputs(target)?.into_iter().take(MOST).enumerate() {
        fs::write(folder.join(format!("recorded-{number}")), input)?;
    }
    Ok(folder)
}

fn inputs(target: &str) -> anyhow::Result<Vec<Vec<u8>>> {
    if target == "values" {
        let values =
            ["2026-11-28", "2026-11-28T12:00:00.000001Z", "-1.50e3", "10.0.0.0/8", "2001:db8::/32", "4.7.3"];
        return Ok(values.map(Vec::from).into());
    }
    let mut inputs = Vec::new();
    for name in scenario::NAMES {
        let cassette = fs::read(recordings::path(recordings::NEWEST, name))?;
        let cassette: Cassette = serde_json::from_slice(&cassette)?;
        inputs.extend(cassette.exchanges.iter().filter_map(|exchange| input(target, exchange)));
    }
    Ok(inputs)
}

/// The input for that target in `exchange`, if there is one.
fn input(target: &str, exchange: &Value) -> Option<Vec<u8>> {
    let (request, response) = (&exchange["request"], &exchange["response"]);
    let is_success = response["status"].as_u64().is_some_and(|status| (200..300).contains(&status));
    let body = || Some(&response["body"]["json"]).filter(|json| !json.is_null()).map(Value::to_string);
    let input = match target {
        "cassettes" => json!({"format": 1, "exchanges": [exchange]}).to_string(),
        "urls" => request["path"].as_str()?.to_owned(),
        // The first byte chooses the status.
        "errors" if !is_success => format!("\u{1}{}", body()?),
        "options" if request["method"] == "OPTIONS" => body()?,
        "errors" | "options" => return None,
        _ if is_success && request["method"] == "GET" => body()?,
        _ => return None,
    };
    (input.len() <= LONGEST).then(|| input.into_bytes())
}
