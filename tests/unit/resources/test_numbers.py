# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Telephone numbers: what a list says, what is decided about each number, and what answers tell of them."""

from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.number_results import (
    said_in_failure,
    words_per_number,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.numbers import (
    NumberRecord,
    Source,
    numbers_of,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.paging import Page, read_pages
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.errors import ConflictError, InputError
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.number_ranges import as_texts, read_range
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.rate_limit import RateLimit
from ansible_collections.audiocodes.live_platform.plugins.module_utils._input.number_options import unknown_words
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.numbers.number_list import read_wanted
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.numbers.plan import (
    OnAssigned,
    OnMismatch,
    Policy,
    plan_numbers,
)
from harness.fakes import FakeClock

A, B = 31201000000, 31201000001


def record(number: int, **members: Any) -> NumberRecord:
    return NumberRecord(number, **{"status": "Active", "assignment": "Unassigned", "source": "webapi", **members})


@pytest.mark.parametrize(
    ("text", "size"), [("+1234", 1), ("+123456789012345", 1), ("+31201000000-+31201000009", 10), (" +1234 - +1235 ", 2)]
)
def test_numbers_and_ranges_are_read(text: str, size: int) -> None:
    assert read_range(text).size == size


@pytest.mark.parametrize(
    "text",
    [
        "+123",
        "+1234567890123456",
        "+0123",
        "31201000000",
        "+12a4",
        "+1240-+1235",
        "+999-+1000",
        "+9999-+10000",
        "",
        "+",
    ],
)
def test_what_is_no_number_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"\+|number|range"):
        read_range(text)


def test_ranges_are_as_few_as_possible_and_do_not_cross_lengths() -> None:
    assert as_texts([9998, 9999, 10000, 10002, 9999]) == ["+9998-+9999", "+10000", "+10002"]


def test_an_ignored_number_may_lie_in_a_range_and_others_may_not_be_named_twice() -> None:
    wanted = read_wanted({"numbers": ["+31201000000-+31201000002", {"number": "+31201000001", "ignore": True}]})
    assert (sorted(wanted.terms), sorted(wanted.ignored)) == ([A, A + 2], [B])
    with pytest.raises(InputError, match=r"numbers\[0\] and numbers\[2\] both name \+31201000001-\+31201000002"):
        read_wanted({"numbers": ["+31201000000-+31201000002", "+41201000000", "+31201000001-+31201000009"]})


def test_more_numbers_than_a_call_takes_are_refused() -> None:
    with pytest.raises(InputError, match="100,000 are possible"):
        read_wanted({"numbers": ["+31201000000-+31201100000"]})


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"status": "Release Requested"}, "its release was asked for"),
        ({"status": "MarkedForRemoval"}, "oc_number_removal"),
        ({"status": "3"}, "oc_number_removal"),
        ({"status": "Quarantined"}, "its status 'Quarantined' is not known"),
    ],
)
def test_a_number_that_may_not_be_touched_fails_alone(members: dict[str, Any], reason: str) -> None:
    wanted = read_wanted({"numbers": ["+31201000000-+31201000001"]})
    plan = plan_numbers(wanted, {A: record(A, **members)}, Policy())
    assert reason in plan.failed[A]
    assert list(plan.upload) == [B]


@pytest.mark.parametrize("on_mismatch", OnMismatch)
def test_another_profile_or_usage(on_mismatch: OnMismatch) -> None:
    wanted = read_wanted({"numbers": ["+31201000000"], "calling_profile": "7", "usage": "user"})
    there = record(A, calling_profile_id="8", capabilities=("ConferenceAssignment",))
    plan = plan_numbers(wanted, {A: there}, Policy(on_mismatch=on_mismatch))
    group = {"fail": plan.failed, "skip": plan.skipped, "reupload": plan.upload}[str(on_mismatch)]
    assert list(group) == [A]
    same = record(A, calling_profile_id="7", capabilities=("User Assignment", "InboundCalling"))
    assert plan_numbers(wanted, {A: same}, Policy()).unchanged == [A]
    assert plan_numbers(wanted, {A: record(A)}, Policy()).unchanged == [A], "what is not shown is not compared"


def test_prune_leaves_what_was_synchronised_or_is_used_and_obeys_its_limit() -> None:
    existing = {
        A: record(A),
        B: record(B, source=None),
        A + 2: record(A + 2, assignment="SomethingNew"),
        A + 3: record(A + 3),
    }
    wanted = read_wanted({"numbers": ["+31201000000"]})
    plan = plan_numbers(wanted, existing, Policy(prune=True, on_assigned=OnAssigned.SKIP))
    assert plan.release == [A + 3]
    assert sorted(plan.skipped) == [B, A + 2]
    with pytest.raises(ConflictError, match="max_prune allows 1"):
        plan_numbers(wanted, existing, Policy(prune=True, max_prune=1))
    with pytest.raises(ConflictError, match="the list is empty"):
        plan_numbers(read_wanted({"numbers": []}), existing, Policy(prune=True))
    ignored = read_wanted({"numbers": [{"number": "+31999999999", "ignore": True}]})
    with pytest.raises(ConflictError, match="the list is empty"):
        plan_numbers(ignored, existing, Policy(prune=True))


@pytest.mark.parametrize("base", [0, 1, None])
@pytest.mark.parametrize("total", [True, False])
@pytest.mark.parametrize("count", [0, 1, 3, 4, 9])
def test_all_pages_are_read_whatever_the_first_is_called(base: int | None, total: bool, count: int) -> None:
    def fetch(number: int | None) -> Page[int]:
        first = 1 if base is None else base
        place = 0 if number is None else max(0, number - first)
        shown = None if base is None else place + first
        return Page(list(range(count))[3 * place : 3 * place + 3], shown, count if total else None)

    items, complete = read_pages(fetch, int, None, lambda seconds: None)
    assert (sorted(items), complete) == (list(range(count)), True)


@pytest.mark.parametrize(
    "content",
    [
        {"OcUploadNumberResult": [{"telephoneNumber": "+31201000000", "status": "failed", "message": "taken"}]},
        {"results": {"+31201000000": "failed: taken", "+31201000001": "Success"}},
        {"results": {"+31201000000": {"result": "Error", "code": 7, "message": "taken"}}},
        {"deep": [[{"number": "+31201000000", "state": "rejected", "reason": ["taken"]}]]},
    ],
)
def test_words_about_a_number_are_found_wherever_they_stand(content: dict[str, Any]) -> None:
    found = words_per_number(content)
    assert list(found) == [A]
    assert "taken" in found[A]


@pytest.mark.parametrize(
    "content",
    [
        {"NumbersUploaded": ["+31201000000", "+31201000001"]},
        {"NumbersUploaded": "+31201000000,+31201000001"},
        {"NumbersUploaded": 2, "OcUploadNumberResult": "Uploaded: +31201000000"},
        {"OcUploadNumberResult": [{"telephoneNumber": "+31201000000", "status": "Active"}]},
        {"OcUploadNumberResult": [{"telephoneNumber": "+31201000000", "status": "Assigned", "message": "was added"}]},
        {"OcUploadNumberResult": [{"telephoneNumber": "+31201000000", "message": "was added"}]},
        {"OcUploadNumberResult": {"+31201000000": "Acquired", "+31201000001": ["added"]}},
        {"OcUploadNumberResult": {"+31201000000": {"status": "Completed", "message": "added"}}},
    ],
)
def test_the_output_of_a_good_upload_is_no_complaint(content: dict[str, Any]) -> None:
    assert words_per_number(content) == {}


def test_a_message_of_a_failure_speaks_against_the_numbers_in_it() -> None:
    found = said_in_failure("+31201000000: NumberNotAccepted: taken; +31201000001, +31201000002")
    assert list(found) == [A]
    assert "taken" in found[A]


def test_a_number_without_a_tenant_is_not_this_tenants_in_a_list_of_several() -> None:
    def listed(*owners: str | None) -> dict[int, NumberRecord]:
        return numbers_of([(owner, record(A + place)) for place, owner in enumerate(owners)], "a")

    assert list(listed("A", None)) == [A, B]
    assert list(listed("a", None, "b")) == [A]
    assert list(listed(None, None)) == [A, B]


def test_several_known_words_are_no_problem() -> None:
    known = map(str, Source)
    assert unknown_words("sources", ["webui", "webapi"], known) == []
    (problem,) = unknown_words("sources", ["webui", "moon"], [str(each) for each in Source])
    assert "not 'moon'" in problem
    assert "'ocsync'" in problem


def test_at_most_ten_in_any_ten_seconds() -> None:
    clock = FakeClock()
    limit, times = RateLimit(clock, 10, 10.0), []
    for _each in range(40):
        limit.enter()
        times.append(clock.now())
    assert all(sum(start <= each < start + 10 for each in times) <= 10 for start in times)
    assert times[-1] - times[0] <= 40


@pytest.mark.parametrize("word", [None, "AssignmentBlocked", "unassigned?", "0"])
def test_a_number_whose_use_is_not_known_is_not_released(word: str | None) -> None:
    plan = plan_numbers(read_wanted({"numbers": [f"+{B}"]}), {A: record(A, assignment=word)}, Policy(prune=True))
    assert (plan.release, list(plan.failed)) == ([], [A])
    free = plan_numbers(read_wanted({"numbers": [f"+{B}"]}), {A: record(A)}, Policy(prune=True))
    assert (free.release, free.failed) == ([A], {})
