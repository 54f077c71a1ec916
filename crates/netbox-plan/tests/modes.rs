//! Both modes do the same: what is described is planned, applied and exported by an async client as by a blocking one.

mod description;
mod netbox;

use std::{collections::BTreeMap, sync::Arc};

use description::{Description, description};
use netbox::{Fault, Fields, Netbox, server};
use netbox_core::{Async, Blocking, Mode, NetboxModel, Patch, bulk::Fate};
use netbox_plan::{Desired, Ensure, Ensured};
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

/// A plan with nothing to do.
const NOTHING: &str = "0 to create, 0 to change, 0 to delete";

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
    name: String,
    slug: String,
    description: Option<String>,
}

/// Makes the NetBox what `desired` says, with several requests at a time, and returns what both plans said.
async fn apply<C: Mode>(server: &Arc<Netbox>, desired: &Desired) -> [String; 2] {
    let client = server.client_of::<C>();
    let plan = C::lift(desired.plan(&client)).await.unwrap_or_else(|error| panic!("{error}"));
    let planned = plan.to_string();
    let mut progress = Vec::new();
    let apply = plan.apply().concurrency(4).message("as described");
    let apply = apply.on_progress(|now| progress.push((now.done, now.total)));
    let applied = C::lift(apply.send()).await.unwrap_or_else(|error| panic!("{error}"));
    assert!(applied.outcomes().iter().all(|outcome| outcome.fate() == Fate::Written), "{applied}");
    assert!(progress.is_sorted(), "{progress:?}");
    let again = C::lift(desired.plan(&client)).await.unwrap_or_else(|error| panic!("{error}"));
    [planned, again.to_string()]
}

async fn export<C: Mode>(server: &Arc<Netbox>) -> Value {
    let client = server.client_of::<C>();
    let paths = ["dcim/devices", "dcim/interfaces", "dcim/regions", "dcim/sites", "dcim/virtual-chassis"];
    let queries = paths.map(|path| client.query_at(path));
    let exported = C::lift(Desired::export(&client, queries)).await.unwrap_or_else(|error| panic!("{error}"));
    let plan = C::lift(exported.plan(&client)).await.unwrap_or_else(|error| panic!("{error}"));
    assert!(plan.is_empty(), "{plan}");
    serde_json::to_value(exported).unwrap()
}

/// All that can be seen of the way from one description to the next.
#[derive(Debug, PartialEq)]
struct Way {
    plans: [String; 2],
    requests: Vec<String>,
    objects: BTreeMap<String, Fields>,
    exported: Value,
}

fn way<C: Mode>(former: &Description, next: &Description) -> Way {
    let server = server();
    let [_, nothing] = run(apply::<C>(&server, &former.desired(0)));
    assert_eq!(nothing, NOTHING);
    let plans = run(apply::<C>(&server, &next.desired(0)));
    assert_eq!(server.messages().into_iter().collect::<Vec<_>>(), ["as described"]);
    let requests = server.requests();
    let exported = run(export::<C>(&server));
    Way { plans, requests, objects: server.dump(), exported }
}

fn run<R>(future: impl Future<Output = R>) -> R {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn both_modes_plan_write_and_export_the_same(former in description(), next in description()) {
        let (former, next) = (former.at_home(), next.at_home());
        prop_assert_eq!(way::<Blocking>(&former, &next), way::<Async>(&former, &next));
    }

    #[test]
    fn an_async_plan_that_fails_is_completed_by_another(
        next in description(),
        after in 0..8usize,
        is_carried_out: bool,
        keeps_going: bool,
    ) {
        let server = server();
        server.fail(Some(Fault { after, is_carried_out }));
        let desired = next.desired(0);
        let client = server.client_of::<Async>();
        let outcome = run(async {
            let plan = desired.plan(&client).await.unwrap();
            let apply = if keeps_going { plan.apply().keep_going() } else { plan.apply() };
            apply.concurrency(4).send().await
        });
        if let Err(error) = outcome {
            let outcomes = error.applied().outcomes();
            prop_assert_eq!(outcomes.iter().any(|one| one.fate() == Fate::Unknown), is_carried_out, "{}", error);
        }
        server.fail(None);
        let [_, nothing] = run(apply::<Async>(&server, &desired));
        prop_assert_eq!(nothing, NOTHING);
    }
}

async fn ensure<C: Mode>() {
    let server = Netbox::new();
    let client = server.client_of::<C>();
    let patch = || Patch::new().set(Site::SLUG, "ams1").set(Site::NAME, "Amsterdam 1");
    let ensure = |patch| C::lift(client.ensure::<Site>(patch));

    let Ensured::Created(site) = ensure(patch()).await.unwrap() else { panic!("there was none") };
    assert_eq!((&*site.name, &*site.slug), ("Amsterdam 1", "ams1"));
    let Ensured::Found(found) = ensure(patch()).await.unwrap() else { panic!("it is there") };
    assert_eq!(found.id, site.id);
    let described = patch().set(Site::DESCRIPTION, "cages");
    let Ensured::Changed(changed) = ensure(described).await.unwrap() else { panic!("it has no description") };
    assert_eq!((changed.id, changed.description.as_deref()), (site.id, Some("cages")));
    let Ensured::Found(found) = ensure(patch()).await.unwrap() else { panic!("it is left alone") };
    assert_eq!(found.description.as_deref(), Some("cages"));

    server.put("dcim/sites", json!({"name": "Other", "slug": "other"}));
    let refused = ensure(Patch::new().set(Site::SLUG, "new").set(Site::NAME, "Other")).await.err().unwrap();
    assert!(refused.to_string().contains("dcim/sites[0]: not written"), "{refused}");
    assert_eq!(server.count("dcim/sites"), 2);
}

#[test]
fn one_object_is_created_found_and_changed() {
    run(ensure::<Blocking>());
    run(ensure::<Async>());
}
