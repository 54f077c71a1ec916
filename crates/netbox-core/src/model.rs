//! What a struct needs to stand for a NetBox object.

use serde::de::DeserializeOwned;

use crate::{base::endpoint_of_url, object::Object, write::Form};

pub(crate) mod target;

/// A struct that stands for the objects of one NetBox endpoint.
///
/// [`derive(NetboxModel)`](derive@crate::NetboxModel) implements it. By hand it takes an endpoint and an id, and, for
/// records that can be changed, how they are written:
///
/// ```
/// use netbox_core::{Form, Model};
///
/// #[derive(serde::Deserialize)]
/// struct Vlan { id: u64, vid: u16 }
///
/// impl Model for Vlan {
///     const ENDPOINT: &'static str = "ipam/vlans";
///     const FIELDS: Option<&'static [&'static str]> = Some(&["id", "vid"]);
///
///     fn id(&self) -> u64 {
///         self.id
///     }
///
///     fn write(&self, form: &mut Form) {
///         form.field("vid", &self.vid);
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a NetBox model",
    note = "annotate it with `#[derive(serde::Deserialize, netbox_core::NetboxModel)]`"
)]
pub trait Model: DeserializeOwned + Send + Sync + 'static {
    /// The path below `/api/`, such as `dcim/devices`, without slashes around it.
    const ENDPOINT: &'static str;

    /// The names of the fields in NetBox's JSON, so that no others are asked for; `None` asks for all.
    const FIELDS: Option<&'static [&'static str]> = None;

    /// NetBox's name of the type, such as `dcim.device`, where it does not follow from the endpoint.
    const OBJECT_TYPE: Option<&'static str> = None;

    /// The id of this object.
    fn id(&self) -> u64;

    /// Puts what of this object can be written into `form`. Without it, a record can be read and deleted, and not saved.
    fn write(&self, form: &mut Form) {
        form.refuse(format!(
            "the model of {} does not say how it is written: derive it, or implement `Model::write`",
            Self::ENDPOINT
        ));
    }
}

/// What a list can consist of: models, and objects without a struct, which may lack an id.
///
/// There is no need to implement it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a NetBox model",
    note = "annotate it with `#[derive(serde::Deserialize, netbox_core::NetboxModel)]`"
)]
pub trait Resource: DeserializeOwned + Send + Sync + sealed::Sealed + 'static {
    /// The fields to ask for, or all.
    #[doc(hidden)]
    const SELECTED: Option<&'static [&'static str]>;

    /// The id, if it has one.
    #[doc(hidden)]
    fn key(&self) -> Option<u64>;

    /// The endpoint that the object lives at, if it says so itself.
    #[doc(hidden)]
    fn home(&self) -> Option<&str>;

    /// NetBox's name of the type, if all objects of this Rust type have the same.
    #[doc(hidden)]
    fn object_type() -> Option<String>;

    /// What of it can be written.
    #[doc(hidden)]
    fn form(&self) -> Form;
}

impl<M: Model> Resource for M {
    const SELECTED: Option<&'static [&'static str]> = M::FIELDS;

    fn key(&self) -> Option<u64> {
        Some(self.id())
    }

    fn home(&self) -> Option<&str> {
        None
    }

    fn object_type() -> Option<String> {
        Some(M::OBJECT_TYPE.map_or_else(|| object_type_of(M::ENDPOINT), str::to_owned))
    }

    fn form(&self) -> Form {
        let mut form = Form::default();
        self.write(&mut form);
        form
    }
}

impl Resource for Object {
    const SELECTED: Option<&'static [&'static str]> = None;

    fn key(&self) -> Option<u64> {
        self.id()
    }

    /// What a sub-resource lists may live elsewhere.
    fn home(&self) -> Option<&str> {
        self.url().and_then(endpoint_of_url)
    }

    fn object_type() -> Option<String> {
        None
    }

    fn form(&self) -> Form {
        self.written()
    }
}

mod sealed {
    pub trait Sealed {}
    impl<M: super::Model> Sealed for M {}
    impl Sealed for crate::object::Object {}
}

/// NetBox's name of the type that lives at `endpoint`: `dcim.frontport` for `dcim/front-ports`.
pub(crate) fn object_type_of(endpoint: &str) -> String {
    let (app, plural) = endpoint.rsplit_once('/').unwrap_or(("", endpoint));
    // The names that are not the endpoint's in the singular, as NetBox's own list of object types has them.
    let singular = match (app, plural) {
        ("virtualization", "interfaces") => "vminterface".to_owned(),
        ("users", "permissions") => "objectpermission".to_owned(),
        _ => {
            let joined = plural.replace('-', "");
            if let Some(stem) = joined.strip_suffix("ies") {
                format!("{stem}y")
            } else if joined.ends_with("sses") || joined.ends_with("xes") {
                joined[..joined.len() - 2].to_owned()
            } else if joined.ends_with("chassis") {
                joined
            } else {
                joined.strip_suffix('s').map_or(joined.clone(), str::to_owned)
            }
        }
    };
    format!("{}.{singular}", app.rsplit('/').next().unwrap_or(app).replace('-', "_"))
}

#[cfg(test)]
mod tests {
    use super::object_type_of;

    #[test]
    fn types_follow_from_endpoints() {
        for (endpoint, expected) in [
            ("dcim/sites", "dcim.site"),
            ("dcim/front-ports", "dcim.frontport"),
            ("dcim/virtual-chassis", "dcim.virtualchassis"),
            ("ipam/prefixes", "ipam.prefix"),
            ("ipam/ip-addresses", "ipam.ipaddress"),
            ("dcim/mac-addresses", "dcim.macaddress"),
            ("vpn/ike-policies", "vpn.ikepolicy"),
            ("virtualization/interfaces", "virtualization.vminterface"),
            ("plugins/acme/widgets", "acme.widget"),
        ] {
            assert_eq!(object_type_of(endpoint), expected);
        }
    }
}
