//! Routes, and what can be done there.

use crate::{
    entries::entries,
    method::Method,
    name,
    table::{METHODS, ROUTES},
    version::Versions,
};

/// A route below one object: `dcim/racks/7/elevation`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Route(u16);

/// The verbs that a route takes, by version.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Methods(u16);

entries! {
    /// The routes below the objects of an endpoint, in the order of their names.
    Routes of Route
}

impl Route {
    pub(crate) const fn at(row: u16) -> Self {
        Self(row)
    }

    /// The name, which follows the object's own path: `elevation`.
    pub const fn name(self) -> &'static str {
        name::name(ROUTES[self.0 as usize][0])
    }

    /// The methods of the route.
    pub const fn methods(self) -> Methods {
        Methods::at(ROUTES[self.0 as usize][1])
    }

    /// The versions that have it.
    pub const fn versions(self) -> Versions {
        self.methods().versions()
    }
}

impl Methods {
    pub(crate) const fn at(row: u16) -> Self {
        Self(row)
    }

    /// The versions that take `method`.
    pub const fn of(self, method: Method) -> Versions {
        Versions::from_bits(METHODS[self.0 as usize][method as usize])
    }

    /// The versions that take any.
    pub const fn versions(self) -> Versions {
        let mut versions = Versions::NONE;
        let mut method = 0;
        while method < Method::ALL.len() {
            versions = versions.or(self.of(Method::ALL[method]));
            method += 1;
        }
        versions
    }
}

impl core::fmt::Debug for Route {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Route").field("name", &self.name()).field("methods", &self.methods()).finish()
    }
}

impl core::fmt::Debug for Methods {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let taken = Method::ALL.iter().map(|method| (method, self.of(*method)));
        f.debug_map().entries(taken.filter(|(_, versions)| !versions.is_empty())).finish()
    }
}
