//! Everything that the library can be asked to do.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use netbox_core::{
    Client, Error, Mode, Outcome, Patch,
    transport::{BoxTransport, RetryPolicy},
};
use netbox_replay::Faults;
use netbox_tests::model::Tag;
use serde::Deserialize;
use serde_json::{Value, json};

/// A client, and the transport that it was made with.
pub(crate) struct Asking<C: Mode> {
    pub(crate) base: String,
    pub(crate) client: Client<C>,
    /// A client that logged in, for the operation that ends that.
    pub(crate) session: Option<Client<C>>,
    pub(crate) transport: Arc<Faults<BoxTransport<C>>>,
}

/// An operation, which gives what it gave as a text.
pub(crate) struct Operation<C: Mode> {
    pub(crate) name: &'static str,
    pub(crate) writes: bool,
    /// The effect of each item of a bulk write, as the server notes it.
    pub(crate) items: &'static [&'static str],
    pub(crate) run: for<'c> fn(&'c Asking<C>) -> Outcome<'c, C, Result<String, Error>>,
}

/// An object in a type of the caller's own.
type Fields = BTreeMap<String, Value>;

#[derive(Debug, Deserialize)]
struct TagList {
    #[allow(dead_code, reason = "only shown")]
    tag_list: Vec<BTreeMap<String, String>>,
}

macro_rules! operations {
    ($($name:ident $writes:literal $items:expr => |$asking:ident| $body:expr;)+) => {
        vec![$(Operation {
            name: stringify!($name),
            writes: $writes,
            items: &$items,
            run: |$asking| C::run(async move { let done = $body; Ok(format!("{done:?}")) }),
        }),+]
    };
}

macro_rules! done {
    ($call:expr) => {
        C::lift($call).await?
    };
}

fn tag(slug: &str) -> Patch<Tag> {
    Patch::new().set(Tag::NAME, slug).set(Tag::SLUG, slug)
}

fn blue() -> Patch<Tag> {
    Patch::new().set(Tag::COLOR, "0000ff")
}

const TAGS: &str = "extras/tags";

#[allow(clippy::too_many_lines, reason = "it is a list")]
pub(crate) fn operations<C: Mode>() -> Vec<Operation<C>> {
    let reads: Vec<Operation<C>> = operations! {
        get false [] => |a| done!(a.client.get::<Tag>(1));
        find false [] => |a| done!(a.client.find::<Tag>(1));
        get_at false [] => |a| done!(a.client.get_at(TAGS, 1));
        query_find false [] => |a| done!(a.client.query_at(TAGS).find(1));
        query_all false [] => |a| done!(a.client.query::<Tag>().page_size(2).all());
        query_together false [] => |a| done!(a.client.query::<Tag>().page_size(1).concurrency(4).all());
        query_ordered false [] => |a| done!(a.client.query::<Tag>().order(Tag::NAME.asc()).all());
        query_first false [] => |a| done!(a.client.query::<Tag>().first());
        query_one false [] => |a| done!(a.client.query::<Tag>().filter(Tag::SLUG.eq("tag-1")).one());
        query_count false [] => |a| done!(a.client.query::<Tag>().count());
        query_exists false [] => |a| done!(a.client.query::<Tag>().filter(Tag::SLUG.eq("tag-1")).exists());
        query_ids false [] => |a| done!(a.client.query::<Tag>().ids());
        options false [] => |a| done!(a.client.options::<Tag>());
        export false [] => |a| done!(a.client.query::<Tag>().export("names"));
        refresh false [] => |a| {
            let mut tag = done!(a.client.get::<Tag>(1));
            done!(tag.refresh());
            tag
        };
        peek false [] => |a| done!(done!(a.client.get_at("ipam/prefixes", 1)).available_ips().peek(1)).len();
        render false [] => |a| done!(done!(a.client.get_at("extras/config-templates", 1)).render(&())).content;
        detail false [] => |a| {
            done!(done!(a.client.get_at("ipam/prefixes", 1)).detail::<Vec<Fields>>("available-ips"))
        };
        graphql false [] => |a| done!(a.client.graphql::<TagList>("{ tag_list { name } }", &()));
        status false [] => |a| done!(a.client.status());
        download false [] => |a| done!(a.client.download("/media/door.png"));
        raw_get false [] => |a| done!(a.client.raw().get::<Fields>("extras/tags/1"));
        raw_options false [] => |a| done!(a.client.raw().options::<Fields>(TAGS));
    };
    let singles: Vec<Operation<C>> = operations! {
        create true [] => |a| done!(a.client.create::<Tag>(tag("new")));
        create_at true [] => |a| {
            done!(a.client.create_at(TAGS, Patch::new().field("name", "new").field("slug", "new")))
        };
        update true [] => |a| done!(a.client.update::<Tag>(1, blue()));
        update_at true [] => |a| done!(a.client.update_at(TAGS, 1, Patch::new().field("color", "0000ff")));
        delete true [] => |a| done!(a.client.delete::<Tag>(1));
        delete_at true [] => |a| done!(a.client.delete_at(TAGS, 1));
        save true [] => |a| {
            let mut tag = done!(a.client.get::<Tag>(1));
            tag.color = "0000ff".into();
            (done!(tag.save()), tag)
        };
        save_of_list true [] => |a| {
            let mut tag = done!(a.client.query::<Tag>().filter(Tag::SLUG.eq("tag-1")).one());
            tag.color = "0000ff".into();
            (done!(tag.save()), tag)
        };
        save_with true [] => |a| {
            let mut tag = done!(a.client.get::<Tag>(1));
            (done!(tag.save_with(|tag| tag.color = "0000ff".into())), tag)
        };
        put true [] => |a| {
            let mut tag = done!(a.client.get::<Tag>(1));
            tag.color = "0000ff".into();
            done!(tag.put());
            tag
        };
        record_delete true [] => |a| done!(done!(a.client.get::<Tag>(1)).delete());
        upload true [] => |a| {
            let mut kind = done!(a.client.get_at("dcim/device-types", 1));
            done!(kind.upload("front_image", "door.png", b"PNG"));
            kind
        };
        attach true [] => |a| {
            let kind = done!(a.client.get_at("dcim/device-types", 1));
            done!(kind.attach_image("door", "door.png", b"PNG"))
        };
        sync true [] => |a| {
            let mut source = done!(a.client.get_at("core/data-sources", 1));
            done!(source.sync());
            source
        };
        allocate true [] => |a| {
            let prefix = done!(a.client.get_at("ipam/prefixes", 1));
            done!(prefix.available_ips().with(Patch::new().field("description", "x")).allocate(2))
        };
        run_script true [] => |a| done!(a.client.script("audit.Racks").commit().run());
        replace_script true [] => |a| done!(a.client.replace_script("audit.py", "pass"));
        upload_script true [] => |a| done!(a.client.upload_script("audit.py", "pass"));
        login true [] => |a| {
            let builder = Client::builder(&a.base).retry(RetryPolicy::none());
            drop(done!(builder.login("admin", "admin", Arc::clone(&a.transport))));
        };
        logout true [] => |a| done!(a.session.as_ref().expect("a session").logout());
        raw_post true [] => |a| {
            done!(a.client.raw().post::<Fields>(TAGS, &json!({"name": "new", "slug": "new"})))
        };
        raw_put true [] => |a| {
            done!(a.client.raw().put::<Fields>("extras/tags/1", &json!({"name": "x", "slug": "x"})))
        };
        raw_patch true [] => |a| done!(a.client.raw().patch::<Fields>("extras/tags/1", &json!({"color": "0000ff"})));
        raw_delete true [] => |a| done!(a.client.raw().delete("extras/tags/1"));
        raw_delete_with true [] => |a| done!(a.client.raw().delete_with(TAGS, &json!([{"id": 1}, {"id": 2}])));
    };
    let bulks: Vec<Operation<C>> = operations! {
        create_many true ["created a", "created b", "created c"] => |a| {
            done!(a.client.create_many::<Tag>([tag("a"), tag("b"), tag("c")]).batch_size(2).send())
        };
        update_many true ["updated 3", "updated 1", "updated 2"] => |a| {
            done!(a.client.update_many::<Tag>([3, 1, 2].map(|id| (id, blue()))).batch_size(2).send())
        };
        delete_many true ["deleted 3", "deleted 1", "deleted 2"] => |a| {
            done!(a.client.delete_many::<Tag>([3, 1, 2]).batch_size(2).send())
        };
        save_many true ["updated 1", "updated 2", "updated 3"] => |a| {
            let mut tags = done!(a.client.query::<Tag>().limit(3).all());
            for tag in &mut tags {
                tag.color = "0000ff".into();
            }
            (done!(a.client.save_many(&mut tags).batch_size(2).send()), tags)
        };
        query_update true ["updated 1", "updated 2", "updated 3", "updated 4", "updated 5"] => |a| {
            done!(a.client.query::<Tag>().expect_count(5).update(blue()).batch_size(2).send())
        };
        query_delete true ["deleted 1", "deleted 2", "deleted 3", "deleted 4", "deleted 5"] => |a| {
            done!(a.client.query::<Tag>().at_most(9).delete().batch_size(3).send())
        };
        create_together true ["created a", "created b", "created c", "created d", "created e"] => |a| {
            let tags = ["a", "b", "c", "d", "e"].map(tag);
            done!(a.client.create_many::<Tag>(tags).batch_size(1).concurrency(4).send()).len()
        };
        update_together true ["updated 3", "updated 1", "updated 2", "updated 5", "updated 4"] => |a| {
            let patches = [3, 1, 2, 5, 4].map(|id| (id, blue()));
            done!(a.client.update_many::<Tag>(patches).batch_size(1).concurrency(4).send())
        };
        delete_together true ["deleted 3", "deleted 1", "deleted 2", "deleted 5", "deleted 4"] => |a| {
            done!(a.client.delete_many::<Tag>([3, 1, 2, 5, 4]).batch_size(1).concurrency(4).send())
        };
        save_together true ["updated 1", "updated 2", "updated 3", "updated 4", "updated 5"] => |a| {
            let mut tags = done!(a.client.query::<Tag>().all());
            for tag in &mut tags {
                tag.color = "0000ff".into();
            }
            (done!(a.client.save_many(&mut tags).batch_size(1).concurrency(4).send()), tags)
        };
        background true ["updated 1", "updated 2"] => |a| {
            let job = done!(a.client.update_many::<Tag>([1, 2].map(|id| (id, blue()))).background());
            done!(job.wait(Duration::from_secs(9)))
        };
    };
    reads.into_iter().chain(singles).chain(bulks).collect()
}
