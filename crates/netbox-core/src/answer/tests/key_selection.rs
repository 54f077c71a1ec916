//! Some fields of the objects that keys refer to.

use serde::Deserialize;
use serde_json::{Value, json as value};

use crate::{
    Blocking, ErrorKind, Fk, Model,
    field::Field,
    fk::GenericFk,
    model::Cell,
    query::PartOf,
    test::{Asking, Canned, asked, json},
};

macro_rules! models {
    ($($model:ident $endpoint:literal { $($constant:ident $field:ident: $ty:ty),* })+) => {
        $(
            #[derive(Debug, Deserialize)]
            struct $model {
                id: u64,
                $($field: $ty,)*
            }

            #[allow(dead_code, reason = "not every field is named")]
            impl $model {
                $(const $constant: Field<Self, $ty> = Field::new(stringify!($field), |model| &model.$field);)*
            }

            impl Model for $model {
                const ENDPOINT: &'static str = $endpoint;
                const FIELDS: Option<&'static [&'static str]> = Some(&["id", $(stringify!($field)),*]);

                fn id(&self) -> u64 {
                    self.id
                }
            }
        )+
    };
}

models! {
    Region "dcim/regions" { NAME name: String, COMMENTS comments: String }
    Site "dcim/sites" { NAME name: String, SLUG slug: String, REGION region: Option<Fk<Region>>, COMMENTS comments: String }
    Place "dcim/sites" { SLUG slug: String, REGION region: Option<Fk<Region>> }
    Device "dcim/devices" {
        SITE site: Fk<Site>, OTHER other: Option<Fk<Site>>, ALL all: Vec<Fk<Site>>, ANY any: GenericFk
    }
}

impl PartOf<Site> for Place {
    fn cell(&self, name: &str) -> Option<&Cell> {
        if name == "region" { Some(&self.region) } else { None }
    }
}

/// Three devices at two sites in one region.
fn server() -> Asking<Blocking> {
    Canned::<Blocking>::client(|request| {
        let path = request.uri().path().trim_start_matches("/nb/api/").trim_end_matches('/').to_owned();
        let (list, one) = match path.rsplit_once('/').unwrap() {
            (list, id) if id.parse::<u64>().is_ok() => (list, Some(id.parse().unwrap())),
            _ => (path.as_str(), None),
        };
        let of = |id: u64| match list {
            "dcim/regions" => value!({"id": id, "name": format!("R{id}"), "comments": ""}),
            "dcim/sites" => {
                let (name, slug) = (format!("S{id}"), format!("s{id}"));
                value!({"id": id, "name": name, "slug": slug, "region": {"id": 9}, "comments": ""})
            }
            "dcim/devices" => {
                let site = value!({"id": id % 2, "url": format!("https://h/nb/api/dcim/sites/{}/", id % 2)});
                value!({"id": id, "site": site, "other": null, "all": [{"id": 0}, {"id": 1}], "any": site})
            }
            _ => panic!("{list}"),
        };
        let fields = asked(request, "fields").join(",");
        let only = |object: Value| {
            let Value::Object(mut fields_of) = object else { panic!() };
            fields_of.retain(|name, _| fields.split(',').any(|field| field == name));
            Value::from(fields_of)
        };
        if let Some(id) = one {
            return json(200, &only(of(id)));
        }
        let ids: Vec<u64> = match list {
            "dcim/devices" => vec![1, 2, 3],
            _ => asked(request, "id").iter().map(|id| id.parse().unwrap()).collect(),
        };
        let start = asked(request, "start").pop().map_or(0, |id| id.parse().unwrap());
        let results: Vec<_> = ids.into_iter().filter(|id| *id >= start).map(|id| only(of(id))).collect();
        json(200, &value!({"count": results.len(), "next": null, "results": results}))
    })
}

/// The fields that were asked for, by endpoint.
fn fields(client: &Asking<Blocking>) -> Vec<String> {
    let requests = client.transport().requests();
    let told = requests.iter().map(|request| {
        let path = request.uri().path().trim_start_matches("/nb/api/dcim/").trim_end_matches('/').to_owned();
        format!("{path}: {}", asked(request, "fields").join("|"))
    });
    told.collect()
}

#[test]
fn only_the_fields_that_are_wanted_are_fetched() {
    let client = server();
    let sites = Device::SITE.select((Site::NAME, Site::SLUG));
    let devices =
        client.query::<Device>().select((Device::SITE, Device::OTHER)).prefetch(sites).all().unwrap();
    let rows: Vec<_> = devices.iter().map(|(site, _)| sites.of(&client, site).unwrap()).collect();
    assert_eq!(rows[0], &("S1".to_owned(), "s1".to_owned()));
    assert_eq!(rows[1].1, "s0");
    assert_eq!(sites.of(&client, &devices[0].1).unwrap(), None);
    assert_eq!(fields(&client), ["devices: id,site,other", "sites: id,name,slug"]);
    // It is not the object.
    assert!(!devices[0].0.is_resolved());
    assert_eq!(devices[0].0.get(&client).unwrap().comments, "");
}

#[test]
fn records_have_them_too_and_fetch_what_was_not_prefetched() {
    let client = server();
    let sites = Device::SITE.select(Site::SLUG);
    let devices = client.query::<Device>().all().unwrap();
    for device in &devices {
        assert_eq!(*sites.of(&client, &device.site).unwrap(), format!("s{}", device.site.id()));
        assert_eq!(sites.of(&client, &device.all).unwrap(), ["s0", "s1"]);
    }
    assert_eq!(fields(&client), ["devices: id,site,other,all,any", "sites: id,slug"]);
    let alone = Fk::<Site>::new(5);
    assert_eq!(sites.of(&client, &alone).unwrap(), "s5");
    assert_eq!(fields(&client)[2..], ["sites/5: id,slug"]);
}

#[test]
fn several_selections_of_the_same_types_are_told_apart() {
    let client = server();
    let site = Fk::<Site>::new(1);
    let (one, other) =
        (Device::SITE.select((Site::NAME, Site::SLUG)), Device::SITE.select((Site::SLUG, Site::NAME)));
    assert_eq!(one.of(&client, &site).unwrap().0, "S1");
    assert_eq!(other.of(&client, &site).unwrap().0, "s1");
    assert_eq!(one.of(&client, &site).unwrap().0, "S1");
    assert_eq!(Device::OTHER.select(Site::NAME).of(&client, &site).unwrap(), "S1");
    assert_eq!(client.transport().requests().len(), 3);
}

#[test]
fn a_chain_goes_on_from_what_was_selected() {
    let client = server();
    let sites = Device::SITE.select((Site::SLUG, Site::REGION));
    let regions = Site::REGION.select(Region::NAME);
    let devices = client.query::<Device>().prefetch(sites.then(regions)).all().unwrap();
    let (slug, region) = sites.of(&client, &devices[0].site).unwrap();
    assert_eq!((slug.as_str(), regions.of(&client, region).unwrap()), ("s1", Some(&"R9".to_owned())));
    assert_eq!(fields(&client)[1..], ["sites: id,slug,region", "regions: id,name"]);
    client.query::<Device>().prefetch(Device::SITE.then(regions)).all().unwrap();
    assert_eq!(fields(&client)[4..], ["sites: id,name,slug,region,comments", "regions: id,name"]);
}

#[test]
fn a_chain_can_t_go_on_from_what_was_not_selected() {
    let client = server();
    let lost = Device::SITE.select(Site::SLUG).then(Site::REGION);
    let error = client.query::<Device>().prefetch(lost).all().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Query);
    assert!(error.to_string().contains("`region` is to be prefetched, and is not selected"), "{error}");
    assert!(client.transport().requests().is_empty());
}

#[test]
fn a_struct_of_some_fields_is_a_target_too() {
    let client = server();
    let places = Device::SITE.select_as::<Place>();
    let devices = client.query::<Device>().prefetch(places.then(Place::REGION)).all().unwrap();
    let place = places.of(&client, &devices[0].site).unwrap();
    assert_eq!(place.slug, "s1");
    assert_eq!(place.region.as_ref().unwrap().get(&client).unwrap().name, "R9");
    assert_eq!(fields(&client)[1..], ["sites: id,slug,region", "regions: id,name,comments"]);
}

#[test]
fn generic_references_have_rows_of_one_type() {
    let client = server();
    let sites = Device::ANY.to::<Site>().select((Site::NAME, Site::REGION));
    let devices = client.query::<Device>().prefetch(sites.then(Site::REGION)).all().unwrap();
    assert_eq!(sites.of(&client, &devices[0].any).unwrap().0, "S1");
    assert_eq!(
        Device::ANY.to::<Site>().select_as::<Place>().of(&client, &devices[0].any).unwrap().slug,
        "s1"
    );
    assert_eq!(
        fields(&client)[1..],
        ["sites: id,name,region", "regions: id,name,comments", "sites: id,slug,region"]
    );
    let error = sites.of(&client, &GenericFk::new("dcim.rack", 1)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WrongType);
}

#[test]
fn rows_of_a_struct_of_some_fields_are_records_that_prefetch() {
    let client = server();
    let sites = client.query::<Site>().prefetch(Site::REGION).param("id", [1_u64, 2]).select_as::<Place>();
    let sites = sites.all().unwrap();
    assert_eq!(sites[0].region.as_ref().unwrap().get(&client).unwrap().name, "R9");
    assert_eq!(fields(&client), ["sites: id,slug,region", "regions: id,name,comments"]);
    assert_eq!(sites[1].url().unwrap(), "https://h/nb/api/dcim/sites/2/");
}
