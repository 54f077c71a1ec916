//! The names of types of objects.

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
