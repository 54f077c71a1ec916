//! What the library does with a NetBox, a file each. A scenario asserts as it goes; it is written once, for any
//! transport.

use netbox_core::{Client, Mode, Outcome, Transport};

use crate::{Counted, Failure};

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
        /// What the library failed with, where the scenario does not expect it.
        ///
        /// # Panics
        ///
        /// If something is not as the scenario asserts, or there is no such scenario.
        pub fn run<'c, T: Transport + 'c>(
            name: &str,
            client: &'c Client<Counted<T>>,
        ) -> Outcome<'c, T, Result<(), Failure>> {
            match name {
                $(stringify!($name) => T::Mode::run($name::run(client)),)+
                _ => panic!("there is no scenario {name}"),
            }
        }
    };
}

for_each_scenario!(runner);

mod tour {
    use super::{Client, Counted, Failure, Mode, Transport};

    pub(super) async fn run<T: Transport>(client: &Client<Counted<T>>) -> Result<(), Failure> {
        T::Mode::lift(crate::tour::walk(client, &mut std::io::sink())).await
    }
}
