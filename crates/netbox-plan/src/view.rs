//! Reading lists, as far as the token may view them.

use netbox_core::{Client, Error, Mode, Object, Query, Record};
use serde_json::Value;

/// A query for the objects with these ids.
pub(crate) fn by_ids<C: Mode>(
    client: &Client<C>,
    path: &str,
    ids: impl IntoIterator<Item = u64>,
) -> Query<Object, C> {
    client.query_at(path).param("id", ids.into_iter().collect::<Vec<_>>())
}

/// All objects that a query finds; `None` if this token may not view any of the list.
pub(crate) async fn visible<C: Mode>(
    query: Query<Object, C>,
) -> Result<Option<Vec<Record<Object, C>>>, Error> {
    match C::lift(query.page_size(1000).all()).await {
        Err(error) if error.is_forbidden() => Ok(None),
        objects => objects.map(Some),
    }
}

/// A field as NetBox shows it; `None` if it was not read.
pub(crate) fn shown<C>(object: &Record<Object, C>, name: &str) -> Option<Value> {
    object.get_if_there(name).ok().flatten()
}
