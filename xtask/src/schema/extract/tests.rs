use std::collections::BTreeSet;

use proptest::{collection, option, prelude::*, sample};

use super::*;
use crate::schema::{
    facts::{DETAIL, Field, Filter, LIST},
    vocabulary::{Control, Kind, Lookup, Method},
};

fn name() -> impl Strategy<Value = String> {
    "[a-z_]{1,3}"
}

fn set<T: Clone + Ord + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = BTreeSet<T>> {
    sample::subsequence(all, 0..=all.len()).prop_map(|some| some.into_iter().collect())
}

prop_compose! {
    fn field()(
        name in name(),
        kind in sample::select(Kind::ALL),
        access in 0..3,
        [required, nullable, nested] in any::<[bool; 3]>(),
        target in option::of("[a-z]{1,3}/[a-z]{1,3}"),
        choices in collection::btree_set("[a-z0-9.-]{1,40}", 0..6),
    ) -> Field {
        Field {
            readable: access != 1,
            writable: access != 2,
            required,
            nullable,
            nested,
            target,
            choices: choices.into_iter().collect(),
            ..Field::new(&name, kind)
        }
    }
}

prop_compose! {
    fn filter()(
        kind in sample::select(Kind::ALL),
        repeatable: bool,
        lookups in set(Lookup::ALL),
    ) -> Filter {
        Filter { kind, repeatable, lookups }
    }
}

prop_compose! {
    fn endpoint()(
        routes in collection::btree_map(
            prop_oneof![Just(LIST.to_owned()), Just(DETAIL.to_owned()), name()], set(Method::ALL), 0..3,
        ),
        controls in set(Control::ALL),
        mut fields in collection::vec(field(), 0..4),
        filters in collection::btree_map(name(), filter(), 0..4),
    ) -> Endpoint {
        let mut seen = BTreeSet::new();
        fields.retain(|field| seen.insert(field.name.clone()));
        Endpoint { routes, controls, fields, filters, ..Endpoint::default() }
    }
}

fn facts() -> impl Strategy<Value = Facts> {
    collection::btree_map("[a-z]{1,2}(/[a-z]{1,2})?", endpoint(), 0..3)
        .prop_map(|endpoints| Facts { endpoints, ..Facts::default() })
}

/// The facts without the order of what is ordered, which is that of one version for all.
fn unordered(extract: &Extract) -> Extract {
    let mut extract = extract.clone();
    for release in extract.documents.values_mut() {
        for endpoint in release.facts.endpoints.values_mut() {
            endpoint.fields.sort_by(|left, right| left.name.cmp(&right.name));
            endpoint.fields.iter_mut().for_each(|field| field.choices.sort());
        }
    }
    extract
}

proptest! {
    #[test]
    fn what_is_written_is_read(facts in collection::vec(facts(), 1..4)) {
        let mut extract = Extract::default();
        for (minor, facts) in facts.into_iter().enumerate() {
            extract.add(&format!("4.{minor}.7"), facts).unwrap();
        }
        let written = extract.write();
        let read = Extract::read(&written).unwrap();
        prop_assert_eq!(unordered(&read), unordered(&extract), "{}", written);
        prop_assert_eq!(read.write(), written);
    }
}

#[test]
fn fields_keep_the_order_of_the_newest_version() {
    let mut extract = Extract::default();
    for (number, names) in [("4.6.1", ["id", "old", "name"]), ("4.7.0", ["id", "name", "new"])] {
        let fields = names.map(|name| Field::new(name, Kind::Text)).into();
        let endpoints = [("dcim/sites".to_owned(), Endpoint { fields, ..Endpoint::default() })].into();
        extract.add(number, Facts { endpoints, ..Facts::default() }).unwrap();
    }
    let written = extract.write();
    let expected = "\
dcim/sites
  field id text
  field name text
  field new text @4.7-
  field old text @4.6
";
    assert!(written.ends_with(expected), "{written}");
}

#[test]
fn a_newer_document_of_a_version_replaces_the_older() {
    let mut extract = Extract::read("documents 4.6.1\n\nstatus\n  field id integer\n").unwrap();
    extract.add("4.6.8", Facts::default()).unwrap();
    assert_eq!(extract.write(), format!("{HEADER}documents 4.6.8\n"));
}

#[test]
fn what_is_no_extract_is_refused_with_its_line() {
    for (text, why) in [
        ("documents 4.6.1\n\nstatus\n  feeld id integer", "line 4:   feeld id integer: what is `feeld`?"),
        ("documents 4.6.1\n\nstatus\n  field id intger", "what is `intger`?"),
        ("documents 4.6.1\n\nstatus\n  field id integer\n  field id text", "the field is there twice"),
        ("documents 4.6.1\n\nstatus\n  field id integer @4.7", "NetBox 4.7 is not among the versions"),
        ("documents 4.6.1\n\nstatus\n  values id 1", "there is no such field"),
        ("documents six", "`six` is not a version"),
    ] {
        let error = format!("{:#}", Extract::read(text).unwrap_err());
        assert!(error.contains(why), "{error}");
    }
}
