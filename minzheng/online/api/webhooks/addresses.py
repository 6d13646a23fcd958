"""Where we may knock: public addresses over https, and those inner networks that the installation has named.

A subscription's address is somebody's word. Without this, it could make our server call the services that trust it
(SSRF). The name is resolved at each delivery and the connection made to the very address that was judged, so that a
name which points elsewhere a moment later leads nowhere (DNS rebinding).
"""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class AddressRefused(ValueError):
    """This address is not called; the text says why and what to do."""


def check_address(url: str) -> SplitResult:
    """The form only, when a subscription is registered: the name may not be known to us yet."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise AddressRefused("这不是一个网址，请填写 https:// 开头的完整地址。") from None
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.username or parts.fragment:
        raise AddressRefused("请填写 https:// 开头的完整地址，不带用户名、密码和 #。")
    if port == 0:
        raise AddressRefused("端口不对，请核对地址。")
    literal = _literal(parts.hostname)
    if literal is not None and not is_allowed(literal):
        raise AddressRefused(
            "不能推送到本机或内网地址。政务内网的接收系统，请管理员把它的网段写进 MINZHENG_WEBHOOK_NETWORKS。"
        )
    if parts.scheme == "http" and not (literal is not None and _is_named(literal)):
        raise AddressRefused("请用 https:// 开头的地址：推送内容要加密传输。")
    return parts


def resolve(parts: SplitResult) -> str:
    """An address to connect to, judged. Raises AddressRefused; OSError when the name is unknown."""
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    for *_, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        address = ipaddress.ip_address(str(place[0]).partition("%")[0])
        if not is_allowed(address):
            raise AddressRefused("这个名字指向本机或内网地址，没有推送。")
        return str(address)
    raise OSError("no address")


def is_allowed(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return _is_named(address) or (address.is_global and not address.is_multicast)


def _is_named(address: Address) -> bool:
    networks = (ipaddress.ip_network(one) for one in settings.WEBHOOK_NETWORKS)
    return any(address in network for network in networks if network.version == address.version)


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
