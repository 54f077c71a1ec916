//! Reading lists that come in pages.

mod ahead;
mod items;
mod pager;
#[cfg(feature = "stream")]
mod stream;
mod walk;

pub use items::{Items, Pages};
#[cfg(feature = "stream")]
pub use stream::ItemStream;

pub(crate) use ahead::Ahead;
pub(crate) use pager::Pager;
pub(crate) use walk::{Prefetcher, Walk};

use serde::{Deserialize, de::DeserializeOwned};

use crate::{error::Error, exchange::Answer};

/// What servers cap a page at unless they are configured otherwise (`MAX_PAGE_SIZE`).
pub(crate) const DEFAULT_PAGE_SIZE: u32 = 1000;

/// A page of a list.
#[derive(Debug, Deserialize)]
pub(crate) struct Page<R> {
    /// How many objects the whole list has; NetBox counts them only for pages by offset.
    #[serde(default)]
    pub(crate) count: Option<u64>,
    /// Where NetBox says that the next page is.
    #[serde(default)]
    pub(crate) next: Option<String>,
    pub(crate) results: Vec<R>,
}

impl<R: DeserializeOwned> Page<R> {
    /// Reads an answer; some sub-resources are plain lists, which are all there is.
    pub(crate) fn read(answer: &Answer) -> Result<Self, Error> {
        if answer.is_list() {
            return Ok(Self { count: None, next: None, results: answer.json()? });
        }
        answer.json()
    }
}
