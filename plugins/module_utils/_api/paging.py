# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading a paged list whole, whichever page is the first one and whatever size the platform allows.

The documentation disagrees on the number of the first page and on the sizes (API notes, section 5), so nothing here
depends on them: the first request names no page, the next ones count from 1, and records are told apart by their ids.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from .._core.errors import ApiError

Item = TypeVar("Item")

_ROUND = (10, 25, 64)
_SMALLEST_BINARY = 16
"""A first page that is shorter than asked for may have been cut by a limit of the platform. Limits are multiples of one
of these numbers, powers of two, or one less than a power of two or a hundred.
"""

MOST_PAGES = 1000
"""Pages that are read of one list; a platform that goes on has lost count."""

_PAST_THE_END = (400, 404)


def read_pages(
    fetch: Callable[[int | None], list[Item]], identity: Callable[[Item], Hashable], page_size: int
) -> tuple[list[Item], bool]:
    """All records, and whether the list is known to be complete.

    :param fetch: gets the page with this number; ``None`` is the first page, whatever its number.
    :param identity: what tells one record from another.
    :param page_size: the number of records that each request asks for.
    """
    page = fetch(None)
    found = {identity(item): item for item in page}
    limit = len(page)
    if limit < page_size and not _may_be_limit(limit):
        return list(found.values()), True
    for number in range(1, MOST_PAGES):
        try:
            page = fetch(number)
        except ApiError as error:
            if error.http_status in _PAST_THE_END:
                return list(found.values()), True
            raise
        fresh = {key: item for item in page if (key := identity(item)) not in found}
        found.update(fresh)
        if not page or (fresh and len(page) < limit):
            return list(found.values()), True
        if not fresh and number > 1:
            # The platform repeats itself: it ignores the page number. A full page may then hide further records.
            return list(found.values()), limit < page_size
    return list(found.values()), False


def _may_be_limit(size: int) -> bool:
    """Whether a page of this size may have been cut."""
    if size == 0:
        return False
    round_number = any(size % number == 0 for number in _ROUND) or (size + 1) % 100 == 0
    binary = size >= _SMALLEST_BINARY - 1 and (size & (size - 1) == 0 or size & (size + 1) == 0)
    return round_number or binary
