# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One HTTP exchange over a ``requests`` session: bounded in time and size, no redirect followed, no header kept.

Whether a request that got no answer can have reached the server decides what may be done next, so that is what the
error says (``sent``).
"""

from __future__ import annotations

import json
import os
import re
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

try:
    import requests
    import urllib3
    from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError
except ImportError as missing:  # reported in one sentence by the module glue
    REQUESTS_IMPORT_ERROR: ImportError | None = missing
else:
    REQUESTS_IMPORT_ERROR = None

LARGEST_ANSWER = 256 * 1024 * 1024
"""Bytes. 20,000 leads are some 30 MB; what is larger than this is not an answer."""

SLOWEST_ANSWER = 10
"""An answer may take this many times the request timeout in all, as long as data keeps coming."""

_CHUNK = 64 * 1024
_KEPT_HEADERS = ("content-type", "location", "retry-after", "www-authenticate")


@dataclass(frozen=True)
class Call:
    """What is sent. ``json`` and ``form`` exclude each other; ``bearer`` never appears in a ``repr``."""

    method: str
    url: str
    params: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    json: Any = None
    form: Mapping[str, str] | None = field(default=None, repr=False)
    bearer: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Answer:
    """What came back: the status, the few headers that the engine reads (lower case), and the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def text(self) -> str:
        return self.body.decode("utf-8", errors="replace")

    def json(self) -> Any:
        """:raises ValueError: the body is empty, cut, or not JSON."""
        try:
            return json.loads(self.body)
        except RecursionError:
            raise ValueError("nested too deeply") from None


class NoAnswer(Exception):
    """The exchange broke.

    :param reason: what happened, without host, header or body.
    :param sent: the request may have reached the server.
    :param permanent: trying again cannot help (a certificate that is not trusted, an impossible URL).
    """

    def __init__(self, reason: str, *, sent: bool, permanent: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.sent = sent
        self.permanent = permanent


class Transport(Protocol):
    """Does one exchange; raises :class:`NoAnswer`. Safe to use from several threads."""

    def exchange(self, call: Call, timeout: float) -> Answer:
        """:raises NoAnswer: the exchange broke."""


class _Bearer:
    """Sets the token as ``requests`` authentication, so that no ``.netrc`` entry can replace it."""

    def __init__(self, token: str | None) -> None:
        self._token = token

    def __call__(self, request: Any) -> Any:
        if self._token:
            request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class RequestsTransport:
    """The real transport: one session, with its kept-alive connections, per thread.

    :param user_agent: value of the User-Agent header.
    :param verify: ``True``, ``False``, or the path of a CA bundle.
    """

    def __init__(self, user_agent: str, verify: bool | str) -> None:
        self._user_agent = user_agent
        # The environment is read once and not, as requests would, for every request: that costs more than all the rest.
        self._verify = _bundle_of_environment() if verify is True else verify
        self._proxies: dict[str, dict[str, str]] = {}
        self._local = threading.local()

    def exchange(self, call: Call, timeout: float) -> Answer:
        try:
            response = self._session().request(
                call.method,
                call.url,
                params=dict(call.params),
                headers=dict(call.headers),
                json=call.json,
                data=dict(call.form) if call.form is not None else None,
                auth=_Bearer(call.bearer),
                timeout=timeout,
                allow_redirects=False,
                stream=True,
                verify=self._verify,
                proxies=self._proxies_for(call.url),
            )
        except requests.exceptions.RequestException as error:
            raise _no_answer(error) from None
        except OSError as error:
            # requests checks the CA bundle's path with a bare OSError.
            raise NoAnswer(f"cannot use the connection settings: {error}", sent=False, permanent=True) from None
        try:
            with response:
                body = _read(response, time.monotonic() + timeout * SLOWEST_ANSWER)
        except (requests.exceptions.RequestException, HTTPError, OSError) as error:
            raise NoAnswer(f"the answer broke off ({type(error).__name__})", sent=True) from None
        headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
        return Answer(response.status_code, headers, body)

    def _proxies_for(self, url: str) -> dict[str, str]:
        """The proxies of the environment, unless it exempts the host."""
        place = url.partition("://")[2].partition("/")[0]
        if place not in self._proxies:
            try:
                self._proxies[place] = requests.utils.get_environ_proxies(url)
            except ValueError:  # an impossible URL, which the request will say better
                return {}
        return self._proxies[place]

    def _session(self) -> Any:
        session = getattr(self._local, "session", None)
        if session is None:
            session = requests.Session()
            session.trust_env = False
            session.headers.update({"User-Agent": self._user_agent, "Accept": "application/json"})
            if self._verify is False:
                urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
            self._local.session = session
        return session


def _bundle_of_environment() -> bool | str:
    """What requests takes for the CA bundle when nobody names one."""
    return os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or True


def _read(response: Any, deadline: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    for part in _pieces(response):
        size += len(part)
        if size > LARGEST_ANSWER:
            raise NoAnswer(f"the answer is larger than {LARGEST_ANSWER // 2**20} MiB", sent=True, permanent=True)
        if time.monotonic() > deadline:
            raise NoAnswer("the answer came too slowly", sent=True)
        parts.append(part)
    return b"".join(parts)


def _pieces(response: Any) -> Iterator[bytes]:
    """The body as it arrives. urllib3 1 has no ``read1`` and hands out a piece only when it is full."""
    read1 = getattr(response.raw, "read1", None)
    if read1 is None:
        yield from response.iter_content(_CHUNK)
        return
    while part := read1(_CHUNK, decode_content=True):
        yield part


def _no_answer(error: Exception) -> NoAnswer:
    """Why ``requests`` gave up, and whether the server can have seen the request."""
    kinds = requests.exceptions
    cause = _root(error)
    # The first line that fits, the special before the general: types, reason, sent, permanent.
    table: tuple[tuple[tuple[type[BaseException], ...], str, bool, bool], ...] = (
        # A certificate is refused before the request is sent; other trouble with TLS may come with the answer.
        ((kinds.SSLError,), f"TLS: {_plain(cause)}", not _is_about_certificate(cause), True),
        ((kinds.ProxyError,), f"the proxy did not let the request through ({type(cause).__name__})", False, False),
        # Before the timeout, of which it is a kind for urllib3
        ((NewConnectionError,), f"no connection ({_plain(cause)})", False, False),
        ((kinds.ConnectTimeout, ConnectTimeoutError), "no connection within the request timeout", False, False),
        ((kinds.ReadTimeout,), "no answer within the request timeout", True, False),
        ((kinds.ConnectionError,), "the connection was closed without an answer", True, False),
    )
    for types, reason, sent, permanent in table:
        if isinstance(error, types) or isinstance(cause, types):
            return NoAnswer(reason, sent=sent, permanent=permanent)
    return NoAnswer(f"the request cannot be sent ({type(error).__name__})", sent=False, permanent=True)


def _root(error: BaseException) -> BaseException:
    """The urllib3 error inside a ``requests`` error."""
    inner = error.args[0] if error.args and isinstance(error.args[0], BaseException) else error
    reason = getattr(inner, "reason", None)
    return reason if isinstance(reason, BaseException) else inner


def _plain(error: BaseException) -> str:
    """The last, telling part of a urllib3 message, without the object's address and the host."""
    text = re.sub(r"\s*\(_ssl\.c:\d+\)", "", str(error))
    return re.split(r": |\] ", text)[-1].strip("()'\", ") or type(error).__name__


def _is_about_certificate(error: BaseException) -> bool:
    return any(
        isinstance(each, ssl.SSLCertVerificationError) or type(each).__name__ == "CertificateError"
        for each in (error, *error.args)
    )
