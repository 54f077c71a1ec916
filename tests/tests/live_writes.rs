//! Facts of writing that only a real NetBox can prove: whatever was read can be put back, writers who race lose
//! nothing, and tokens may do only so much. Skipped unless `NETBOX_URL` is set.

use std::{
    collections::BTreeSet,
    fs::File,
    io::{self, Read},
    time::Duration,
};

use bytes::Bytes;
use futures_util::future::{join_all, try_join_all};
use http::Request;
use netbox_core::{
    Blocking, Client, Error, ErrorKind, Model, Object, Patch, Version,
    transport::{Source, Transport},
};
use netbox_tests::{
    Failure,
    model::{Device, Interface, IpAddress, Prefix, Rack, Region, Site, Tag, Tenant, Vlan, VmInterface},
    truth,
};
use netbox_transport_hyper::HyperTransport;
use netbox_transport_ureq::UreqTransport;
use serde_json::{Value, json};

mod clients;
mod server;

use clients::{asynchronous, blocking};

/// How many objects of an endpoint are put back.
const OF_EACH: usize = 2;

/// How long NetBox may take to do something in the background: every object that was written before waits there to be
/// indexed.
const PATIENCE: Duration = Duration::from_secs(1200);

#[test]
fn whatever_was_read_can_be_put_back() {
    let Some(client) = blocking() else { return };
    let mut put = 0;
    let mut failed = Vec::new();
    for endpoint in endpoints(&client).unwrap() {
        if truth::NEVER.iter().any(|(never, _)| *never == endpoint) {
            continue;
        }
        for id in writable_ids(&client, &endpoint) {
            match put_back(&client, &endpoint, id) {
                Ok(()) => put += 1,
                Err(error) => failed.push(format!("{endpoint} {id}: {error}")),
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(put > 200, "only {put} objects were put back");
}

/// The endpoints of all types of objects that this NetBox has.
fn endpoints(client: &Client<Blocking>) -> Result<BTreeSet<String>, Error> {
    let types = client.query_at("core/object-types").all()?;
    let paths = types.iter().filter_map(|kind| kind.text("rest_api_endpoint"));
    Ok(paths.filter_map(|path| Some(path.split_once("/api/")?.1.trim_matches('/').to_owned())).collect())
}

/// Some objects of an endpoint that can be written to; none if it is no list.
fn writable_ids(client: &Client<Blocking>, endpoint: &str) -> Vec<u64> {
    let options = client.options_at(endpoint);
    if !options.is_ok_and(|options| options.is_known()) {
        return Vec::new();
    }
    let first = client.query_at(endpoint).page_size(50).pages().next();
    let ids = first.into_iter().flatten().flatten().filter_map(|object| object.id());
    ids.take(OF_EACH).collect()
}

fn put_back(client: &Client<Blocking>, endpoint: &str, id: u64) -> Result<(), Failure> {
    let before = client.get_at(endpoint, id)?;
    before.clone().put()?;
    let after = client.get_at(endpoint, id)?;
    same(&before, &after)
}

fn same(before: &Object, after: &Object) -> Result<(), Failure> {
    match truth::changes(before, after) {
        changes if changes.is_empty() => Ok(()),
        changes => Err(changes.join("; ").into()),
    }
}

#[test]
fn models_that_know_a_part_put_back_the_whole() {
    let Some(client) = blocking() else { return };
    part::<Region>(&client).unwrap();
    part::<Site>(&client).unwrap();
    part::<Tag>(&client).unwrap();
    part::<Tenant>(&client).unwrap();
    part::<Rack>(&client).unwrap();
    part::<Device>(&client).unwrap();
    part::<Interface>(&client).unwrap();
    part::<VmInterface>(&client).unwrap();
    part::<Prefix>(&client).unwrap();
    part::<IpAddress>(&client).unwrap();
    part::<Vlan>(&client).unwrap();
}

fn part<M: Model>(client: &Client<Blocking>) -> Result<(), Failure> {
    for mut record in client.query::<M>().page_size(2).pages().next().ok_or("there are none")?? {
        let before = client.get_at(M::ENDPOINT, record.id())?;
        record.put()?;
        same(&before, &*client.get_at(M::ENDPOINT, record.id())?)?;
    }
    Ok(())
}

#[tokio::test]
async fn of_two_that_race_one_is_told_and_nothing_is_lost() {
    let Some(client) = asynchronous() else { return };
    let site = Patch::new().set(Site::NAME, "Race").set(Site::SLUG, "race");
    let site = client.create::<Site>(site).await.unwrap();
    if site.etag().is_none() {
        // Before 4.6, objects have no versions: a record is compared before it is written, and between the two is a gap.
        return site.delete().await.unwrap();
    }
    let mut ours = client.get::<Site>(site.id).await.unwrap();
    let mut theirs = client.get::<Site>(site.id).await.unwrap();
    ours.facility = "ours".into();
    theirs.facility = "theirs".into();
    let (one, other) = tokio::join!(ours.save(), theirs.save());
    assert_ne!(one.is_ok(), other.is_ok(), "{one:?} {other:?}");
    let conflict = one.and(other).unwrap_err();
    assert!(
        conflict.is_conflict() && conflict.ours() == site.etag() && conflict.theirs() != site.etag(),
        "{conflict}"
    );

    // Each adds a letter to what is there; none of them gets lost.
    client.update::<Site>(site.id, Patch::new().set(Site::FACILITY, "")).await.unwrap();
    let add = async |letter: char| {
        let mut site = client.get::<Site>(site.id).await?;
        site.save_with(|site| site.facility.push(letter)).await
    };
    for saved in join_all(['a', 'b', 'c', 'd'].map(add)).await {
        saved.unwrap();
    }
    let mut letters: Vec<char> = client.get::<Site>(site.id).await.unwrap().facility.chars().collect();
    letters.sort_unstable();
    assert_eq!(letters, ['a', 'b', 'c', 'd']);
    site.delete().await.unwrap();
}

/// Writers who count in the same tags, each in bulk: a writer who is too late gets an error, reads again, and counts
/// once more.
#[tokio::test]
async fn writers_in_bulk_who_race_lose_nothing() {
    let Some(client) = asynchronous() else { return };
    let tag = |n| Patch::new().set(Tag::NAME, format!("Race {n}")).set(Tag::SLUG, format!("race-{n}"));
    let tags = client.create_many::<Tag>((0..5).map(tag)).send().await.unwrap();
    let ids: Vec<u64> = tags.iter().map(|tag| tag.id).collect();
    if tags[0].etag().is_none() && client.version() < Some(Version::new(4, 6)) {
        client.delete_many::<Tag>(ids).send().await.unwrap();
        return;
    }
    let count = async |_| {
        for attempt in 0.. {
            // Some records know their versions, and others are compared first.
            let mut tags = client.query_at("extras/tags").param("id", &ids).all().await?;
            if attempt % 2 == 0 {
                tags = try_join_all(ids.iter().map(|id| client.get_at("extras/tags", *id))).await?;
            }
            for tag in &mut tags {
                let counted: String = tag.get("description")?;
                tag.set("description", format!("{counted}I"))?;
            }
            match client.save_many(&mut tags).send().await {
                Err(error) if error.error().is_conflict() => {
                    assert!(!error.items().is_empty(), "{error}");
                    assert_eq!(error.written().count(), 0, "all or none");
                }
                saved => return Ok::<_, Error>((saved?, attempt)),
            }
        }
        unreachable!("the loop ends by returning")
    };
    let counted = try_join_all((0..6).map(count)).await.unwrap();
    assert!(counted.iter().all(|(saved, _)| *saved == 5), "{counted:?}");
    assert!(counted.iter().any(|(_, conflicts)| *conflicts > 0), "nobody was ever too late: {counted:?}");
    for tag in client.query_at("extras/tags").param("id", &ids).all().await.unwrap() {
        assert_eq!(tag.text("description"), Some("IIIIII"), "a count is lost");
    }
    client.delete_many::<Tag>(ids.iter().copied()).send().await.unwrap();
}

#[tokio::test]
async fn addresses_are_allocated_once() {
    let Some(client) = asynchronous() else { return };
    let prefix = client.create::<Prefix>(Patch::new().set(Prefix::PREFIX, "198.18.64.0/24")).await.unwrap();
    let ten = async |_| {
        let mut taken = Vec::new();
        for _ in 0..5 {
            taken.extend(prefix.available_ips().of::<IpAddress>().allocate(2).await?);
        }
        Ok::<_, Error>(taken)
    };
    let taken: Vec<_> = try_join_all((0..10).map(ten)).await.unwrap().into_iter().flatten().collect();
    let distinct: BTreeSet<String> = taken.iter().map(|address| address.address.to_string()).collect();
    assert_eq!((taken.len(), distinct.len()), (100, 100));
    client.delete_many::<IpAddress>(taken.iter().map(|address| address.id)).send().await.unwrap();
    prefix.delete().await.unwrap();
}

/// A token that may only read, one whose user may do nothing, and one that has expired.
#[test]
fn tokens_that_may_not_write_are_told_so() {
    let Some(client) = blocking() else { return };
    let me = client.raw().get::<Value>("authentication-check").unwrap()["id"].clone();
    let nobody = json!({"username": "scenario-nobody", "password": "Correct-Horse-42"});
    let nobody = client.raw().post::<Value>("users/users", &nobody).unwrap()["id"].clone();

    let read_only = token(&client, &json!({"user": me, "write_enabled": false}));
    assert!(read_only.client.query::<Site>().count().unwrap() > 0);
    let refused =
        read_only.client.create::<Tag>(Patch::new().set(Tag::NAME, "x").set(Tag::SLUG, "x")).unwrap_err();
    assert!(refused.is_forbidden() && refused.to_string().contains("permission"), "{refused}");
    assert!(read_only.client.options::<Tag>().unwrap().choices("color").unwrap_err().is_forbidden());

    let powerless = token(&client, &json!({"user": nobody}));
    assert!(powerless.client.query::<Site>().count().unwrap_err().is_forbidden());
    assert!(powerless.client.delete::<Site>(1).unwrap_err().is_forbidden());
    let job = client.delete_many::<Tag>([]).background().unwrap();
    assert!(job.job().is_none() && job.wait(Duration::ZERO).unwrap().is_empty(), "nothing to do is no job");

    let expired = token(&client, &json!({"user": me}));
    expired_now(&client, &expired);
    let told = expired.client.status().unwrap_err();
    assert!(told.is_forbidden() && told.to_string().contains("expired"), "{told}");
    for token in [read_only, powerless, expired] {
        client.delete_at("users/tokens", token.id).unwrap();
    }
    client.delete_at("users/users", nobody.as_u64().unwrap()).unwrap();
}

/// Files are not below `/api/`, and NetBox checks tokens for them in another way.
#[tokio::test]
async fn images_are_read_as_they_were_written() {
    let Some((client, asynchronous)) = blocking().zip(asynchronous()) else { return };
    let image = &b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;"[..];
    let site = Patch::new().set(Site::NAME, "Gallery").set(Site::SLUG, "gallery");
    let site = client.create::<Site>(site).unwrap();
    let attached = site.attach_image("", "pixel.gif", image).unwrap();
    let image_url: String = attached.get("image").unwrap();
    let path = image_url.strip_prefix(client.base_url()).unwrap();
    for url in [&image_url, path, path.trim_start_matches('/')] {
        let file = client.download(url).unwrap();
        assert_eq!((&file.content()[..], file.content_type()), (image, Some("image/gif")), "{url}");
        assert_eq!(asynchronous.download(url).await.unwrap(), file);
    }
    let (mut read, written) = io::pipe().unwrap();
    let length = client.download_to(path, written.try_clone().unwrap()).unwrap();
    assert_eq!(asynchronous.download_to(path, written).await.unwrap(), length);
    let mut twice = Vec::new();
    read.read_to_end(&mut twice).unwrap();
    assert_eq!((twice, length), (image.repeat(2), image.len() as u64));

    let elsewhere = client.download("https://elsewhere.example.com/media/pixel.gif").unwrap_err();
    assert!(elsewhere.to_string().contains("belongs to elsewhere.example.com"), "{elsewhere}");
    let anonymous = Client::builder(client.base_url()).build(UreqTransport::new().unwrap()).unwrap();
    assert_eq!(anonymous.download(path).unwrap_err().kind(), ErrorKind::Redirect);
    attached.delete().unwrap();
    assert!(client.download(path).unwrap_err().is_not_found());
    site.delete().unwrap();
}

/// A bitmap of several megabytes, from a file, arrives as it is.
#[tokio::test]
async fn a_large_image_is_uploaded_from_a_file() {
    let Some((client, asynchronous)) = blocking().zip(asynchronous()) else { return };
    let (width, height) = (1200_u32, 1000_u32);
    let mut bitmap = [b"BM".to_vec(), vec![0; 52]].concat();
    bitmap.extend((0..width * height * 3).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8));
    for (at, number) in
        [(2, 54 + width * height * 3), (10, 54), (14, 40), (18, width), (22, height), (26, 1 | 24 << 16)]
    {
        bitmap[at..at + 4].copy_from_slice(&number.to_le_bytes());
    }
    let path = std::env::temp_dir().join(format!("netbox-upload-{}.bmp", std::process::id()));
    std::fs::write(&path, &bitmap).unwrap();
    let open = || File::open(&path).unwrap();
    let site = Patch::new().set(Site::NAME, "Bitmaps").set(Site::SLUG, "bitmaps");
    let site = client.create::<Site>(site).unwrap();
    let same = asynchronous.get::<Site>(site.id).await.unwrap();
    let by_both = [
        site.attach_image("", "ureq.bmp", open()).unwrap().get::<String>("image").unwrap(),
        same.attach_image("", "hyper.bmp", open()).await.unwrap().get::<String>("image").unwrap(),
    ];
    for url in by_both {
        assert!(client.download(&url).unwrap().content() == &bitmap, "{url}");
    }
    // NetBox refuses the token before it reads the file, and hangs up.
    let request = || {
        let url = format!("{}/api/extras/image-attachments/", client.base_url());
        let request = Request::post(url).header("authorization", "Bearer nbt_unknown.token");
        let mut request = request.body(Bytes::new()).unwrap();
        request.extensions_mut().insert(Source::seekable(open()).unwrap());
        request
    };
    assert_eq!(UreqTransport::new().unwrap().send(request()).unwrap().status(), 403);
    assert_eq!(HyperTransport::new().unwrap().send(request()).await.unwrap().status(), 403);
    std::fs::remove_file(&path).unwrap();
    site.delete().unwrap();
}

/// These jobs run in NetBox's background: its worker must be there.
#[test]
fn scripts_and_data_sources_run_in_the_background() {
    let Some(client) = blocking() else { return };
    let script = |word: &str| {
        format!(
            "from extras.scripts import FileVar, Script, StringVar\n\n\nclass Greet(Script):\n    name = StringVar()\n    \
             list = FileVar(required=False)\n\n    def run(self, data, commit):\n        \
             self.log_info(f\"{word} {{data['name']}}\")\n        \
             return data['list'].read().decode() if data.get('list') else 'done'\n"
        )
    };
    match client.upload_script("greet.py", script("hello")) {
        // It can't be deleted, so it may be there from the last time.
        Err(error) if error.is_invalid() => {}
        uploaded => uploaded.unwrap(),
    }
    client.replace_script("greet.py", script("good morning")).unwrap();
    assert!(client.replace_script("no_such_file.py", "pass").unwrap_err().is_not_found());
    let greet = || client.script("greet.Greet").data(&json!({"name": "you"}));
    let state = greet().run().unwrap().wait(PATIENCE).unwrap();
    assert!(state.log().iter().any(|line| line.message == "good morning you"), "{state:?}");
    assert_eq!(state.data::<Value>().unwrap()["output"], "done");
    let state = greet().file("list", "a.csv", b"a,b").commit().run().unwrap().wait(PATIENCE).unwrap();
    assert_eq!(state.data::<Value>().unwrap()["output"], "a,b");
    // Older versions run a script without a variable that it requires.
    if client.version() >= Some(Version::new(4, 7)) {
        assert!(client.script("greet.Greet").run().unwrap_err().is_invalid());
    }
    let later =
        greet().schedule_at("2099-01-01T00:00:00Z").interval(60).notifications("never").run().unwrap();
    let state = later.state().unwrap();
    assert_eq!((state.status().as_str(), state.has_ended()), ("scheduled", false));
    let job = client.get_at("core/jobs", later.id()).unwrap();
    assert_eq!(job.get::<u64>("interval").unwrap(), 60);

    let source = json!({"name": "Background", "type": "local", "source_url": "/tmp/nowhere-at-all"});
    let mut source = client.create_at("core/data-sources", &source).unwrap();
    source.sync().unwrap();
    let status = |source: &Object| source.get::<netbox_core::value::Choice>("status").unwrap();
    for _ in 0..PATIENCE.as_secs() {
        if ["completed", "failed"].iter().any(|ended| status(&source) == *ended) {
            break;
        }
        std::thread::sleep(Duration::from_secs(1));
        source.refresh().unwrap();
    }
    assert!(["completed", "failed"].iter().any(|ended| status(&source) == *ended), "{:?}", status(&source));
    source.delete().unwrap();
}

struct Token {
    id: u64,
    client: Client<Blocking>,
}

fn token(admin: &Client<Blocking>, body: &Value) -> Token {
    let made: Value = admin.raw().post("users/tokens", body).unwrap();
    let secret = made["token"].as_str().unwrap();
    // Before 4.5 the token is all of it.
    let token = made["key"].as_str().map_or_else(|| secret.to_owned(), |key| format!("nbt_{key}.{secret}"));
    let client = Client::builder(admin.base_url()).token(token).build(UreqTransport::new().unwrap());
    Token { id: made["id"].as_u64().unwrap(), client: client.unwrap() }
}

/// NetBox takes no time in the past; one that is about to come will have passed soon.
fn expired_now(admin: &Client<Blocking>, token: &Token) {
    let path = format!("users/tokens/{}", token.id);
    let now: Value = admin.raw().get(&path).unwrap();
    let created: jiff::Timestamp = now["created"].as_str().unwrap().parse().unwrap();
    let soon = created + jiff::SignedDuration::from_secs(3);
    admin.raw().patch::<Value>(&path, &json!({"expires": soon.to_string()})).unwrap();
    std::thread::sleep(Duration::from_secs(4));
}
