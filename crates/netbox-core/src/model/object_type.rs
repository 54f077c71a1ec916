//! The names of types of objects.

/// NetBox's name of the type that lives at `endpoint`: `dcim.frontport` for `dcim/front-ports`.
pub(crate) fn object_type_of(endpoint: &str) -> String {
    let known = netbox_schema::endpoint(endpoint).and_then(netbox_schema::Endpoint::object_type);
    known.map_or_else(|| by_rule(endpoint), str::to_owned)
}

/// The name that follows from the endpoint, as for most plugins: the app, and the last word in the singular.
fn by_rule(endpoint: &str) -> String {
    let (app, plural) = endpoint.rsplit_once('/').unwrap_or(("", endpoint));
    let joined = plural.replace('-', "");
    let singular = if let Some(stem) = joined.strip_suffix("ies") {
        format!("{stem}y")
    } else if joined.ends_with("sses") || joined.ends_with("xes") {
        joined[..joined.len() - 2].to_owned()
    } else {
        joined.strip_suffix('s').map_or(joined.clone(), str::to_owned)
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
