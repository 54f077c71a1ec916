//! `#[derive(NetboxModel)]`; `netbox-core` re-exports it.
//!
//! A struct becomes code in four steps. `attr` reads its attributes, and `declared` a field with them. `check` refuses
//! what is wrong by itself, and `schema` what NetBox doesn't have. `model` runs these steps and keeps what they found.
//! `expand` writes the code, with `write` for the way in which objects go out, `targets` for the endpoints that keys
//! refer to and `routes` for what lies below an object; `fallback` stands in for a struct that was refused.

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

mod attr;
mod case;
mod check;
mod constants;
mod declared;
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

/// Makes a struct stand for the objects of a NetBox endpoint.
///
/// The struct also derives `serde::Deserialize`, has named fields, and among them an `id: u64`.
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
/// - `impl Model`: the endpoint, the id, and the names that the fields have in NetBox's JSON, serde's `rename`,
///   `rename_all`, `alias` and `skip` heeded. With a field that is `flatten`ed, or a struct that is read `from`
///   another type, all fields are asked for.
/// - For each field a constant, as visible as the field: `Device::NAME`, `Device::SITE`. Filters, orders and
///   prefetches are named by these.
/// - How the object is written back, see [below](#written-fields).
/// - For each `#[fk]` field a method of its name that gives the object, or objects, fetched when first asked for:
///   `device.site(&client)`.
/// - `impl` of the traits in netbox-core's [`route`] for what NetBox has below the objects of the endpoint, in any version:
///   `prefix.available_ips()` compiles, and `site.available_ips()` doesn't. Models of plugins' endpoints, and those that
///   are `unchecked`, have all.
///
/// # Checks
///
/// Where the endpoint is NetBox's own, the struct is compared with what NetBox 4.3 to 4.7 say of it, and what doesn't fit
/// is an error:
///
/// - an endpoint, a field, or a name in `filter` that there isn't, with the nearest that there is;
/// - a type for what can be null that is no `Option`;
/// - a type that can't read what NetBox sends: a `String` for a number, a choice or an object, a list for one value, an
///   integer for a number with a fraction, an `IpAddr` for an address, which NetBox sends with its mask;
/// - an `#[fk]` that is no foreign key, and an `Fk<M>` whose `M` is a model of another endpoint than the one that NetBox
///   refers to;
/// - a field that only some of the versions have, and that the struct can't do without: make it an `Option`, give it
///   serde's `default`, or say with `since` that you read from no older NetBox.
///
/// Types are judged by their names: those of Rust's standard library, `serde_json`'s `Value`, and netbox-core's. Any other
/// is taken to fit, as is what serde's `deserialize_with` or `with` reads, which may be null too; but an alias of a key is
/// seen through, and dates, times, `Uuid` and `Url` of the crates that everybody knows are taken not to be null. Plugins'
/// endpoints, which are all below `plugins/`, are not checked, nor is a struct that is read `from` another type.
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
/// [`Query::select_as`] and keys. It is a model of the same endpoint like any other; what NetBox filters, ignores and takes, the
/// other model says. The compiler looks for the constant of each field there, and compares the types, the names in JSON, and how
/// serde reads the field. An `Fk` may be to some fields of the same objects. Filters by what NetBox has no filter for are errors
/// when the query is asked.
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
/// - `endpoint = "dcim/devices"`: the path below `/api/`; it must be there, or else `of`.
/// - `of = "Device"`: the model of which the struct has some fields; it says all else that `#[netbox(…)]` could say.
/// - `object_type = "acme.widget"`: NetBox's name of the type, where it does not follow from the endpoint.
/// - `crate = "nb"`: where `netbox-core` is, for crates that call it otherwise or that re-export it.
/// - `since = "4.5"`: the oldest NetBox that the program is for; also on a field, where it can't be older than the struct's.
///   Patches, as in 4.5.2, are not told apart. Newer versions than those that are known are not checked.
/// - `unchecked`: nothing is compared with NetBox's schema, and any route may be below the objects; also on a field.
///
/// On a field:
///
/// - `#[fk]`: a foreign key, an `Fk<M>`, `Option<Fk<M>>` or `Vec<Fk<M>>`.
/// - `#[netbox(filter = "asn")]`: the name that NetBox filters the field by, where it is not the field's own; that of
///   a foreign key without `_id`. A list `tags` of keys is filtered by `tag` without saying so.
/// - `#[netbox(read_only)]`: NetBox ignores the field in what is written. The attribute is not needed for fields that
///   NetBox's own endpoints ignore; nor, at plugins' endpoints, for ids, URLs, `display`, counters (`…_count`),
///   `created`, `last_updated` and names that begin with an underscore; nor for fields that serde skips in writing
///   (`skip_serializing`). A change of a read-only field in a record is an error when the record is saved, and a
///   read-only field in a patch when the patch is sent.
/// - `#[netbox(write = "parent_object")]`: the name that a [`GenericFk`] or `Option<GenericFk>` is written by, followed
///   by `_type` and `_id`, where it differs from the name that the field is read by. The derive knows this name for
///   NetBox's own endpoints.
///
/// # Written fields
///
/// A record compares what each field is written as with what it was, and sends what differs, by the name that the
/// field is read by:
///
/// - a value as serde writes it, or as the function of serde's `serialize_with` or `with` does. `skip_serializing_if` makes
///   no difference: what became `None` is cleared.
/// - an `Fk` as its id, and a list of them that is annotated with `#[fk]` as a set, whose order makes no difference.
/// - a `GenericFk` or `Option<GenericFk>` as a type and an id, two fields. Where the model has these as fields of their
///   own, such as `scope_type` and `scope_id` beside `scope`, they are what is written.
/// - of `custom_fields`, those that changed.
/// - what is `flatten`ed as fields of the object, in the form in which NetBox sends them.
///
/// Patches know the fields by the same constants. They write a value that they are given as its own type does, and so
/// without the function of `serialize_with`.
///
/// Not everything that can be read can be written: not a type that serde can't write, a field with `deserialize_with`
/// alone, and a struct that is read `from` another type. That is no hindrance to reading. A record with a change is
/// refused when it is saved, whatever the change, unless the field is `#[netbox(read_only)]`.
///
/// [`Query::select_as`]: https://docs.rs/netbox-core/latest/netbox_core/struct.Query.html#method.select_as
/// [`route`]: https://docs.rs/netbox-core/latest/netbox_core/route/index.html
/// [`GenericFk`]: https://docs.rs/netbox-core/latest/netbox_core/struct.GenericFk.html
#[proc_macro_derive(NetboxModel, attributes(netbox, fk))]
pub fn netbox_model(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let mut errors = Errors::default();
    let model = Model::gather(&input, &mut errors);
    match errors.finish() {
        Ok(()) => expand::expand(&model),
        Err(errors) => fallback::expand(&model, &errors),
    }
    .into()
}
