//! A command line.

use std::{
    fmt,
    process::{Command, ExitStatus},
};

use anyhow::Context as _;
use xtask::checkout;

/// A command that is run in the repository's root, with its variables and its arguments.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Invocation {
    variables: Vec<(&'static str, &'static str)>,
    words: Vec<String>,
    server: bool,
}

impl Invocation {
    /// The command that `line` spells: words between spaces, without quotes.
    pub(super) fn new(line: &str) -> Self {
        Self { variables: Vec::new(), words: Vec::new(), server: false }.arguments(line)
    }

    /// Adds an argument, whatever is in it.
    pub(super) fn argument(mut self, argument: &str) -> Self {
        self.words.push(argument.to_owned());
        self
    }

    /// Adds the arguments that `line` spells.
    pub(super) fn arguments(mut self, line: &str) -> Self {
        self.words.extend(line.split_whitespace().map(str::to_owned));
        self
    }

    pub(super) fn variable(mut self, name: &'static str, value: &'static str) -> Self {
        self.variables.push((name, value));
        self
    }

    /// Lets the command know of the servers in the environment, which are kept from the others.
    pub(super) fn with_server(mut self) -> Self {
        self.server = true;
        self
    }

    pub(super) fn status(&self) -> anyhow::Result<ExitStatus> {
        self.command().status().with_context(|| self.to_string())
    }

    pub(super) fn succeeds_silently(&self) -> anyhow::Result<bool> {
        let output = self.command().output().with_context(|| self.to_string())?;
        Ok(output.status.success())
    }

    pub(super) fn command(&self) -> Command {
        let mut command = Command::new(&self.words[0]);
        command.args(&self.words[1..]).envs(self.variables.iter().copied()).current_dir(checkout::path(""));
        if !self.server {
            for name in ["NETBOX_URL", "NETBOX_TOKEN", "NETBOX_PLUGINS_URL", "NETBOX_PLUGINS_TOKEN"] {
                command.env_remove(name);
            }
        }
        command
    }
}

/// As it is typed into a shell.
impl fmt::Display for Invocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, value) in &self.variables {
            write!(f, "{name}='{value}' ")?;
        }
        f.write_str(&self.words.join(" "))
    }
}
