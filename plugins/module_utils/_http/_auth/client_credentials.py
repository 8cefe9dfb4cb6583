# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Access tokens for client credentials (API notes, section 2): a client id, and what proves who logs in."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

from ..._core.clock import Clock
from ..._core.errors import ApiError, LoginError
from ..._core.masking import Secrets
from ..._core.text import shorten
from ..answer_body import Complaint, read_complaint
from ..token_cache import Token, TokenCache
from ..transport import Answer, Call

EXPIRY_MARGIN = 60.0
"""Seconds before its end from which a token is no longer used; at most half of its life."""

DEFAULT_LIFETIME = 3599.0
_LONGEST_LIFETIME = 7 * 86400.0
"""Seconds."""

_HINTS = {
    "AADSTS700016": "check client_id, and that auth_tenant_id is the directory in which the application is registered",
    "AADSTS7000215": "client_secret is wrong; give the secret's value, not its id",
    "AADSTS7000222": "the client secret has expired; create a new one for the application in Entra ID",
    "AADSTS700027": "the authority does not know the client certificate; register it for the application in Entra ID",
    "AADSTS700024": "check the clock of this machine; what it signed is not valid at the authority's time",
    "AADSTS90002": "auth_tenant_id names no directory; check the GUID",
    "AADSTS900023": "auth_tenant_id is neither a GUID nor a domain name of a directory",
    "AADSTS500011": "auth_scope names an API that this directory does not know; it is api://<application id>/.default",
    "AADSTS1002012": "auth_scope must end with /.default for client credentials",
    "AADSTS70011": "auth_scope is malformed; it is api://<application id>/.default",
    "AADSTS53003": "a conditional access policy of the directory blocks this application",
}
_DEFAULT_HINT = "check auth_tenant_id, client_id, client_secret, auth_scope and auth_url"
NETWORK_HINT = "check auth_url and the network (proxy, firewall) between here and the authority"
_SECRET_MEMBERS = ("client_secret", "client_assertion")
_AADSTS = re.compile(r"AADSTS\d+")


@dataclass(frozen=True)
class Application:
    """The application that logs in.

    :param authority: URL of the authority with the directory.
    :param proof: gets the URL of the login and the time, and gives the members that show that the application itself
        logs in.
    """

    authority: str
    client_id: str
    scope: str
    proof: Callable[[str, float], Mapping[str, str]] = field(repr=False)


class ClientCredentials:
    """Logs in at Entra ID with client id and secret or certificate.

    One login serves all threads and, cached, all tasks.

    :param send: does the login request, with retries; raises :class:`ApiError` when there is no answer.
    :param secrets: told every token before it is used, so that it can be masked.
    """

    def __init__(
        self,
        application: Application,
        send: Callable[[Call], Answer],
        secrets: Secrets,
        clock: Clock,
        cache: TokenCache | None,
    ) -> None:
        self._application = application
        self._send = send
        self._secrets = secrets
        self._clock = clock
        self._cache = cache
        self._lock = threading.Lock()
        self._token: Token | None = None
        self.logins = 0

    def token(self) -> str:
        return self._fresh(rejected=None)

    def renew(self, rejected: str) -> str:
        return self._fresh(rejected)

    def _fresh(self, rejected: str | None) -> str:
        with self._lock:
            token = self._usable(self._token, rejected) or self._shared(rejected)
            self._token = token
            self._secrets.add(token.value)
            return token.value

    def _shared(self, rejected: str | None) -> Token:
        """The token that another task has left, else a fresh one, left for the next."""
        with self._cache.exclusive() if self._cache else nullcontext():
            token = self._usable(self._cache.load() if self._cache else None, rejected)
            if token is None:
                token = self._log_in()
                if self._cache:
                    self._cache.store(token)
            return token

    def _usable(self, token: Token | None, rejected: str | None) -> Token | None:
        """The token, if there is one that is still valid and has not just been rejected."""
        if token is None or token.value == rejected or self._clock.wall() >= token.expires_at:
            return None
        return token

    def _log_in(self) -> Token:
        """One login; ``expires_at`` is already lessened by the margin."""
        application = self._application
        url = f"{application.authority}/oauth2/v2.0/token"
        proof = application.proof(url, self._clock.wall())
        self._secrets.add(*(value for name, value in proof.items() if name in _SECRET_MEMBERS))
        form = {"grant_type": "client_credentials", "client_id": application.client_id, "scope": application.scope}
        call = Call("POST", url, form={**form, **proof})
        try:
            answer = self._send(call)
        except ApiError as error:
            raise LoginError(
                f"Login: {error.message.removeprefix('login: ')}",
                operation="login",
                http_status=error.http_status,
                error_code=error.error_code,
                trace_id=error.trace_id,
                attempts=error.attempts,
                hint=error.hint if error.http_status is None else NETWORK_HINT,
            ) from None
        self.logins += 1
        if answer.status != 200:
            raise _refusal(answer.status, read_complaint(answer.body, self._secrets.mask))
        return self._read(answer)

    def _read(self, answer: Answer) -> Token:
        try:
            content = answer.json()
            value = content["access_token"]
            if not isinstance(value, str) or not value:
                raise ValueError
        except (ValueError, KeyError, TypeError):
            raise LoginError(
                "Login: the authority answered 200 without an access token",
                operation="login",
                http_status=200,
                hint="check auth_url: it should be the authority, by default https://login.microsoftonline.com",
            ) from None
        lifetime = _lifetime(content.get("expires_in"))
        return Token(value, self._clock.wall() + lifetime - min(EXPIRY_MARGIN, lifetime / 2))


def _lifetime(said: Any) -> float:
    """Seconds. What is no number, or none that a token can live for, must not lead to a login per request; a token that
    ends earlier is renewed when the platform refuses it.
    """
    try:
        seconds = float(said)
    except (ValueError, TypeError, OverflowError):
        return DEFAULT_LIFETIME
    return seconds if 1 <= seconds <= _LONGEST_LIFETIME else DEFAULT_LIFETIME


def _refusal(status: int, complaint: Complaint) -> LoginError:
    code = _AADSTS.search(complaint.text)
    # Entra's description goes on with trace id, correlation id and time, which stand in fields of their own.
    said = shorten(re.split(r"\s*Trace ID:", complaint.text)[0], 300)
    return LoginError(
        f"Login: the authority refused it ({status}): {said}",
        operation="login",
        http_status=status,
        error_code=code.group() if code else None,
        trace_id=complaint.trace_id,
        attempts=1,
        hint=_HINTS.get(code.group(), _DEFAULT_HINT) if code else _DEFAULT_HINT,
    )
