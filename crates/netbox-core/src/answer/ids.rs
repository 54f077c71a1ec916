//! The ids of the objects that match.

use serde::Deserialize;

use super::walk::Walk;
use crate::{
    client::{Api, custom_fields::Aim},
    model::{Decode, Form, Model},
    question::{Question, Selection},
    wire::Error,
};

/// The ids of the objects that a bulk write by query may change, and one more than `most` if there are more.
pub(super) async fn targets(api: Api, mut question: Question, most: usize) -> Result<Vec<u64>, Error> {
    let is_known = api.version().is_some();
    api.settle(&mut question, Aim::Write).await?;
    let ids = all_ids(ids_only(api.clone(), question.clone()), most).await?;
    if is_known || !api.vocabulary(question.path()).is_of_other_version() {
        return Ok(ids);
    }
    // Only the first answer shows that this NetBox may lack a filter.
    api.settle(&mut question, Aim::Write).await?;
    all_ids(ids_only(api, question), most).await
}

pub(super) fn ids_only(api: Api, mut question: Question) -> Walk {
    question.select(Selection::of(OnlyId::FIELDS));
    Walk::new(api, question, Decode::of::<OnlyId>())
}

/// The ids of the objects, and one more than `most` if there are more.
pub(super) async fn all_ids(mut walk: Walk, most: usize) -> Result<Vec<u64>, Error> {
    let mut ids = Vec::new();
    while let Some(page) = walk.next().await {
        ids.extend(page?.ids().iter().flatten());
        if ids.len() > most {
            ids.truncate(most + 1);
            break;
        }
    }
    Ok(ids)
}

/// The part of an object that is read to know its id.
#[derive(Deserialize)]
pub(super) struct OnlyId {
    id: u64,
}

impl Model for OnlyId {
    const ENDPOINT: &'static str = "";
    const FIELDS: Option<&'static [&'static str]> = Some(&["id"]);

    fn id(&self) -> u64 {
        self.id
    }

    fn write(&self, _: &mut Form) {}
}
