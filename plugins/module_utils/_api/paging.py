# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading a paged list whole, whichever page is the first one, whatever size the platform allows, and although others
change the list meanwhile.

The documentation disagrees on the number of the first page and on the sizes (API notes, section 5), so nothing here
depends on them: the first request names no page, the next ones count from 1, and records are told apart by their ids.
When a record goes, all later ones move up, and one of them moves from a page that is not read yet to one that was. So a
list of several pages counts as whole when each page is the same once more, and what the platform says of its length has
not changed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from .._core.errors import ApiError
from .._http.client import HttpClient
from .json_reader import Reader, read_list

Item = TypeVar("Item")

_ROUND = (10, 25, 64)
_SMALLEST_BINARY = 16
"""A first page that is shorter than asked for may have been cut by a limit of the platform. Limits are multiples of one
of these numbers, powers of two, or one less than a power of two or a hundred.
"""

MOST_PAGES = 1000
"""Pages that are read of one list; a platform that goes on has lost count."""

PAUSES = (0.0, 1.0, 2.0, 4.0)
"""Seconds before each further try to read a list that has changed while it was read."""

_PAST_THE_END = (400, 404)


@dataclass(frozen=True)
class Page(Generic[Item]):
    """A page of a list.

    :param number: as the envelope says.
    :param size: records on a page at the most, as the envelope says.
    :param total: records of the whole list, as the envelope says.
    :param pages: of the whole list, as the envelope says.
    :param whole: this is the whole list.
    """

    items: list[Item]
    number: int | None = None
    size: int | None = None
    total: int | None = None
    pages: int | None = None
    whole: bool = False

    @property
    def is_bare(self) -> bool:
        """It came without an envelope."""
        return self.number is self.size is self.total is self.pages is None


def page_of(content: Any, items: list[Item], bare_is_whole: bool) -> Page[Item]:
    """The page that an answer is.

    :param bare_is_whole: a list without an envelope does not come in pages.
    """
    envelope = Reader(content if isinstance(content, Mapping) else {})
    number, size, total, pages = map(envelope.integer, ("currentPage", "pageSize", "totalRecords", "totalPages"))
    page = Page(items, number, size, total, pages)
    return replace(page, whole=bare_is_whole and page.is_bare)


class _Reading(Generic[Item]):
    """A list that is read from its first page to its last, once.

    :ivar found: the records by their ids.
    :ivar held: the ids on each page that held a record which no page before it had.
    :ivar asked: how many pages were asked for.
    """

    def __init__(
        self, fetch: Callable[[int | None], Page[Item]], identity: Callable[[Item], Hashable], asked: int | None
    ) -> None:
        self.found: dict[Hashable, Item] = {}
        self.held: dict[int | None, set[Hashable]] = {}
        self.asked = 0
        self._fetch = fetch
        self._identity = identity
        self._lengths: set[tuple[int | None, int | None]] = set()
        self._most = asked
        self._repeats = 0
        self._first = page = self._take(None)
        self._last = 0 if page.number in (0, None) else 1  # without a number, page 1 may be the first or the second
        while not self._is_end(page):
            self._last += 1
            try:
                page = self._take(self._last)
            except ApiError as error:
                if error.http_status not in _PAST_THE_END:
                    raise
                return
            if page.items:
                self._repeats = 0 if self._last in self.held else self._repeats + 1

    def _take(self, number: int | None) -> Page[Item]:
        page = self._fetch(number)
        self.asked += 1
        self._lengths |= _lengths(page)
        items = {self._identity(item): item for item in page.items}
        if not items.keys() <= self.found.keys():
            self.held[number] = set(items)
            self.found.update((key, item) for key, item in items.items() if key not in self.found)
        return page

    def _is_end(self, page: Page[Item]) -> bool:
        if page.whole or not page.items or self.asked > MOST_PAGES or self._repeats_itself:
            return True
        return self._is_short(page) and self._has_all_records and self._has_all_pages

    def _is_short(self, page: Page[Item]) -> bool:
        """Return whether no page can follow, by its length, if the platform has announced no more."""
        size, first = len(page.items), self._first
        if page is not first:
            return size < len(first.items) and not self._repeats
        limits = [each for each in (first.size, self._most) if each is not None]
        if any(size >= each for each in limits):
            return False
        if self._lengths:
            return True
        return first.is_bare and bool(limits) and not _may_be_limit(size)

    @property
    def _repeats_itself(self) -> bool:
        """Return whether the platform ignores the page number. A full page may then hide further records."""
        return self._repeats > 1

    @property
    def _has_all_records(self) -> bool:
        return all(total is None or len(self.found) >= total for total, _pages in self._lengths)

    @property
    def _has_all_pages(self) -> bool:
        base = 0 if self._first.number == 0 else 1
        return all(pages is None or self._last - base + 1 >= pages for _total, pages in self._lengths)

    @property
    def whole(self) -> bool:
        """Return whether these are all records, as far as one reading can tell."""
        if self._first.whole:
            return True
        if len(self._lengths) > 1 or not self._has_all_records or self.asked > MOST_PAGES:
            return False
        totals = [total for total, _pages in self._lengths if total is not None]
        if self._repeats_itself:
            return bool(totals) or len(self._first.items) < (self._most or 0)
        return bool(totals) or self._has_all_pages

    def is_still_so(self) -> bool:
        """Return whether every page that held records holds the same ones, read once more."""
        if self.asked == 1:
            return True
        for number, keys in self.held.items():
            page = self._fetch(number)
            if {self._identity(item) for item in page.items} != keys or not _lengths(page) <= self._lengths:
                return False
        return True


def read_pages(
    fetch: Callable[[int | None], Page[Item]],
    identity: Callable[[Item], Hashable],
    asked: int | None,
    sleep: Callable[[float], None],
) -> tuple[list[Item], bool]:
    """All records, and whether they are known to be all.

    :param fetch: gets the page with this number; ``None`` is the first page, whatever its number.
    :param identity: what tells one record from another.
    :param asked: records that each request asks for; ``None``: the platform decides.
    :param sleep: pauses for so many seconds.
    """
    reading = _Reading(fetch, identity, asked)
    for pause in PAUSES:
        if reading.whole and reading.is_still_so():
            return list(reading.found.values()), True
        sleep(pause)
        reading = _Reading(fetch, identity, asked)
    return list(reading.found.values()), reading.whole and reading.is_still_so()


def _lengths(page: Page[Any]) -> set[tuple[int | None, int | None]]:
    """Return what a page says of the whole list: its records and its pages."""
    return set() if page.total is None and page.pages is None else {(page.total, page.pages)}


def _may_be_limit(size: int) -> bool:
    """Return whether a page of this size may have been cut."""
    if size == 0:
        return False
    round_number = any(size % number == 0 for number in _ROUND) or (size + 1) % 100 == 0
    binary = size >= _SMALLEST_BINARY - 1 and (size & (size - 1) == 0 or size & (size + 1) == 0)
    return round_number or binary


def list_pages(
    client: HttpClient,
    path: str,
    params: Mapping[str, Any],
    size: int | None,
    wrappers: Sequence[str],
    *,
    of: Callable[[Reader], tuple[Hashable, Item]],
    bare_is_whole: bool = False,
) -> list[Item]:
    """All records of a list that comes in pages.

    :param size: records to ask for on a page; ``None``: the platform decides.
    :param of: what tells a record from others, and what is read of it.
    :param bare_is_whole: a list without an envelope does not come in pages.
    :raises ApiError: nobody can tell what else there is.
    """
    operation = f"GET {path}"

    def fetch(number: int | None) -> Page[tuple[Hashable, Item]]:
        page = {"PageNumber": number, "PageSize": size}
        asked = {name: value for name, value in page.items() if value is not None}
        content = client.request("GET", path, params={**params, **asked})
        return page_of(content, [of(item) for item in read_list(content, operation, *wrappers)], bare_is_whole)

    items, whole = read_pages(fetch, lambda item: item[0], size, client.clock.sleep)
    if not whole:
        raise ApiError(
            f"{operation}: {len(items):,} records were read, and there may be more: the list has changed whenever "
            "it was read, or the platform does not give all that it announces",
            operation=operation,
            http_status=200,
            transient=True,
            hint="run again when nobody changes what is listed",
        )
    return [item for _key, item in items]


def by(*names: str) -> Callable[[Reader], tuple[Hashable, Reader]]:
    """Records that are told apart by these members, or else by all that they say."""
    return lambda item: ((item.text(*names) if names else None) or item.fingerprint(), item)
