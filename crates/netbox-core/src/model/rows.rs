//! The objects of an answer, whatever their model is.
//!
//! Walks, prefetches and bulk writes handle pages of objects whose type they don't know: they see ids, and a box.
//! So their code is compiled once.

use std::{any::Any, sync::Arc};

use crate::wire::AnyObject;

/// Objects of one type, with their ids.
pub(crate) struct Rows {
    ids: Vec<Option<u64>>,
    objects: Box<dyn Objects>,
}

/// A value in a row.
pub(crate) type Cell = dyn Any + Send + Sync;

/// Finds the value of a field in a row, by the name that NetBox's JSON has for it.
pub(crate) type Cells<T> = Arc<dyn for<'r> Fn(&'r T, &str) -> Option<&'r Cell> + Send + Sync>;

impl Rows {
    pub(super) fn new<T: Send + Sync + 'static>(ids: Vec<Option<u64>>, rows: Vec<T>) -> Self {
        Self { ids, objects: Box::new(rows) }
    }

    /// Rows whose values `cells` finds.
    pub(super) fn of_cells<T: Send + Sync + 'static>(
        ids: Vec<Option<u64>>,
        rows: Vec<T>,
        cells: Cells<T>,
    ) -> Self {
        Self { ids, objects: Box::new(Table { rows, cells }) }
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
        self.objects.append(more.objects.into_rows());
        self
    }

    /// The objects. They are of the type that they were decoded as; of any other type there are none.
    pub(crate) fn objects<T: 'static>(&self) -> Option<&[T]> {
        self.objects.as_any().downcast_ref::<Vec<T>>().map(Vec::as_slice)
    }

    /// The objects themselves; see [`objects`](Self::objects).
    pub(crate) fn into_objects<T: 'static>(self) -> Vec<T> {
        match self.objects.into_rows().downcast::<Vec<T>>() {
            Ok(objects) => *objects,
            Err(_) => Vec::new(),
        }
    }

    /// The objects, each with its id, as references keep them: rows of some fields as a [`Row`].
    pub(crate) fn into_kept(self) -> impl Iterator<Item = (Option<u64>, AnyObject)> {
        self.ids.into_iter().zip(self.objects.into_kept())
    }

    /// The values of the field of that name, if these are rows that have it.
    pub(crate) fn column(&self, name: &str) -> Option<Vec<&Cell>> {
        self.objects.column(name)
    }
}

/// Rows of some type. It is compiled once for each, and does as little as it can.
trait Objects: Send + Sync {
    fn swap_places(&mut self, one: usize, other: usize);
    fn shorten(&mut self, length: usize);
    fn append(&mut self, more: Box<dyn Any>);
    fn as_any(&self) -> &dyn Any;
    fn into_rows(self: Box<Self>) -> Box<dyn Any>;
    fn into_kept(self: Box<Self>) -> Vec<AnyObject>;

    fn column(&self, _: &str) -> Option<Vec<&Cell>> {
        None
    }
}

/// Whole objects.
impl<M: Send + Sync + 'static> Objects for Vec<M> {
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

    fn into_rows(self: Box<Self>) -> Box<dyn Any> {
        self
    }

    fn into_kept(self: Box<Self>) -> Vec<AnyObject> {
        let mut kept = Vec::<AnyObject>::with_capacity(self.len());
        for object in *self {
            kept.push(Arc::new(object));
        }
        kept
    }
}

/// A row of some fields.
pub(crate) struct Row<T> {
    pub(crate) row: T,
    cells: Cells<T>,
}

impl<T> Row<T> {
    /// The value of the field of that name, if the row has it.
    pub(crate) fn cell(&self, name: &str) -> Option<&Cell> {
        (self.cells)(&self.row, name)
    }
}

/// Rows of some fields.
struct Table<T> {
    rows: Vec<T>,
    cells: Cells<T>,
}

impl<T: Send + Sync + 'static> Objects for Table<T> {
    fn swap_places(&mut self, one: usize, other: usize) {
        self.rows.swap_places(one, other);
    }

    fn shorten(&mut self, length: usize) {
        self.rows.shorten(length);
    }

    fn append(&mut self, more: Box<dyn Any>) {
        Objects::append(&mut self.rows, more);
    }

    fn as_any(&self) -> &dyn Any {
        &self.rows
    }

    fn into_rows(self: Box<Self>) -> Box<dyn Any> {
        Box::new(self.rows)
    }

    fn into_kept(self: Box<Self>) -> Vec<AnyObject> {
        let Self { rows, cells } = *self;
        let kept = |row| Arc::new(Row { row, cells: Arc::clone(&cells) }) as AnyObject;
        rows.into_iter().map(kept).collect()
    }

    fn column(&self, name: &str) -> Option<Vec<&Cell>> {
        self.rows.iter().map(|row| (self.cells)(row, name)).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use crate::model::{Object, decode};

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
            prop_assert_eq!(rows.objects::<Object>().unwrap().iter().map(Object::id).collect::<Vec<_>>(), expected.clone());
            prop_assert_eq!(rows.into_objects::<Object>().iter().map(Object::id).collect::<Vec<_>>(), expected);
        }
    }
}
