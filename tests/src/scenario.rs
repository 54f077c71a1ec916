//! The scenarios that the library runs with a NetBox, a file each. A scenario asserts as it goes; it is written once,
//! for both modes.

use netbox_core::{Mode, Outcome, Version};

use crate::{Counting, Failure};

mod addresses;
mod allocation;
mod bulk;
mod details;
mod devices;
mod errors;
pub mod five_hundred;
mod kinds;
mod login;
mod models;
mod objects;
mod pages;
mod patches;
mod queries;
mod raw;
mod records;
mod routes;
mod rows;
mod values;

/// Whether the NetBox, which has answered before, is of the version 4.`minor` or a newer one.
fn is_since<C: Mode>(client: &Counting<C>, minor: u16) -> bool {
    client.version().is_some_and(|version| version >= Version::new(4, minor))
}

/// Calls a macro with the names of all scenarios.
#[macro_export]
macro_rules! for_each_scenario {
    ($do:ident) => {
        $do! {
            addresses allocation bulk details devices errors five_hundred kinds login models objects pages patches queries raw
            records routes rows values tour
        }
    };
}

macro_rules! runner {
    ($($name:ident)+) => {
        /// The names of all scenarios, and of the files that they are recorded in.
        pub const NAMES: &[&str] = &[$(stringify!($name)),+];

        /// Runs the scenario `name` with `client`.
        ///
        /// # Errors
        ///
        /// The library's error, where the scenario does not expect one.
        ///
        /// # Panics
        ///
        /// If something is not as the scenario asserts, or there is no such scenario.
        pub fn run<'c, C: Mode>(
            name: &str,
            client: &'c Counting<C>,
        ) -> Outcome<'c, C, Result<(), Failure>> {
            match name {
                $(stringify!($name) => C::run($name::run(client)),)+
                _ => panic!("there is no scenario {name}"),
            }
        }
    };
}

for_each_scenario!(runner);

mod tour {
    use super::{Counting, Failure, Mode};

    pub(super) async fn run<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
        C::lift(crate::tour::walk(client, &mut std::io::sink())).await
    }
}
