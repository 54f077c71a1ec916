//! Everything in the table is found by its name, and nothing else is.

use std::collections::BTreeSet;

use netbox_schema::{Endpoint, Field, Filter, Lookup, Route, Versions, endpoint, endpoints};
use proptest::prelude::*;

/// Names that there are, those that differ a little, and others.
fn names() -> impl Strategy<Value = String> {
    let fields = endpoints().flat_map(|endpoint| endpoint.fields().map(Field::name));
    let filters = endpoints().flat_map(|endpoint| endpoint.filters().map(Filter::name));
    let routes = endpoints().flat_map(|endpoint| endpoint.routes().map(Route::name));
    let paths = endpoints().map(Endpoint::path);
    let all: BTreeSet<_> = fields.chain(filters).chain(routes).chain(paths).collect();
    let known = proptest::sample::select(all.into_iter().collect::<Vec<_>>());
    prop_oneof![
        known.clone().prop_map(str::to_owned),
        (known.clone(), "[a-z_]?").prop_map(|(name, more)| format!("{name}{more}")),
        known.prop_map(|name| name[1..].to_owned()),
        "\\PC{0,8}",
    ]
}

fn any_endpoint() -> impl Strategy<Value = Endpoint> {
    (0..endpoints().len()).prop_map(|index| endpoints().get(index).unwrap())
}

#[test]
fn everything_is_found_by_its_name() {
    for one in endpoints() {
        assert_eq!(endpoint(one.path()), Some(one));
        assert!(!one.versions().is_empty(), "{one}");
        for field in one.fields() {
            assert_eq!(one.field(field.name()), Some(field), "{one}.{}", field.name());
        }
        for filter in one.filters() {
            assert_eq!(one.filter(filter.name()), Some(filter), "{one}?{}", filter.name());
        }
        for route in one.routes() {
            assert_eq!(one.route(route.name()), Some(route), "{one}/{}", route.name());
        }
    }
}

#[test]
fn what_is_known_of_a_field_makes_sense() {
    for one in endpoints() {
        for field in one.fields() {
            let place = format!("{one}.{}: {field:?}", field.name());
            assert!(!field.versions().is_empty(), "{place}");
            assert_eq!(field.versions().without(one.versions()), Versions::NONE, "{place}");
            assert_eq!(field.required().without(field.writable()), Versions::NONE, "{place}");
            assert_eq!(field.nullable().without(field.readable()), Versions::NONE, "{place}");
            let formed = field.forms().fold(Versions::NONE, |all, form| all.or(form.versions()));
            assert_eq!(formed, field.versions(), "{place}");
            let refers = field.target().is_some();
            assert!(
                if refers { field.kind().may_have_target() } else { !field.kind().has_target() },
                "{place}"
            );
            for form in field.forms() {
                let of_target = form.target().map_or(Versions::ALL, Endpoint::versions);
                assert_eq!(form.versions().without(of_target), Versions::NONE, "{place}");
            }
        }
    }
}

proptest! {
    #[test]
    fn nothing_else_is_found(one in any_endpoint(), name in names()) {
        prop_assert_eq!(endpoint(&name), endpoints().find(|one| one.path() == name));
        prop_assert_eq!(one.field(&name), one.fields().find(|field| field.name() == name));
        prop_assert_eq!(one.filter(&name), one.filters().find(|filter| filter.name() == name));
        prop_assert_eq!(one.route(&name), one.routes().find(|route| route.name() == name));
    }

    #[test]
    fn parameters_are_accepted_by_their_filter_and_its_lookups(
        one in any_endpoint(),
        name in names(),
        lookup in proptest::sample::select(&Lookup::ALL[1..]),
    ) {
        let (plain, asked) = one
            .filter(&name)
            .map_or((Versions::NONE, Versions::NONE), |filter| (filter.lookup(Lookup::Exact), filter.lookup(lookup)));
        prop_assert_eq!(one.accepts(&name), plain);
        prop_assert_eq!(one.accepts(&format!("{name}__{}", lookup.suffix())), asked);
    }

    #[test]
    fn entries_go_both_ways(one in any_endpoint()) {
        let fields: Vec<_> = one.fields().collect();
        prop_assert_eq!(fields.len(), one.fields().len());
        let mut backwards: Vec<_> = one.fields().rev().collect();
        backwards.reverse();
        prop_assert_eq!(&backwards, &fields);
        for (index, field) in fields.iter().enumerate() {
            prop_assert_eq!(one.fields().get(index), Some(*field));
        }
        prop_assert_eq!(one.fields().get(fields.len()), None);
    }
}
