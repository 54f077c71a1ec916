use std::{fmt, net::IpAddr, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::wire::ValueError;

/// An IP address with the length of its prefix, the form of NetBox's addresses (`10.0.1.10/24`) and prefixes
/// (`10.0.1.0/24`).
///
/// ```
/// use netbox_core::value::IpPrefix;
///
/// let address: IpPrefix = "10.0.1.10/24".parse()?;
/// assert_eq!(address.network().to_string(), "10.0.1.0/24");
/// assert!(address.contains("10.0.1.77".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IpPrefix {
    address: IpAddr,
    length: u8,
}

impl IpPrefix {
    /// `address` with a prefix of `length` bits: 32 at most for IPv4, 128 for IPv6.
    ///
    /// ```
    /// use netbox_core::value::IpPrefix;
    ///
    /// let host = IpPrefix::new("2001:db8::1".parse()?, 128)?;
    /// assert_eq!(host.to_string(), "2001:db8::1/128");
    /// assert!(IpPrefix::new("10.0.1.10".parse()?, 33).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(address: IpAddr, length: u8) -> Result<Self, ValueError> {
        if length > bits_of(address) {
            return Err(not_a_prefix(format_args!("{address}/{length}")));
        }
        Ok(Self { address, length })
    }

    /// The address.
    pub fn address(self) -> IpAddr {
        self.address
    }

    /// How many leading bits are the prefix.
    pub fn length(self) -> u8 {
        self.length
    }

    /// The prefix that this address is in: all bits after the prefix are zero.
    #[must_use]
    pub fn network(self) -> Self {
        let address = match self.address {
            IpAddr::V4(v4) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(self.length)).unwrap_or(0);
                IpAddr::V4((v4.to_bits() & mask).into())
            }
            IpAddr::V6(v6) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(self.length)).unwrap_or(0);
                IpAddr::V6((v6.to_bits() & mask).into())
            }
        };
        Self { address, ..self }
    }

    /// Whether `address` is in this prefix.
    pub fn contains(self, address: IpAddr) -> bool {
        let same_family = address.is_ipv4() == self.address.is_ipv4();
        same_family && Self { address, ..self }.network() == self.network()
    }
}

fn bits_of(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

fn not_a_prefix(given: impl fmt::Display) -> ValueError {
    ValueError::new(given, "an IP address with the length of its prefix, as in `10.0.1.10/24`")
}

impl FromStr for IpPrefix {
    type Err = ValueError;

    /// Without a length it is the whole address, as NetBox takes it.
    fn from_str(text: &str) -> Result<Self, ValueError> {
        let error = || not_a_prefix(text);
        let (address, length) =
            text.split_once('/').map_or((text, None), |(address, length)| (address, Some(length)));
        let address: IpAddr = address.parse().map_err(|_| error())?;
        let length = length.map_or(Ok(bits_of(address)), |length| length.parse().map_err(|_| error()))?;
        Self::new(address, length).map_err(|_| error())
    }
}

impl fmt::Display for IpPrefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.length)
    }
}

impl Serialize for IpPrefix {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for IpPrefix {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_as_netbox_sends_them() {
        for text in ["10.0.1.10/24", "2001:db8::1/64", "0.0.0.0/0", "::/0", "10.9.9.9/32"] {
            assert_eq!(text.parse::<IpPrefix>().unwrap().to_string(), text);
        }
        assert_eq!("10.0.0.1".parse::<IpPrefix>().unwrap().to_string(), "10.0.0.1/32");
        for text in ["", "/24", "10.0.0.1/33", "10.0.0.1/", "::1/129", "10.0.0/8", "10.0.0.1/24/24"] {
            assert!(text.parse::<IpPrefix>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_network_holds_its_addresses(address: IpAddr, length in 0u8..=32) {
            let prefix = IpPrefix::new(address, length).unwrap();
            prop_assert!(prefix.contains(address));
            prop_assert!(prefix.contains(prefix.network().address()));
            prop_assert_eq!(prefix.network().network(), prefix.network());
            prop_assert_eq!(prefix.to_string().parse::<IpPrefix>().unwrap(), prefix);
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".*") {
            let _ = text.parse::<IpPrefix>();
        }
    }
}
