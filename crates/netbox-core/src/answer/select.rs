//! Queries for some fields of a model.

use super::{
    query::{Query, RowForm},
    record::Record,
    source::not_selected,
};
use crate::{
    model::{Decode, Model, PartOf, Select, Selected},
    question::Selection,
    wire::Mode,
};

impl<M: Model, C: Mode> Query<M, C> {
    /// Requests only these fields of the model, and returns rows of their values: a tuple for several fields, and the
    /// bare value for one.
    ///
    /// A field is read as the model reads it. References in rows resolve and can be [prefetched](Query::prefetch) like those
    /// of models. A row consists of values alone and can't be saved: [`select_as`](Query::select_as) gives records, and
    /// [`Client::update`](crate::Client::update) takes the id, if you select it. The standard library shows and
    /// compares tuples of up to 12 values.
    ///
    /// # Errors
    ///
    /// The ends return [`ErrorKind::Query`](crate::ErrorKind::Query) if a field is selected twice.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, Fk, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, name: String }
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")]
    /// # struct Device { id: u64, name: Option<String>, serial: String, #[fk] site: Fk<Site> }
    /// fn places(client: &Client<Blocking>) -> Result<(), Error> {
    ///     for row in client.query::<Device>().select((Device::NAME, Device::SITE)).prefetch(Device::SITE).iter() {
    ///         let (name, site) = row?;
    ///         println!("{name:?} is in {}", site.get(client)?.name);
    ///     }
    ///     let serials: Vec<String> = client.query::<Device>().select(Device::SERIAL).all()?;
    ///     println!("{} serial numbers", serials.len());
    ///     Ok(())
    /// }
    /// ```
    pub fn select<S: Select<M>>(self, fields: S) -> Query<M, C, S::Row> {
        let fields = Selected::new(fields);
        let twice = fields.twice();
        let names = fields.names();
        let selection = Selection::fields(&names);
        let form = RowForm {
            decode: fields.decode(),
            take: |_, _, _, rows| rows.into_objects(),
            selected: Some(names),
        };
        let mut query = self.in_form(form, selection);
        if let Some(name) = twice {
            query.question_mut().refuse(&format!("`{name}` is selected twice: once is enough"));
        }
        query.check_prefetched();
        query
    }
}

impl<M: Model, C: Mode> Query<M, C> {
    /// Requests only the fields of `N`, a struct of yours that has some of the fields of this model.
    ///
    /// The filters and the order stay. The records are of a model like any other: they resolve their references, and can be
    /// changed and saved. [`Client::query::<N>`](crate::Client::query) asks for them just as well.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, Fk, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, name: String, slug: String }
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")]
    /// # struct Device { id: u64, name: Option<String>, serial: String, #[fk] site: Fk<Site> }
    /// #[derive(serde::Deserialize, NetboxModel)]
    /// #[netbox(of = "Device")]
    /// struct Placed {
    ///     id: u64,
    ///     name: Option<String>,
    ///     #[fk]
    ///     site: Fk<Place>,
    /// }
    ///
    /// #[derive(serde::Deserialize, NetboxModel)]
    /// #[netbox(of = "Site")]
    /// struct Place {
    ///     id: u64,
    ///     slug: String,
    /// }
    ///
    /// fn places(client: &Client<Blocking>) -> Result<(), Error> {
    ///     for device in client.query::<Device>().filter(Device::SERIAL.is_not_empty()).select_as::<Placed>() {
    ///         let device = device?;
    ///         println!("{:?} is in {}", device.name, device.site(client)?.slug);
    ///     }
    ///     Ok(())
    /// }
    /// ```
    pub fn select_as<N: PartOf<M>>(self) -> Query<N, C> {
        let selected = N::FIELDS.map(<[_]>::to_vec);
        let form = RowForm { decode: Decode::of_part::<M, N>(), take: Record::all, selected };
        let mut query = self.in_form(form, Selection::of(N::FIELDS));
        query.check_prefetched();
        query
    }
}

impl<M: Model, C: Mode, R: Send + Sync + 'static> Query<M, C, R> {
    /// Refuses the question if rows lack a reference that it resolves.
    pub(super) fn check_prefetched(&mut self) {
        let lacking = match self.prefetched() {
            (mut prefetched, Some(selected)) => prefetched.find(|name| !selected.contains(name)),
            _ => None,
        };
        if let Some(name) = lacking {
            self.question_mut().refuse(&not_selected(name));
        }
    }
}
