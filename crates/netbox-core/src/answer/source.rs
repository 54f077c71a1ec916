//! Objects with references to resolve: whole objects, or rows of some of their fields.

use crate::{
    model::{Cell, Field, Model, Row, Rows},
    wire::{AnyObject, Error},
};

/// Objects of model `M`, as far as they are here.
pub enum Source<'s, M> {
    Whole(Vec<&'s M>),
    Rows(Vec<&'s dyn Columns>),
}

/// Rows of some fields.
pub trait Columns: Send + Sync {
    /// The values of the field of that name, if the rows have it.
    fn column(&self, name: &str) -> Option<Vec<&Cell>>;
}

impl Columns for Rows {
    fn column(&self, name: &str) -> Option<Vec<&Cell>> {
        Rows::column(self, name)
    }
}

impl<T: Send + Sync> Columns for Row<T> {
    fn column(&self, name: &str) -> Option<Vec<&Cell>> {
        self.cell(name).map(|cell| vec![cell])
    }
}

impl<'s, M: Model> Source<'s, M> {
    /// The objects that references keep, as an `M`.
    pub(super) fn of_kept(kept: Vec<&'s AnyObject>) -> Self {
        Self::Whole(kept.into_iter().filter_map(|object| object.downcast_ref()).collect())
    }

    /// The rows of type `T` that references keep.
    pub(super) fn of_kept_rows<T: Send + Sync + 'static>(kept: Vec<&'s AnyObject>) -> Self {
        let rows = kept.into_iter().filter_map(|row| row.downcast_ref::<Row<T>>());
        Self::Rows(rows.map(|row| row as &dyn Columns).collect())
    }

    /// The objects of a page.
    pub(super) fn of(page: &'s Rows) -> Self {
        match page.objects() {
            Some(objects) => Self::Whole(objects.iter().collect()),
            None => Self::Rows(vec![page]),
        }
    }

    /// The values of `field`.
    pub(super) fn values<V: 'static>(&self, field: Field<M, V>) -> Result<Vec<&'s V>, Error> {
        let rows = match self {
            Self::Whole(objects) => return Ok(objects.iter().map(|object| field.of(object)).collect()),
            Self::Rows(rows) => rows,
        };
        let name = field.name();
        let columns: Option<Vec<_>> = rows.iter().map(|rows| rows.column(name)).collect();
        let cells = columns.ok_or_else(|| Error::query(not_selected(name)))?.into_iter().flatten();
        cells.map(|cell| cell.downcast_ref()).collect::<Option<_>>().ok_or_else(|| {
            Error::query(format!(
                "`{name}` is to be prefetched, and the rows have it as another type: name it by the constant of their struct, \
                 after `select_as`"
            ))
        })
    }
}

/// The reason why references in the field `name` are not resolved.
pub(super) fn not_selected(name: &str) -> String {
    format!(
        "`{name}` is to be prefetched, and is not selected: add it to `select`, or leave it out of `prefetch`"
    )
}
