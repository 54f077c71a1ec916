//! The worth of requests that go together.

use std::time::Duration;

use anyhow::anyhow;
use netbox_core::{Error, Mode, NetboxModel, Outcome, Query};
use netbox_models::dcim::Interface;
use netbox_replay::loopback::{Answer, Loopback};
use netbox_tests::Counting;
use netbox_transport_hyper::HyperTransport;
use netbox_transport_ureq::UreqTransport;
use serde::Deserialize;
use tokio::runtime::Runtime;

use super::{
    Benchmark, Row, Settings,
    contest::Contest,
    visit::{QUANTITIES, client, visit},
};

pub(super) const BENCHMARK: Benchmark = Benchmark {
    name: "parallel",
    about: "walks with one request at a time and with several: 100 pages of a server that takes 300 ms for each, and 3,000 interfaces of a real NetBox",
    // A turn takes half a minute.
    rounds: 1,
    run,
};

const OBJECTS: u64 = 100_000;
const TIME: Duration = Duration::from_millis(300);

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
    name: String,
}

fn run(rounds: usize, _: &Settings) -> anyhow::Result<Option<Row>> {
    slow(rounds, &Runtime::new()?)?;
    real(rounds)?;
    Ok(None)
}

/// A server that takes its time, however many requests it has.
fn slow(rounds: usize, runtime: &Runtime) -> anyhow::Result<()> {
    println!("  100 pages of a server that takes 300 ms for each");
    let server = Loopback::start(|request| {
        Answer::json(page(request.uri().query())).header("api-version", "4.7").after(TIME)
    });
    let blocking = Counting::new(server.url(), "0123456789", ureq()?)?;
    let asynchronous = Counting::new(server.url(), "0123456789", hyper()?)?;
    let mut contest = Contest::new(QUANTITIES);
    for together in [1, 4, 8] {
        let blocking = &blocking;
        contest = contest.enter(format!("blocking, {together} at a time"), move || {
            visit(blocking, 100_000, || count(&blocking.query::<Site>(), together))
        });
    }
    for together in [1, 4, 8] {
        let client = &asynchronous;
        contest = contest.enter(format!("async, {together} at a time"), move || {
            visit(client, 100_000, || runtime.block_on(count(&client.query::<Site>(), together)))
        });
    }
    contest.run(rounds)?;
    Ok(())
}

/// Small pages, of which each is work for the server, as all fields of ready-made models are.
fn real(rounds: usize) -> anyhow::Result<()> {
    println!("  3,000 interfaces of a real NetBox, with all fields, in pages of 100");
    let client = client()?;
    let contest = [1, 2, 4, 8].into_iter().fold(Contest::new(QUANTITIES), |contest, together| {
        let client = &client;
        contest.enter(format!("{together} at a time"), move || {
            visit(client, 3000, || count(&client.query::<Interface>().page_size(100), together))
        })
    });
    // A turn is short enough to be repeated.
    contest.run(rounds.max(3))?;
    Ok(())
}

/// Walks through the objects of a query with so many requests at a time, and counts them.
fn count<M: netbox_core::Model, C: Mode>(
    query: &Query<M, C>,
    together: usize,
) -> Outcome<'static, C, Result<usize, Error>> {
    let mut pages = query.clone().concurrency(together).pages();
    C::run(async move {
        let mut objects = 0;
        while let Some(page) = C::lift(pages.next_page()).await {
            objects += page?.len();
        }
        Ok(objects)
    })
}

fn ureq() -> anyhow::Result<UreqTransport> {
    UreqTransport::new().map_err(|error| anyhow!("{error}"))
}

fn hyper() -> anyhow::Result<HyperTransport> {
    HyperTransport::new().map_err(|error| anyhow!("{error}"))
}

/// A page of a list of [`OBJECTS`] objects, as a NetBox with the cursor `start` gives it.
fn page(query: Option<&str>) -> String {
    let number = |name: &str| {
        let pairs = query.unwrap_or_default().split('&').filter_map(|pair| pair.split_once('='));
        pairs.filter(|(other, _)| *other == name).find_map(|(_, value)| value.parse::<u64>().ok())
    };
    let (limit, start) = (number("limit").unwrap_or(50), number("start"));
    let first = start.unwrap_or(1);
    let last = (first + limit - 1).min(number("id__lte").unwrap_or(OBJECTS)).min(OBJECTS);
    let rows: Vec<String> = (first..=last).map(|id| format!(r#"{{"id":{id},"name":"Site {id}"}}"#)).collect();
    let is_full = rows.len() as u64 == limit;
    let next = if is_full { format!(r#""https://h/?limit={limit}&offset={limit}""#) } else { "null".into() };
    let count = if start.is_some() { "null".into() } else { OBJECTS.to_string() };
    format!(r#"{{"count":{count},"next":{next},"results":[{}]}}"#, rows.join(","))
}
