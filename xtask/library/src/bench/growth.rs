//! The growth of the cost of a plan with the number of objects.

use anyhow::ensure;

use super::{
    Benchmark, Row, Settings,
    instructions::{build, cost, line},
};

pub(super) const BENCHMARK: Benchmark = Benchmark {
    name: "growth",
    about: "instructions to plan 12,500 to 100,000 objects for a NetBox in memory: fails unless twice as many take about twice",
    // Callgrind takes minutes for the largest.
    rounds: 1,
    run,
};

const OBJECTS: [usize; 4] = [12_500, 25_000, 50_000, 100_000];

/// How many times as much twice as many objects may take; sorting takes more than twice.
const MOST: f64 = 2.2;

fn run(rounds: usize, _: &Settings) -> anyhow::Result<Option<Row>> {
    let program = build()?;
    let mut before = None;
    for objects in OBJECTS {
        let case = format!("plan_{objects}");
        let cost = cost(&program, &case, rounds)?;
        let ratio = before.map(|before| cost.of(before));
        println!(
            "{}{}",
            line(&case, cost),
            ratio.map_or(String::new(), |ratio| format!(" {ratio:.3} of the one before"))
        );
        ensure!(
            ratio.is_none_or(|ratio| ratio < MOST),
            "twice as many objects take more than {MOST} times as much"
        );
        before = Some(cost);
    }
    Ok(None)
}
