//! The same writes by pynetbox, in a Python of its own.

use std::{
    ffi::OsStr,
    process::{Command, Stdio},
};

use anyhow::{Context as _, bail, ensure};
use serde::Deserialize;

use super::{
    Costs, costs,
    tag::{CHANGED, NewTag},
};
use crate::server::Server;

/// It is given to Python as text: run from its file, it would import itself when it wants pynetbox.
const PROGRAM: &str = include_str!("pynetbox.py");

/// Fails where there is no pynetbox.
const LOOK: &str = "import platform, pynetbox
print('pynetbox', pynetbox.__version__, 'on Python', platform.python_version())";

/// The steps, in the order in which the program does them.
const STEPS: [&str; 3] = ["create", "change", "delete"];

/// A Python that has pynetbox.
#[derive(Clone, Copy)]
pub(super) struct Pynetbox<'a> {
    python: &'a OsStr,
    server: &'a Server,
}

#[derive(Clone, Copy)]
pub(super) enum Way {
    Singly,
    InBulk,
}

/// The line that the program writes for a step.
#[derive(Deserialize)]
struct Line {
    step: String,
    seconds: f64,
    requests: u32,
}

impl<'a> Pynetbox<'a> {
    /// Says what was found. `None` if `python` can't import pynetbox, or isn't there.
    pub(super) fn find(python: &'a OsStr, server: &'a Server) -> Option<Self> {
        let looked = Command::new(python).args(["-c", LOOK]).output();
        let missing = match looked {
            Ok(output) if output.status.success() => {
                println!("  {}", String::from_utf8_lossy(&output.stdout).trim());
                return Some(Self { python, server });
            }
            Ok(output) => {
                let complaint = String::from_utf8_lossy(&output.stderr);
                complaint.trim().lines().last().unwrap_or("it says nothing").to_owned()
            }
            Err(error) => error.to_string(),
        };
        println!(
            "  without pynetbox, which {} does not have ({missing}); --python or BENCH_PYTHON can say which does",
            python.display()
        );
        None
    }

    pub(super) fn turn(self, way: Way, tags: &[NewTag]) -> anyhow::Result<Costs> {
        let way = match way {
            Way::Singly => "singly",
            Way::InBulk => "in bulk",
        };
        let mut program = Command::new(self.python)
            .args(["-c", PROGRAM, way, CHANGED])
            .env("NETBOX_URL", &self.server.url)
            .env("NETBOX_TOKEN", &self.server.token)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| self.python.display().to_string())?;
        // It reads all of it before it writes anything. If it can't, how it ends says more.
        let told = program.stdin.take().map(|stdin| serde_json::to_writer(stdin, tags));
        let output = program.wait_with_output()?;
        ensure!(output.status.success(), "pynetbox, {way}: {}", output.status);
        told.transpose()?;
        read(&String::from_utf8(output.stdout)?)
    }
}

fn read(output: &str) -> anyhow::Result<Costs> {
    let mut lines = output.lines();
    let mut step = |name| {
        let line = lines.next().with_context(|| format!("pynetbox does not tell of the step {name}"))?;
        let line: Line = serde_json::from_str(line).with_context(|| format!("pynetbox says “{line}”"))?;
        if line.step != name {
            bail!("pynetbox tells of the step {} in place of {name}", line.step);
        }
        Ok([line.seconds, line.requests.into()])
    };
    let [create, change, delete] = STEPS;
    Ok(costs([step(create)?, step(change)?, step(delete)?]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_are_read_step_by_step() {
        let create = r#"{"step": "create", "seconds": 1.5, "requests": 10}"#;
        let change = r#"{"step": "change", "seconds": 2.5, "requests": 20}"#;
        let delete = r#"{"step": "delete", "seconds": 3.5, "requests": 30}"#;
        let costs = read(&[create, change, delete].join("\n")).unwrap();
        assert!(costs.into_iter().eq([1.5, 10.0, 2.5, 20.0, 3.5, 30.0]), "{costs:?}");

        let error = read(&[create, delete].join("\n")).unwrap_err().to_string();
        assert!(error.contains("the step delete in place of change"), "{error}");
        let error = read(create).unwrap_err().to_string();
        assert!(error.contains("does not tell of the step change"), "{error}");
        let error = read("Traceback").unwrap_err().to_string();
        assert!(error.contains("“Traceback”"), "{error}");
    }
}
