# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the platform is and who asks: the connection options, one row each, and what can be wrong with them."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from functools import cached_property
from ipaddress import ip_address
from math import inf
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from .._core.errors import InputError
from .._core.regular_files import LARGEST_PEM, UnusableFile, folder_problem, read_file
from .._core.text import printable
from .._core.typed_values import bare_token, id_problem, secret_problem, token_problem, without_surroundings
from ._auth.client_certificate import ClientCertificate, load_certificate
from .network_words import ca_bundle_of_environment

TOKEN_CACHE_ON = frozenset({"true", "yes", "on", "1", "auto"})
TOKEN_CACHE_OFF = frozenset({"false", "no", "off", "0", ""})
"""What ``token_cache`` may be besides a path."""

_MISSING = "is missing: give the option or set"
_ATTACH = "in a job of an automation controller, attach a credential of the type 'AudioCodes Live Platform'"

DEFAULT_AUTHORITY = "https://login.microsoftonline.com"
_SMALLEST_BUNDLE = 64
"""Bytes. No certificate is smaller than this."""

_PORTS = {"http": 80, "https": 443}

_CERTIFICATE_OPTIONS = (
    *("client_certificate", "client_certificate_path", "client_key", "client_key_path", "client_key_password"),
)
_PEM_FILES = ("ca_path", "client_certificate_path", "client_key_path")

_DIRECTORY = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True)
class ConnectionOption:
    """One connection option: its name, environment variable, Ansible type, secrecy and default."""

    name: str
    type: str = "str"
    secret: bool = False
    default: Any = None

    @property
    def environment(self) -> str:
        return f"LIVE_PLATFORM_{self.name.upper()}"


CONNECTION_OPTIONS = (
    ConnectionOption("base_url"),
    ConnectionOption("auth_tenant_id"),
    ConnectionOption("client_id"),
    ConnectionOption("client_secret", secret=True),
    ConnectionOption("client_certificate", secret=True),
    ConnectionOption("client_certificate_path", type="path"),
    ConnectionOption("client_key", secret=True),
    ConnectionOption("client_key_path", type="path"),
    ConnectionOption("client_key_password", secret=True),
    ConnectionOption("auth_scope"),
    ConnectionOption("auth_url", default=DEFAULT_AUTHORITY),
    ConnectionOption("access_token", secret=True),
    ConnectionOption("validate_certs", type="bool", default=True),
    ConnectionOption("ca_path", type="path"),
    ConnectionOption("ovoc_channel_id", type="int"),
    ConnectionOption("request_timeout", type="float", default=30.0),
    ConnectionOption("token_cache", default="true"),
    ConnectionOption("allow_plain_http", type="bool", default=False),
)


@dataclass(frozen=True)
class Connection:
    """The connection options with their values; times in seconds."""

    base_url: str = ""
    auth_tenant_id: str | None = None
    client_id: str | None = None
    client_secret: str | None = None
    client_certificate: str | None = None
    client_certificate_path: str | None = None
    client_key: str | None = None
    client_key_path: str | None = None
    client_key_password: str | None = None
    auth_scope: str | None = None
    auth_url: str = DEFAULT_AUTHORITY
    access_token: str | None = None
    validate_certs: bool = True
    ca_path: str | None = None
    ovoc_channel_id: int | None = None
    request_timeout: float = 30.0
    token_cache: str = "true"
    allow_plain_http: bool = False

    @classmethod
    def from_options(cls, options: Mapping[str, Any]) -> Connection:
        """From an option mapping.

        An empty text counts as not given, and so does an empty file of CA certificates, since an automation controller
        makes them of fields that were left empty.
        """
        given = {field.name: options.get(field.name) for field in fields(cls)}
        values = {name: value for name, value in given.items() if value is not None and value != ""}
        for name, clean in _CLEAN.items():
            if isinstance(values.get(name), str):
                values[name] = clean(values[name])
        for name in [name for name in _PEM_FILES if _is_empty_file(values.get(name))]:
            del values[name]
        return cls(**values)

    @property
    def secrets(self) -> tuple[str | None, ...]:
        return tuple(getattr(self, option.name) for option in CONNECTION_OPTIONS if option.secret)

    @cached_property
    def certificate(self) -> ClientCertificate | None:
        """Return what logs in instead of the client secret.

        :raises InputError: it was given, and cannot be used.
        """
        given = [getattr(self, name) for name in _CERTIFICATE_OPTIONS]
        return load_certificate(*given) if any(given) else None

    @property
    def login_secret(self) -> str | None:
        """Return what only those know who can log in."""
        return self.client_secret or (self.certificate.material if self.certificate is not None else None)

    def _certificate_problems(self) -> list[str]:
        if self.client_secret and any(getattr(self, name) for name in _CERTIFICATE_OPTIONS):
            return ["give either client_secret or a client certificate, not both"]
        try:
            certificate = self.certificate
        except InputError as error:
            return list(error.problems)
        if certificate is not None and certificate.ends_at < time.time():
            return ["the client certificate has expired; create a new one, and register it for the application"]
        return []

    def problems(self) -> list[str]:
        """Everything that is missing or malformed, each with what would be right."""
        found = self._problems()
        missing = [place for place, problem in enumerate(found) if _MISSING in problem]
        if missing:
            found[missing[-1]] += f"; {_ATTACH}"
        return found

    def _problems(self) -> list[str]:
        found = _url_problems("base_url", self.base_url, "https://<host>/tenantui", self.allow_plain_http)
        if not self.access_token:
            by_certificate = any(getattr(self, name) for name in _CERTIFICATE_OPTIONS)
            found += [
                f"{name} {_MISSING} {option.environment} (or give access_token instead)"
                for option in CONNECTION_OPTIONS
                if (name := option.name) in ("auth_tenant_id", "client_id", "client_secret", "auth_scope")
                and not getattr(self, name)
                and not (name == "client_secret" and by_certificate)
            ]
            found += self._certificate_problems()
            found += _url_problems("auth_url", self.auth_url, DEFAULT_AUTHORITY, self.allow_plain_http)
        found += [
            f"{name} {wrong}"
            for name, problem_of in (_VALUES if not self.access_token else _TOKEN_ALONE).items()
            if (value := getattr(self, name)) and (wrong := problem_of(value))
        ]
        named = ("ca_path", self.ca_path) if self.ca_path else ca_bundle_of_environment()
        if self.validate_certs and named is not None:
            found += _bundle_problems(*named)
        word = self.token_cache.strip()
        if is_path(word) and (wrong := folder_problem(word)):
            found.append(f"token_cache: the folder '{printable(word)}' cannot be used: {wrong}")
        if word.casefold() not in (*TOKEN_CACHE_ON, *TOKEN_CACHE_OFF) and not is_path(word):
            found.append(f"token_cache must be true, false or the path of a folder, not '{word}'")
        if not 0 < self.request_timeout < inf:
            found.append(f"request_timeout must be more than 0 seconds, not {self.request_timeout}")
        return found


def as_typed(url: str) -> str:
    """The URL as it is used: without blanks around it and slashes at its end."""
    return without_surroundings(url).rstrip("/")


def _directory_problem(text: str) -> str | None:
    if _DIRECTORY.fullmatch(text):
        return None
    return id_problem(text) or "must be the directory's GUID or one of its domain names, and nothing else"


_CLEAN: Mapping[str, Callable[[str], str]] = {
    "base_url": as_typed,
    "auth_url": as_typed,
    "auth_tenant_id": without_surroundings,
    "client_id": without_surroundings,
    "client_secret": without_surroundings,
    "auth_scope": without_surroundings,
    "access_token": bare_token,
}
"""What is taken away from values that were pasted."""

_VALUES: Mapping[str, Callable[[str], str | None]] = {
    "auth_tenant_id": _directory_problem,
    "client_id": id_problem,
    "client_secret": secret_problem,
    "auth_scope": id_problem,
}
"""What may still be wrong with them."""

_TOKEN_ALONE: Mapping[str, Callable[[str], str | None]] = {"access_token": token_problem}
"""The same, when nobody has to log in."""


def is_path(text: str) -> bool:
    """Return whether somebody who types this means a path, and not a word."""
    return os.sep in text or text.startswith((".", "~"))


def platform_key(url: str) -> str:
    """One text for all spellings of a URL, to tell one platform from another. It is never sent.

    Alike are: letter case, also of the path, since the platform's web server does not distinguish it; the scheme's own
    port, given or not; doubled slashes and dots in the path, a slash at its end, a dot at the host's end; letters that
    are percent-encoded, and a host in its own script or in ASCII.
    """
    url = as_typed(url)
    try:
        parts = urlsplit(url)
        host, port = _host_key(parts.hostname or ""), parts.port
    except ValueError:
        return url.casefold()
    if not host:
        return url.casefold()
    where = host if port in (None, _PORTS.get(parts.scheme)) else f"{host}:{port}"
    path: list[str] = []
    for step in map(unquote, parts.path.split("/")):
        if step == "..":
            del path[-1:]
        elif step not in ("", "."):
            path.append(quote(step.strip().casefold(), safe="~!$&'()*+,;=:@"))
    return "/".join((f"{parts.scheme}://{where}", *path))


def _host_key(host: str) -> str:
    host = host.rstrip(".")
    try:
        address = ip_address(host)
    except ValueError:
        if not host.isascii():
            with suppress(UnicodeError):  # what is no host name is compared as it is
                host = host.encode("idna").decode("ascii")
        return host.casefold()
    return f"[{address}]" if address.version == 6 else str(address)


def _is_empty_file(path: object) -> bool:
    """Return whether there is a file with nothing but blanks in it; what cannot be read is found out by who trusts in
    it.
    """
    try:
        return isinstance(path, str) and not read_file(path, _SMALLEST_BUNDLE).strip()
    except UnusableFile:
        return False


def _bundle_problems(name: str, path: str) -> list[str]:
    """Return what is wrong with the file or folder of CA certificates that an option or a variable names."""
    if os.path.isdir(path):
        return []
    try:
        read_file(path, LARGEST_PEM)
    except UnusableFile as error:
        return [f"{name}: the file or folder '{printable(path)}' cannot be used: {error}"]
    return []


def _url_problems(name: str, url: str, example: str, allow_plain_http: bool) -> list[str]:
    if not url:
        return [f"{name} {_MISSING} LIVE_PLATFORM_{name.upper()}, for example {example}"]
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _port = parts.port  # raises when it is no port
    except ValueError:
        return [f"{name} is not a URL, for example {example}"]
    checks = (
        (
            any(character.isspace() or not character.isprintable() for character in url),
            "must not hold blanks, line ends or control characters",
        ),
        (parts.scheme not in ("http", "https") or not host, "is not a URL that starts with https://"),
        (bool(parts.username or parts.password), "must not hold a user name or password, which have their own options"),
        (bool(parts.query or parts.fragment), "must end with its path, without '?' or '#'"),
        (
            parts.scheme == "http" and not _is_loopback(host) and not allow_plain_http,
            "would send credentials over plain http; use https, or set allow_plain_http if the way there is safe",
        ),
    )
    return next(([f"{name} {problem}, for example {example}"] for wrong, problem in checks if wrong), [])


def secrets_in_url(url: object) -> list[str]:
    """Return what may be secret in a URL that should hold no secret: a password, and what follows the path."""
    if not isinstance(url, str):
        return []
    _path, _sign, rest = url.partition("?")
    rest = rest or url.partition("#")[2]
    user = url.partition("://")[2].partition("/")[0].rpartition("@")[0]
    return [part for part in (user.partition(":")[2], rest, *re.split("[&=#]", rest)) if part]


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
