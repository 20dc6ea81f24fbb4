"""Which addresses may be fetched. A sitemap is foreign input: it must not make Baton look into your own network."""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from bot.knowledge.documents.document import Unreadable

ALLOW = "BATON_KNOWLEDGE_PRIVATE_ADDRESSES"
REFUSED = f"an address of a private network, which is not fetched; --private-addresses or {ALLOW} allows it"
_NAT64 = IPv6Network("64:ff9b::/96")
"""RFC 6052: the last 32 bits are the IPv4 address that is reached."""


class PrivateAddress(OSError):
    """A name that leads into a private network."""


def is_public(address: str) -> bool:
    """Whether an IP address is one that everybody on the internet reaches, whichever way it is written."""
    found = ip_address(address.split("%", maxsplit=1)[0])
    if isinstance(found, IPv6Address):
        found = _inner(found) or found
    return found.is_global and not found.is_multicast


def _inner(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address behind one of the ways to write it as IPv6."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def checked(address: str, *, private_addresses: bool) -> URL:
    """An address that may be asked for.

    Raises:
        Unreadable: for another protocol than http and https, one with a password, or one of a private network.
    """
    try:
        url = URL(address)
        host, _ = url.host, url.port
    except ValueError as error:
        raise Unreadable("no address that can be read") from error
    if url.scheme not in ("http", "https") or not host:
        raise Unreadable("not an address that begins with http:// or https://")
    if url.user or url.password:
        raise Unreadable("a password stands in the address; it would be stored and shown")
    if not private_addresses and _is_literal(host) and not is_public(host):
        raise Unreadable(REFUSED)
    return url.with_fragment(None)


def _is_literal(host: str) -> bool:
    try:
        ip_address(host.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    return True


class PublicResolver(AbstractResolver):
    """Resolves names to public addresses alone: what was checked is what is connected to."""

    def __init__(self) -> None:
        self._resolver = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses of a host.

        Raises:
            PrivateAddress: when any of them is not public.
        """
        found = await self._resolver.resolve(host, port, family)
        if not all(is_public(each["host"]) for each in found):
            raise PrivateAddress(REFUSED)
        return found

    async def close(self) -> None:
        """Nothing is held."""
        await self._resolver.close()
