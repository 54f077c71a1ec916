//! `cargo xtask ci --timings`: which tests take how long.

use std::process::Stdio;

use anyhow::ensure;

use super::invocation::Invocation;

/// How many tests are printed.
const MOST: usize = 25;

/// Runs the tests, and prints the slowest.
pub(super) fn run() -> anyhow::Result<()> {
    // With targets to test, cargo builds the programs of the cookbook only as tests of their own.
    let programs = Invocation::new("cargo build --workspace --all-features --examples");
    println!("   {programs}");
    ensure!(programs.status()?.success(), "the programs of the cookbook do not build");
    let tests = Invocation::new("cargo")
        // Stable test binaries report times only in an environment that allows unstable options. In the environment of
        // cargo, this variable would have much built again; tests of code that does not compile run cargo themselves.
        .argument("--config=target.'cfg(all())'.runner=['env','RUSTC_BOOTSTRAP=1']")
        .arguments("test --workspace --exclude netbox-tests-compile --all-features --all-targets")
        .arguments("-- -Zunstable-options --report-time");
    println!("   {tests}");
    let output = tests.command().stderr(Stdio::inherit()).output()?;
    let output = (output.status, String::from_utf8_lossy(&output.stdout).into_owned());
    ensure!(output.0.success(), "the tests failed, {}:\n{}", output.0, output.1);
    for (seconds, test) in slowest(&output.1) {
        println!("{seconds:>8.2} s  {test}");
    }
    Ok(())
}

/// The slowest tests of a report, the slowest first.
fn slowest(report: &str) -> Vec<(f64, &str)> {
    let mut tests: Vec<_> = report.lines().filter_map(time).collect();
    tests.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    tests.truncate(MOST);
    tests
}

/// Reads a line such as `test pager::tests::a_limit_is_kept_to ... ok <0.105s>`.
fn time(line: &str) -> Option<(f64, &str)> {
    let (name, rest) = line.strip_prefix("test ")?.split_once(" ... ")?;
    let (_, time) = rest.rsplit_once('<')?;
    Some((time.strip_suffix("s>")?.parse().ok()?, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slowest_tests_come_first() {
        let report = "running 3 tests\ntest a ... ok <0.105s>\ntest b::c ... ok <2.000s>\ntest d ... ignored\n\n\
                      test result: ok. 2 passed; finished in 2.11s\n";
        assert_eq!(slowest(report), [(2.0, "b::c"), (0.105, "a")]);
    }
}
