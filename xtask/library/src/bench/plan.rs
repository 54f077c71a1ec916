//! The cost of making a NetBox what a document says: with netbox-plan, and with pynetbox as scripts usually do.

use anyhow::ensure;
use netbox_plan::Desired;
use serde_json::Value;

use super::{
    Benchmark, Row, Settings,
    contest::Contest,
    meter::{Meter, Spent},
    pynetbox::Pynetbox,
    visit::client,
};
use crate::server::Server;

mod document;

use document::{clear, document};

pub(super) const BENCHMARK: Benchmark = Benchmark {
    name: "plan",
    about: "300 devices with 3,000 interfaces, 1,000 addresses and 443 cables: into a real NetBox without them, again, and with 5 % of them changed, by netbox-plan and by get-or-create with pynetbox",
    // A turn takes many minutes.
    rounds: 1,
    run,
};

const QUANTITIES: [&str; 12] = [
    "into a NetBox without them: seconds",
    "into a NetBox without them: requests",
    "into a NetBox without them: kB of JSON",
    "into a NetBox without them: seconds of the client's CPU",
    "with nothing to do: seconds",
    "with nothing to do: requests",
    "with nothing to do: kB of JSON",
    "with nothing to do: seconds of the client's CPU",
    "5 % changed: seconds",
    "5 % changed: requests",
    "5 % changed: kB of JSON",
    "5 % changed: seconds of the client's CPU",
];

/// A value for each of the quantities.
type Costs = [f64; 12];

/// The NetBox becomes the first, and then the second.
type Documents = [Value; 2];

fn run(rounds: usize, settings: &Settings) -> anyhow::Result<Option<Row>> {
    let server = Server::of_environment()?;
    let documents = &[false, true].map(|is_changed| document(settings.objects, is_changed));
    println!("  {} objects", objects(&documents[0]).count());
    let pynetbox = Pynetbox::find(&settings.python, &server);
    let contest = Contest::new(QUANTITIES)
        .enter("netbox-plan", || by_plan(documents, 1))
        .enter("four requests at a time", || by_plan(documents, 4));
    let contest = match pynetbox {
        Some(pynetbox) => contest.enter("pynetbox", move || by_pynetbox(pynetbox, documents)),
        None => contest,
    };
    contest.run_cleanly(rounds, "objects", || Ok(clear(&*client()?)?))?;
    Ok(None)
}

fn objects(document: &Value) -> impl Iterator<Item = &Value> {
    document.as_object().into_iter().flat_map(|lists| lists.values()).filter_map(Value::as_array).flatten()
}

/// Each step has a client of its own, as a program would.
fn by_plan([first, changed]: &Documents, together: usize) -> anyhow::Result<Costs> {
    let step = |document: &Value| -> anyhow::Result<(Spent, [usize; 2])> {
        let client = client()?;
        let mut meter = Meter::new(&client);
        let desired: Desired = serde_json::from_value(document.clone())?;
        let applied = desired.plan(&client)?.apply().concurrency(together).send()?;
        Ok((meter.read(), [applied.created(), applied.changed()]))
    };
    let differing = objects(first).zip(objects(changed)).filter(|(one, other)| one != other).count();
    let (create, created) = step(first)?;
    let (nothing, unwanted) = step(first)?;
    let (change, now_changed) = step(changed)?;
    let written = [created, unwanted, now_changed];
    ensure!(
        written == [[objects(first).count(), 0], [0, 0], [0, differing]],
        "created and changed: {written:?}"
    );
    check_and_clear(changed)?;
    Ok(costs([create, nothing, change]))
}

fn by_pynetbox(pynetbox: Pynetbox<'_>, documents: &Documents) -> anyhow::Result<Costs> {
    let steps = ["create", "nothing", "change"];
    let spent = pynetbox.run(include_str!("pynetbox/plan.py"), &[], documents, steps)?;
    check_and_clear(&documents[1])?;
    Ok(costs(spent))
}

/// Makes sure that the NetBox has become what the document says, and deletes all of it.
fn check_and_clear(document: &Value) -> anyhow::Result<()> {
    let client = client()?;
    let desired: Desired = serde_json::from_value(document.clone())?;
    let plan = desired.plan(&client)?;
    ensure!(plan.is_empty(), "the NetBox is not as described: {plan}");
    clear(&client)?;
    Ok(())
}

/// The costs of the three steps, in the order of the quantities.
fn costs(steps: [Spent; 3]) -> Costs {
    let mut costs = [0.0; 12];
    let all = steps.into_iter().flat_map(|step| [step.seconds, step.requests, step.kilobytes, step.cpu]);
    costs.iter_mut().zip(all).for_each(|(cost, spent)| *cost = spent);
    costs
}
