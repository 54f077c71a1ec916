//! Which page size is best.

use netbox_tests::model::Interface;

use super::{
    Benchmark, Row, Settings,
    contest::Contest,
    visit::{QUANTITIES, client, visit},
};

pub(super) const BENCHMARK: Benchmark = Benchmark {
    name: "pages",
    about: "a walk through 3,000 interfaces of a real NetBox, in pages of several sizes",
    rounds: 5,
    run,
};

const SIZES: [u32; 5] = [1000, 500, 250, 100, 50];

fn run(rounds: usize, _: &Settings) -> anyhow::Result<Option<Row>> {
    let client = &client()?;
    let walk = |size| client.query::<Interface>().page_size(size).all();
    let contest = SIZES.into_iter().fold(Contest::new(QUANTITIES), |contest, size| {
        contest.enter(format!("{size} a page"), move || visit(client, 3000, || Ok(walk(size)?.len())))
    });
    contest.run(rounds)?;
    Ok(None)
}
