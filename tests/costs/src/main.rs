//! Work of fixed size, for `cargo xtask bench instructions`: `netbox-tests-costs CASE ROUNDS` does it as often, and prints how
//! many requests and bytes of JSON each round took.

use std::env;

use anyhow::{Context as _, bail, ensure};

mod cases;
#[path = "../../../crates/netbox-plan/tests/netbox/mod.rs"]
mod netbox;
mod plan;
mod server;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [case, rounds] = &arguments[..] else { bail!("give a case and a number of rounds") };
    let server = server::Server::new();
    let work: Box<dyn Fn(&server::Server) -> anyhow::Result<()>> = match case.strip_prefix("plan_") {
        Some(objects) => Box::new(plan::work(objects.parse()?)),
        None => {
            Box::new(cases::CASES.iter().find(|(name, _)| name == case).context("there is no such case")?.1)
        }
    };
    let mut first = None;
    for _ in 0..rounds.parse::<u32>()? {
        server.forget();
        work(&server)?;
        let round = server.counted();
        ensure!(*first.get_or_insert(round) == round, "the rounds differ");
    }
    let (requests, bytes) = first.unwrap_or_default();
    println!("{requests} {bytes}");
    Ok(())
}
