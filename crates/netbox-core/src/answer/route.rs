//! The traits of the routes below the objects of a model.

use crate::model::{Object, Resource};

/// Objects of this model may have any of the routes: only NetBox knows.
///
/// ```
/// use netbox_core::{Blocking, Error, NetboxModel, Record};
///
/// #[derive(serde::Deserialize, NetboxModel)]
/// #[netbox(endpoint = "plugins/acme/pools")]
/// struct Pool { id: u64 }
///
/// fn free(pool: &Record<Pool, Blocking>) -> Result<usize, Error> {
///     Ok(pool.available_ips().peek(10)?.len())
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "not all routes are known to be below objects of `{Self}`",
    note = "the derive implements it for models of plugins' endpoints, and for those that are `#[netbox(unchecked)]`"
)]
pub trait EveryRoute: Resource {}

impl EveryRoute for Object {}

macro_rules! routes {
    ($(
        $(#[$meta:meta])*
        $route:ident: $call:literal, $message:literal, $note:literal;
    )+) => {
        $(
            $(#[$meta])*
            ///
            /// ```
            /// # use netbox_core::{Blocking, Error, Record};
            #[doc = concat!("use netbox_core::route::", stringify!($route), ";")]
            ///
            #[doc = concat!(
                "fn ask<M: ",
                stringify!($route),
                ">(record: &mut Record<M, Blocking>) -> Result<(), Error> {",
            )]
            #[doc = concat!("    record.", $call, "?;")]
            ///     Ok(())
            /// }
            /// ```
            #[diagnostic::on_unimplemented(
                message = $message,
                note = $note,
                note = "if your NetBox has it all the same, implement the trait for `{Self}` if that is yours, or ask a \
                        record without a struct, which `Client::get_at` gives"
            )]
            pub trait $route: Resource {}

            // Without this, the compiler would complain about `EveryRoute`.
            #[diagnostic::do_not_recommend]
            impl<M: EveryRoute> $route for M {}
        )+
    };
}

routes! {
    /// Free AS numbers can be allocated: [`Record::available_asns`](crate::Record::available_asns).
    AvailableAsns: "available_asns().peek(1)", "objects of `{Self}` have no `available-asns`",
        "AS number ranges (`ipam/asn-ranges`) have them";

    /// Free addresses can be allocated: [`Record::available_ips`](crate::Record::available_ips).
    AvailableIps: "available_ips().peek(1)", "objects of `{Self}` have no `available-ips`",
        "prefixes (`ipam/prefixes`) and IP ranges (`ipam/ip-ranges`) have them";

    /// Free prefixes can be allocated: [`Record::available_prefixes`](crate::Record::available_prefixes).
    AvailablePrefixes: "available_prefixes().peek(1)", "objects of `{Self}` have no `available-prefixes`",
        "prefixes (`ipam/prefixes`) have them";

    /// Free VLAN ids can be allocated: [`Record::available_vlans`](crate::Record::available_vlans).
    AvailableVlans: "available_vlans().peek(1)", "objects of `{Self}` have no `available-vlans`",
        "VLAN groups (`ipam/vlan-groups`) have them";

    /// The object is a set of choices: [`Record::choices`](crate::Record::choices).
    Choices: "choices()", "objects of `{Self}` have no `choices`",
        "choice sets (`extras/custom-field-choice-sets`) have them; what can be chosen for the fields of a model is told by \
         `client.options::<M>()`";

    /// The object has rack units, taken or free: [`Record::elevation`](crate::Record::elevation).
    Elevation: "elevation(netbox_core::route::RackFace::Front)", "objects of `{Self}` have no `elevation`",
        "racks (`dcim/racks`) have one";

    /// Cable paths lead through the object: [`Record::paths`](crate::Record::paths).
    Paths: "paths()", "objects of `{Self}` have no `paths`",
        "front and rear ports (`dcim/front-ports`, `dcim/rear-ports`) and terminations of circuits and virtual circuits \
         (`circuits/circuit-terminations`, `circuits/virtual-circuit-terminations`) have them; from an interface, `trace` leads \
         to the other end";

    /// The object can be rendered: [`Record::render`](crate::Record::render).
    Render: "render(&())", "objects of `{Self}` have no `render`",
        "config templates (`extras/config-templates`) have it; devices and virtual machines have `render_config`";

    /// The object's configuration can be rendered: [`Record::render_config`](crate::Record::render_config).
    RenderConfig: "render_config(&())", "objects of `{Self}` have no `render-config`",
        "devices (`dcim/devices`) and virtual machines (`virtualization/virtual-machines`) have it; config templates have \
         `render`";

    /// The object can be read from its source again: [`Record::sync`](crate::Record::sync).
    Synced: "sync()", "objects of `{Self}` have no `sync`",
        "data sources (`core/data-sources`) have it, and what comes from their files: config contexts and their profiles, \
         config templates and export templates";

    /// The cables from the object can be traced: [`Record::trace`](crate::Record::trace).
    Trace: "trace()", "objects of `{Self}` have no `trace`",
        "interfaces (`dcim/interfaces`), console ports, console server ports, power ports, power outlets and power feeds \
         have it; through ports and terminations, `paths` lead";
}
