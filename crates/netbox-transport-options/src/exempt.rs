//! The servers that `NO_PROXY` names.

use std::net::IpAddr;

use ipnet::IpNet;

/// Servers that are gone to directly.
#[derive(Debug, Clone, Default)]
pub(crate) struct Exempt(Vec<Entry>);

#[derive(Debug, Clone)]
enum Entry {
    Everything,
    Network(IpNet),
    /// A name without a dot in front, in lower case.
    Domain(String),
}

impl Exempt {
    /// Reads a list like `localhost, .example.com, 10.0.0.0/8, ::1`. A name stands for itself and for all below it,
    /// `*` for everything.
    pub(crate) fn parse(list: &str) -> Self {
        Self(list.split([',', ' ']).filter_map(Entry::parse).collect())
    }

    /// Whether `host`, as it stands in a URL, is on the list.
    pub(crate) fn contains(&self, host: &str) -> bool {
        let host = host.trim_start_matches('[').trim_end_matches([']', '.']).to_ascii_lowercase();
        let address: Option<IpAddr> = host.parse().ok();
        self.0.iter().any(|entry| match entry {
            Entry::Everything => true,
            Entry::Network(network) => address.is_some_and(|address| network.contains(&address)),
            Entry::Domain(domain) => {
                host.strip_suffix(domain.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
            }
        })
    }
}

impl Entry {
    fn parse(entry: &str) -> Option<Self> {
        let entry = entry.trim();
        if entry == "*" {
            return Some(Self::Everything);
        }
        if let Ok(network) = entry.parse() {
            return Some(Self::Network(network));
        }
        if let Ok(address) = entry.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() {
            return Some(Self::Network(address.into()));
        }
        let domain = entry.trim_start_matches('*').trim_matches('.').to_ascii_lowercase();
        (!domain.is_empty()).then_some(Self::Domain(domain))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(list: &str, exempt: &[&str], others: &[&str]) {
        let list = Exempt::parse(list);
        for host in exempt {
            assert!(list.contains(host), "{host} is on {list:?}");
        }
        for host in others {
            assert!(!list.contains(host), "{host} is not on {list:?}");
        }
    }

    #[test]
    fn names_stand_for_all_below_them() {
        let others = ["notexample.com", "example.com.evil.org", "com"];
        check("example.com", &["example.com", "EXAMPLE.com", "a.b.example.com", "example.com."], &others);
        check(".example.com", &["example.com", "a.example.com"], &others);
        check("*.Example.com", &["example.com", "a.example.com"], &others);
    }

    #[test]
    fn addresses_and_networks() {
        check("10.0.0.0/8,192.168.1.7", &["10.1.2.3", "192.168.1.7"], &["11.0.0.1", "192.168.1.8", "ten"]);
        check("::1 fd00::/8", &["[::1]", "[fd12::1]"], &["[::2]", "127.0.0.1"]);
    }

    #[test]
    fn lists_as_people_write_them() {
        check("localhost, 127.0.0.1 ,,netbox", &["localhost", "127.0.0.1", "netbox"], &["example.com"]);
        check("*", &["anything", "1.2.3.4"], &[]);
        check("", &[], &["anything"]);
        check(" , . ", &[], &["anything"]);
    }
}
