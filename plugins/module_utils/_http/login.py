# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a connection says that somebody logs in: with which method, and where the token is kept meanwhile."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from .._core.clock import Clock
from .._core.masking import Secrets
from .._core.private_files import UnsafePlace
from ._auth.access_token import GivenToken
from ._auth.client_credentials import Application, ClientCredentials
from .connection import TOKEN_CACHE_OFF, TOKEN_CACHE_ON, Connection, platform_key
from .token_cache import TokenCache
from .transport import Answer, Call

_NO_CACHE = (
    "The token is not kept between tasks ({reason}), so that each task logs in; set token_cache to a folder that only "
    "this user can use, or to false"
)


class TokenSource(Protocol):
    """Gives the token for the next request. Safe to use from several threads."""

    logins: int

    def token(self) -> str:
        """A token that is valid now, as far as is known.

        :raises LoginError: there is none to be had.
        """

    def renew(self, rejected: str) -> str:
        """A token other than the one that the platform has just rejected.

        :raises LoginError: there is none to be had.
        """


def token_source(
    connection: Connection,
    send: Callable[[Call], Answer],
    secrets: Secrets,
    clock: Clock,
    report: Callable[[str], None] = lambda text: None,
) -> TokenSource:
    """Return what gives the tokens.

    :param send: does the login request, with retries; raises :class:`ApiError` when there is no answer.
    :param report: hears why no token is kept.
    """
    if connection.access_token:
        secrets.add(connection.access_token)
        return GivenToken(connection.access_token)
    cache = open_token_cache(connection, clock, report)
    return ClientCredentials(application_of(connection), send, secrets, clock, cache)


def application_of(connection: Connection) -> Application:
    """Return the application that logs in, with its certificate or its secret."""
    client_id, certificate = connection.client_id or "", connection.certificate

    def proof(url: str, now: float) -> dict[str, str]:
        if certificate is not None:
            return certificate.proof(client_id, url, now)
        return {"client_secret": connection.client_secret or ""}

    authority = f"{connection.auth_url}/{connection.auth_tenant_id}"
    return Application(authority, client_id, connection.auth_scope or "", proof)


def open_token_cache(
    connection: Connection, clock: Clock, report: Callable[[str], None] = lambda text: None
) -> TokenCache | None:
    """The cache that the connection asks for, or ``None`` when it is off or cannot be had safely.

    :param report: hears why there is none although there is no home, or a folder was named.
    """
    setting = connection.token_cache.strip()
    if setting.casefold() in TOKEN_CACHE_OFF or not connection.login_secret:
        return None
    named = setting.casefold() not in TOKEN_CACHE_ON
    try:
        folder = Path(setting).expanduser() if named else token_folder()
    except RuntimeError:
        report(_NO_CACHE.format(reason=f"there is no home directory for {setting if named else 'it'}"))
        return None
    identity, former = (
        "\n".join(
            str(part or "")
            for part in (
                url(connection.auth_url),
                connection.auth_tenant_id,
                connection.client_id,
                connection.auth_scope,
                url(connection.base_url),
            )
        )
        for url in (platform_key, str)
    )
    try:
        return TokenCache(folder, identity, connection.login_secret, clock, former)
    except UnsafePlace as error:
        if named:
            report(_NO_CACHE.format(reason=error))
        return None
    except ImportError:
        return None


def token_folder() -> Path:
    """``$XDG_CACHE_HOME/audiocodes.live_platform``, by default below ``~/.cache``."""
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "audiocodes.live_platform"
