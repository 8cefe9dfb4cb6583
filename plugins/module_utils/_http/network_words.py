# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What users are told of failures of the network: which host and port, which proxy and whose variable, and what to do.

Nothing here decides whether a request was sent.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

_PORTS = {"http": 80, "https": 443, "socks4": 1080, "socks4a": 1080, "socks5": 1080, "socks5h": 1080}
_CA_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
_TLS_ALERT = "\\x15\\x03"
"""How an alert of TLS begins, as Python shows it in an error about an answer that is no HTTP."""


_ADVICE = (
    ("PySocks", "install the Python package PySocks, or name an HTTP proxy in {variable}"),
    ("(407", "the proxy {proxy} wants a user name and a password; give them in {variable}"),
    ("speaks http,", "check scheme and port of the URL: {target} does not speak https"),
    ("speaks https,", "check scheme and port of the URL: {target} speaks https"),
    ("proxy", "check the proxy in {variable}, or name {host} in NO_PROXY to go around it"),
    ("certificate", "name the CA certificates that {target} is to be checked with in ca_path{bundle}"),
)
"""What to do when a reason contains these words, the special before the general."""


def ca_bundle_of_environment() -> tuple[str, str] | None:
    """The variable that names CA certificates when no option does, and its value."""
    return next(((name, value) for name in _CA_VARIABLES if (value := os.environ.get(name))), None)


@dataclass(frozen=True)
class Way:
    """Describe the route of a request: proxy and server.

    :param target: host and port.
    :param proxy: host and port of the proxy, when there is one.
    :param variable: the environment variable that names it.
    """

    target: str
    proxy: str | None = None
    variable: str | None = None

    @classmethod
    def of(cls, url: str, proxies: Mapping[str, str]) -> Way:
        """:param proxies: by scheme, as ``requests`` takes them."""
        scheme = url.partition("://")[0].casefold()
        proxy = proxies.get(scheme) or proxies.get("all")
        if not proxy:
            return cls(_place(url))
        names = (f"{scheme}_proxy", f"{scheme.upper()}_PROXY", "all_proxy", "ALL_PROXY")
        variable = next((name for name in names if os.environ.get(name)), "the proxy settings of this system")
        return cls(_place(url), _place(proxy if "://" in proxy else f"http://{proxy}"), variable)

    @property
    def first(self) -> str:
        """Return where the connection goes to."""
        return self.target if self.proxy is None else f"the proxy {self.proxy} ({self.variable})"

    def advice(self, reason: str) -> str | None:
        """Return what to do; ``None``: nothing better than the general advice is known."""
        bundle = ca_bundle_of_environment()
        facts = {
            "target": self.target,
            "host": self.target.rpartition(":")[0],
            "proxy": self.proxy,
            "variable": self.variable,
            "bundle": f", or in {bundle[0]}, which is used now" if bundle else "",
        }
        advice = next((advice for sign, advice in _ADVICE if sign in reason), None)
        return advice.format(**facts) if advice is not None else None


def said_of_tls(words: str) -> str:
    """A TLS error in words that say what it means, when it means that the other side does not speak TLS."""
    plain = any(sign in words.casefold() for sign in ("wrong version number", "http request", "record layer failure"))
    return f"{words}; the other side speaks http, not https" if plain else words


def said_of_answer(cause: BaseException) -> str | None:
    """Return what an answer that is no HTTP means, when it is an alert of TLS."""
    return "the other side speaks https, not http" if _TLS_ALERT in repr(cause) else None


def _place(url: str) -> str:
    """Host and port, without user name and password."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return "an address that is not a URL"
    host = f"[{host}]" if ":" in host else host
    return f"{host}:{port}" if port else host
