//! The routes below the objects of a model.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::Model;

/// The routes that netbox-core has methods for, and its traits for models that have them.
const TRAITS: [(&str, &str); 11] = [
    ("available-asns", "AvailableAsns"),
    ("available-ips", "AvailableIps"),
    ("available-prefixes", "AvailablePrefixes"),
    ("available-vlans", "AvailableVlans"),
    ("choices", "Choices"),
    ("elevation", "Elevation"),
    ("paths", "Paths"),
    ("render", "Render"),
    ("render-config", "RenderConfig"),
    ("sync", "Synced"),
    ("trace", "Trace"),
];

/// Implements the traits of the routes that the schema knows, or of all routes where it knows nothing. Some fields of another
/// model have the routes of that.
pub(crate) fn expand(model: &Model) -> TokenStream {
    let ident = model.ident;
    if let Some(of) = &model.said.of {
        let (traits, of) = (TRAITS.map(|(_, name)| format_ident!("{name}")), &of.model);
        // With a lifetime in it, a bound may be false.
        return quote! {
            #(
                #[automatically_derived]
                impl _netbox::route::#traits for #ident where for<'netbox> #of: _netbox::route::#traits {}
            )*
        };
    }
    let traits: Vec<_> = match &model.routes {
        Some(routes) => {
            let there = TRAITS.iter().filter(|(name, _)| routes.clone().any(|route| route.name() == *name));
            there.map(|(_, name)| format_ident!("{name}")).collect()
        }
        None => vec![format_ident!("EveryRoute")],
    };
    quote! {
        #(
            #[automatically_derived]
            impl _netbox::route::#traits for #ident {}
        )*
    }
}

#[cfg(test)]
mod tests {
    use netbox_schema::{Route, endpoints};

    use super::*;

    #[test]
    fn all_routes_below_objects_that_have_an_id_have_a_trait() {
        // Background tasks are known by a UUID.
        let endpoints = endpoints().filter(|endpoint| endpoint.path() != "core/background-tasks");
        let mut routes: Vec<_> = endpoints.flat_map(|endpoint| endpoint.routes().map(Route::name)).collect();
        routes.sort_unstable();
        routes.dedup();
        assert_eq!(routes, TRAITS.map(|(name, _)| name));
    }

    #[track_caller]
    fn check(declared: &str, expected: &[&str]) {
        let input = syn::parse_str(declared).unwrap();
        let mut errors = crate::errors::Errors::default();
        let model = Model::gather(&input, "netbox_core", &mut errors);
        errors.finish().unwrap();
        let code = expand(&model).to_string();
        let traits: Vec<_> =
            code.split("route :: ").skip(1).map(|rest| rest.split(' ').next().unwrap().to_owned()).collect();
        assert_eq!(traits, expected);
    }

    #[test]
    fn routes_are_those_of_the_endpoint() {
        check(
            r#"#[netbox(endpoint = "ipam/prefixes")] struct Prefix { id: u64 }"#,
            &["AvailableIps", "AvailablePrefixes"],
        );
        check(r#"#[netbox(endpoint = "dcim/sites")] struct Site { id: u64 }"#, &[]);
        check(r#"#[netbox(endpoint = "dcim/racks", since = "4.5")] struct Rack { id: u64 }"#, &["Elevation"]);
        // A struct that is read as another type still has the routes of its endpoint.
        check(
            r#"#[netbox(endpoint = "dcim/racks")] #[serde(from = "Other")] struct Rack { id: u64 }"#,
            &["Elevation"],
        );
    }

    #[test]
    fn where_nothing_is_known_all_may_be_there() {
        check(r#"#[netbox(endpoint = "plugins/acme/pools")] struct Pool { id: u64 }"#, &["EveryRoute"]);
        check(r#"#[netbox(endpoint = "dcim/sites", unchecked)] struct Site { id: u64 }"#, &["EveryRoute"]);
    }
}
