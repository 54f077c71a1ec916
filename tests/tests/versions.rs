//! Each ready-made model against the recorded lists of five releases of NetBox: each object is read as it was sent, and what
//! NetBox answers to a create is enough.

use std::sync::Arc;

use netbox_core::{Blocking, Client, Error, Model, Patch};
use netbox_schema::Method;
use netbox_tests::{
    Counted,
    lists::{Lists, releases},
    truth::{self, Sample, Shown},
};

const ALL: Sample = Sample { oldest: 100, newest: 0, specimens: 0 };

type Server = Arc<Counted<Arc<Lists>>>;

fn client(lists: &Arc<Lists>) -> (Client<Blocking>, Server) {
    let server = Arc::new(Counted::new(Arc::clone(lists)));
    let client = Client::builder("https://netbox.example.com").check_writes(false);
    (client.build(Arc::clone(&server)).unwrap(), server)
}

#[test]
fn each_object_is_read_as_it_was_sent() {
    let mut wrong = Vec::new();
    for release in releases() {
        let lists = Arc::new(Lists::of(&release));
        let (client, _) = client(&lists);
        let entries = truth::entries::<Blocking>();
        let mut models = 0;
        let mut objects = 0;
        for entry in entries.iter().filter(|entry| !lists.objects(entry.endpoint).is_empty()) {
            match truth::read(&client, entry, ALL) {
                Ok(reading) => {
                    models += 1;
                    objects += reading.objects;
                    wrong.extend(reading.wrong.into_iter().map(|what| format!("{release}: {what}")));
                }
                Err(error) => wrong.push(format!("{release}: {}: {error}", entry.endpoint)),
            }
        }
        println!("{release}: {models} models, {objects} objects");
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Creates one object, and then so many in one request.
fn create<M: Model>(client: &Client<Blocking>, many: usize) -> Result<[Vec<Shown>; 2], Error> {
    let one = client.create::<M>(Patch::new())?;
    let many = client.create_many::<M>((0..many).map(|_| Patch::new())).send()?;
    let shown = |record: &netbox_core::Record<M, Blocking>| Shown::of::<M>(record);
    Ok([vec![shown(&one)], many.iter().map(shown).collect()])
}

type Create = fn(&Client<Blocking>, usize) -> Result<[Vec<Shown>; 2], Error>;

macro_rules! creates {
    ($($model:path)+) => {
        [$((<$model>::ENDPOINT, create::<$model> as Create)),+]
    };
}

/// One request, and one more where the model has what the answer lacks, however many are created.
#[test]
fn each_object_that_is_created_is_read_whole() {
    let creates = netbox_models::for_each_model!(creates);
    let mut wrong = Vec::new();
    for release in releases() {
        let lists = Arc::new(Lists::of(&release));
        let mut read_again = 0;
        for (endpoint, create) in &creates {
            let objects = lists.objects(endpoint);
            if objects.is_empty() || !is_created(endpoint) {
                continue;
            }
            let (client, server) = client(&lists);
            let mut differ = |what: String| wrong.push(format!("{release}: {endpoint}: {what}"));
            match create(&client, objects.len()) {
                Ok(created) => {
                    for (sent, shown) in created.iter().flat_map(|created| objects.iter().zip(created)) {
                        truth::differences(sent, shown).into_iter().for_each(&mut differ);
                    }
                    let expected = if lists.lacking(endpoint).is_some() { 4 } else { 2 };
                    read_again += expected / 4;
                    if server.requests() != expected {
                        differ(format!("{} requests", server.requests()));
                    }
                }
                Err(error) => differ(error.to_string()),
            }
        }
        println!("{release}: {read_again} models were read again");
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

fn is_created(endpoint: &str) -> bool {
    netbox_schema::endpoint(endpoint).is_some_and(|endpoint| !endpoint.methods().of(Method::Post).is_empty())
}
