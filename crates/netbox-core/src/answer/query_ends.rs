//! The ends of a query, which send it.

use super::{
    ids::{OnlyId, all_ids, ids_only},
    items::{Items, Pages},
    one, place,
    query::Query,
    read::if_found,
    record::Record,
    walk::{Walk, prefetch},
    write::create,
};
use crate::{
    client::{Api, custom_fields::Aim},
    model::{Decode, Model, Object, Resource, Rows, decode},
    question::{Question, Selection},
    wire::{Call, Error, ErrorKind, Mode, Outcome, Params},
    write::IntoPatch,
};

impl<M: Resource, C: Mode, R: Send + Sync + 'static> Query<M, C, R> {
    /// Reads the objects, one at a time.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")] struct Device { id: u64, serial: String }
    /// fn first_padded(client: &Client<Blocking>) -> Result<Option<u64>, Error> {
    ///     for device in client.query::<Device>().iter() {
    ///         let device = device?;
    ///         if device.serial != device.serial.trim() {
    ///             return Ok(Some(device.id));     // later pages are not requested
    ///         }
    ///     }
    ///     Ok(None)
    /// }
    /// ```
    #[allow(clippy::iter_not_returning_iterator, reason = "it is one of a blocking client")]
    pub fn iter(self) -> Items<M, C, R> {
        self.pages().into_items()
    }

    /// Reads the objects, a page at a time.
    pub fn pages(self) -> Pages<M, C, R> {
        let take = self.take();
        Pages::new(self.walk(), take)
    }

    /// Reads all objects.
    ///
    /// ```
    /// # use netbox_core::{Async, Client, Error, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, name: String }
    /// async fn names(client: &Client<Async>) -> Result<Vec<String>, Error> {
    ///     let sites = client.query::<Site>().order(Site::NAME.asc()).all().await?;
    ///     Ok(sites.into_iter().map(|site| site.into_inner().name).collect())
    /// }
    /// ```
    pub fn all<'q>(self) -> Outcome<'q, C, Result<Vec<R>, Error>> {
        C::run(async move {
            let (take, walk) = (self.take(), self.walk());
            let (api, path) = (walk.api().clone(), walk.path().clone());
            let pages = walk.collect().await?;
            Ok(pages.into_iter().flat_map(|page| take(&api, &path, None, page)).collect())
        })
    }

    /// Reads the first object, in the requested order or else in the order of the ids; `None` if none matches. If a query
    /// takes several requests, this is the first object of the first request.
    ///
    /// ```
    /// # use netbox_core::{Async, Client, Error, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "ipam/vlans")] struct Vlan { id: u64, vid: u16 }
    /// async fn highest(client: &Client<Async>) -> Result<Option<u16>, Error> {
    ///     let vlan = client.query::<Vlan>().order(Vlan::VID.desc()).first().await?;
    ///     Ok(vlan.map(|vlan| vlan.vid))
    /// }
    /// ```
    pub fn first<'q>(self) -> Outcome<'q, C, Result<Option<R>, Error>> {
        C::run(async move {
            let (take, mut walk) = (self.take(), self.walk_to(1));
            let page = walk.next().await.transpose()?;
            Ok(page.and_then(|page| take(walk.api(), walk.path(), None, page).into_iter().next()))
        })
    }

    /// Reads the last object, in the requested order or else in the order of the ids; `None` if none matches.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Query`](crate::ErrorKind::Query) if the query has an offset or a limit, or is too long for one request.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error};
    /// fn added_last(client: &Client<Blocking>) -> Result<Option<u64>, Error> {
    ///     Ok(client.query_at("dcim/devices").last()?.and_then(|device| device.id()))
    /// }
    /// ```
    pub fn last<'q>(mut self) -> Outcome<'q, C, Result<Option<R>, Error>> {
        self.question_mut().reverse();
        self.first()
    }

    /// Reads the one object that matches.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NoMatch`](crate::ErrorKind::NoMatch) if none does,
    /// [`ErrorKind::ManyMatches`](crate::ErrorKind::ManyMatches) if several do.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, Fk, NetboxModel, Record};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, name: String }
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/racks")] struct Rack { id: u64, name: String, #[fk] site: Fk<Site> }
    /// fn rack(client: &Client<Blocking>, site: &str, name: &str) -> Result<Record<Rack, Blocking>, Error> {
    ///     client.query::<Rack>().filter(Rack::SITE.named(site)).filter(Rack::NAME.eq(name)).one()
    /// }
    /// ```
    pub fn one<'q>(self) -> Outcome<'q, C, Result<R, Error>> {
        C::run(one(self))
    }

    /// Reads the one object that matches; `None` if none does.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::ManyMatches`](crate::ErrorKind::ManyMatches) if several match.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")] struct Device { id: u64, name: Option<String>, serial: String }
    /// fn serial(client: &Client<Blocking>, name: &str) -> Result<Option<String>, Error> {
    ///     let device = client.query::<Device>().filter(Device::NAME.eq(name)).one_or_none()?;
    ///     Ok(device.map(|device| device.serial.clone()))
    /// }
    /// ```
    pub fn one_or_none<'q>(self) -> Outcome<'q, C, Result<Option<R>, Error>> {
        C::run(one_or_none(self))
    }

    /// Asks whether any object matches.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error};
    /// fn is_free(client: &Client<Blocking>, name: &str) -> Result<bool, Error> {
    ///     Ok(!client.query_at("dcim/devices").param("name__ie", name).exists()?)
    /// }
    /// ```
    pub fn exists<'q>(self) -> Outcome<'q, C, Result<bool, Error>> {
        C::run(async move {
            let mut walk = self.page_size(1).concurrency(1).ids_only();
            Ok(walk.next().await.transpose()?.is_some())
        })
    }

    /// Counts the objects that match.
    ///
    /// ```
    /// # use netbox_core::{Async, Client, Error};
    /// async fn reserved(client: &Client<Async>) -> Result<u64, Error> {
    ///     client.query_at("ipam/ip-addresses").param("status", "reserved").count().await
    /// }
    /// ```
    pub fn count<'q>(self) -> Outcome<'q, C, Result<u64, Error>> {
        let (api, mut question, ..) = self.into_parts();
        question.whole();
        C::run(count(api, question))
    }

    /// Reads the ids of the objects.
    ///
    /// ```
    /// # use std::collections::HashSet;
    /// # use netbox_core::{Blocking, Client, Error};
    /// fn added(client: &Client<Blocking>, known: &HashSet<u64>) -> Result<Vec<u64>, Error> {
    ///     let ids = client.query_at("dcim/devices").ids()?;
    ///     Ok(ids.into_iter().filter(|id| !known.contains(id)).collect())
    /// }
    /// ```
    pub fn ids<'q>(self) -> Outcome<'q, C, Result<Vec<u64>, Error>> {
        C::run(all_ids(self.ids_only(), usize::MAX))
    }

    /// Reads the text that the export template of that name renders for all objects that match.
    ///
    /// # Errors
    ///
    /// [`Error::is_not_found`] if there is no such template for these objects, and
    /// [`ErrorKind::Query`](crate::ErrorKind::Query) if an order, an offset or a limit is set, which a template can't have,
    /// or the query is too long for one request.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error};
    /// fn zone(client: &Client<Blocking>) -> Result<String, Error> {
    ///     client.query_at("ipam/ip-addresses").param("parent", "10.0.1.0/24").export("zone file")
    /// }
    /// ```
    pub fn export(self, template: &str) -> Outcome<'_, C, Result<String, Error>> {
        let (api, mut question, ..) = self.into_parts();
        question.select(Selection::All);
        C::run(async move {
            api.settle(&mut question, Aim::Read).await?;
            if question.has_pages() {
                return Err(Error::query(
                    "an export is of all objects that match: ask for it without an order, an offset and a limit",
                ));
            }
            let parts = question.parts(api.base(), api.version())?;
            let filters = match parts.as_slice() {
                [filters] => filters.clone(),
                [] => return Ok(String::new()),
                _ => {
                    return Err(Error::query(
                        "the query is too long for one request, and an export is one text",
                    ));
                }
            };
            let call = Call::get(question.path().clone(), filters.with("export", template));
            let answer = api.exchange(call).await?;
            question.check(&api.vocabulary(question.path()))?;
            answer.done().map(|()| answer.text())
        })
    }

    /// Reads the object with that id, in the form of this query; `None` if there is none.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Query`](crate::ErrorKind::Query) if there are filters: NetBox has none for one object.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")] struct Device { id: u64, serial: String }
    /// fn serial(client: &Client<Blocking>, id: u64) -> Result<Option<String>, Error> {
    ///     client.query::<Device>().select(Device::SERIAL).find(id)
    /// }
    /// ```
    pub fn find<'q>(self, id: u64) -> Outcome<'q, C, Result<Option<R>, Error>> {
        let (api, question, prefetchers, form) = self.into_parts();
        C::run(async move {
            question.check(&api.vocabulary(question.path()))?;
            if question.has_filters() {
                return Err(Error::query(
                    "`find` has no filters: use `param(\"id\", …)` and `one` to find by both",
                ));
            }
            let found = place::read(&api, question.path(), id, question.selection()).await;
            let Some(answer) = if_found(found)? else { return Ok(None) };
            let rows = one::row(&answer, &form.decode, Some(id))?;
            prefetch(&api, &rows, &prefetchers).await?;
            Ok((form.take)(&api, question.path(), answer.etag(), rows).pop())
        })
    }

    /// A walk that reads the ids alone.
    fn ids_only(self) -> Walk {
        let (api, question, ..) = self.into_parts();
        ids_only(api, question)
    }
}

impl<M: Resource, C: Mode> Query<M, C> {
    /// Reads the one object that matches, or creates one from `patch` if none does. The flag says whether it was
    /// created.
    ///
    /// The filters and the patch should describe the same object. If somebody else creates it at the same time, NetBox
    /// refuses the second creation wherever the object has a unique name, slug or address, and the first is returned.
    ///
    /// # Errors
    ///
    /// Those of [`one`](Query::one), except that no match is no error, and of [`Client::create`](crate::Client::create).
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel, Patch};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "extras/tags")] struct Tag { id: u64, name: String, slug: String }
    /// fn tag(client: &Client<Blocking>) -> Result<u64, Error> {
    ///     let spare = Patch::new().set(Tag::NAME, "Spare").set(Tag::SLUG, "spare");
    ///     let (tag, created) = client.query::<Tag>().filter(Tag::SLUG.eq("spare")).one_or_create(spare)?;
    ///     println!("{} {}", if created { "created" } else { "found" }, tag.name);
    ///     Ok(tag.id)
    /// }
    /// ```
    pub fn one_or_create<'q>(
        self,
        patch: impl IntoPatch<M>,
    ) -> Outcome<'q, C, Result<(Record<M, C>, bool), Error>> {
        let patch = patch.into_patch();
        C::run(async move {
            let (api, path) = (self.api().clone(), self.question().path().clone());
            let again = self.clone();
            if let Some(record) = one_or_none(self).await? {
                return Ok((record, false));
            }
            match create(&api, Ok(path), patch).await {
                Err(error) if error.is_invalid() || error.is_conflict() => match one_or_none(again).await {
                    Ok(Some(record)) => Ok((record, false)),
                    _ => Err(error),
                },
                created => created.map(|record| (record, true)),
            }
        })
    }
}

impl<C: Mode> Query<Object, C> {
    pub(super) async fn objects(self) -> Result<Vec<Object>, Error> {
        let pages = self.walk().collect().await?;
        Ok(pages.into_iter().flat_map(Rows::into_objects).collect())
    }
}

async fn one<M: Resource, C: Mode, R: Send + Sync + 'static>(query: Query<M, C, R>) -> Result<R, Error> {
    let (take, walk) = (query.take(), query.walk_to(2));
    let (api, path) = (walk.api().clone(), walk.path().clone());
    let row = one_row(walk).await?;
    Ok(take(&api, &path, None, row).remove(0))
}

async fn one_or_none<M: Resource, C: Mode, R: Send + Sync + 'static>(
    query: Query<M, C, R>,
) -> Result<Option<R>, Error> {
    match one(query).await {
        Err(error) if error.kind() == ErrorKind::NoMatch => Ok(None),
        found => found.map(Some),
    }
}

async fn one_row(mut walk: Walk) -> Result<Rows, Error> {
    let mut found = None;
    while let Some(page) = walk.next().await {
        let page = page?;
        if page.len() > 1 || found.replace(page).is_some() {
            return Err(Error::many_matches(walk.asked().cloned()));
        }
    }
    found.ok_or_else(|| Error::no_match(walk.asked().cloned()))
}

async fn count(api: Api, mut question: Question) -> Result<u64, Error> {
    question.select(Selection::of(OnlyId::FIELDS));
    api.settle(&mut question, Aim::Read).await?;
    let answer = loop {
        let before = api.version();
        let part = match question.parts(api.base(), before)?.as_slice() {
            [part] => part.clone(),
            // Each part might count the same object.
            _ => return Ok(all_ids(ids_only(api, question), usize::MAX).await?.len() as u64),
        };
        let call = Call::get(question.path().clone(), Params::with(part, "limit", 1));
        match api.exchange(call).await {
            Err(_) if api.settle_again(&mut question, before).await? => {}
            answer => break answer?,
        }
    };
    question.check(&api.vocabulary(question.path()))?;
    if let Some(count) = answer.read(decode::<Object>)?.count {
        return Ok(count);
    }
    // A list that NetBox does not count is read.
    let pages = Walk::new(api, question, Decode::of::<Object>()).collect().await?;
    Ok(pages.iter().map(|page| page.len() as u64).sum())
}
