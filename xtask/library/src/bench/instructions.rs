//! The cost of work of fixed size: requests, bytes of JSON, and instructions as callgrind counts them.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    process::Command as Process,
    str::FromStr,
};

use anyhow::{Context as _, bail, ensure};
use serde_json::Value;

use super::{Benchmark, Row, Settings};
use xtask::{cargo, kept};

pub(super) const BENCHMARK: Benchmark = Benchmark {
    name: "instructions",
    about: "requests, bytes and instructions of fixed work, which `--check` compares with the numbers that are kept",
    // The difference is what so many rounds take: the start of a program is not in it.
    rounds: 4,
    run,
};

const PROGRAM: &str = "netbox-tests-costs";

const NUMBERS: &str = "fixtures/bench/costs.txt";

/// By how much a number may grow before `--check` fails.
const MOST_GROWTH: f64 = 1.05;

/// Work, and what it is compared with.
const CASES: [(&str, Option<&str>); 8] = [
    ("plain", None),
    ("page", Some("plain")),
    ("select", Some("plain")),
    ("untyped", None),
    ("lazy", None),
    ("create", None),
    ("count", None),
    ("plan_1000", None),
];

/// The cost of a round of a case.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cost {
    requests: u64,
    bytes: u64,
    instructions: u64,
}

impl Cost {
    fn quantities(self) -> [(&'static str, u64); 3] {
        [("requests", self.requests), ("bytes of JSON", self.bytes), ("instructions", self.instructions)]
    }

    /// How many times the instructions of `other` these are.
    pub(super) fn of(self, other: Self) -> f64 {
        as_f64(self.instructions) / as_f64(other.instructions)
    }
}

fn run(rounds: usize, settings: &Settings) -> anyhow::Result<Option<Row>> {
    let program = build()?;
    let mut costs: Vec<(&str, Cost)> = Vec::new();
    for (case, rival) in CASES {
        let cost = cost(&program, case, rounds)?;
        let mut line = line(case, cost);
        if let Some((rival, other)) = costs.iter().find(|(name, _)| Some(*name) == rival) {
            let _ = write!(line, " {:.3} of {rival}", cost.of(*other));
        }
        println!("{line}");
        costs.push((case, cost));
    }
    if settings.check {
        compare(&costs, &kept::content(NUMBERS)?)?;
    } else {
        keep(&costs)?;
    }
    let [(_, plain), (_, page), ..] = costs[..] else { bail!("two cases were expected") };
    let shown = |cost: Cost| format!("{:.1} million", as_f64(cost.instructions) / 1e6);
    Ok(Some(Row {
        work: "decoding 1,000 interfaces with a choice and a key: CPU instructions with serde_json alone into plain structs, or with netbox-core into records".into(),
        first: shown(plain),
        second: shown(page),
        ratio: format!("takes {:.2} times as many", page.of(plain)),
    }))
}

/// The cost of a case, as it is printed.
pub(super) fn line(case: &str, Cost { requests, bytes, instructions }: Cost) -> String {
    format!("    {case:<11}{requests:>4} requests {bytes:>9} bytes {instructions:>11} instructions")
}

fn keep(costs: &[(&str, Cost)]) -> anyhow::Result<()> {
    let mut text = "# Requests, bytes of JSON and instructions of fixed work; written by `cargo xtask bench instructions`.\n".to_owned();
    for (case, Cost { requests, bytes, instructions }) in costs {
        let _ = writeln!(text, "{case} {requests} {bytes} {instructions}");
    }
    kept::keep(NUMBERS, &text, false, "bench instructions")
}

/// Compares what was counted with the numbers that are kept.
fn compare(costs: &[(&str, Cost)], kept: &str) -> anyhow::Result<()> {
    let mut grown = Vec::new();
    for line in kept.lines().filter(|line| !line.starts_with('#')) {
        let (case, before) = line.split_once(' ').context("a line without numbers")?;
        let before: Cost = before.parse().with_context(|| format!("{NUMBERS}: {line}"))?;
        let (_, now) =
            costs.iter().find(|(name, _)| *name == case).with_context(|| format!("no case {case}"))?;
        for ((quantity, now), (_, before)) in now.quantities().into_iter().zip(before.quantities()) {
            if as_f64(now) > as_f64(before) * MOST_GROWTH {
                grown.push(format!("{case}: {now} {quantity}, where {before} were kept"));
            }
        }
    }
    ensure!(
        grown.is_empty(),
        "the cost has grown by more than 5 %: {}. If it has to, run `cargo xtask bench instructions`, and commit {NUMBERS}",
        grown.join("; ")
    );
    println!("    no more than {NUMBERS} says, or at most 5 % more");
    Ok(())
}

impl FromStr for Cost {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        let numbers: Vec<u64> = text.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
        let [requests, bytes, instructions] = numbers[..] else { bail!("three numbers were expected") };
        Ok(Self { requests, bytes, instructions })
    }
}

/// Builds the program that does the work, optimised.
pub(super) fn build() -> anyhow::Result<PathBuf> {
    let output = Process::new(cargo())
        .args(["build", "--release", "--package", PROGRAM, "--message-format", "json-render-diagnostics"])
        .stderr(std::process::Stdio::inherit())
        .output()
        .context("cargo")?;
    ensure!(output.status.success(), "{PROGRAM} does not build");
    let messages = String::from_utf8(output.stdout)?;
    let executable = messages.lines().rev().find_map(|line| {
        let message: Value = serde_json::from_str(line).ok()?;
        message["executable"].as_str().map(PathBuf::from)
    });
    executable.context("cargo names no executable")
}

pub(super) fn cost(program: &Path, case: &str, rounds: usize) -> anyhow::Result<Cost> {
    let few = count(program, case, 1)?;
    let many = count(program, case, 1 + rounds)?;
    Ok(Cost { instructions: (many.instructions - few.instructions) / rounds as u64, ..many })
}

/// Counts what all rounds take.
fn count(program: &Path, case: &str, rounds: usize) -> anyhow::Result<Cost> {
    let output = Process::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args([case, &rounds.to_string()])
        .output()
        .context("valgrind, which has to be installed")?;
    let report = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{case} failed: {report}");
    let counted = report.lines().find_map(|line| line.split_once("Collected :")?.1.trim().parse().ok());
    let instructions: u64 =
        counted.with_context(|| format!("valgrind says nothing of instructions: {report}"))?;
    let told = String::from_utf8_lossy(&output.stdout);
    format!("{} {instructions}", told.trim()).parse()
}

#[allow(clippy::cast_precision_loss, reason = "no count comes near 2^52")]
fn as_f64(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_grown_too_much_is_named() {
        let cost = |instructions| Cost { requests: 1, bytes: 100, instructions };
        let kept = "# numbers\npage 1 100 1000\n";
        compare(&[("page", cost(1050))], kept).unwrap();
        compare(&[("page", cost(10))], kept).unwrap();
        let told = compare(&[("page", cost(1051))], kept).unwrap_err().to_string();
        assert!(told.contains("page: 1051 instructions, where 1000 were kept"), "{told}");
        let more = Cost { requests: 2, ..cost(1000) };
        assert!(compare(&[("page", more)], kept).unwrap_err().to_string().contains("2 requests"));
        assert!(compare(&[], kept).is_err());
    }
}
