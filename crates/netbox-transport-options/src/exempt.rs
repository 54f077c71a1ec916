//! The servers that `NO_PROXY` names.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::BuildError;

/// Servers that are gone to directly.
#[derive(Debug, Clone, Default)]
pub(crate) struct Exempt(Vec<Entry>);

#[derive(Debug, Clone)]
struct Entry {
    place: Place,
    /// The only port that is meant, or all of them.
    port: Option<u16>,
}

#[derive(Debug, Clone)]
enum Place {
    Everywhere,
    Network(IpNet),
    /// A name without a dot in front, in lower case.
    Domain(String),
}

impl Exempt {
    /// Reads a list like `localhost:8000, .example.com, 10.0.0.0/8, [::1]:8000`. A name stands for itself and for all
    /// below it, `*` for everything.
    ///
    /// # Errors
    ///
    /// An entry that can't be read is an error: passed over, it would send to a proxy what is not meant for one.
    pub(crate) fn parse(list: &str) -> Result<Self, BuildError> {
        let entries = list.split([',', ' ']).filter(|entry| !entry.trim_matches('.').is_empty());
        let entries = entries.map(|entry| {
            Entry::parse(entry).ok_or_else(|| {
                // Who takes this for the variable of a proxy may have put a password into it.
                let shown = if entry.contains('@') { "an entry" } else { &format!("“{entry}”") };
                let wrong = format!("{shown} is no name, address or network, with or without a port");
                BuildError::because("the list of servers in NO_PROXY can't be read", wrong)
            })
        });
        Ok(Self(entries.collect::<Result<_, _>>()?))
    }

    /// Whether `host`, as it stands in a URL, is on the list with this port.
    pub(crate) fn contains(&self, host: &str, port: u16) -> bool {
        let host = host.trim_start_matches('[').trim_end_matches([']', '.']).to_ascii_lowercase();
        let address: Option<IpAddr> = host.parse().ok();
        let is_meant = |entry: &Entry| match &entry.place {
            Place::Everywhere => true,
            Place::Network(network) => address.is_some_and(|address| network.contains(&address)),
            Place::Domain(domain) => {
                host.strip_suffix(domain.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
            }
        };
        self.0.iter().any(|entry| entry.port.is_none_or(|only| only == port) && is_meant(entry))
    }
}

impl Entry {
    fn parse(entry: &str) -> Option<Self> {
        if let Some(place) = Place::parse(entry) {
            return Some(Self { place, port: None });
        }
        let (place, port) = entry.rsplit_once(':')?;
        Some(Self { place: Place::parse(place)?, port: Some(port.parse().ok()?) })
    }
}

impl Place {
    fn parse(place: &str) -> Option<Self> {
        if place == "*" {
            return Some(Self::Everywhere);
        }
        if let Ok(network) = place.parse() {
            return Some(Self::Network(network));
        }
        let bare = place.strip_prefix('[').and_then(|place| place.strip_suffix(']')).unwrap_or(place);
        if let Ok(address) = bare.parse::<IpAddr>() {
            return Some(Self::Network(address.into()));
        }
        let domain = place.trim_start_matches('*').trim_matches('.').to_lowercase();
        let is_name = domain.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
        (is_name && !domain.is_empty()).then_some(Self::Domain(domain))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(list: &str, exempt: &[&str], others: &[&str]) {
        let list = Exempt::parse(list).unwrap();
        let contains = |server: &str| {
            let uri: http::Uri = format!("http://{server}/").parse().unwrap();
            list.contains(uri.host().unwrap(), uri.port_u16().unwrap_or(80))
        };
        for server in exempt {
            assert!(contains(server), "{server} is on {list:?}");
        }
        for server in others {
            assert!(!contains(server), "{server} is not on {list:?}");
        }
    }

    #[test]
    fn names_stand_for_all_below_them() {
        let others = ["notexample.com", "example.com.evil.org", "com"];
        check("example.com", &["example.com:99", "EXAMPLE.com", "a.b.example.com", "example.com."], &others);
        check(".example.com", &["example.com", "a.example.com"], &others);
        check("*.Example.com", &["example.com", "a.example.com"], &others);
    }

    #[test]
    fn addresses_and_networks() {
        check("10.0.0.0/8,192.168.1.7", &["10.1.2.3", "192.168.1.7"], &["11.0.0.1", "192.168.1.8", "ten"]);
        check("::1 fd00::/8", &["[::1]", "[fd12::1]:99"], &["[::2]", "127.0.0.1"]);
        check("[::1]", &["[::1]", "[::1]:99"], &["[::2]"]);
    }

    #[test]
    fn a_port_limits_an_entry_to_itself() {
        check(
            "localhost:8000",
            &["localhost:8000", "a.localhost:8000"],
            &["localhost", "localhost:80", "localhost:8001"],
        );
        check(
            "127.0.0.1:8000,10.0.0.0/8:80",
            &["127.0.0.1:8000", "10.1.2.3"],
            &["127.0.0.1", "10.1.2.3:8000"],
        );
        check("[::1]:8000", &["[::1]:8000"], &["[::1]", "[::2]:8000"]);
        check("*.example.com:80", &["a.example.com", "example.com:80"], &["example.com:8000"]);
    }

    #[test]
    fn lists_as_people_write_them() {
        check("localhost, 127.0.0.1 ,,netbox_1", &["localhost", "127.0.0.1", "netbox_1"], &["example.com"]);
        check("*", &["anything:99", "1.2.3.4"], &[]);
        check("", &[], &["anything"]);
        check(" , . ", &[], &["anything"]);
    }

    #[test]
    fn what_would_have_no_effect_is_refused() {
        for entry in
            ["http://h", "h:port", "h:99999", "h:80:80", "192.168.*", "10.0.0.0/99", "<local>", "h/x", "[::1"]
        {
            let error = Exempt::parse(&format!("localhost,{entry}")).unwrap_err();
            assert!(format!("{error:?}").contains(&format!("“{entry}”")), "{error:?}");
        }
        let error = Exempt::parse("http://me:hunter2@proxy").unwrap_err();
        assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    }
}
