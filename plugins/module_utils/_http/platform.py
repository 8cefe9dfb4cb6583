# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Open a platform: put connection, secrets, masking, limits and client together, for modules and the inventory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .._core.clock import Clock
from .._core.errors import InputError
from .._core.masking import Secrets
from .client import HttpClient
from .connection import Connection
from .rate_limit import RateLimitNotice


@dataclass(frozen=True)
class OpenPlatform:
    """A platform that requests can be sent to.

    :param limit: hears of every time when the platform limits the rate of requests.
    """

    connection: Connection
    client: HttpClient
    limit: RateLimitNotice


def open_platform(
    options: Mapping[str, Any],
    secrets: Secrets,
    report: Callable[[str], None],
    *,
    problems: Callable[[], list[str]] = list,
    say: Callable[[str], None] | None = None,
    clock: Clock | None = None,
    whole_texts: bool = False,
    read_only: bool = False,
) -> OpenPlatform:
    """Open the platform that the options name. Nothing is sent.

    :param options: the connection options, and ``max_requests_per_minute`` where there is one.
    :param secrets: learns those of the connection, and every token.
    :param report: hears what the user should be warned of.
    :param problems: finds what is wrong with other options, to be told together.
    :param say: gets a line for each long pause, while it begins.
    :param whole_texts: long texts of the platform are not cut.
    :param read_only: nothing but what reads is sent.
    :raises InputError: names everything that is wrong.
    """
    connection = Connection.from_options(options)
    secrets.add(*connection.secrets)
    found = [*problems(), *connection.problems()]
    if found:
        raise InputError(found)
    limit = RateLimitNotice(say)
    client = HttpClient(
        connection,
        secrets,
        clock=clock,
        per_minute=options.get("max_requests_per_minute"),
        limited=limit,
        report=report,
        whole_texts=whole_texts,
        read_only=read_only,
    )
    return OpenPlatform(connection, client, limit)
