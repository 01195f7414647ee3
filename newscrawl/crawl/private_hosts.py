"""A host as written -> whether it is an address that no public site has, in whatever spelling."""

import ipaddress
import socket

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# An IPv6 address that is an IPv4 one in the eyes of a network with NAT64 (RFC 6052).
NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_private_host(host: str) -> bool:
    """Whether a host is written as an address that no public site has (loopback, private, link-local ...), or names this machine."""
    name = _as_resolvers_read_it(host.strip("[]"))
    if name == "localhost" or name.endswith(".localhost"):
        return True
    address = _literal_address(name.partition("%")[0])
    return address is not None and not _is_public(address)


def _as_resolvers_read_it(name: str) -> str:
    """Lower case, without dots at the end; full-width digits and dots are digits and dots: that is how a name is encoded."""
    try:
        return name.encode("idna").decode("ascii").rstrip(".").lower()
    except UnicodeError:  # an empty label, one that is too long, letters that no name can have
        return name.rstrip(".").lower()


def _literal_address(name: str) -> Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return _short_address(name)


def _short_address(name: str) -> Address | None:
    try:
        # The system's resolver takes these for addresses, too: 127.1, 0x7f.1, 0177.0.0.1, 2130706433.
        return ipaddress.IPv4Address(socket.inet_aton(name))
    except (OSError, ValueError):
        return None


def _is_public(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or _behind_nat64(address)
        if inner is not None:
            return _is_public(inner)
    return address.is_global and not address.is_multicast


def _behind_nat64(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    return ipaddress.IPv4Address(address.packed[-4:]) if address in NAT64 else None
