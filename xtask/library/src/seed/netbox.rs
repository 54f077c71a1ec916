//! The NetBox to fill.

use std::{collections::HashSet, fmt, thread, time::Duration};

use anyhow::{Context as _, anyhow, bail, ensure};
use netbox_core::{Blocking, Client, ErrorKind, Object, Record, Version, value::Choice};
use netbox_plan::{ApplyError, Plan};
use netbox_transport_ureq::UreqTransport;
use serde_json::{Value, json};

use super::{dataset::Dataset, describe::Description};
use crate::{progress::Progress, server::Server};

/// The first version that keeps a message with each change.
const MESSAGES: Version = Version::new(4, 4);

/// How long a data source may wait to be read: behind a job for each object that was written before.
const PATIENCE: Duration = Duration::from_secs(1200);

/// The work that was done.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Done {
    pub(super) created: usize,
    pub(super) changed: usize,
}

impl fmt::Display for Done {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} created, {} changed", self.created, self.changed)
    }
}

/// A description that NetBox agrees with.
pub(super) struct Agreed<'d> {
    description: &'d Description<'d>,
    plan: Plan<Blocking>,
}

impl Agreed<'_> {
    /// The id of what a reference names.
    pub(super) fn id(&self, reference: &str) -> anyhow::Result<u64> {
        let place = self.description.place(reference);
        place.and_then(|place| self.plan.id_at(&place)).with_context(|| format!("{reference} is not there"))
    }
}

pub(super) struct Netbox {
    pub(super) client: Client<Blocking>,
    /// The id of the user whose token is used.
    pub(super) me: u64,
}

impl Netbox {
    /// Waits long enough for each answer: a batch of devices brings thousands of components with it.
    pub(super) fn connect(server: &Server) -> anyhow::Result<Self> {
        let transport = UreqTransport::builder().timeout(Duration::from_secs(300)).build()?;
        let client = Client::builder(&server.url).token(&server.token).build(transport)?;
        let me = me(&client, &server.token)?;
        Ok(Self { client, me })
    }

    pub(super) fn version(&self) -> anyhow::Result<String> {
        Ok(self.client.status()?.netbox_version)
    }

    /// Refuses a NetBox with sites that are not of the data set: it isn't ours to fill.
    pub(super) fn refuse_a_strangers(&self, dataset: &Dataset) -> anyhow::Result<()> {
        let sites =
            dataset.sets.iter().filter(|set| set.endpoint == "dcim/sites").flat_map(|set| &set.objects);
        let ours: HashSet<&str> = sites.filter_map(|site| site.fields.get("slug")?.as_str()).collect();
        for site in self.client.query_at("dcim/sites").fields(["name", "slug"]) {
            let (name, slug): (String, String) = {
                let site = site?;
                (site.get("name")?, site.get("slug")?)
            };
            if !ours.contains(slug.as_str()) {
                bail!(
                    "this NetBox isn't empty: its site {name} is not of the data set, and other people's data is left alone"
                );
            }
        }
        Ok(())
    }

    /// Writes what differs from the description, and makes sure by another plan that nothing does any more.
    pub(super) fn bring_about<'d>(
        &self,
        description: &'d Description<'d>,
        done: &mut Done,
    ) -> anyhow::Result<Agreed<'d>> {
        let desired = description.desired()?;
        let plan = || desired.plan(&self.client).map_err(|error| anyhow!("{error}"));
        let first = plan()?;
        if first.is_empty() {
            return Ok(Agreed { description, plan: first });
        }
        let takes_messages = self.client.version().is_some_and(|version| version >= MESSAGES);
        done.created += first.creates();
        done.changed += first.changes();
        apply(first, takes_messages, description)?;
        let second = plan()?;
        ensure!(second.is_empty(), "NetBox does not show what was written: {second}");
        Ok(Agreed { description, plan: second })
    }

    /// Has the data source with that id read, and waits for that.
    pub(super) fn sync(&self, source: u64) -> anyhow::Result<()> {
        let mut source = self.client.get_at("core/data-sources", source)?;
        source.sync()?;
        for _ in 0..PATIENCE.as_secs() {
            // The answer to `sync` shows the source as it was before.
            source.refresh()?;
            let status: Choice = source.get("status")?;
            match status.as_str() {
                "completed" => return Ok(()),
                "failed" => bail!("NetBox could not read it: core/jobs tells why"),
                _ => thread::sleep(Duration::from_secs(1)),
            }
        }
        bail!("NetBox has not read it yet: is its worker running?")
    }
}

fn apply(plan: Plan<Blocking>, takes_messages: bool, description: &Description<'_>) -> anyhow::Result<()> {
    let progress = Progress::new(plan.creates() + plan.changes());
    progress.begin(&format!("{} to create, {} to change", plan.creates(), plan.changes()));
    let mut done = 0;
    let tell = |now: netbox_plan::Progress| {
        progress.advance(now.done - done);
        done = now.done;
    };
    let mut apply = plan.apply().on_progress(tell);
    if takes_messages {
        apply = apply.message("The data set for tests");
    }
    apply.send().map(drop).map_err(|error| blame(&error, description))
}

/// The number of objects that an error names.
const BLAMED: usize = 10;

/// The error of a plan that was not carried out, with a line for each object to blame.
fn blame(error: &ApplyError, description: &Description<'_>) -> anyhow::Error {
    let outcomes = error.applied().outcomes().iter();
    let line = |outcome: &netbox_plan::ObjectOutcome| {
        let of = description.reference(outcome.place()).unwrap_or(outcome.place());
        Some(format!("\n  {of}: {}", outcome.why()?))
    };
    let first = error.error().map(ToString::to_string).unwrap_or_default();
    anyhow!("{first}{}", outcomes.filter_map(line).take(BLAMED).collect::<String>())
}

fn me(client: &Client<Blocking>, token: &str) -> anyhow::Result<u64> {
    let user: Value = match client.raw().get("authentication-check/") {
        // Before 4.5, only the token itself shows its user.
        Err(error) if error.kind() == ErrorKind::NoEndpoint => {
            let tokens = client.query_at("users/tokens").fields(["display", "user"]).all()?;
            let shown = |token: &Record<Object, Blocking>| json!(**token);
            owner(token, &tokens.iter().map(shown).collect::<Vec<_>>())?
        }
        user => user?,
    };
    user["id"].as_u64().context("NetBox shows a user without an id")
}

/// The user of that token among `tokens`, of which NetBox shows the last characters or all of them.
fn owner(token: &str, tokens: &[Value]) -> anyhow::Result<Value> {
    let is_own = |shown: &&Value| {
        let end = shown["display"].as_str().unwrap_or_default().trim_start_matches('*');
        !end.is_empty() && token.ends_with(end)
    };
    let mut users: Vec<_> = tokens.iter().filter(is_own).map(|token| &token["user"]).collect();
    users.dedup();
    match *users {
        [user] => Ok(user.clone()),
        _ => bail!("whose token NETBOX_TOKEN is can't be told from `users/tokens`"),
    }
}

#[cfg(test)]
mod tests {
    use netbox_replay::loopback::{Answer, Loopback};

    use super::*;

    #[test]
    fn a_netbox_before_4_5_tells_the_user_by_the_token() {
        let server = Loopback::start(|request| {
            let page = r#"{"count": 1, "next": null, "results": [{"id": 1, "display": "**34567", "user": {"id": 9}}]}"#;
            let answer = match request.uri().path() {
                "/api/users/tokens/" => Answer::json(page),
                _ => Answer::new(404).body(r#"<html data-netbox-version="4.3.7">"#),
            };
            answer.header("API-Version", "4.3")
        });
        let connect =
            |token: &str| Netbox::connect(&Server { url: server.url().to_owned(), token: token.to_owned() });
        assert_eq!(connect("1234567").unwrap().me, 9);
        let error = connect("7654321").err().unwrap().to_string();
        assert!(error.contains("can't be told from `users/tokens`"), "{error}");
    }

    #[test]
    fn a_token_tells_its_user_by_its_end() {
        let token = |display: &str, user: u64| json!({"display": display, "user": {"id": user}});
        let tokens =
            [token("*****234567", 1), token("*****234568", 2), token("0123456789abcdef", 3), token("", 4)];
        let owner = |own| owner(own, &tokens).ok().map(|user| user["id"].clone());
        assert_eq!(owner("0123234568"), Some(json!(2)));
        assert_eq!(owner("0123456789abcdef"), Some(json!(3)));
        assert_eq!(owner("0123456789"), None);
        let twice = [token("**67", 1), token("*67", 1)];
        assert_eq!(super::owner("1234567", &twice).unwrap()["id"], 1);
        let other = [token("**67", 1), token("**67", 2)];
        assert!(super::owner("1234567", &other).is_err());
    }
}
