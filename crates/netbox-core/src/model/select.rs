//! Some fields of a model: the selection, and the rows that come back.

use serde::de::{Error, IgnoredAny, MapAccess};

use super::{
    field::{Field, Read, Reads},
    rows::Cell,
};

/// The name of a field, and the other names that it is read by.
type Names = (&'static str, &'static [&'static str]);

/// Fields of model `M` that are requested in place of all: one, or a tuple of 1 to 16.
///
/// [`Query::select`](crate::Query::select) takes them. No other type can implement this trait.
///
/// ```
/// # use netbox_core::{Blocking, Client, Error, NetboxModel, value::Choice};
/// use netbox_core::query::Select;
///
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")]
/// # struct Device { id: u64, name: Option<String>, serial: String, status: Choice }
/// fn failed<S: Select<Device>>(client: &Client<Blocking>, fields: S) -> Result<Vec<S::Row>, Error> {
///     client.query::<Device>().filter(Device::STATUS.eq("failed")).select(fields).all()
/// }
///
/// fn report(client: &Client<Blocking>) -> Result<(), Error> {
///     let serials: Vec<String> = failed(client, Device::SERIAL)?;
///     let rows: Vec<(Option<String>, String)> = failed(client, (Device::NAME, Device::SERIAL))?;
///     Ok(())
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` are no fields of `{M}`",
    label = "one field, or a tuple of 1 to 16 fields, is expected here",
    note = "name them by the constants of the model: `.select((Device::NAME, Device::SITE))`; for more than 16 fields, derive \
            a struct with `#[netbox(of = \"Device\")]`, and `select_as` it"
)]
pub trait Select<M>: sealed::Select<M> + Copy + Send + Sync + 'static {
    /// The values: that of the one field, or a tuple of them.
    type Row: Send + Sync + 'static;

    /// The values that were read so far.
    #[doc(hidden)]
    type Parts;

    #[doc(hidden)]
    fn parts() -> Self::Parts;

    /// The names of the fields, each with the other names that it is read by.
    #[doc(hidden)]
    fn names(&self) -> Vec<Names>;

    /// Whether the fields have these names.
    #[doc(hidden)]
    fn are(&self, names: &[&'static str]) -> bool;

    /// Reads the value of the field at that position.
    #[doc(hidden)]
    fn read<'de, A: MapAccess<'de>>(
        &self,
        at: usize,
        parts: &mut Self::Parts,
        map: &mut A,
    ) -> Result<(), A::Error>;

    #[doc(hidden)]
    fn row<E: Error>(&self, parts: Self::Parts) -> Result<Self::Row, E>;

    /// The value of the field at that position.
    #[doc(hidden)]
    fn cell(row: &Self::Row, at: usize) -> Option<&(dyn std::any::Any + Send + Sync)>;
}

/// One field of model `M`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no field of `{M}`",
    label = "this query is for objects of `{M}`",
    note = "name fields by the constants of the model: `.select((Device::NAME, Device::SITE))`"
)]
pub trait Column<M>: sealed::Select<M> + Copy + Send + Sync + 'static {
    type Value: Send + Sync + 'static;

    fn names(&self) -> Names;

    fn read<'de, A: MapAccess<'de>>(
        &self,
        part: &mut Option<Self::Value>,
        map: &mut A,
    ) -> Result<(), A::Error>;

    fn value<E: Error>(&self, part: Option<Self::Value>) -> Result<Self::Value, E>;
}

impl<M: 'static, V: Send + Sync + 'static, F: Reads<V> + 'static> Column<M> for Field<M, V, F> {
    type Value = V;

    fn names(&self) -> Names {
        (self.name(), self.aliases())
    }

    fn read<'de, A: MapAccess<'de>>(&self, part: &mut Option<V>, map: &mut A) -> Result<(), A::Error> {
        if part.is_some() {
            return Err(A::Error::duplicate_field(self.name()));
        }
        *part = Some(map.next_value_seed(Read::<V, F>::new())?);
        Ok(())
    }

    fn value<E: Error>(&self, part: Option<V>) -> Result<V, E> {
        part.map_or_else(|| self.absent(), Ok)
    }
}

impl<M: 'static, V: Send + Sync + 'static, F: Reads<V> + 'static> Select<M> for Field<M, V, F> {
    type Row = V;
    type Parts = Option<V>;

    fn parts() -> Option<V> {
        None
    }

    fn names(&self) -> Vec<Names> {
        vec![Column::names(self)]
    }

    fn are(&self, names: &[&'static str]) -> bool {
        names == [self.name()]
    }

    fn read<'de, A: MapAccess<'de>>(
        &self,
        _: usize,
        parts: &mut Option<V>,
        map: &mut A,
    ) -> Result<(), A::Error> {
        Column::read(self, parts, map)
    }

    fn row<E: Error>(&self, parts: Option<V>) -> Result<V, E> {
        self.value(parts)
    }

    fn cell(row: &V, at: usize) -> Option<&Cell> {
        if at == 0 { Some(row) } else { None }
    }
}

macro_rules! tuples {
    ([$($_:tt)*]) => {};
    ([$($column:ident $at:tt)*] $next:ident $next_at:tt $($rest:tt)*) => {
        tuple! { $($column $at)* $next $next_at }
        tuples! { [$($column $at)* $next $next_at] $($rest)* }
    };
}

macro_rules! tuple {
    ($($column:ident $at:tt)+) => {
        impl<M, $($column),+> sealed::Select<M> for ($($column,)+) {}

        impl<M, $($column: Column<M>),+> Select<M> for ($($column,)+) {
            type Row = ($($column::Value,)+);
            type Parts = ($(Option<$column::Value>,)+);

            fn parts() -> Self::Parts {
                ($(None::<$column::Value>,)+)
            }

            fn names(&self) -> Vec<Names> {
                vec![$(self.$at.names()),+]
            }

            fn are(&self, names: &[&'static str]) -> bool {
                names.len() == [$($at),+].len() $(&& self.$at.names().0 == names[$at])+
            }

            fn read<'de, A: MapAccess<'de>>(
                &self,
                at: usize,
                parts: &mut Self::Parts,
                map: &mut A,
            ) -> Result<(), A::Error> {
                match at {
                    $($at => self.$at.read(&mut parts.$at, map),)+
                    _ => map.next_value::<IgnoredAny>().map(drop),
                }
            }

            fn row<E: Error>(&self, parts: Self::Parts) -> Result<Self::Row, E> {
                Ok(($(self.$at.value(parts.$at)?,)+))
            }

            fn cell(row: &Self::Row, at: usize) -> Option<&Cell> {
                match at {
                    $($at => Some(&row.$at),)+
                    _ => None,
                }
            }
        }
    };
}

tuples! { [] C0 0 C1 1 C2 2 C3 3 C4 4 C5 5 C6 6 C7 7 C8 8 C9 9 C10 10 C11 11 C12 12 C13 13 C14 14 C15 15 }

mod sealed {
    pub trait Select<M> {}
    impl<M, V, F> Select<M> for super::Field<M, V, F> {}
}
