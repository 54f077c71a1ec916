//! The same work by pynetbox, in a Python of its own.

use std::{
    ffi::OsStr,
    process::{Command, Stdio},
};

use anyhow::{Context as _, bail, ensure};
use serde::{Deserialize, Serialize};

use super::meter::Spent;
use crate::server::Server;

/// All programs begin with it.
const METER: &str = include_str!("pynetbox/meter.py");

/// Fails where there is no pynetbox.
const LOOK: &str = "import platform, pynetbox
print('pynetbox', pynetbox.__version__, 'on Python', platform.python_version())";

/// A Python that has pynetbox.
#[derive(Clone, Copy)]
pub(super) struct Pynetbox<'a> {
    python: &'a OsStr,
    server: &'a Server,
}

/// The line that a program writes for a step.
#[derive(Deserialize)]
struct Line {
    step: String,
    spent: Spent,
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

    /// Runs `program`, which reads `input`, and returns what each of the `steps` took. It is given to Python as text: run
    /// from a file of that name, it would import itself when it wants pynetbox.
    pub(super) fn run<const STEPS: usize>(
        self,
        program: &str,
        arguments: &[&str],
        input: &impl Serialize,
        steps: [&str; STEPS],
    ) -> anyhow::Result<[Spent; STEPS]> {
        let mut python = Command::new(self.python)
            .args(["-c", &format!("{METER}\n\n{program}")])
            .args(arguments)
            .env("NETBOX_URL", &self.server.url)
            .env("NETBOX_TOKEN", &self.server.token)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| self.python.display().to_string())?;
        // It reads all of it before it writes anything. If it can't, how it ends says more.
        let told = python.stdin.take().map(|stdin| serde_json::to_writer(stdin, input));
        let output = python.wait_with_output()?;
        ensure!(output.status.success(), "pynetbox: {}", output.status);
        told.transpose()?;
        read(&String::from_utf8(output.stdout)?, steps)
    }
}

fn read<const STEPS: usize>(output: &str, steps: [&str; STEPS]) -> anyhow::Result<[Spent; STEPS]> {
    let mut lines = output.lines();
    let spent = steps.into_iter().map(|name| {
        let line = lines.next().with_context(|| format!("pynetbox does not tell of the step {name}"))?;
        let line: Line = serde_json::from_str(line).with_context(|| format!("pynetbox says “{line}”"))?;
        if line.step != name {
            bail!("pynetbox tells of the step {} in place of {name}", line.step);
        }
        Ok(line.spent)
    });
    let spent = spent.collect::<anyhow::Result<Vec<_>>>()?;
    spent.try_into().map_err(|_| unreachable!("there is one for each step"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_are_read_step_by_step() {
        let line = |step: &str, requests: u32| {
            format!(
                r#"{{"step": "{step}", "spent": {{"seconds": 1.5, "requests": {requests}, "kilobytes": 3, "cpu": 0.5}}}}"#
            )
        };
        let lines = [line("create", 10), line("change", 20)];
        let spent = read(&lines.join("\n"), ["create", "change"]).unwrap();
        let expected = Spent { seconds: 1.5, requests: 10.0, kilobytes: 3.0, cpu: 0.5 };
        assert_eq!(spent, [expected, Spent { requests: 20.0, ..expected }]);

        let told = |output: &str| read(output, ["create", "delete"]).unwrap_err().to_string();
        assert!(told(&lines.join("\n")).contains("the step change in place of delete"));
        assert!(told(&lines[0]).contains("does not tell of the step delete"));
        assert!(told("Traceback").contains("“Traceback”"));
    }
}
