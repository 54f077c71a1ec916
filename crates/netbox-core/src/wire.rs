//! From a call of the library to a request, and from a response to its result.
//!
//! This layer knows HTTP and NetBox's URLs. It knows nothing of the objects that requests are about.

mod base;
mod boxed;
mod cache;
mod error;
mod evidence;
mod exchange;
mod flight;
mod home;
mod lanes;
mod lifted;
mod lock;
mod mode;
mod params;
mod retry;
mod server;
pub(crate) mod since;
mod slot;
mod threaded;
mod token;
#[cfg(feature = "tracing")]
mod trace;
mod traffic;
mod transport;
mod value_error;
mod version;
mod within;

pub(crate) use base::{
    ApiPath, BaseUrl, authority_of_url, endpoint_of_url, id_of_url, is_of_endpoint, target_of_url,
};
pub use boxed::BoxTransport;
pub(crate) use cache::Cache;
pub(crate) use error::{Asked, presentable};
pub use error::{Error, ErrorKind, ItemMessages, ItemPlace, Messages};
pub(crate) use exchange::{Answer, Call, Wire};
pub(crate) use flight::{Fetch, Flights};
pub(crate) use home::Home;
pub(crate) use lanes::{Lanes, all};
pub use lifted::Lifted;
pub(crate) use lock::lock;
pub use mode::{Async, Blocking, BoxFuture, Iterating, Mode, Outcome};
pub(crate) use mode::{NoMode, blocks};
pub(crate) use params::{Params, encoded_len};
pub use retry::RetryPolicy;
pub(crate) use server::{Server, unsupported};
pub(crate) use slot::{AnyObject, Extent, Slot};
pub(crate) use threaded::Threaded;
pub(crate) use token::Token;
pub(crate) use traffic::{Road, Traffic};
pub(crate) use transport::{Piece, Rewind};
pub use transport::{
    Reading, Request, Response, Sink, Source, Timeout, Transport, TransportError, TransportErrorKind,
};
pub use value_error::ValueError;
pub(crate) use version::LearntVersion;
pub use version::Version;
pub(crate) use within::Within;
