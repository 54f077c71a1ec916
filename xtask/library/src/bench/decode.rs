//! The library's overhead over reading plain JSON.

use std::sync::Arc;

use anyhow::{anyhow, ensure};
use cpu_time::ThreadTime;
use netbox_core::{
    Blocking, Client,
    transport::{Request, Transport as _},
};
use netbox_replay::loopback::{Answer, Loopback};
use netbox_tests::model::Interface;
use netbox_transport_ureq::UreqTransport;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Benchmark, Row, Settings, contest::Contest};

pub(super) const BENCHMARK: Benchmark = Benchmark {
    name: "decode",
    about: "CPU time of full pages of 1,000 interfaces into a model of five fields: by hand, and with netbox-core",
    rounds: 31,
    run,
};

/// Interfaces with all fields, one a line, as NetBox sends them but for `{}` in place of the id.
const INTERFACES: &str = include_str!("../../../../fixtures/bench/interfaces.jsonl");
const PAGES: usize = 10;
const PAGE_SIZE: usize = 1000;
const TOKEN: &str = "nbt_benchmark000.0000000000000000000000000000000000000000";

/// A NetBox that has many interfaces, and gives the same fields of them to everybody.
pub(super) struct Server {
    pub(super) loopback: Loopback,
    /// How many bytes all of its pages have.
    bytes: usize,
}

impl Server {
    /// A server that gives these `fields`, or all.
    pub(super) fn start(fields: Option<&[&str]>) -> Self {
        let pages: Arc<[String]> = (0..PAGES).map(|index| page(index, fields)).collect();
        let bytes = pages.iter().map(String::len).sum();
        println!("  {PAGES} pages, {} kB", bytes / 1000);
        Self { loopback: Loopback::start(move |request| answer(&pages, request)), bytes }
    }

    /// Does `work`, which should see all interfaces, and measures it: the milliseconds of this thread for each MB.
    pub(super) fn measured(&self, work: impl FnOnce() -> anyhow::Result<usize>) -> anyhow::Result<[f64; 1]> {
        let began = ThreadTime::now();
        let seen = work()?;
        let milliseconds = began.elapsed().as_secs_f64() * 1e3;
        ensure!(seen == PAGES * PAGE_SIZE, "{seen} interfaces");
        #[allow(clippy::cast_precision_loss, reason = "some megabytes")]
        Ok([milliseconds / (self.bytes as f64 / 1e6)])
    }
}

pub(super) const QUANTITY: [&str; 1] = ["CPU milliseconds of the client's thread per MB of JSON"];

fn run(rounds: usize, _: &Settings) -> anyhow::Result<Option<Row>> {
    let server = Server::start(None);
    let url = server.loopback.url();
    let transport = UreqTransport::new().map_err(|error| anyhow!("{error}"))?;
    let client = Client::builder(url).token(TOKEN).build(transport.clone())?;
    Contest::new(QUANTITY)
        .enter("by hand", || server.measured(|| by_hand(&transport, url)))
        .enter("netbox-core", || server.measured(|| by_client(&client)))
        .run(rounds)?;
    Ok(None)
}

fn by_client(client: &Client<Blocking>) -> anyhow::Result<usize> {
    let mut seen = 0;
    for page in client.query::<Interface>().all_fields().pages() {
        seen += page?.len();
    }
    Ok(seen)
}

/// The same over the same transport, as short as it gets, and into structs that know nothing of NetBox.
fn by_hand(transport: &UreqTransport, url: &str) -> anyhow::Result<usize> {
    #[derive(Deserialize)]
    struct Page {
        next: Option<String>,
        results: Vec<PlainInterface>,
    }

    #[derive(Deserialize)]
    #[allow(dead_code, reason = "read from JSON")]
    struct PlainInterface {
        id: u64,
        name: String,
        enabled: bool,
        mtu: Option<u32>,
        device: PlainKey,
    }

    #[derive(Deserialize)]
    #[allow(dead_code, reason = "read from JSON")]
    struct PlainKey {
        id: u64,
        url: String,
        display: String,
    }

    let mut seen = 0;
    let mut start = 0;
    loop {
        let mut request = Request::default();
        *request.uri_mut() = format!("{url}/api/dcim/interfaces/?limit={PAGE_SIZE}&start={start}").parse()?;
        request.headers_mut().insert("accept", "application/json".parse()?);
        request.headers_mut().insert("authorization", format!("Bearer {TOKEN}").parse()?);
        let response = transport.send(request)?;
        ensure!(response.status().is_success(), "{}", response.status());
        let page: Page = serde_json::from_slice(response.body())?;
        seen += page.results.len();
        match (page.next, page.results.last()) {
            (Some(_), Some(last)) => start = last.id + 1,
            _ => return Ok(seen),
        }
    }
}

/// The page that begins with `start`, as NetBox 4.7 pages by the key.
fn answer(pages: &[String], request: &Request) -> Answer {
    let query = request.uri().query().unwrap_or_default();
    let start = query.split('&').find_map(|pair| pair.strip_prefix("start=")?.parse::<usize>().ok());
    let page = start.unwrap_or(0).saturating_sub(1) / PAGE_SIZE;
    pages
        .get(page)
        .map_or_else(|| Answer::new(404), |page| Answer::json(page.clone()).header("api-version", "4.7"))
}

/// The page number `index`, counted from 0, of interfaces whose ids count from 1, with these `fields` or all.
fn page(index: usize, fields: Option<&[&str]>) -> String {
    let only = |interface: String| match fields {
        Some(fields) => {
            let mut object: Map<String, Value> = serde_json::from_str(&interface).expect("an interface");
            object.retain(|name, _| fields.contains(&&**name));
            Value::from(object).to_string()
        }
        None => interface,
    };
    let interfaces: Vec<String> = INTERFACES
        .lines()
        .cycle()
        .zip(index * PAGE_SIZE + 1..)
        .take(PAGE_SIZE)
        .map(|(interface, id)| only(interface.replacen("{}", &id.to_string(), 1)))
        .collect();
    let next = match index + 1 {
        PAGES => "null".to_owned(),
        next => {
            let start = next * PAGE_SIZE + 1;
            format!(r#""http://127.0.0.1/api/dcim/interfaces/?limit={PAGE_SIZE}&start={start}""#)
        }
    };
    format!(r#"{{"count":null,"next":{next},"previous":null,"results":[{}]}}"#, interfaces.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_contestants_read_every_interface() {
        run(1, &Settings::of_environment()).unwrap();
    }
}
