//! The models against the recordings of each version of NetBox.

use std::sync::Arc;

use netbox_core::{Blocking, Client, Error, Model, Patch, Record};
use netbox_replay::Cassette;
use netbox_schema::{Method, Versions};

use crate::{
    Counted,
    lists::{self, Lists},
    recordings, scenario,
    truth::{self, Entry, NEVER, Sample, Shown},
};

/// The results for a release.
#[derive(Debug, Default)]
pub struct Tried {
    /// Such as `4.3.7`.
    pub release: String,
    /// How many lists this NetBox has, of those that there are models for.
    pub lists: usize,
    /// How many of them were read through their models, because objects were recorded.
    pub read: usize,
    /// How many objects these had.
    pub objects: usize,
    /// How many models created an object.
    pub created: usize,
    /// How many models put objects back unchanged.
    pub put_back: usize,
    /// How many scenarios are recorded.
    pub scenarios: usize,
    /// How many requests these have.
    pub exchanges: usize,
    /// Everything that did not go as it should.
    pub wrong: Vec<String>,
}

const ALL: Sample = Sample { oldest: 100, newest: 0, specimens: 0 };

/// Tries all releases that are recorded, the oldest first.
pub fn try_all() -> Vec<Tried> {
    lists::releases().iter().map(|release| Tried::of(release)).collect()
}

impl Tried {
    fn of(release: &str) -> Self {
        let lists = Arc::new(Lists::of(release));
        let version = lists.version();
        let mut this = Self { release: release.to_owned(), ..Self::default() };
        let creates = netbox_models::for_each_model!(creates);
        for entry in truth::entries().iter().filter(|entry| entry.exists(version)) {
            this.lists += 1;
            if lists.objects(entry.endpoint).is_empty() {
                continue;
            }
            this.read(&lists, entry);
            let does = |methods: Versions| methods.contains(version.major(), version.minor());
            let schema = netbox_schema::endpoint(entry.endpoint).expect("an endpoint of the schema");
            if let Some((_, create)) = creates.iter().find(|(endpoint, _)| *endpoint == entry.endpoint)
                && does(schema.methods().of(Method::Post))
            {
                this.create(&lists, entry.endpoint, *create);
            }
            let never = NEVER.iter().any(|(endpoint, _)| *endpoint == entry.endpoint);
            if entry.is_writable(version) && !never {
                this.put(&lists, entry);
            }
        }
        let version = version.to_string();
        for name in scenario::NAMES {
            if let Ok(cassette) = Cassette::load(recordings::path(&version, name)) {
                this.scenarios += 1;
                this.exchanges += cassette.exchanges().len();
            }
        }
        this
    }

    /// Reads each object as it was sent.
    fn read(&mut self, lists: &Arc<Lists>, entry: &Entry<Blocking>) {
        match truth::read(&client(lists).0, entry, ALL) {
            Ok(reading) => {
                self.read += 1;
                self.objects += reading.objects;
                self.differ_in(entry.endpoint, reading.wrong);
            }
            Err(error) => self.differ(entry.endpoint, error),
        }
    }

    /// Creates objects, with one more request where the model has what the answer lacks, however many they are.
    fn create(&mut self, lists: &Arc<Lists>, endpoint: &str, create: Create) {
        let (client, server) = client(lists);
        let objects = lists.objects(endpoint);
        match create(&client, objects.len()) {
            Ok(created) => {
                for (sent, shown) in created.iter().flat_map(|created| objects.iter().zip(created)) {
                    self.differ_in(endpoint, truth::differences(sent, shown));
                }
                let expected = if lists.lacking(endpoint).is_some() { 4 } else { 2 };
                if server.requests() != expected {
                    self.differ(endpoint, format!("{} requests", server.requests()));
                }
                self.created += 1;
            }
            Err(error) => self.differ(endpoint, error),
        }
    }

    /// Puts objects back; the server refuses whatever is not as it was.
    fn put(&mut self, lists: &Arc<Lists>, entry: &Entry<Blocking>) {
        let client = Client::builder(URL).build(Arc::clone(lists)).expect("a client");
        match truth::put_back(&client, entry) {
            Ok((_, wrong)) => {
                self.put_back += 1;
                self.differ_in(entry.endpoint, wrong);
            }
            Err(error) => self.differ(entry.endpoint, error),
        }
    }

    fn differ(&mut self, endpoint: &str, what: impl ToString) {
        self.differ_in(endpoint, vec![what.to_string()]);
    }

    fn differ_in(&mut self, endpoint: &str, ways: Vec<String>) {
        let release = &self.release;
        self.wrong.extend(ways.into_iter().map(|what| format!("{release}: {endpoint}: {what}")));
    }
}

const URL: &str = "https://netbox.example.com";

fn client(lists: &Arc<Lists>) -> (Client<Blocking>, Arc<Counted<Arc<Lists>>>) {
    let server = Arc::new(Counted::new(Arc::clone(lists)));
    let client = Client::builder(URL).check_writes(false).build(Arc::clone(&server));
    (client.expect("a client"), server)
}

type Create = fn(&Client<Blocking>, usize) -> Result<[Vec<Shown>; 2], Error>;

/// Creates one object, and then so many in one request.
fn create<M: Model>(client: &Client<Blocking>, many: usize) -> Result<[Vec<Shown>; 2], Error> {
    let one = client.create::<M>(Patch::new())?;
    let many = client.create_many::<M>((0..many).map(|_| Patch::new())).send()?;
    let shown = |record: &Record<M, Blocking>| Shown::of::<M>(record);
    Ok([vec![shown(&one)], many.iter().map(shown).collect()])
}

macro_rules! creates {
    ($($model:path)+) => {
        [$((<$model as Model>::ENDPOINT, create::<$model> as Create)),+]
    };
}
use creates;
