use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address belongs to a machine of the public internet (RFC 6890 and its registries).
pub(crate) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_documentation()
        || matches!(
            (a, b, c),
            (0, ..)                  // « this network »
            | (100, 64..=127, _)     // shared by a carrier's customers
            | (192, 0, 0)            // protocol assignments
            | (192, 88, 99)          // relays to IPv6, abandoned
            | (198, 18..=19, _)      // benchmarks
            | (224.., ..) // multicast, reserved, broadcast
        );
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    // An IPv4 address in disguise is judged as such: mapped, or behind NAT64 (RFC 6052).
    if let Some(v4) = address.to_ipv4_mapped().or_else(|| behind_nat64(address)) {
        return is_public_v4(v4);
    }
    match address.segments() {
        [0x2001, ..=0x01ff, ..] => false, // protocol assignments, Teredo among them
        [0x2001, 0x0db8, ..] => false,    // documentation
        [0x2002, ..] => false,            // 6to4: an IPv4 address chosen by the sender
        [0x3fff, ..=0x0fff, ..] => false, // documentation
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

fn behind_nat64(address: Ipv6Addr) -> Option<Ipv4Addr> {
    match address.segments() {
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            Some(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn public(text: &str) -> bool {
        is_public(text.parse().expect("an address"))
    }

    #[test]
    fn machines_of_the_internet_are_public() {
        for address in [
            "1.1.1.1",
            "100.128.0.1",
            "172.32.0.1",
            "198.20.0.1",
            "2606:4700::1111",
            "2a01:e0a::1",
            "::ffff:1.1.1.1",
            "64:ff9b::101:101",
        ] {
            assert!(public(address), "{address}");
        }
    }

    #[test]
    fn machines_of_ours_and_reserved_numbers_are_not() {
        for address in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "192.0.0.8",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::101:101",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "3fff::1",
            "fc00::1",
            "fe80::1",
            "ff02::1",
        ] {
            assert!(!public(address), "{address}");
        }
    }
}
