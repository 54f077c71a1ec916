//! The objects of an answer, whatever their model is.
//!
//! Walks, prefetches and bulk writes handle pages of objects whose type they don't know: they see ids, and a box.
//! So their code is compiled once, and only [`decode`] once for each model.

use std::{any::Any, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{self, DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use super::{links::Links, resource::Resource};

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

/// Objects of one model, with their ids.
pub(crate) struct Rows {
    ids: Vec<Option<u64>>,
    objects: Box<dyn Objects>,
}

/// Reads the objects of an answer: a page, or a plain list, which some sub-resources send.
pub(crate) type Decode = fn(&[u8]) -> Result<Page, serde_json::Error>;

/// The [`Decode`] of model `M`.
pub(crate) fn decode<M: Resource>(body: &[u8]) -> Result<Page, serde_json::Error> {
    let Listed { head, objects } = serde_json::from_slice::<Listed<M>>(body)?;
    let is_whole = head.is_none();
    let Head { count, next } = head.unwrap_or_default();
    Ok(Page { count, next, is_whole, rows: Rows::of(objects) })
}

/// How objects of a model are read where the model is not known.
#[derive(Clone, Copy)]
pub(crate) struct Reading {
    pub(crate) decode: Decode,
    /// The fields to ask for, or all.
    pub(crate) fields: Option<&'static [&'static str]>,
}

impl Reading {
    pub(crate) fn of<M: Resource>() -> Self {
        Self { decode: decode::<M>, fields: M::SELECTED }
    }
}

impl Rows {
    pub(crate) fn of<M: Resource>(objects: Vec<M>) -> Self {
        let mut ids = Vec::with_capacity(objects.len());
        for object in &objects {
            ids.push(object.key());
        }
        Self { ids, objects: Box::new(objects) }
    }

    pub(crate) fn ids(&self) -> &[Option<u64>] {
        &self.ids
    }

    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The objects at these positions, each of which is given once, in their order.
    #[must_use]
    pub(crate) fn pick(mut self, positions: &[usize]) -> Self {
        // Which object stands at each place by now, and where each has gone.
        let mut held: Vec<usize> = (0..self.len()).collect();
        let mut places = held.clone();
        for (to, wanted) in positions.iter().copied().enumerate() {
            let from = places[wanted];
            self.objects.swap_places(to, from);
            self.ids.swap(to, from);
            places[held[to]] = from;
            held.swap(to, from);
        }
        self.objects.shorten(positions.len());
        self.ids.truncate(positions.len());
        self
    }

    /// These objects, and then `more` of the same model.
    #[must_use]
    pub(crate) fn and(mut self, more: Self) -> Self {
        self.ids.extend(more.ids);
        self.objects.append(more.objects.into_any());
        self
    }

    /// The objects. They are of the model that they were decoded as; of any other model there are none.
    pub(crate) fn objects<M: Resource>(&self) -> &[M] {
        match self.objects.as_any().downcast_ref::<Vec<M>>() {
            Some(objects) => objects,
            None => &[],
        }
    }

    /// The objects themselves; see [`objects`](Self::objects).
    pub(crate) fn into_objects<M: Resource>(self) -> Vec<M> {
        match self.objects.into_any().downcast::<Vec<M>>() {
            Ok(objects) => *objects,
            Err(_) => Vec::new(),
        }
    }
}

/// A `Vec<M>`, for some model `M`. It is compiled once for each, and does as little as it can.
trait Objects: Send + Sync {
    fn swap_places(&mut self, one: usize, other: usize);
    fn shorten(&mut self, length: usize);
    fn append(&mut self, more: Box<dyn Any>);
    fn as_any(&self) -> &dyn Any;
    fn into_any(self: Box<Self>) -> Box<dyn Any>;
}

impl<M: Resource> Objects for Vec<M> {
    fn swap_places(&mut self, one: usize, other: usize) {
        self.swap(one, other);
    }

    fn shorten(&mut self, length: usize) {
        self.truncate(length);
    }

    fn append(&mut self, more: Box<dyn Any>) {
        if let Ok(mut more) = more.downcast::<Self>() {
            Vec::append(self, &mut more);
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
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

impl<'de, R: Deserialize<'de>> Deserialize<'de> for Listed<R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ListVisitor(PhantomData))
    }
}

struct ListVisitor<R>(PhantomData<R>);

impl<'de, R: Deserialize<'de>> Visitor<'de> for ListVisitor<R> {
    type Value = Listed<R>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a page of objects, or a list of objects")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Listed<R>, A::Error> {
        let mut head = Head::default();
        let mut objects = None;
        while let Some(name) = map.next_key()? {
            if matches!(name, Member::Results) {
                objects = Some(map.next_value_seed(InRows(PhantomData))?);
            } else {
                head.read(name, &mut map)?;
            }
        }
        let objects = objects.ok_or_else(|| de::Error::missing_field("results"))?;
        Ok(Listed { head: Some(head), objects })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Listed<R>, A::Error> {
        Ok(Listed { head: None, objects: InRows(PhantomData).visit_seq(list)? })
    }
}

/// Reads objects, each as a row of the page.
struct InRows<R>(PhantomData<R>);

impl<'de, R: Deserialize<'de>> DeserializeSeed<'de> for InRows<R> {
    type Value = Vec<R>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<R>, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, R: Deserialize<'de>> Visitor<'de> for InRows<R> {
    type Value = Vec<R>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<R>, A::Error> {
        let mut objects = Vec::new();
        while let Some(object) = list.next_element()? {
            objects.push(object);
            Links::end_row();
        }
        Ok(objects)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
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

    proptest! {
        #[test]
        fn objects_are_picked_with_their_ids(ids in proptest::collection::vec(any::<u64>(), 0..8), seed: u64) {
            let objects: Vec<_> = ids.iter().map(|id| json!({"id": id})).collect();
            let rows = decode::<Object>(json!(objects).to_string().as_bytes()).unwrap().rows;
            let mut positions: Vec<usize> = (0..ids.len()).filter(|at| seed >> (at % 64) & 1 == 1).collect();
            if seed % 3 == 0 {
                positions.reverse();
            }
            let rows = rows.pick(&positions);
            let expected: Vec<_> = positions.iter().map(|at| Some(ids[*at])).collect();
            prop_assert_eq!(rows.ids(), &expected[..]);
            prop_assert_eq!(rows.objects::<Object>().iter().map(Object::id).collect::<Vec<_>>(), expected.clone());
            prop_assert_eq!(rows.into_objects::<Object>().iter().map(Object::id).collect::<Vec<_>>(), expected);
        }
    }
}
