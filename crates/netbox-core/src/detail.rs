//! What NetBox has below an object: free addresses, cable paths, rack units, rendered configurations, files.

mod cabling;
mod file;
mod pool;
mod rack;
mod render;
pub mod route;
mod script;

pub use cabling::{CablePath, Hop};
pub use pool::{AvailableAsn, AvailableIp, AvailablePrefix, AvailableVlan, Pool};
pub use rack::{RackFace, RackUnit};
pub use render::RenderedConfig;
