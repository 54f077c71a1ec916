use std::{fmt, marker::PhantomData};

/// An order of the objects of model `M`; made by [`Field::asc`](crate::Field::asc) and its like.
pub struct Order<M> {
    term: String,
    model: PhantomData<fn(&M)>,
}

impl<M> Order<M> {
    /// Ascending by the field of that name in NetBox's JSON, for objects without a struct. A name that NetBox
    /// would ignore is an error when the query is asked.
    pub fn asc(name: &str) -> Self {
        Self { term: name.to_owned(), model: PhantomData }
    }

    /// Descending by the field of that name in NetBox's JSON.
    pub fn desc(name: &str) -> Self {
        Self { term: format!("-{name}"), model: PhantomData }
    }

    /// As in `?ordering=`.
    pub(crate) fn into_term(self) -> String {
        self.term
    }
}

impl<M> Clone for Order<M> {
    fn clone(&self) -> Self {
        Self { term: self.term.clone(), model: PhantomData }
    }
}

impl<M> fmt::Debug for Order<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Order").field(&self.term).finish()
    }
}
