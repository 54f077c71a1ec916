//! The derive's names of fields are those that serde reads.

use std::collections::BTreeSet;

use netbox_core::{Fk, Model, NetboxModel};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error as _, Visitor, value::Error},
    forward_to_deserialize_any,
};

/// The names that serde's derive asks a deserializer for; none if it reads whatever there is.
fn names_of_serde<M: DeserializeOwned>() -> Option<&'static [&'static str]> {
    let mut names = None;
    let refused = M::deserialize(Probe(&mut names));
    assert!(refused.is_err(), "the probe has no values");
    names
}

struct Probe<'p>(&'p mut Option<&'static [&'static str]>);

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("no struct"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Error> {
        *self.0 = Some(fields);
        Err(Error::custom("no values"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[track_caller]
fn check<M: Model>(count: usize) {
    let fields: BTreeSet<_> = M::FIELDS.expect("the names of the fields").iter().collect();
    assert_eq!(fields, names_of_serde::<M>().expect("a struct").iter().collect());
    assert_eq!(fields.len(), count);
}

macro_rules! check_rules {
    ($($rule:meta;)+) => {
        $({
            #[derive(Deserialize, NetboxModel)]
            #[netbox(endpoint = "plugins/acme/things")]
            #[serde($rule)]
            #[allow(dead_code, non_snake_case, reason = "it is about names")]
            struct Names {
                #[serde(rename = "id")]
                id: u64,
                name: String,
                device_type: String,
                r#type: String,
                primary_ip4: Option<String>,
                u__height_: u8,
                _face: u8,
                assetTag: u8,
                #[serde(rename = "asIs")]
                renamed: String,
                #[serde(alias = "as_is", alias = "elsewhere")]
                other_name: String,
                #[fk]
                site: Fk<Names>,
            }

            check::<Names>(13);
        })+
    };
}

#[test]
fn each_rule_makes_the_names_that_serde_reads() {
    check_rules! {
        rename_all = "lowercase";
        rename_all = "UPPERCASE";
        rename_all = "PascalCase";
        rename_all = "camelCase";
        rename_all = "snake_case";
        rename_all = "SCREAMING_SNAKE_CASE";
        rename_all = "kebab-case";
        rename_all = "SCREAMING-KEBAB-CASE";
        rename_all(deserialize = "camelCase");
        rename_all(serialize = "camelCase");
        rename_all(serialize = "UPPERCASE", deserialize = "kebab-case");
    }
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "plugins/acme/things")]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "it is about names")]
struct Mixed {
    id: u64,
    #[serde(rename(deserialize = "in"))]
    reads: u8,
    #[serde(rename(serialize = "out"))]
    writes_only: u8,
    #[serde(rename(deserialize = "late"), rename(serialize = "early"))]
    in_two: u8,
    #[serde(default, rename = "x")]
    #[serde(alias = "y")]
    of_several: u8,
    #[serde(skip)]
    skipped: u8,
    #[serde(skip_deserializing)]
    unread: u8,
    #[serde(skip_serializing)]
    unwritten: u8,
}

#[test]
fn each_field_has_the_names_that_serde_reads() {
    check::<Mixed>(7);
    assert_eq!(Mixed::READS.name(), "in");
    assert_eq!(Mixed::WRITES_ONLY.name(), "writesOnly");
    assert_eq!(Mixed::IN_TWO.name(), "late");
    assert_eq!(Mixed::OF_SEVERAL.name(), "x");
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "plugins/acme/things")]
#[allow(dead_code, reason = "it is about names")]
struct Flat {
    id: u64,
    #[serde(flatten)]
    rest: std::collections::BTreeMap<String, serde_json::Value>,
}

#[test]
fn a_struct_that_reads_whatever_there_is_names_nothing() {
    assert_eq!(Flat::FIELDS, None);
    assert_eq!(names_of_serde::<Flat>(), None);
}
