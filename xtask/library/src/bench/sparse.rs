//! The gain from asking only for a model's fields.

use netbox_tests::model::Interface;

use super::{
    Benchmark, Row, Settings,
    contest::Contest,
    visit::{QUANTITIES, client, visit},
};

pub(super) const BENCHMARK: Benchmark = Benchmark {
    name: "sparse",
    about: "3,000 interfaces of a real NetBox: all their fields against the five of a model",
    rounds: 5,
    run,
};

fn run(rounds: usize, _: &Settings) -> anyhow::Result<Option<Row>> {
    let client = client()?;
    let query = || client.query::<Interface>().page_size(1000);
    let medians = Contest::new(QUANTITIES)
        .enter("all fields", || visit(&client, 3000, || Ok(query().all_fields().all()?.len())))
        .enter("the model's fields", || visit(&client, 3000, || Ok(query().all()?.len())))
        .run(rounds)?;
    let shown = |[seconds, _, kilobytes]: [f64; 3]| format!("{seconds:.1} s, {:.1} MB", kilobytes / 1000.0);
    Ok(Some(Row {
        work: "reading 3,000 interfaces: all fields, or the five of a model".into(),
        first: shown(medians[0]),
        second: shown(medians[1]),
        ratio: format!("is {:.0} times faster", medians[0][0] / medians[1][0]),
    }))
}
