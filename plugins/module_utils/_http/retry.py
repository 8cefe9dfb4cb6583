# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""When a request may be sent again, and after which pause: a table and a little arithmetic."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from math import isfinite


@dataclass(frozen=True)
class RetryRule:
    """What may be tried again.

    :param statuses: always.
    :param with_retry_after: only when the answer carries ``Retry-After``, which shows that the server itself refused.
    :param when_lost: after a request that may have reached the server and got no usable answer.
    """

    statuses: frozenset[int]
    with_retry_after: frozenset[int]
    when_lost: bool


_OUTAGES = frozenset({408, 425, 429, *range(500, 600)}) - {501, 505}
"""Failures that may pass. Proxies have numbers of their own above 504, so only those that say 'not understood' are left
out.
"""

READ = RetryRule(statuses=_OUTAGES, with_retry_after=_OUTAGES, when_lost=True)
"""GET, the login, and what names the state that shall be: once or twice makes no difference (DELETE, PUT, PATCH)."""

SUBMIT = RetryRule(statuses=frozenset({429}), with_retry_after=frozenset({503}), when_lost=False)
"""A request that creates something. What may have been taken is never sent again."""

RULES: Mapping[str, RetryRule] = {
    "GET": READ,
    "DELETE": READ,
    "PUT": READ,
    "PATCH": READ,
    "LOGIN": READ,
    "POST": SUBMIT,
}

UNDECIDED_STATUSES = _OUTAGES - {425, 429}
"""Answers to a submission that do not tell whether the work was done (503 without ``Retry-After``)."""

TRANSIENT_STATUSES = _OUTAGES


@dataclass(frozen=True)
class RetryBudget:
    """How much trying one request may cost.

    :param attempts: sends in all.
    :param seconds: time in all, pauses included.
    :param base: longest first pause in seconds; it doubles with each attempt.
    :param longest_pause: seconds; also the bound for ``Retry-After``.
    """

    attempts: int = 5
    seconds: float = 120.0
    base: float = 0.5
    longest_pause: float = 60.0


def pause_before(
    attempt: int, retry_after: float | None, budget: RetryBudget, uniform: Callable[[float, float], float]
) -> float:
    """Seconds to wait after the ``attempt``-th send failed: exponential with full jitter, or what the server asks."""
    if retry_after is not None:
        # A little on top, so that many workers do not come back in the same instant.
        return min(retry_after, budget.longest_pause) + uniform(0.0, budget.base)
    return uniform(0.0, min(budget.longest_pause, budget.base * 2.0 ** (attempt - 1)))


def read_retry_after(value: str | None, now: float) -> float | None:
    """``Retry-After`` in seconds from a number or an HTTP date; ``None`` when absent or unreadable.

    :param now: seconds since the epoch.
    """
    if not value:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(value).timestamp() - now
        except (ValueError, TypeError, OverflowError):
            return None
    return max(0.0, seconds) if isfinite(seconds) else None


UNIFORM = random.uniform
