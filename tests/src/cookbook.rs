//! The programs of the cookbook, `crates/netbox-client/examples`, run as a person runs them: by `cargo xtask record`
//! against a real NetBox, and by `tests/cookbook.rs` against the recording.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use netbox_core::{Blocking, Client, Error};

use crate::{Failure, recordings};

mod event;
mod recipes;
mod served;

pub use recipes::all;
use served::Served;

/// A program, and how it is run.
pub struct Recipe {
    /// The name of the program, and of its recording.
    pub name: &'static str,
    /// Whether it needs a NetBox with plugins.
    pub plugins: bool,
    /// The arguments of its runs, one after the other.
    runs: &'static [&'static [&'static str]],
    /// The events that a program without an end is waiting for.
    events: Option<Events>,
    /// Removes from NetBox what the program leaves there.
    clean: fn(&Client<Blocking>) -> Result<(), Error>,
}

/// Causes the events, and reads what the program prints.
type Events = fn(&mut Served, &Setting<'_>) -> Result<(), Failure>;

/// The NetBox and the folder that a program is run with.
pub struct Setting<'s> {
    /// The address that the program is given.
    pub url: &'s str,
    /// The token that the program is given.
    pub token: &'s str,
    /// The folder that the program is run in.
    pub folder: &'s Path,
    /// A client of the real NetBox behind `url`, if there is one.
    pub live: Option<&'s Client<Blocking>>,
}

impl Recipe {
    /// Runs the program, and returns all that it printed, below the command line of each run.
    ///
    /// # Errors
    ///
    /// If the program was not built, or does not print what it is waited for.
    pub fn run(&self, setting: &Setting<'_>) -> Result<String, Failure> {
        let program = self.program()?;
        let fixtures = recordings::fixtures().join("cookbook");
        for file in fs::read_dir(sources())?.chain(fs::read_dir(fixtures)?) {
            let file = file?.path();
            if file.extension().is_some_and(|extension| extension == "csv") {
                fs::copy(&file, setting.folder.join(file.file_name().unwrap_or_default()))?;
            }
        }
        self.clean(setting)?;
        let mut printed = String::new();
        for arguments in self.runs {
            printed += &format!("$ {}\n", [&[self.name], *arguments].concat().join(" "));
            let mut command = Command::new(&program);
            command.args(*arguments).current_dir(setting.folder);
            command.env("NETBOX_URL", setting.url).env("NETBOX_TOKEN", setting.token);
            command
                .env("WEBHOOK_SECRET", event::SECRET)
                .env("RUST_BACKTRACE", "0")
                .env("no_proxy", "127.0.0.1");
            printed += &match self.events {
                None => shown(&command.output()?),
                Some(events) => {
                    let mut served = Served::start(&mut command)?;
                    events(&mut served, setting)?;
                    std::mem::take(&mut served.printed)
                }
            };
        }
        self.clean(setting)?;
        Ok(without_request_ids(&printed.replace(setting.url, "https://netbox.example.com")))
    }

    /// Whether the program ends by itself, and asks the same each time.
    pub fn ends(&self) -> bool {
        self.events.is_none()
    }

    /// The file `fixtures/cookbook/NAME.EXTENSION`: the recording is JSON, and what the program printed is a text.
    pub fn fixture(&self, extension: &str) -> PathBuf {
        fixture(self.name, extension)
    }

    fn clean(&self, setting: &Setting<'_>) -> Result<(), Error> {
        setting.live.map_or(Ok(()), self.clean)
    }

    /// The program as cargo has built it, in the folder `examples` beside the one of the program that asks.
    fn program(&self) -> Result<PathBuf, Failure> {
        let here = env::current_exe()?;
        let file = format!("{}{}", self.name, env::consts::EXE_SUFFIX);
        let mut built = here.ancestors().map(|folder| folder.join("examples").join(&file));
        let program = built.find(|program| program.is_file());
        let program = program.filter(|program| is_current(program).unwrap_or(false));
        program.ok_or_else(|| {
            let source = sources().join(self.name).with_extension("rs");
            format!(
                "{} is not built as it is now: run `cargo build --workspace --all-features --examples`",
                source.display()
            )
            .into()
        })
    }
}

/// Whether no source of `program` is newer than it. Cargo lists the sources, those of this workspace's crates included,
/// in the file `PROGRAM.d` beside the program.
fn is_current(program: &Path) -> io::Result<bool> {
    let built = fs::metadata(program)?.modified()?;
    let listed = fs::read_to_string(program.with_extension("d"))?;
    // A space in a path is written as `\ `, and paths are separated by spaces.
    let listed = listed.replace("\\ ", "\0");
    let sources = listed.split_once(": ").map_or("", |(_, sources)| sources);
    for source in sources.split_whitespace() {
        if fs::metadata(source.replace('\0', " "))?.modified()? > built {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Deletes the objects that a filter matches; one by one, since not every list of a plugin can delete many.
fn delete(client: &Client<Blocking>, path: &str, filter: &str, value: &str) -> Result<(), Error> {
    for object in client.query_at(path).param(filter, value).all()? {
        object.delete()?;
    }
    Ok(())
}

fn fixture(name: &str, extension: &str) -> PathBuf {
    recordings::fixtures().join("cookbook").join(name).with_extension(extension)
}

fn sources() -> PathBuf {
    recordings::fixtures().with_file_name("crates").join("netbox-client/examples")
}

fn shown(output: &Output) -> String {
    let [printed, errors] = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes));
    let status = if output.status.success() { String::new() } else { format!("{}\n", output.status) };
    format!("{printed}{errors}{status}")
}

/// NetBox gives each request another id, and the recording numbers them.
fn without_request_ids(printed: &str) -> String {
    let mut parts = printed.split("[request ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + "[request …]" + part.split_once(']').map_or(part, |(_, rest)| rest))
}
