use std::{
    sync::atomic::{AtomicUsize, Ordering::SeqCst},
    time::Duration,
};

use http::Method;
use serde_json::json as value;

use super::records::{Site, site};
use crate::{
    Async, Blocking, ErrorKind, Mode,
    test::{Asking, Canned, json},
    transport::Request,
};

#[test]
fn everything_of_a_branch_is_on_that_branch() {
    let branches = |request: &Request| {
        let asked = request.uri().query().unwrap_or_default().to_owned();
        // As a plugin that ignores the filter would.
        let all = value!([
            {"id": 1, "name": "move", "schema_id": "8qm4tz2c", "status": {"value": "ready", "label": "Ready"}},
            {"id": 2, "name": "old", "schema_id": "1111aaaa", "status": {"value": "merged", "label": "Merged"}},
        ]);
        assert!(asked.contains("name=") || asked.contains("schema_id="), "{asked}");
        json(200, &value!({"count": 2, "next": null, "results": all}))
    };
    let client = Canned::<Blocking>::client(move |request| match (request.method(), request.uri().path()) {
        (_, path) if path.contains("/branching/") => branches(request),
        (&Method::OPTIONS, _) => json(200, &value!({"name": "Sites"})),
        (&Method::GET, path) if path.ends_with("/sites/") => json(
            200,
            &value!({"count": 1, "next": null, "results": [{"id": 7, "name": "a", "last_updated": null}]}),
        ),
        _ => site("4.7", "a", None),
    });
    let on_branch = |name: &'static str| client.on_branch(name);
    let told = on_branch("mvoe").unwrap_err();
    assert!(told.kind() == ErrorKind::NoMatch && told.to_string().contains("no branch “mvoe”"), "{told}");
    assert!(on_branch("old").unwrap_err().to_string().contains("it is merged"));
    let asked = client.transport().requests().len();

    for name in ["move", "8qm4tz2c"] {
        let branch = on_branch(name).unwrap();
        let mut site = branch.query::<Site>().one().unwrap();
        site.name = "b".into();
        site.save().unwrap();
        crate::Fk::<Site>::new(7).get(&branch).unwrap();
    }
    client.get::<Site>(7).unwrap();
    let requests = client.transport().requests();
    let (main, rest) = requests[asked..].split_last().unwrap();
    assert!(!main.headers().contains_key("x-netbox-branch"), "the other client stays where it is");
    for request in rest.iter().filter(|request| !request.uri().path().contains("/branching/")) {
        assert_eq!(request.headers()["x-netbox-branch"], "8qm4tz2c", "{}", request.uri());
    }
}

/// A NetBox with one branch, which is in one of these states after the other.
fn passing<C: Mode>(states: &[&'static str]) -> Asking<C> {
    let states = states.to_vec();
    let looks = AtomicUsize::new(0);
    Canned::client(move |_| {
        let status = states[looks.fetch_add(1, SeqCst).min(states.len() - 1)];
        let branch = value!({"id": 1, "name": "move", "schema_id": "8qm4tz2c", "status": {"value": status}});
        json(200, &value!({"count": 1, "next": null, "results": [branch]}))
    })
}

#[tokio::test]
async fn a_new_branch_is_waited_for_in_both_modes() {
    let states = &["new", "provisioning", "provisioning", "ready"];
    let slept = [200, 400, 800].map(Duration::from_millis);
    let client = passing::<Blocking>(states);
    let branch = client.wait_for_branch("move", Duration::from_secs(9)).unwrap();
    assert_eq!((branch.branch(), client.transport().slept()), (Some("8qm4tz2c"), slept.to_vec()));
    let client = passing::<Async>(states);
    let branch = client.wait_for_branch("move", Duration::from_secs(9)).await.unwrap();
    assert_eq!((branch.branch(), client.transport().slept()), (Some("8qm4tz2c"), slept.to_vec()));
}

#[test]
fn a_branch_is_waited_for_as_long_as_it_may_become_ready() {
    let client = passing::<Blocking>(&["syncing"]);
    let error = client.wait_for_branch("move", Duration::from_secs(1)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unfinished, "{error}");
    assert_eq!(client.transport().slept(), [200, 400, 400].map(Duration::from_millis));
    assert_eq!(client.transport().requests().len(), 4, "the last look comes after the last wait");
    assert_eq!(client.on_branch("move").unwrap_err().kind(), ErrorKind::Unfinished);
    for state in ["merged", "failed", "pending-migrations"] {
        let client = passing::<Blocking>(&[state]);
        let error = client.wait_for_branch("move", Duration::from_secs(1)).unwrap_err();
        let told = format!("the branch “move” is not ready to be worked on: it is {state}");
        assert_eq!((error.kind(), error.to_string()), (ErrorKind::Query, told));
        assert_eq!(client.transport().slept(), []);
    }
}
