# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading a paged list whole, whichever page is the first one and whatever size the platform allows.

The documentation disagrees on the number of the first page and on the sizes (API notes, section 5), so nothing here
depends on them: the first request names no page, the next ones count from 1, and records are told apart by their ids.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

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


@dataclass(frozen=True)
class Page(Generic[Item]):
    """A page of a list that comes in an envelope.

    :param number: as the envelope says.
    :param total: records of the whole list, as the envelope says.
    :param whole: there is no envelope, so this is the whole list.
    """

    items: list[Item]
    number: int | None = None
    total: int | None = None
    whole: bool = False


def read_enveloped(
    fetch: Callable[[int | None], Page[Item]], identity: Callable[[Item], Hashable]
) -> tuple[list[Item], bool]:
    """All records of a list in envelopes, and whether they are all.

    :param fetch: gets the page with this number; ``None`` is the first page, whatever its number.
    :param identity: what tells one record from another.
    """
    page = fetch(None)
    found = {identity(item): item for item in page.items}
    total, full = page.total, len(page.items)
    if page.whole or not page.items:
        return list(found.values()), page.whole or not total
    number, repeats = 0 if page.number == 0 else 1, 0
    if page.number is None:
        number = 0  # page 1 may be the first one or the second one
    while total is None or len(found) < total:
        number += 1
        if number > MOST_PAGES:
            return list(found.values()), False
        try:
            page = fetch(number)
        except ApiError as error:
            if error.http_status in _PAST_THE_END:
                break
            raise
        before = len(found)
        found.update((key, item) for item in page.items if (key := identity(item)) not in found)
        total = page.total if page.total is not None else total
        if not page.items or (total is None and len(page.items) < full):
            break
        repeats = 0 if len(found) > before else repeats + 1
        if repeats > 1:  # the platform repeats itself: it ignores the page number
            return list(found.values()), False
    return list(found.values()), total is None or len(found) >= total


def _may_be_limit(size: int) -> bool:
    """Whether a page of this size may have been cut."""
    if size == 0:
        return False
    round_number = any(size % number == 0 for number in _ROUND) or (size + 1) % 100 == 0
    binary = size >= _SMALLEST_BINARY - 1 and (size & (size - 1) == 0 or size & (size + 1) == 0)
    return round_number or binary
