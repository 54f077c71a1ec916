//! Deletions whose answers have no evidence that they are NetBox's.

use super::walk::Walk;
use crate::{
    client::Api,
    model::{Decode, Object},
    question::{Question, Selection},
    wire::{ApiPath, Error},
};

/// Whether the objects with these ids were deleted, when the deletion ended with `error`: NetBox answers a deletion with an
/// empty 204, on which a proxy that strips headers leaves no evidence. So the objects are looked for.
///
/// # Errors
///
/// `error`, unless they are gone.
pub(super) async fn despite(api: &Api, endpoint: &ApiPath, ids: &[u64], error: Error) -> Result<(), Error> {
    if !error.is_bare_deletion() || api.headers_pass() {
        return Err(error);
    }
    let question = Question::by_ids(endpoint.clone(), ids, Selection::of(Some(&["id"])), api.page_size());
    match Walk::new(api.clone(), question, Decode::of::<Object>()).collect().await {
        // If this look-up had NetBox's headers, the answer without them came from another server.
        Ok(there) if there.is_empty() && !api.headers_pass() => Ok(()),
        _ => Err(error),
    }
}
