//! The cost of writing: one by one and in bulk, with the library and with pynetbox.

use anyhow::ensure;
use netbox_core::{Blocking, Patch};
use netbox_tests::Counting;

use super::{
    Benchmark, Row, Settings,
    contest::Contest,
    meter::{Meter, Spent},
    pynetbox::Pynetbox,
    visit::client,
};
use crate::server::Server;

mod tag;

use tag::{CHANGED, NewTag, Tag, clear};

pub(super) const BENCHMARK: Benchmark = Benchmark {
    name: "writes",
    about: "tags created, changed and deleted on a real NetBox: one by one, in bulk, and both by pynetbox",
    // A turn takes minutes.
    rounds: 1,
    run,
};

const QUANTITIES: [&str; 6] = [
    "seconds to create",
    "requests to create",
    "seconds to change",
    "requests to change",
    "seconds to delete",
    "requests to delete",
];

/// A value for each of the quantities.
type Costs = [f64; 6];

fn run(rounds: usize, settings: &Settings) -> anyhow::Result<Option<Row>> {
    let server = Server::of_environment()?;
    let tags: Vec<NewTag> = (1..=settings.objects).map(NewTag::new).collect();
    println!("  {} tags", tags.len());
    let contest = contest(&tags, Pynetbox::find(&settings.python, &server));
    let medians = contest.run_cleanly(rounds, "tags", || clear(&client()?))?;
    Ok(Some(row(tags.len(), medians[0], medians[1])))
}

fn row(tags: usize, singly: Costs, in_bulk: Costs) -> Row {
    let seconds = |costs: Costs| costs[0] + costs[2] + costs[4];
    let requests = |costs: Costs| costs[1] + costs[3] + costs[5];
    let shown = |costs| format!("{} requests, {:.0} s", requests(costs), seconds(costs));
    Row {
        work: format!("creating, changing and deleting {tags} tags: one by one, or in batches"),
        first: shown(singly),
        second: shown(in_bulk),
        ratio: format!("sends {:.0} times fewer requests", requests(singly) / requests(in_bulk)),
    }
}

/// Each turn has a client of its own, as a program would, so that what a client asks once is counted.
fn contest<'a>(tags: &'a [NewTag], pynetbox: Option<Pynetbox<'a>>) -> Contest<'a, 6> {
    let contest = Contest::new(QUANTITIES)
        .enter("netbox-core, one by one", || singly(&client()?, tags))
        .enter("netbox-core, in bulk", || in_bulk(&client()?, tags, 1))
        .enter("two batches at a time", || in_bulk(&client()?, tags, 2))
        .enter("four batches at a time", || in_bulk(&client()?, tags, 4));
    let Some(pynetbox) = pynetbox else { return contest };
    contest
        .enter("pynetbox, one by one", move || by_pynetbox(pynetbox, "singly", tags))
        .enter("pynetbox, in bulk", move || by_pynetbox(pynetbox, "in bulk", tags))
}

fn singly(client: &Counting<Blocking>, new: &[NewTag]) -> anyhow::Result<Costs> {
    let mut meter = Meter::new(client);
    let mut tags = Vec::with_capacity(new.len());
    for new in new {
        tags.push(client.create::<Tag>(new)?);
    }
    let create = meter.read();
    for tag in &mut tags {
        tag.color = CHANGED.into();
        ensure!(tag.save()?, "{} was not saved", tag.slug);
    }
    let change = meter.read();
    ensure!(tags.iter().all(|tag| tag.color == CHANGED), "NetBox changed other things");
    meter = Meter::new(client);
    for tag in &tags {
        tag.delete()?;
    }
    Ok(costs([create, change, meter.read()]))
}

fn in_bulk(client: &Counting<Blocking>, new: &[NewTag], together: usize) -> anyhow::Result<Costs> {
    let mut meter = Meter::new(client);
    let tags = client.create_many::<Tag>(new).concurrency(together).send()?;
    let create = meter.read();
    let changes = tags.iter().map(|tag| (tag.id, Patch::new().set(Tag::COLOR, CHANGED)));
    let tags = client.update_many::<Tag>(changes).concurrency(together).send()?;
    let change = meter.read();
    ensure!(tags.len() == new.len(), "{} tags were changed", tags.len());
    ensure!(tags.iter().all(|tag| tag.color == CHANGED), "NetBox changed other things");
    meter = Meter::new(client);
    client.delete_many::<Tag>(tags.iter().map(|tag| tag.id)).concurrency(together).send()?;
    Ok(costs([create, change, meter.read()]))
}

/// The same by pynetbox, one by one or in bulk.
fn by_pynetbox(pynetbox: Pynetbox<'_>, way: &str, tags: &[NewTag]) -> anyhow::Result<Costs> {
    let program = include_str!("pynetbox/writes.py");
    pynetbox.run(program, &[way, CHANGED], &tags, ["create", "change", "delete"]).map(costs)
}

/// The costs of the three steps, in the order of the quantities.
fn costs(steps: [Spent; 3]) -> Costs {
    let [create, change, delete] = steps.map(|step| [step.seconds, step.requests]);
    [create[0], create[1], change[0], change[1], delete[0], delete[1]]
}
