//! Texts that people write in several ways, and of which NetBox keeps one.

use netbox_core::value::IpPrefix;
use netbox_schema::{Endpoint, Field, Kind};

use crate::{generic::pair_of, sense::is_address};

/// Whether NetBox keeps null where a text is empty. It keeps an empty name, and an empty id of a facility, as they are.
pub(super) fn is_null_if_empty(endpoint: Endpoint, name: &str) -> bool {
    let is_type = || pair_of(endpoint, name).is_some_and(|pair| pair.object_type == name);
    ["asset_tag", "rd", "wwn"].contains(&name) || is_type()
}

/// The text that NetBox keeps of `text`, so that the object is found again.
///
/// # Errors
///
/// The values that the field takes, in words.
pub(super) fn kept(endpoint: Endpoint, field: Field, kind: Kind, text: &str) -> Result<String, String> {
    let name = field.name();
    if name == "port_mappings" {
        return Ok(port(text).unwrap_or_else(|| text.to_owned()));
    }
    if kind != Kind::Text || text.is_empty() {
        return Ok(text.to_owned());
    }
    let takes = |what: &str| format!("`{name}` takes {what}, not \"{text}\"");
    match name {
        _ if is_address(endpoint, name) => {
            let Ok(address) = text.trim().parse::<IpPrefix>() else {
                return Err(takes("an address with the length of its prefix, as in 10.0.1.0/24"));
            };
            if name == "prefix" && address != address.network() {
                return Err(takes(&format!("the first address of a network, as in {}", address.network())));
            }
            Ok(address.to_string())
        }
        "mac_address" => bytes(text, 6).ok_or_else(|| takes("six bytes, as in 00:00:5E:00:53:01")),
        "wwn" => bytes(text, 8).ok_or_else(|| takes("eight bytes, as in 50:00:00:00:5E:00:53:01")),
        "color" => {
            let colour = text.trim().to_ascii_lowercase();
            let is_colour = colour.len() == 6 && colour.bytes().all(|digit| digit.is_ascii_hexdigit());
            if is_colour { Ok(colour) } else { Err(takes("six hexadecimal digits, as in 00ff7f")) }
        }
        "dns_name" => Ok(text.to_lowercase()),
        "slug" => slug(endpoint, text).map(str::to_owned).map_err(takes),
        _ => Ok(text.to_owned()),
    }
}

/// A slug without blanks around it; or else what slugs are made of.
fn slug(endpoint: Endpoint, text: &str) -> Result<&str, &'static str> {
    // Those of tags may have letters of any language.
    let (is_letter, letters): (fn(&char) -> bool, _) = match endpoint.path() {
        "extras/tags" => (|letter| letter.is_alphanumeric(), "letters, digits, hyphens and underscores"),
        _ => (char::is_ascii_alphanumeric, "letters from a to z, digits, hyphens and underscores"),
    };
    let slug = text.trim();
    let is_slug = slug.chars().all(|letter| is_letter(&letter) || letter == '-' || letter == '_');
    if is_slug { Ok(slug) } else { Err(letters) }
}

/// A protocol and a port, such as `tcp/53`.
fn port(text: &str) -> Option<String> {
    let (protocol, port) = text.split_once('/')?;
    Some(format!("{}/{}", protocol.to_lowercase(), port.trim().parse::<u32>().ok()?))
}

/// Bytes in capital letters with colons between them, of digits in groups of one size; a byte by itself may lack a zero.
fn bytes(text: &str, count: usize) -> Option<String> {
    let groups: Vec<&str> = text.trim().split([':', '-', '.']).collect();
    let width = Some(count * 2 / groups.len()).filter(|width| width * groups.len() == count * 2)?;
    let is_whole = |group: &&str| group.len() == width || width == 2 && group.len() == 1;
    let is_group = |group: &&str| {
        !group.is_empty() && is_whole(group) && group.bytes().all(|digit| digit.is_ascii_hexdigit())
    };
    if !groups.iter().all(is_group) {
        return None;
    }
    let digits: Vec<char> =
        groups.iter().flat_map(|group| format!("{group:0>width$}").chars().collect::<Vec<_>>()).collect();
    let bytes = digits.chunks(2).map(|byte| byte.iter().collect::<String>().to_ascii_uppercase());
    Some(bytes.collect::<Vec<_>>().join(":"))
}

#[cfg(test)]
mod tests {
    use netbox_schema::endpoint;

    use super::*;

    fn kept_of(path: &str, name: &str, text: &str) -> Result<String, String> {
        let endpoint = endpoint(path).unwrap();
        kept(endpoint, endpoint.field(name).unwrap(), Kind::Text, text)
    }

    #[test]
    fn texts_are_as_netbox_keeps_them() {
        for text in ["00:00:5e:00:53:01", "0000.5E00.5301", "0-0-5e-0-53-1", "00005e005301", "00005e-005301"]
        {
            let address = kept_of("dcim/mac-addresses", "mac_address", text);
            assert_eq!(address.as_deref(), Ok("00:00:5E:00:53:01"), "{text}");
        }
        for (path, name, text, expected) in [
            ("dcim/interfaces", "wwn", "5000.0000.5e00.5301", "50:00:00:00:5E:00:53:01"),
            ("ipam/ip-addresses", "address", " 2001:DB8:0::1/64 ", "2001:db8::1/64"),
            ("ipam/ip-addresses", "address", "10.0.0.1", "10.0.0.1/32"),
            ("ipam/ip-addresses", "dns_name", "Leaf-1.Example.com", "leaf-1.example.com"),
            ("extras/tags", "color", "00FF7F", "00ff7f"),
            ("dcim/cables", "color", "", ""),
            ("dcim/sites", "slug", " Ams_1-x ", "Ams_1-x"),
            ("extras/tags", "slug", "käse", "käse"),
            ("dcim/sites", "name", " A ", " A "),
            ("tenancy/contacts", "address", "Prinsengracht 7777", "Prinsengracht 7777"),
            ("ipam/services", "port_mappings", "UDP/ 053", "udp/53"),
            ("ipam/services", "port_mappings", "TCP/80-82", "TCP/80-82"),
        ] {
            assert_eq!(kept_of(path, name, text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "00:00:5e:00:53",
            "00:00:5e",
            "00005e0053",
            "00:00:5e:00:53:001",
            "00:00:5g:00:53:01",
            "::::::",
            "é",
        ] {
            assert!(kept_of("dcim/mac-addresses", "mac_address", text).is_err(), "{text}");
        }
        for text in ["10.0.0.0/255.255.255.0", "10.0.0/24", "10.0.0.1/24"] {
            assert!(kept_of("ipam/prefixes", "prefix", text).is_err(), "{text}");
        }
        for (path, text) in
            [("dcim/sites", "ams 1"), ("dcim/sites", "ams.1"), ("dcim/sites", "köln"), ("extras/tags", "a b")]
        {
            assert!(kept_of(path, "slug", text).is_err(), "{text}");
        }
        for text in ["#00ff7f", "red", "ff"] {
            assert!(kept_of("extras/tags", "color", text).is_err(), "{text}");
        }
    }
}
