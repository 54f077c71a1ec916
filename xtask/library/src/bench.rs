//! `cargo xtask bench`: what the library costs, compared with what one would do without it.

use std::{
    env,
    ffi::OsString,
    fmt::Write as _,
    process::{self, Command as Process},
};

use anyhow::{Context as _, bail, ensure};
use lexopt::{Arg, Parser, ValueExt as _};
use xtask::kept;

mod build;
mod check;
mod contest;
mod decode;
mod growth;
mod instructions;
mod lazy;
mod meter;
mod pages;
mod parallel;
mod plan;
mod pynetbox;
mod select;
mod sparse;
mod visit;
mod writes;

/// Something that is measured: its name, what it is in one line, how many rounds it takes by default, and the function
/// that measures it and may have a row for the table in the README.
struct Benchmark {
    name: &'static str,
    about: &'static str,
    rounds: usize,
    run: fn(usize, &Settings) -> anyhow::Result<Option<Row>>,
}

/// A row of the table: two ways to do the work, the cost of each, and how the second compares with the first.
struct Row {
    work: String,
    first: String,
    second: String,
    ratio: String,
}

/// The settings that only some benchmarks have.
struct Settings {
    /// How many tags or addresses are written.
    objects: usize,
    /// A Python that may have pynetbox.
    python: OsString,
    /// Whether counts are compared with those that are kept, which are written otherwise.
    check: bool,
}

const BENCHMARKS: &[Benchmark] = &[
    build::BENCHMARK,
    check::BENCHMARK,
    decode::BENCHMARK,
    growth::BENCHMARK,
    instructions::BENCHMARK,
    lazy::BENCHMARK,
    pages::BENCHMARK,
    parallel::BENCHMARK,
    plan::BENCHMARK,
    select::BENCHMARK,
    sparse::BENCHMARK,
    writes::BENCHMARK,
];

/// How many benchmarks have a row in the table.
const ROWS: usize = 4;

const HELP: &str = "\
cargo xtask bench [--rounds N] [--objects N] [--python PATH] [--check] [--table] BENCHMARK…

Runs benchmarks, in release. The contestants of each take turns for N rounds, after one that doesn't count unless N is
1, so that what else the machine does meets all of them alike; medians are compared.

Environment: for those that ask a NetBox, NETBOX_URL, its address, and NETBOX_TOKEN, a token that may read. It should
have been filled by `cargo xtask seed`. It is only read, but for `plan` and `writes`.

`writes` creates, changes and deletes tags, `plan` devices and all that belongs to them, and their token must be one that
may: never point them at a NetBox whose contents matter. They delete their objects even if they fail, and before they
begin those that an earlier run left, as one does that is killed; so only one at a time can use a NetBox. The change log
keeps what they did.

  --objects N    how many tags each contestant of `writes` writes, and how many addresses those of `plan`, with 3 devices,
                 30 interfaces and 4 or 5 cables for each 10; 1,000 unless told otherwise
  --python PATH  a Python that has pynetbox, for `plan` and `writes`; else the one that BENCH_PYTHON names, or `python3`.
                 Where there is no pynetbox, its contestants are left out
  --table        write the table in README.md from what `sparse`, `lazy`, `instructions` and `writes` measure, all four of
                 which have to be named
  --check        fail if `instructions` counts 5 % more than fixtures/bench/costs.txt says, which it writes otherwise

Benchmarks:";

pub(crate) fn run(mut arguments: Parser) -> anyhow::Result<()> {
    let mut chosen = Vec::new();
    let mut rounds = None;
    let mut settings = Settings::of_environment();
    let mut table = false;
    while let Some(argument) = arguments.next()? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => {
                help();
                return Ok(());
            }
            Arg::Long("rounds") => rounds = Some(arguments.value()?.parse().context("--rounds")?),
            Arg::Long("objects") => settings.objects = arguments.value()?.parse().context("--objects")?,
            Arg::Long("check") => settings.check = true,
            Arg::Long("table") => table = true,
            Arg::Long("python") => settings.python = arguments.value()?,
            Arg::Value(name) => chosen.push(benchmark(&name.to_string_lossy())?),
            other => return Err(other.unexpected().into()),
        }
    }
    if rounds == Some(0) {
        bail!("--rounds: there has to be a round");
    }
    if settings.objects == 0 {
        bail!("--objects: there has to be an object");
    }
    if chosen.is_empty() {
        help();
        return Ok(());
    }
    let counts_alone = chosen
        .iter()
        .all(|benchmark| [instructions::BENCHMARK.name, growth::BENCHMARK.name].contains(&benchmark.name));
    if cfg!(debug_assertions) && !counts_alone {
        return in_release();
    }
    let mut rows = Vec::new();
    for benchmark in chosen {
        println!("{}: {}", benchmark.name, benchmark.about);
        let measured = (benchmark.run)(rounds.unwrap_or(benchmark.rounds), &settings);
        rows.extend(measured.with_context(|| benchmark.name.to_owned())?);
    }
    if table { write_table(&rows) } else { Ok(()) }
}

fn write_table(rows: &[Row]) -> anyhow::Result<()> {
    ensure!(rows.len() == ROWS, "the table has {ROWS} rows, and only {} were measured", rows.len());
    let mut table = "| what is compared | first | second | the second |\n|---|---|---|---|\n".to_owned();
    for Row { work, first, second, ratio } in rows {
        writeln!(table, "| {work} | {first} | {second} | {ratio} |")?;
    }
    kept::keep_table("README.md", &table, false, "bench --table")
}

impl Settings {
    fn of_environment() -> Self {
        let python = env::var_os("BENCH_PYTHON").filter(|python| !python.is_empty());
        Self { objects: 1000, python: python.unwrap_or_else(|| "python3".into()), check: false }
    }
}

fn help() {
    println!("{HELP}");
    for benchmark in BENCHMARKS {
        println!("  {:<12} {} (rounds: {})", benchmark.name, benchmark.about, benchmark.rounds);
    }
}

fn benchmark(name: &str) -> anyhow::Result<&'static Benchmark> {
    BENCHMARKS
        .iter()
        .find(|benchmark| benchmark.name == name)
        .with_context(|| format!("there is no benchmark `{name}`; `cargo xtask bench` lists them"))
}

/// Runs this very command again, optimised: times of anything else would mean nothing.
fn in_release() -> anyhow::Result<()> {
    let status = Process::new(xtask::cargo())
        .args(["run", "--release", "--package", env!("CARGO_PKG_NAME"), "--"])
        .args(env::args_os().skip(1))
        .status()
        .context("cargo")?;
    process::exit(status.code().unwrap_or(1))
}
