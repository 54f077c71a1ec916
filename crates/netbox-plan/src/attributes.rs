//! Objects that are described by their attributes in fields of which nothing is known, such as those of plugins: only the
//! object that NetBox shows there says of which endpoint it is.

use std::collections::{BTreeMap, BTreeSet};

use netbox_core::{Client, Error, Mode};
use netbox_schema::endpoint;
use serde_json::Value;

use crate::{
    find::Found,
    reference::{Id, linked},
    sense::Sense,
    view::{by_ids, visible},
};

impl<C: Mode> Found<C> {
    /// Whether the value that NetBox shows is the one that is described. Adds to `lacking` the objects of which NetBox shows
    /// too little there to say so.
    pub(crate) fn is_same(
        &self,
        sense: Sense,
        shown: &Value,
        described: &Value,
        lacking: &mut BTreeSet<Id>,
    ) -> bool {
        if !matches!(sense, Sense::Free | Sense::One | Sense::Several | Sense::Key | Sense::Keys) {
            return sense.is_same(shown, described);
        }
        if let (Value::Array(shown), Value::Array(described)) = (shown, described)
            && described.iter().any(Value::is_object)
            && shown.iter().all(|one| shown_object(one).is_some())
        {
            let mut is = |one: &Value, other: &Value| self.is_same(Sense::One, one, other, lacking);
            return described.iter().all(|other| shown.iter().any(|one| is(one, other)))
                && shown.iter().all(|one| described.iter().any(|other| is(one, other)));
        }
        let (Some(id), Value::Object(attributes)) = (shown_object(shown), described) else {
            return sense.is_same(shown, described);
        };
        let whole = self.whole.get(&id);
        attributes.iter().all(|(name, described)| {
            let Some(shown) = shown.get(name).or_else(|| whole?.get(name)) else {
                if whole.is_none() {
                    lacking.insert(id.clone());
                }
                return false;
            };
            self.is_same(Sense::of(endpoint(&id.0), name, self.server), shown, described, lacking)
        })
    }

    /// Reads all fields of these objects.
    pub(crate) async fn read_whole(
        &mut self,
        client: &Client<C>,
        lacking: BTreeSet<Id>,
    ) -> Result<(), Error> {
        let mut by_endpoint: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
        for (path, id) in &lacking {
            by_endpoint.entry(path).or_default().push(*id);
        }
        for (path, ids) in by_endpoint {
            // Without them the field differs, as far as this token may know.
            for object in visible(by_ids(client, path, ids)).await?.into_iter().flatten() {
                let id = (path.to_owned(), object.id().unwrap_or_default());
                self.whole.insert(id, object.to_model()?);
            }
        }
        // An object that is gone by now is not asked for again.
        for id in lacking {
            self.whole.entry(id).or_default();
        }
        Ok(())
    }
}

/// The object that NetBox shows where another refers to it. JSON of a plugin may have a `url`, too, so that its `id` has to be the
/// one in the URL.
fn shown_object(shown: &Value) -> Option<Id> {
    linked(shown).filter(|(_, id)| shown.get("id").and_then(Value::as_u64) == Some(*id))
}
