//! The gain from asking only for a model's fields.

use netbox_tests::model::Interface;

use super::{
    Benchmark, Settings,
    contest::Contest,
    visit::{QUANTITIES, client, visit},
};

pub(super) const BENCHMARK: Benchmark = Benchmark {
    name: "sparse",
    about: "3,000 interfaces of a real NetBox: all their fields against the five of a model",
    rounds: 5,
    run,
};

fn run(rounds: usize, _: &Settings) -> anyhow::Result<()> {
    let client = client()?;
    let query = || client.query::<Interface>().page_size(1000);
    Contest::new(QUANTITIES)
        .enter("all fields", || visit(&client, 3000, || Ok(query().all_fields().all()?.len())))
        .enter("the model's fields", || visit(&client, 3000, || Ok(query().all()?.len())))
        .run(rounds)
}
