# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""When a request may be sent again, and after which pause: a table and a little arithmetic."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from math import isfinite

REFUSED_STATUSES = frozenset({400, 401, 403, 404, 405, 409, 422, 429})
"""The platform has not done what was asked for. Any other failure may come from something in between, such as a proxy,
that does not know what was done.
"""

REFUSED_WITH_RETRY_AFTER = frozenset({503})
"""The same, when the answer carries ``Retry-After``, which shows that the server itself refused."""

_FINAL = frozenset({*range(200, 400), 501, 505})
"""No failure that passes: successes, redirects, and what says 'not understood'."""

TRANSIENT_STATUSES = frozenset(range(100, 1000)) - REFUSED_STATUSES - _FINAL | {429}
"""Failures that may pass. Servers and proxies have numbers of their own, so those are listed that do not pass."""


@dataclass(frozen=True)
class RetryRule:
    """Say how often a request may be done. It belongs to the request, not to its verb.

    :param statuses: it may be sent again after these.
    :param repeatable: once or twice makes no difference, so it may be sent again when nobody knows whether it was done.
    :param reads: it changes nothing.
    """

    statuses: frozenset[int]
    repeatable: bool
    reads: bool = False


READ = RetryRule(TRANSIENT_STATUSES, repeatable=True, reads=True)
"""It only reads, with whatever verb; the login too."""

SET = RetryRule(TRANSIENT_STATUSES, repeatable=True)
"""It names the state that shall be, such as the value of a member, or that an object is not there."""

ONCE = RetryRule(frozenset({429}), repeatable=False)
"""It adds, moves or starts something. What may have been taken is never sent again."""


def is_refusal(status: int, retry_after: float | None) -> bool:
    """Return whether the answer shows that nothing was done."""
    return status in REFUSED_STATUSES or (status in REFUSED_WITH_RETRY_AFTER and retry_after is not None)


@dataclass(frozen=True)
class RetryBudget:
    """Limit what all attempts of one request may cost.

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
