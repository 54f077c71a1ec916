//! `#[derive(NetboxModel)]`; `netbox-core` and `netbox-client` re-export it.
//!
//! A struct becomes code in four steps. `attr` reads its attributes, and `declared` a field with them. `check` refuses
//! declarations that are wrong in themselves, and `schema` those that NetBox doesn't have. `model` runs these steps and
//! keeps their results. `expand` writes the code, with `write` for writing objects, `targets` for the endpoints that
//! keys refer to and `routes` for the routes below an object; `fallback` stands in for a struct that was refused.

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

mod attr;
mod case;
mod check;
mod constants;
mod declared;
mod dependency;
mod errors;
mod expand;
mod fallback;
mod filter;
mod key;
mod model;
mod nearest;
mod part;
mod routes;
mod schema;
mod shape;
mod targets;
mod tokens;
mod write;

use errors::Errors;
use model::Model;

/// Makes a struct the model of the objects of a NetBox endpoint.
///
/// The struct must also derive `serde::Deserialize`, and have named fields, one of them `id: u64`.
///
/// ```
/// # use netbox_core::{Choice, Fk, NetboxModel};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64 }
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "tenancy/tenants")] struct Tenant { id: u64 }
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "extras/tags")] struct Tag { id: u64 }
/// #[derive(serde::Deserialize, NetboxModel)]
/// #[netbox(endpoint = "dcim/devices")]
/// struct Device {
///     id: u64,
///     name: Option<String>,
///     status: Choice,
///     #[fk]
///     site: Fk<Site>,
///     #[fk]
///     tenant: Option<Fk<Tenant>>,
///     #[fk]
///     tags: Vec<Fk<Tag>>,
/// }
/// ```
///
/// # Generated items
///
/// - `impl Model`: the endpoint, the id, and the names of the fields in NetBox's JSON, which follow serde's `rename`,
///   `rename_all`, `alias` and `skip`. For a struct with a `flatten`ed field, or one that is read `from` another type,
///   all fields are requested.
/// - For each field a constant, as visible as the field: `Device::NAME`, `Device::SITE`. Filters, orders, prefetches
///   and patches name fields by these constants.
/// - The code that writes the object back, see [below](#written-fields).
/// - For each `#[fk]` field a method of its name that returns the object, or objects, and fetches them on first access:
///   `device.site(&client)`.
/// - `impl` of the traits in netbox-core's [`route`] for the routes that NetBox has below the objects of the endpoint,
///   in any version: `prefix.available_ips()` compiles, and `site.available_ips()` doesn't. Models of plugins'
///   endpoints, and those that are `unchecked`, have all routes.
///
/// # Checks
///
/// If the endpoint is NetBox's own, the derive compares the struct with the endpoint's description in NetBox 4.3 to
/// 4.7. These mistakes are errors:
///
/// - an endpoint, a field, or a name in `filter` that does not exist; the error names the nearest that does;
/// - a type that is no `Option` for a field that can be null;
/// - a type that can't read NetBox's value: a `String` for a number, a choice or an object, a list for one value, an
///   integer for a number with a fraction, an `IpAddr` for an address, which NetBox sends with its mask;
/// - an `#[fk]` that is no foreign key, an `Fk<M>` without `#[fk]`, and an `Fk<M>` whose `M` is a model of another endpoint than the one that NetBox
///   refers to;
/// - a required field that only some of the versions have: make it an `Option`, give it serde's `default`, or exclude
///   older versions of NetBox with `since`.
///
/// The derive knows types by their names: those of Rust's standard library, `serde_json`'s `Value`, and netbox-core's.
/// It accepts any other type, and any field with serde's `deserialize_with` or `with`, which may be null, too. It sees
/// through an alias of a key, however, and assumes that dates, times, `Uuid` and `Url` of well-known crates can't be
/// null. Plugins' endpoints, which are all below `plugins/`, are not checked, nor is a struct that is read `from`
/// another type.
///
/// ```compile_fail
/// # use netbox_core::{Fk, NetboxModel};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "tenancy/tenants")] struct Tenant { id: u64 }
/// #[derive(serde::Deserialize, NetboxModel)]
/// #[netbox(endpoint = "dcim/racks")]
/// struct Rack {
///     id: u64,
///     #[fk]
///     tenant: Fk<Tenant>, // error: `tenant` can be null: use `Option<Fk<Tenant>>`
/// }
/// ```
///
/// # Some fields of another model
///
/// With `of` in place of `endpoint`, the struct has some fields of another model, such as a ready-made one, for
/// [`Query::select_as`] and keys. The struct is a model of the same endpoint like any other; the other model determines
/// which fields NetBox filters by, ignores and takes. The compiler looks for the constant of each field in the other
/// model, and compares the types, the names in JSON, and how serde reads the field. An `Fk` may refer to a struct with
/// some fields of the same objects. A filter by a field that NetBox has no filter for is an error when the query is
/// sent.
///
/// ```
/// # use netbox_core::{Fk, NetboxModel};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, name: String, slug: String }
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")]
/// # struct Device { id: u64, name: Option<String>, serial: String, #[fk] site: Fk<Site> }
/// #[derive(serde::Deserialize, NetboxModel)]
/// #[netbox(of = "Device")]
/// struct Placed {
///     id: u64,
///     name: Option<String>,
///     #[fk]
///     site: Fk<Place>,
/// }
///
/// #[derive(serde::Deserialize, NetboxModel)]
/// #[netbox(of = "Site")]
/// struct Place {
///     id: u64,
///     slug: String,
/// }
/// ```
///
/// ```compile_fail
/// # use netbox_core::NetboxModel;
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")] struct Device { id: u64, name: Option<String> }
/// #[derive(serde::Deserialize, NetboxModel)]
/// #[netbox(of = "Device")]
/// struct Named {
///     id: u64,
///     name: String, // error: the model of `of` has another type here: `Option<String>`
/// }
/// ```
///
/// # Attributes
///
/// On the struct, `#[netbox(…)]`:
///
/// - `endpoint = "dcim/devices"`: the path below `/api/`; either this or `of` is required.
/// - `of = "Device"`: the model of which the struct has some fields; all other options of `#[netbox(…)]` come from that
///   model.
/// - `object_type = "acme.widget"`: NetBox's name of the type, where it does not follow from the endpoint.
/// - `crate = "nb"`: the path of `netbox-core` or `netbox-client`, for crates that use it under another name or have it
///   from a crate that re-exports it.
/// - `since = "4.5"`: the oldest NetBox that the program supports; also on a field, where it can't be older than the
///   struct's. Patch releases, as in 4.5.2, are not distinguished. Versions newer than those that the derive knows are
///   not checked.
/// - `unchecked`: the derive does not compare the struct with NetBox's schema, and the objects have all routes; also on
///   a field.
///
/// On a field:
///
/// - `#[fk]`: a foreign key, an `Fk<M>`, `Option<Fk<M>>` or `Vec<Fk<M>>`. Each of these needs it, unless it is `unchecked`.
/// - `#[netbox(filter = "asn")]`: the name by which NetBox filters the field, where it is not the field's own; for a
///   foreign key, without `_id`. A list `tags` of keys is filtered by `tag` without this attribute.
/// - `#[netbox(read_only)]`: NetBox ignores the field in writes. The attribute is not needed for fields that NetBox's
///   own endpoints ignore; nor, at plugins' endpoints, for ids, URLs, `display`, counters (`…_count`), `created`,
///   `last_updated` and names that begin with an underscore; nor for fields that serde skips in writing
///   (`skip_serializing`). A change of a read-only field in a record is an error when the record is saved, and a
///   read-only field in a patch when the patch is sent.
/// - `#[netbox(write = "parent_object")]`: the name that a [`GenericFk`] or `Option<GenericFk>` is written by, followed
///   by `_type` and `_id`, where it differs from the name that the field is read by. The derive knows this name for
///   NetBox's own endpoints.
///
/// # Written fields
///
/// A record compares the written form of each field with the form that it had, and sends the fields that differ, under
/// the names by which they are read:
///
/// - a value as serde writes it, or as the function of serde's `serialize_with` or `with` does. `skip_serializing_if`
///   makes no difference: a field that became `None` is cleared.
/// - an `Fk` as its id; a list of `Fk`s with `#[fk]` as a set of ids, whose order makes no difference.
/// - a `GenericFk` or `Option<GenericFk>` as a type and an id, two fields. If the model has fields of these names, such
///   as `scope_type` and `scope_id` beside `scope`, their values are written instead.
/// - `custom_fields` as those custom fields that changed.
/// - a `flatten`ed field as fields of the object, in the form in which NetBox sends them.
///
/// Patches name the fields by the same constants. A patch writes a value as the value's own type does, without the
/// function of `serialize_with`.
///
/// Some models can be read but not written: those with a type that serde can't write, or with a field that has only
/// `deserialize_with`, and structs that are read `from` another type. Saving a changed record of such a model is an
/// error, whatever the change, unless the field is `#[netbox(read_only)]`.
///
/// [`Query::select_as`]: https://docs.rs/netbox-core/latest/netbox_core/struct.Query.html#method.select_as
/// [`route`]: https://docs.rs/netbox-core/latest/netbox_core/route/index.html
/// [`GenericFk`]: https://docs.rs/netbox-core/latest/netbox_core/struct.GenericFk.html
#[proc_macro_derive(NetboxModel, attributes(netbox, fk))]
pub fn netbox_model(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    derive(&input, "netbox_core")
}

/// [`macro@NetboxModel`] for programs that depend on `netbox-client`, which re-exports it by that name: the code refers to
/// `::netbox_client`.
#[proc_macro_derive(NetboxClientModel, attributes(netbox, fk))]
pub fn netbox_client_model(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    derive(&input, "netbox_client")
}

/// The code for `input`, which refers to the crate `krate` unless `input` says another.
fn derive(input: &DeriveInput, krate: &str) -> TokenStream {
    let mut errors = Errors::default();
    let model = Model::gather(input, krate, &mut errors);
    if model.said.krate.is_none()
        && let Some(error) = dependency::missing(krate, model.ident)
    {
        return error.into_compile_error().into();
    }
    match errors.finish() {
        Ok(()) => expand::expand(&model),
        Err(errors) => fallback::expand(&model, &errors),
    }
    .into()
}

/// The program in the package's README, which compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
