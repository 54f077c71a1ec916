//! The rows of a selection: how the objects of an answer become the values of its fields.

use std::{fmt, marker::PhantomData, sync::Arc};

use serde::{
    Deserializer,
    de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, Visitor},
};

use super::{
    decode::{Decode, ReadRow},
    rows::Rows,
    select::Select,
};

const ID: &str = "id";

/// Fields of model `M` that are selected.
pub(crate) struct Selected<M, S> {
    fields: S,
    columns: Arc<Columns>,
    model: PhantomData<fn() -> M>,
}

/// The names of the columns of a selection, in JSON.
struct Columns {
    /// Each with the position of its field.
    names: Vec<(&'static str, usize)>,
    /// The position of the id, if it is selected. It is read in any case, since lists are paged by it.
    id: Option<usize>,
}

impl Columns {
    fn find(&self, name: &str) -> Option<usize> {
        self.names.iter().find(|(known, _)| *known == name).map(|(_, at)| *at)
    }
}

impl<M: 'static, S: Select<M>> Selected<M, S> {
    pub(crate) fn new(fields: S) -> Self {
        let mut names = Vec::new();
        for (at, (name, aliases)) in fields.names().into_iter().enumerate() {
            names.push((name, at));
            names.extend(aliases.iter().map(|alias| (*alias, at)));
        }
        let id = names.iter().find(|(name, _)| *name == ID).map(|(_, at)| *at);
        if id.is_none() {
            names.insert(0, (ID, usize::MAX));
        }
        Self { fields, columns: Arc::new(Columns { names, id }), model: PhantomData }
    }

    /// The names to ask for.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        self.columns.names.iter().map(|(name, _)| *name).collect()
    }

    /// The name of a field that is selected twice.
    pub(crate) fn twice(&self) -> Option<&'static str> {
        let names = &self.columns.names;
        let is_again =
            |(at, (name, _)): &(usize, &(&str, usize))| names[..*at].iter().any(|(known, _)| known == name);
        names.iter().enumerate().find(is_again).map(|(_, (name, _))| *name)
    }

    pub(crate) fn decode(self) -> Decode {
        Decode::by(self)
    }
}

impl<M: 'static, S: Select<M>> ReadRow for Selected<M, S> {
    type Row = (u64, S::Row);

    fn read<'de, D: Deserializer<'de>>(&self, json: D) -> Result<Self::Row, D::Error> {
        json.deserialize_map(RowVisitor(self))
    }

    fn rows(&self, read: Vec<Self::Row>) -> Rows {
        let mut ids = Vec::with_capacity(read.len());
        let mut rows = Vec::with_capacity(read.len());
        for (id, row) in read {
            ids.push(Some(id));
            rows.push(row);
        }
        let columns = Arc::clone(&self.columns);
        Rows::of_cells(ids, rows, Arc::new(move |row, name| S::cell(row, columns.find(name)?)))
    }
}

struct RowVisitor<'s, M, S>(&'s Selected<M, S>);

impl<'de, M: 'static, S: Select<M>> Visitor<'de> for RowVisitor<'_, M, S> {
    type Value = (u64, S::Row);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let Selected { fields, columns, .. } = self.0;
        let mut id = None;
        let mut parts = S::parts();
        while let Some(at) = map.next_key_seed(Name(columns))? {
            match at {
                Some(usize::MAX) => id = Some(map.next_value()?),
                Some(at) => fields.read(at, &mut parts, &mut map)?,
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        let row = fields.row(parts)?;
        let id = match columns.id {
            Some(at) => S::cell(&row, at).and_then(|id| id.downcast_ref()).copied(),
            None => id,
        };
        Ok((id.ok_or_else(|| A::Error::missing_field(ID))?, row))
    }
}

/// Reads the name of a member, and finds the position of its field.
struct Name<'s>(&'s Columns);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.find(name))
    }
}
