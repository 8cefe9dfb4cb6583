# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Paged lists are read whole, whatever the platform counts from and allows."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.client import LivePlatformApi
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.paging import (
    PAUSES,
    Page,
    read_pages,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.errors import ApiError
from harness.fakes import FakeClock, client_of, raw, said

Fetch = Callable[[int | None], list[int]]


class Pages:
    """A platform with so many records."""

    def __init__(self, total: int, base: int = 1, clamp: int = 20000, asked: int = 20000) -> None:
        self.records = list(range(total))
        self.base = base
        self.size = min(clamp, asked)
        self.asked: list[int | None] = []

    def __call__(self, number: int | None) -> list[int]:
        self.asked.append(number)
        assert len(self.asked) < 10_000, "reads for ever"
        index = 0 if number is None else number - self.base
        return self.records[index * self.size : (index + 1) * self.size]


def _read(fetch: Fetch, size: int = 20000) -> tuple[list[int], bool]:
    return read_pages(lambda number: Page(fetch(number)), int, size, lambda seconds: None)


@given(
    total=st.integers(0, 2500),
    base=st.sampled_from([0, 1]),
    clamp=st.integers(1, 100).map(lambda tens: 10 * tens),
    asked=st.sampled_from([10, 100, 1000, 20000]),
)
@example(total=0, base=1, clamp=10, asked=10)
@example(total=20, base=0, clamp=10, asked=20000)
@example(total=100, base=1, clamp=100, asked=100)
def test_every_record_is_found_in_few_requests(total: int, base: int, clamp: int, asked: int) -> None:
    pages = Pages(total, base, clamp, asked)
    found, complete = _read(pages, asked)
    assert found == pages.records
    assert complete
    assert len(pages.asked) <= 2 * (total // pages.size + 3)


@pytest.mark.parametrize("base", [0, 1])
def test_a_short_list_takes_one_request(base: int) -> None:
    pages = Pages(45, base)
    assert _read(pages) == (pages.records, True)
    assert pages.asked == [None]


@pytest.mark.parametrize("base", [0, 1])
def test_a_list_that_fills_its_page_exactly_is_read_on(base: int) -> None:
    pages = Pages(200, base, clamp=100)
    assert _read(pages) == (pages.records, True)


@pytest.mark.parametrize("status", [400, 404])
@pytest.mark.parametrize("base", [0, 1])
def test_a_page_past_the_end_may_be_an_error(base: int, status: int) -> None:
    pages = Pages(200, base, clamp=100)

    def fetch(number: int | None) -> list[int]:
        page = pages(number)
        if not page:
            raise ApiError("past the end", http_status=status)
        return page

    assert _read(fetch) == (pages.records, True)


def test_other_errors_are_errors() -> None:
    def fetch(number: int | None) -> list[int]:
        if number is None:
            return list(range(10))
        raise ApiError("down", http_status=503)

    with pytest.raises(ApiError):
        _read(fetch)


def test_a_platform_that_ignores_the_page_number_does_not_hold_us_for_ever() -> None:
    asked: list[int | None] = []

    def fetch(number: int | None) -> list[int]:
        asked.append(number)
        return list(range(100))

    assert _read(fetch, 20000) == (list(range(100)), True)
    assert _read(fetch, 100) == (list(range(100)), False)
    assert len(asked) <= 4 + 3 * (len(PAUSES) + 1)


def test_a_list_that_never_stands_still_is_not_called_whole() -> None:
    pages = Pages(250, base=1, clamp=100)
    original = list(pages.records)

    def fetch(number: int | None) -> list[int]:
        page = pages(number)
        pages.records.insert(0, -len(pages.asked))
        return page

    found, complete = _read(fetch)
    assert set(original) <= set(found)
    assert len(found) == len(set(found))
    assert not complete
    assert len(pages.asked) < 30


class Moving:
    """A list that others change while it is read, in pages of four.

    :param envelope: what a page says of the list's length: nothing, the truth, or what was so at first.
    """

    def __init__(self, count: int, changes: Sequence[tuple[int, str, int]], envelope: str) -> None:
        self.records = list(range(count))
        self.changes = changes
        self.envelope = envelope
        self.first = count
        self.asked = 0

    def __call__(self, number: int | None) -> Page[int]:
        self.asked += 1
        assert self.asked < 200, "reads for ever"
        place = (number or 1) - 1
        total = {"none": None, "true": len(self.records), "late": self.first}[self.envelope]
        items = self.records[4 * place : 4 * place + 4]
        for name, (at, what, where) in enumerate(self.changes, 1000):
            if at == self.asked and what == "remove" and where < len(self.records):
                self.records.pop(where)
            elif at == self.asked and what == "add":
                self.records.insert(where, name)
        if total is None:
            return Page(items)
        return Page(items, place + 1, 4, total, -(-total // 4))


@settings(max_examples=400, derandomize=True, database=None)
@given(
    count=st.integers(0, 13),
    changes=st.lists(
        st.tuples(st.integers(1, 6), st.sampled_from(["remove", "remove", "add"]), st.integers(0, 12)), max_size=3
    ),
    envelope=st.sampled_from(["none", "true", "late"]),
)
@example(count=8, changes=[(1, "remove", 0)], envelope="true")
@example(count=8, changes=[(1, "remove", 0), (1, "add", 7)], envelope="true")
@example(count=8, changes=[(1, "remove", 0)], envelope="none")
@example(count=9, changes=[(1, "remove", 0), (2, "add", 0)], envelope="late")
def test_a_list_that_moves_while_it_is_read_is_read_again(
    count: int, changes: list[tuple[int, str, int]], envelope: str
) -> None:
    moving = Moving(count, changes, envelope)
    found, complete = read_pages(moving, int, 4, lambda seconds: None)
    lost = [each for each in moving.records if each < 1000 and each not in found]
    assert not (complete and lost), f"lost {lost}"
    if envelope != "late":
        assert complete


def test_the_pages_that_are_announced_are_read_although_the_total_says_less() -> None:
    def fetch(number: int | None) -> Page[int]:
        place = (number or 1) - 1
        return Page(list(range(300))[200 * place : 200 * place + 200], place + 1, 200, 200, 2)

    assert read_pages(fetch, int, 1000, lambda seconds: None) == (list(range(300)), True)


def test_what_is_announced_and_does_not_come_is_waited_for_and_then_said() -> None:
    paused: list[float] = []
    items, complete = read_pages(
        lambda number: Page([1, 2] if number is None else [], 1, 5, 9, 2), int, 5, paused.append
    )
    assert (items, complete) == ([1, 2], False)
    assert tuple(paused) == PAUSES


class Server:
    """Answers every page of leads with the same content."""

    def __init__(self, content: Any) -> None:
        self.content = content
        self.asked = 0

    def exchange(self, call: Any, timeout: float) -> Any:
        self.asked += 1
        assert self.asked < 50, "reads for ever"
        return said({"access_token": "x"}) if "oauth2" in call.url else said(self.content)


def test_records_without_an_id_do_not_hold_us_for_ever() -> None:
    leads = [{"id": f"l-{number}", "status": "Active"} for number in range(9)] + [{"id": None, "status": "Removed"}]
    api = LivePlatformApi(client_of(Server(leads), FakeClock()))
    assert len(api.list_leads()) == 10


def test_records_without_an_id_are_told_apart_by_their_content() -> None:
    api = LivePlatformApi(
        client_of(Server([{"id": None, "status": "Active"}, {"id": None, "status": "Removed"}]), FakeClock())
    )
    assert [lead.status for lead in api.list_leads()] == ["Active", "Removed"]


def test_a_list_that_may_be_incomplete_is_an_error() -> None:
    scripts = [{"id": number} for number in range(1000)]
    with pytest.raises(ApiError, match="1,000 records were read, and there may be more") as caught:
        LivePlatformApi(client_of(Server(scripts), FakeClock())).list_script_templates()
    assert caught.value.transient


def test_the_documented_words_for_no_lead_are_an_empty_list() -> None:
    class NoLead(Server):
        def exchange(self, call: Any, timeout: float) -> Any:
            return super().exchange(call, timeout) if "oauth2" in call.url else raw(b'"Invalild lead"', 404)

    api = LivePlatformApi(client_of(NoLead(None)))
    assert api.list_leads("some tenant") == []
    with pytest.raises(ApiError):
        api.list_leads()


@pytest.mark.parametrize("base", [0, 1])
@pytest.mark.parametrize("limit", [10, 25, 50, 64, 99, 100, 127, 128, 250, 255, 256, 500, 512, 999, 1000, 1024])
def test_no_limit_of_the_platform_loses_records(base: int, limit: int) -> None:
    pages = Pages(3000, base, limit)
    assert _read(pages) == (pages.records, True)
    assert len(pages.asked) <= 2 * (3000 // limit + 3)


def test_a_list_without_end_is_given_up_and_not_called_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ansible_collections.audiocodes.live_platform.plugins.module_utils._api.paging.MOST_PAGES", 20)
    asked: list[int | None] = []

    def fetch(number: int | None) -> list[int]:
        asked.append(number)
        return [10 * len(asked) + place for place in range(10)]

    _found, complete = _read(fetch)
    assert not complete
    assert len(asked) <= (20 + 1) * (len(PAUSES) + 1)
