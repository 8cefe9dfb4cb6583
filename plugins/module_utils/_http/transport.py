# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One HTTP exchange over a ``requests`` session: bounded in time and size, no redirect followed, no header kept.

Whether a request that got no answer can have reached the server decides what may be done next, so that is what the
error says (``sent``). Each exchange has a connection of its own.
"""

from __future__ import annotations

import re
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from http.cookiejar import DefaultCookiePolicy
from typing import Any, Protocol

from .answer_body import BadBody, read_body, read_json
from .network_words import Way, ca_bundle_of_environment, said_of_answer, said_of_tls
from .sockets import Exchange, UnaskedAnswer, current_exchange, note_on_connections, watchdog

with suppress(ImportError):  # said in one sentence before anything is done, see _requirements
    import requests
    import urllib3
    from urllib3.exceptions import ConnectTimeoutError, LocationParseError, NewConnectionError

SLOWEST_ANSWER = 10
"""An answer may take this many times the request timeout in all, headers included, as long as data keeps coming."""

_KEPT_HEADERS = ("content-type", "location", "retry-after", "www-authenticate")


@dataclass(frozen=True)
class Call:
    """Hold what is sent. ``json`` and ``form`` exclude each other; ``bearer`` never appears in a ``repr``."""

    method: str
    url: str
    params: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    json: Any = None
    form: Mapping[str, str] | None = field(default=None, repr=False)
    bearer: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Answer:
    """Hold an answer: the status, the few headers that the engine reads (lower case), and the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def text(self) -> str:
        return self.body.decode("utf-8", errors="replace")

    def json(self) -> Any:
        """:raises ValueError: the body is empty, cut, or not JSON."""
        return read_json(self.body)


class NoAnswer(Exception):
    """The exchange broke.

    :param reason: what happened, without header or body.
    :param sent: the request may have reached the server. It is ``False`` only with proof: not a byte of it was handed
        to a connection.
    :param permanent: trying again cannot help (a certificate that is not trusted, an impossible URL).
    :param advice: what to do, where more is known than in general.
    """

    def __init__(self, reason: str, *, sent: bool, permanent: bool = False, advice: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.sent = sent
        self.permanent = permanent
        self.advice = advice


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
    """The real transport: one session per thread.

    :param user_agent: value of the User-Agent header.
    :param verify: ``True``, ``False``, or the path of a CA bundle.
    """

    def __init__(self, user_agent: str, verify: bool | str) -> None:
        self._user_agent = user_agent
        # The environment is read once and not, as requests would, for every request: that costs more than all the rest.
        self._verify = _bundle_of_environment() if verify is True else verify
        self._proxies: dict[str, dict[str, str]] = {}
        self._contexts: dict[tuple[str | None, str | None], ssl.SSLContext] = {}
        self._local = threading.local()

    def exchange(self, call: Call, timeout: float) -> Answer:
        exchange = Exchange(time.monotonic() + timeout * SLOWEST_ANSWER)
        watching = watchdog()
        try:
            watching.begin(exchange)
            return self._send(call, timeout)
        except NoAnswer as error:
            raise (_too_slow(exchange) if exchange.expired else error) from None
        except Exception as error:
            # Whatever it is that requests, urllib3 or the standard library raise: what counts is what was sent.
            way = Way.of(call.url, self._proxies_for(call.url))
            raise (_too_slow(exchange) if exchange.expired else _no_answer(error, exchange.sent, way)) from None
        finally:
            watching.done(exchange)

    def _send(self, call: Call, timeout: float) -> Answer:
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
        with response:
            try:
                body = read_body(response)
            except BadBody as error:
                raise NoAnswer(str(error), sent=True, permanent=error.permanent) from None
        exchange = current_exchange()
        if exchange is not None and exchange.expired:  # a body without a length ends where the connection ends
            raise _too_slow(exchange)
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
            session = _session_class()()
            for scheme in ("https://", "http://"):
                adapter = _adapter_class()()
                adapter.contexts = self._contexts
                session.mount(scheme, adapter)
            session.trust_env = False
            session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
            session.headers.update(
                {
                    "User-Agent": self._user_agent,
                    "Accept": "application/json",
                    "Accept-Encoding": "gzip",
                    "Connection": "close",
                }
            )
            if self._verify is False:
                urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
            self._local.session = session
        return session


def _bundle_of_environment() -> bool | str:
    """Return what requests takes for the CA bundle when nobody names one."""
    named = ca_bundle_of_environment()
    return named[1] if named is not None else True


@cache
def _session_class() -> Any:
    class Session(requests.Session):
        def get_redirect_target(self, response: Any) -> None:
            """Nowhere: requests would read the body of a redirect, whatever its size, to find out where it leads."""
            return

    return Session


@cache
def _adapter_class() -> Any:
    class Adapter(requests.adapters.HTTPAdapter):
        contexts: dict[Any, ssl.SSLContext]

        def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
            """Let all connections use one context: to read the CA certificates costs more than all the rest."""
            super().cert_verify(conn, url, verify, cert)  # type: ignore[no-untyped-call]
            named = (getattr(conn, "ca_certs", None), getattr(conn, "ca_cert_dir", None))
            if named == (None, None) or (conn.proxy is not None and conn.proxy.scheme == "https"):
                return  # a proxy that speaks TLS is checked with the same certificates, in a context of its own
            if named not in self.contexts:
                context = urllib3.util.ssl_.create_urllib3_context(cert_reqs=ssl.CERT_REQUIRED)
                context.load_verify_locations(*named)
                self.contexts[named] = context
            conn.conn_kw["ssl_context"] = self.contexts[named]
            conn.ca_certs = conn.ca_cert_dir = None

        def init_poolmanager(self, *args: Any, **more: Any) -> None:
            super().init_poolmanager(*args, **more)
            note_on_connections(self.poolmanager)

        def proxy_manager_for(self, *args: Any, **more: Any) -> Any:
            manager = super().proxy_manager_for(*args, **more)
            note_on_connections(manager)
            return manager

    return Adapter


def _too_slow(exchange: Exchange) -> NoAnswer:
    return NoAnswer("the answer came too slowly", sent=exchange.sent)


def _no_answer(error: Exception, sent: bool, way: Way) -> NoAnswer:
    """Return why there is no answer.

    :param sent: a byte of the request was handed to a connection.
    """
    cause = _root(error)
    if sent:
        reason = _reason_after(error, cause)
        return NoAnswer(reason, sent=True, advice=way.advice(reason))
    if isinstance(error, requests.exceptions.InvalidSchema) and "SOCKS" in str(error):
        reason = f"the proxy in {way.variable} is a SOCKS proxy, and the Python package PySocks is missing"
        return NoAnswer(reason, sent=False, permanent=True, advice=way.advice(reason))
    for types, reason, permanent in _before():
        if isinstance(error, types) or isinstance(cause, types):
            words = said_of_tls(_plain(cause))
            text = reason.format(words=words, first=way.first, variable=way.variable, target=way.target)
            again = not permanent or _is_passing(cause)
            return NoAnswer(text, sent=False, permanent=not again, advice=way.advice(text))
    return NoAnswer(f"the request cannot be sent ({type(error).__name__})", sent=False, permanent=True)


def _before() -> tuple[tuple[tuple[type[BaseException], ...], str, bool], ...]:
    """Return what can happen before the request goes out; the first line that fits, the special before the general.

    Types, reason, and whether trying again cannot help.
    """
    kinds = requests.exceptions
    return (
        ((kinds.SSLError, ssl.SSLError), "TLS with {target}: {words}", True),
        # Before the proxy's, since a proxy that is not there is both, and before the timeout, of which it is a kind
        ((NewConnectionError,), "no connection to {first} ({words})", False),
        (
            (kinds.Timeout, ConnectTimeoutError, TimeoutError),
            "no connection to {first} within the request timeout",
            False,
        ),
        ((kinds.ProxyError,), "{first} did not let the request through ({words})", False),
        ((kinds.InvalidProxyURL,), "the address of the proxy in {variable} is not a URL", True),
        ((kinds.InvalidURL, kinds.MissingSchema, LocationParseError), "the address is not a URL ({words})", True),
        ((kinds.InvalidSchema,), "the address cannot be used ({words})", True),
        ((kinds.InvalidHeader, UnicodeError), "a header holds characters that no header may hold", True),
        ((kinds.ConnectionError,), "the connection to {first} was closed before the request was sent", False),
        ((OSError,), "cannot use the connection settings: {words}", True),
    )


def _reason_after(error: Exception, cause: BaseException) -> str:
    kinds = requests.exceptions
    table: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
        ((kinds.SSLError, ssl.SSLError), f"TLS: {_plain(cause)}"),
        ((kinds.ReadTimeout, urllib3.exceptions.ReadTimeoutError), "no answer within the request timeout"),
        ((kinds.InvalidHeader, urllib3.exceptions.InvalidHeader), "the header of the answer contradicts itself"),
        ((kinds.ChunkedEncodingError, kinds.ContentDecodingError), f"the answer broke off ({type(cause).__name__})"),
        ((kinds.ConnectionError, kinds.ProxyError), "the connection was closed without an answer"),
    )
    unasked = next((each for each in (cause, *cause.args) if isinstance(each, UnaskedAnswer)), None)
    if unasked is not None:
        return str(unasked)
    in_tls = said_of_answer(cause)
    if in_tls is not None:
        return in_tls
    reasons = [text for types, text in table if isinstance(error, types) or isinstance(cause, types)]
    return reasons[0] if reasons else f"the answer broke off ({type(error).__name__})"


def _is_passing(cause: BaseException) -> bool:
    """TLS that fails for another reason than a certificate, such as a reset in the handshake, may work next time."""
    return isinstance(cause, (ssl.SSLError, urllib3.exceptions.SSLError)) and not _is_about_certificate(cause)


def _root(error: BaseException) -> BaseException:
    """The urllib3 error inside a ``requests`` error, or what is inside that."""
    inner = error.args[0] if error.args and isinstance(error.args[0], BaseException) else error
    for name in ("reason", "original_error"):  # of 'too many tries', and of an error of a proxy
        deeper = getattr(inner, name, None)
        inner = deeper if isinstance(deeper, BaseException) else inner
    return inner


def _plain(error: BaseException) -> str:
    """The last, telling part of a urllib3 message, without the object's address and the host."""
    text = re.sub(r"\s*\(_ssl\.c:\d+\)", "", str(error))
    return re.split(r": |\] ", text)[-1].strip("()'\", ") or type(error).__name__


def _is_about_certificate(error: BaseException) -> bool:
    return any(
        isinstance(each, ssl.SSLCertVerificationError) or type(each).__name__ == "CertificateError"
        for each in (error, *error.args)
    )
