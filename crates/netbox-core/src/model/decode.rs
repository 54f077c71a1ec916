//! The way from the body of an answer to rows.

use std::{fmt, marker::PhantomData, sync::Arc};

use serde::{
    Deserialize, Deserializer,
    de::{self, DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use super::{
    links::Links,
    part::PartOf,
    resource::{Model, Resource},
    rows::Rows,
};

/// An answer that lists objects.
pub(crate) struct Page {
    /// How many objects the whole list has; NetBox counts them only for pages by offset.
    pub(crate) count: Option<u64>,
    /// Where NetBox says that the next page is.
    pub(crate) next: Option<String>,
    /// Whether it is a list alone, which has no pages.
    pub(crate) is_whole: bool,
    pub(crate) rows: Rows,
}

/// The way in which the objects of an answer are read.
#[derive(Clone)]
pub(crate) struct Decode(Arc<dyn Bodies>);

impl Decode {
    /// As model `M`.
    pub(crate) fn of<M: Resource>() -> Self {
        Self::by(Whole::<M>(PhantomData))
    }

    /// As model `M`, which has some fields of model `W`.
    pub(crate) fn of_part<W: Model, M: PartOf<W>>() -> Self {
        Self::by(Part::<M, W>(PhantomData))
    }

    pub(super) fn by(reader: impl ReadRow) -> Self {
        Self(Arc::new(reader))
    }

    /// Reads a page, or a plain list, which some sub-resources send.
    pub(crate) fn page(&self, body: &[u8]) -> Result<Page, serde_json::Error> {
        self.0.page(body)
    }

    /// Reads one object.
    pub(crate) fn one(&self, body: &[u8]) -> Result<Rows, serde_json::Error> {
        self.0.one(body)
    }
}

/// Reads a page of objects of model `M`; see [`Decode::page`].
pub(crate) fn decode<M: Resource>(body: &[u8]) -> Result<Page, serde_json::Error> {
    Whole::<M>(PhantomData).page(body)
}

/// Reads objects one by one, and makes rows of them.
pub(super) trait ReadRow: Send + Sync + 'static {
    /// One object, as it is read.
    type Row;

    fn read<'de, D: Deserializer<'de>>(&self, json: D) -> Result<Self::Row, D::Error>;

    fn rows(&self, read: Vec<Self::Row>) -> Rows;
}

/// Objects of model `M`.
struct Whole<M>(PhantomData<fn() -> M>);

impl<M: Resource> ReadRow for Whole<M> {
    type Row = M;

    fn read<'de, D: Deserializer<'de>>(&self, json: D) -> Result<M, D::Error> {
        M::read(json)
    }

    fn rows(&self, read: Vec<M>) -> Rows {
        let mut ids = Vec::with_capacity(read.len());
        for object in &read {
            ids.push(object.key());
        }
        Rows::new(ids, read)
    }
}

/// Objects of model `M`, as rows of some fields of model `W`.
struct Part<M, W>(PhantomData<fn() -> (M, W)>);

impl<W: Model, M: PartOf<W>> ReadRow for Part<M, W> {
    type Row = M;

    fn read<'de, D: Deserializer<'de>>(&self, json: D) -> Result<M, D::Error> {
        M::deserialize(json)
    }

    fn rows(&self, read: Vec<M>) -> Rows {
        let ids = read.iter().map(Resource::key).collect();
        Rows::of_cells(ids, read, Arc::new(M::cell))
    }
}

/// A [`ReadRow`] whose rows are of a type that is not known.
trait Bodies: Send + Sync {
    fn page(&self, body: &[u8]) -> Result<Page, serde_json::Error>;
    fn one(&self, body: &[u8]) -> Result<Rows, serde_json::Error>;
}

impl<R: ReadRow> Bodies for R {
    fn page(&self, body: &[u8]) -> Result<Page, serde_json::Error> {
        let mut json = serde_json::Deserializer::from_slice(body);
        let Listed { head, objects } = json.deserialize_any(ListVisitor(self))?;
        json.end()?;
        let is_whole = head.is_none();
        let Head { count, next } = head.unwrap_or_default();
        Ok(Page { count, next, is_whole, rows: self.rows(objects) })
    }

    fn one(&self, body: &[u8]) -> Result<Rows, serde_json::Error> {
        let mut json = serde_json::Deserializer::from_slice(body);
        let object = self.read(&mut json)?;
        json.end()?;
        Ok(self.rows(vec![object]))
    }
}

struct Listed<R> {
    /// `None` of a list without pages.
    head: Option<Head>,
    objects: Vec<R>,
}

#[derive(Default)]
struct Head {
    count: Option<u64>,
    next: Option<String>,
}

impl Head {
    /// Reads the member `name`, which is not the one with the objects. It is compiled once for all models.
    fn read<'de, A: MapAccess<'de>>(&mut self, name: Member, map: &mut A) -> Result<(), A::Error> {
        match name {
            Member::Count => self.count = map.next_value()?,
            Member::Next => self.next = map.next_value()?,
            Member::Results | Member::Other => {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Member {
    Count,
    Next,
    Results,
    #[serde(other)]
    Other,
}

/// Reads a page, or the list in one.
struct ListVisitor<'r, R>(&'r R);

impl<'de, R: ReadRow> Visitor<'de> for ListVisitor<'_, R> {
    type Value = Listed<R::Row>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a page of objects, or a list of objects")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut head = Head::default();
        let mut objects = None;
        while let Some(name) = map.next_key()? {
            if matches!(name, Member::Results) {
                objects = Some(map.next_value_seed(List(self.0))?);
            } else {
                head.read(name, &mut map)?;
            }
        }
        let objects = objects.ok_or_else(|| de::Error::missing_field("results"))?;
        Ok(Listed { head: Some(head), objects })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        let objects = List(self.0).visit_seq(list)?;
        Ok(Listed { head: None, objects })
    }
}

/// Reads a list of objects.
struct List<'r, R>(&'r R);

impl<'de, R: ReadRow> DeserializeSeed<'de> for List<'_, R> {
    type Value = Vec<R::Row>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de, R: ReadRow> Visitor<'de> for List<'_, R> {
    type Value = Vec<R::Row>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut objects = Vec::new();
        while let Some(object) = list.next_element_seed(One(self.0))? {
            objects.push(object);
            Links::end_row();
        }
        Ok(objects)
    }
}

/// Reads an object.
struct One<'r, R>(&'r R);

impl<'de, R: ReadRow> DeserializeSeed<'de> for One<'_, R> {
    type Value = R::Row;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<R::Row, D::Error> {
        self.0.read(json)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::decode;
    use crate::model::Object;

    #[test]
    fn pages_and_lists_are_read() {
        let page =
            json!({"count": 9, "next": "?offset=1", "previous": null, "results": [{"id": 7}, {"name": "x"}]});
        let page = decode::<Object>(page.to_string().as_bytes()).unwrap();
        assert_eq!((page.count, page.next.as_deref()), (Some(9), Some("?offset=1")));
        assert_eq!(page.rows.ids(), [Some(7), None]);
        let list = decode::<Object>(b"[{\"id\": 1}]").unwrap();
        assert_eq!((list.count, list.next, list.rows.len()), (None, None, 1));
        assert!(list.is_whole && !page.is_whole);
        for wrong in ["null", "{}", "7", r#"{"results": null}"#, r#"[{"id": 1}] x"#] {
            assert!(decode::<Object>(wrong.as_bytes()).is_err(), "{wrong}");
        }
    }
}
