use std::{fmt, marker::PhantomData};

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};

use super::{
    field::{Field, Read, Reads},
    fk::Fk,
};
use crate::wire::Error;

/// The nested form of an `M`, which came with the object that refers to it: its name and a few fields, without a
/// request.
///
/// Made by [`Fk::brief`]. NetBox nests its brief form of the object, which mostly has the fields `id`, `url`,
/// `display`, `name`, `slug` and `description`.
///
/// ```
/// # use netbox_core::{Blocking, Client, Error, Fk, NetboxModel};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")]
/// # struct Site { id: u64, name: String, slug: String, facility: String }
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/racks")] struct Rack { id: u64, #[fk] site: Fk<Site> }
/// fn slugs(client: &Client<Blocking>) -> Result<(), Error> {
///     for rack in client.query::<Rack>() {
///         if let Some(site) = rack?.site.brief() {
///             println!("{}", site.get(Site::SLUG)?);             // no request
///         }
///     }
///     Ok(())
/// }
/// ```
pub struct Brief<'a, M> {
    json: &'a str,
    model: PhantomData<fn() -> M>,
}

impl<M> Fk<M> {
    /// The nested form of the object; `None` if the reference is a bare id.
    ///
    /// The names and the slugs of an object's tags, for example, come with it:
    ///
    /// ```
    /// # use netbox_core::{Fk, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "extras/tags")] struct Tag { id: u64, name: String, slug: String }
    /// # let json = r#"[{"id": 3, "display": "Spare", "name": "Spare", "slug": "spare", "color": "9e9e9e"}]"#;
    /// let tags: Vec<Fk<Tag>> = serde_json::from_str(json)?;
    /// let names: Vec<_> = tags.iter().filter_map(Fk::display).collect();
    /// let slugs = tags.iter().filter_map(Fk::brief).map(|tag| tag.get(Tag::SLUG)).collect::<Result<Vec<_>, _>>()?;
    /// assert_eq!((names, slugs), (vec!["Spare"], vec!["spare".to_owned()]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn brief(&self) -> Option<Brief<'_, M>> {
        Some(Brief { json: self.link.nested()?, model: PhantomData })
    }
}

impl<M> Brief<'_, M> {
    /// The value of a field that NetBox nests, read as the model reads it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) if the field did not come nested; [`Fk::get`] fetches the whole object
    /// then. Also if its value is of another type.
    pub fn get<V, F: Reads<V>>(&self, field: Field<M, V, F>) -> Result<V, Error> {
        let wanted = Wanted(field);
        let read = serde_json::Deserializer::from_slice(self.json.as_bytes()).deserialize_map(wanted);
        read.map_err(|error| Error::value(field.name(), error))?.map_err(|names| {
            Error::missing(format!(
                "`{}` did not come nested: {} did, and `get` of the reference fetches the whole object",
                field.name(),
                names.join(", ")
            ))
        })
    }
}

impl<M> fmt::Debug for Brief<'_, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Brief").finish_non_exhaustive()
    }
}

/// Reads one member of an object, or else the names of all members.
struct Wanted<M, V, F>(Field<M, V, F>);

impl<'de, M, V, F: Reads<V>> Visitor<'de> for Wanted<M, V, F> {
    type Value = Result<V, Vec<String>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a nested object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        let mut names = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            if name == self.0.name() || self.0.aliases().contains(&&*name) {
                found = Some(map.next_value_seed(Read::<V, F>::new())?);
            } else {
                map.next_value::<IgnoredAny>()?;
                names.push(name);
            }
        }
        Ok(found.ok_or(names))
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::model::Model;

    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "its fields are read by their constants")]
    struct Site {
        id: u64,
        name: String,
        region: Option<Fk<Site>>,
    }

    impl Model for Site {
        const ENDPOINT: &'static str = "dcim/sites";

        fn id(&self) -> u64 {
            self.id
        }
    }

    impl Site {
        const NAME: Field<Self, String> = Field::new("name", |site| &site.name);
        const REGION: Field<Self, Option<Fk<Self>>> = Field::new("region", |site| &site.region);
    }

    #[test]
    fn what_came_nested_is_read_as_the_model_reads_it() {
        let key: Fk<Site> =
            serde_json::from_str(r#"{"id": 7, "name": "A \"B\"", "tags": [{"x": 1.5}, null], "slug": 3}"#)
                .unwrap();
        let brief = key.brief().unwrap();
        assert_eq!(brief.get(Site::NAME).unwrap(), "A \"B\"");
        let told = brief.get(Site::REGION).unwrap_err().to_string();
        assert!(told.contains("`region` did not come nested: id, name, tags, slug did"), "{told}");
        let renamed: Field<Site, String> =
            Field::new("title", |site: &Site| &site.name).also_read_as(&["name"]);
        assert_eq!(brief.get(renamed).unwrap(), "A \"B\"");
        let wrong: Field<Site, String> = Field::new("slug", |site| &site.name);
        assert!(brief.get(wrong).unwrap_err().is_decode());
        assert!(Fk::<Site>::new(7).brief().is_none());
        assert!(serde_json::from_str::<Fk<Site>>("7").unwrap().brief().is_none());
    }
}
