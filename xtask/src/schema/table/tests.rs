use std::fs;

use netbox_schema as schema;
use proptest::prelude::*;

use super::*;
use crate::schema::{
    facts::{Facts, Filter, Key, KeyPart},
    source::Source,
    vocabulary::{KeyRule, Kind},
};

fn corrected() -> Extract {
    Source::of_repository().corrected().unwrap()
}

/// The facts that the table has of one version.
fn told(version: Version) -> Facts {
    let is_there = |versions: schema::Versions| versions.contains(version.major, version.minor);
    let of_methods = |methods: schema::Methods| -> BTreeSet<Method> {
        let all = Method::ALL.iter().copied().zip(schema::Method::ALL);
        all.filter(|(_, method)| is_there(methods.of(**method))).map(|(method, _)| method).collect()
    };
    let of_kind = |kind: schema::Kind| Kind::ALL[kind as usize];
    let mut facts = Facts::default();
    for endpoint in schema::endpoints().filter(|endpoint| is_there(endpoint.versions())) {
        let mut own = Endpoint {
            object_type: endpoint.object_type().map(str::to_owned),
            versioned: is_there(endpoint.versioned()),
            keys: endpoint
                .keys()
                .filter(|key| is_there(key.versions()))
                .map(|key| {
                    let parts = key.parts().map(|part| KeyPart {
                        name: part.name().to_owned(),
                        rule: KeyRule::ALL[part.rule() as usize],
                        ignores_case: part.ignores_case(),
                        null_is_unique: part.null_is_unique(),
                    });
                    Key { parts: parts.collect(), unique: key.is_unique() }
                })
                .collect(),
            ..Endpoint::default()
        };
        let routes = endpoint.routes().map(|route| (route.name(), route.methods()));
        for (name, methods) in routes.chain([(LIST, endpoint.methods()), (DETAIL, endpoint.detail())]) {
            let methods = of_methods(methods);
            if !methods.is_empty() {
                own.routes.insert(name.to_owned(), methods);
            }
        }
        for (control, told) in Control::ALL.iter().copied().zip(schema::Control::ALL.iter().copied()) {
            if is_there(endpoint.supports(told)) {
                own.controls.insert(control);
            }
        }
        for field in endpoint.fields().filter(|field| is_there(field.versions())) {
            let form = field.forms().find(|form| is_there(form.versions())).unwrap();
            assert_eq!(field.kind_in(version.major, version.minor), Some(form.kind()));
            own.fields.push(Field {
                name: field.name().to_owned(),
                kind: of_kind(form.kind()),
                readable: is_there(field.readable()),
                writable: is_there(field.writable()),
                required: is_there(field.required()),
                nullable: is_there(field.nullable()),
                nested: is_there(field.nested()),
                ordered: is_there(field.orders()),
                target: form.target().map(|target| target.path().to_owned()),
                choices: field
                    .choices()
                    .filter(|choice| is_there(choice.versions()))
                    .map(|choice| choice.value().to_owned())
                    .collect(),
            });
        }
        for filter in endpoint.filters().filter(|filter| is_there(filter.versions())) {
            let kind = filter.forms().find(|form| is_there(form.versions())).unwrap().kind();
            let lookups = Lookup::ALL.iter().copied().zip(schema::Lookup::ALL);
            let lookups = lookups.filter(|(_, told)| is_there(filter.lookup(**told))).map(|(own, _)| own);
            own.filters.insert(
                filter.name().to_owned(),
                Filter {
                    kind: of_kind(kind),
                    repeatable: is_there(filter.repeatable()),
                    lookups: lookups.collect(),
                },
            );
        }
        facts.endpoints.insert(endpoint.path().to_owned(), own);
    }
    facts
}

/// The facts as the table can hold them: fields by their names.
fn tellable(corrected: &Extract, version: Version) -> Facts {
    let mut facts = corrected.documents[&version].facts.clone();
    for endpoint in facts.endpoints.values_mut() {
        endpoint.fields.sort_by(|left, right| left.name.cmp(&right.name));
    }
    facts
}

#[test]
fn the_table_tells_what_is_known_of_each_version_and_nothing_else() {
    let corrected = corrected();
    let known: Vec<_> = schema::Versions::ALL.iter().map(|version| version.to_string()).collect();
    assert_eq!(known, corrected.versions().iter().map(Version::to_string).collect::<Vec<_>>());
    for version in corrected.versions() {
        let (told, known) = (told(version), tellable(&corrected, version));
        for (path, endpoint) in &known.endpoints {
            assert_eq!(told.endpoints.get(path), Some(endpoint), "{path} in {version}");
        }
        assert_eq!(told.endpoints.len(), known.endpoints.len());
        for name in
            known.endpoints.values().flat_map(|endpoint| endpoint.fields.iter().map(|field| &*field.name))
        {
            assert_eq!(schema::never_filters(name), known.unfiltered.contains(name), "{name}");
        }
        for (old, new) in &known.renamed {
            assert_eq!(schema::renamed(old), Some(&**new));
        }
    }
}

#[test]
fn the_table_and_the_extract_are_up_to_date() {
    let source = Source::of_repository();
    let extract = source.extract().unwrap();
    assert_eq!(fs::read_to_string(source.documents()).unwrap(), extract.write());
    let (table, _) = write(&corrected()).unwrap();
    assert!(fs::read_to_string(source.table()).unwrap() == table, "run `cargo xtask codegen schema`");
}

#[test]
fn what_would_not_fit_is_refused() {
    let mut extract = Extract::default();
    assert!(write(&extract).is_err(), "there is no set of no versions");
    for minor in 0..16 {
        extract.add(&format!("5.{minor}.0"), Facts::default()).unwrap();
    }
    write(&extract).unwrap();
    extract.add("5.16.0", Facts::default()).unwrap();
    assert!(write(&extract).unwrap_err().to_string().contains("16 bits"));

    let field = |name: &str| Field::new(name, Kind::Text);
    let endpoint = |fields| Endpoint { fields, ..Endpoint::default() };
    let error = |fields| {
        let mut extract = Extract::default();
        let endpoints = [("status".to_owned(), endpoint(fields))].into();
        extract.add("5.0.0", Facts { endpoints, ..Facts::default() }).unwrap();
        write(&extract).unwrap_err().to_string()
    };
    assert_eq!(error(vec![field("a\"b")]), "`a\"b` is no plain name");
    let mut extract = Extract::default();
    for (number, object_type) in [("5.0.0", "dcim.cable"), ("5.1.0", "dcim.cord")] {
        let endpoint = Endpoint { object_type: Some(object_type.to_owned()), ..Endpoint::default() };
        let endpoints = [("dcim/cables".to_owned(), endpoint)].into();
        extract.add(number, Facts { endpoints, ..Facts::default() }).unwrap();
    }
    assert!(format!("{:#}", write(&extract).unwrap_err()).contains("one name in all versions"));
    let many = (0..30_000).map(|number| field(&format!("field_{number}"))).collect();
    assert!(error(many).contains("longer than the numbers"));
}

proptest! {
    #[test]
    fn lists_are_there_once_and_whole(lists in proptest::collection::vec(proptest::collection::vec(0_u16..4, 0..3), 0..9)) {
        let mut rows = Lists::default();
        for list in &lists {
            let list: Vec<_> = list.iter().map(|value| vec![*value]).collect();
            let [start, length] = rows.span(list.clone()).unwrap();
            prop_assert_eq!(&rows.rows[usize::from(start)..usize::from(start + length)], &list[..]);
            prop_assert_eq!(rows.span(list).unwrap(), [start, length]);
        }
        let distinct: BTreeSet<_> = lists.iter().collect();
        prop_assert_eq!(rows.rows.len(), distinct.iter().map(|list| list.len()).sum::<usize>());
    }
}
