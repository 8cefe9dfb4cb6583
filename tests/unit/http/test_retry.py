# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pauses between attempts."""

import math
from email.utils import formatdate
from pathlib import Path

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.retry import (
    ONCE,
    READ,
    REFUSED_STATUSES,
    REFUSED_WITH_RETRY_AFTER,
    SET,
    RetryBudget,
    RetryRule,
    is_refusal,
    pause_before,
    read_retry_after,
)

NOW = 1_800_000_000.0


def _most(low: float, high: float) -> float:
    return high


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("", None),
        ("17", 17.0),
        ("1.5", 1.5),
        ("-3", 0.0),
        (formatdate(NOW + 42, usegmt=True), 42.0),
        (formatdate(NOW - 42, usegmt=True), 0.0),
        ("soon", None),
        ("Fri, 99 Foo 2026 00:00:00 GMT", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_date(value: str | None, seconds: float | None) -> None:
    assert read_retry_after(value, NOW) == seconds


def test_pauses_double_up_to_the_longest() -> None:
    budget = RetryBudget(base=0.5, longest_pause=3.0)
    assert [pause_before(attempt, None, budget, _most) for attempt in range(1, 6)] == [0.5, 1.0, 2.0, 3.0, 3.0]


@pytest.mark.parametrize(("asked", "pause"), [(None, 0.0), (7.0, 7.0), (3600.0, 60.0)])
def test_the_jitter_is_full_and_comes_on_top_of_what_the_server_asks(asked: float | None, pause: float) -> None:
    assert pause_before(3, asked, RetryBudget(), lambda low, high: low) == pause


REFUSED_WORD = "The platform refuses the request"
PAGE = Path(__file__).parents[3] / "docs/reliability.md"


def test_the_page_lists_exactly_the_statuses_that_count_as_a_refusal() -> None:
    (row,) = [line for line in PAGE.read_text().splitlines() if line.startswith(f"| {REFUSED_WORD}")]
    listed = row.split("(")[1].split(")")[0]
    alone = {int(part) for part in listed.split(", ") if part.isdecimal()}
    with_header = {int(part.split()[0]) for part in listed.split(", ") if part.endswith("with `Retry-After`")}
    assert alone == REFUSED_STATUSES
    assert with_header == REFUSED_WITH_RETRY_AFTER
    assert len(alone) + len(with_header) == len(listed.split(", "))
    refused = {status for status in range(100, 1000) if is_refusal(status, None)}
    assert (refused, is_refusal(503, 0.0), is_refusal(502, 1.0)) == (alone, True, False)


@pytest.mark.parametrize("rule", [READ, SET])
def test_what_may_be_repeated_is_tried_again_after_what_is_no_refusal(rule: RetryRule) -> None:
    assert rule.repeatable
    no_success = set(range(100, 200)) | set(range(400, 1000))
    assert no_success - rule.statuses == REFUSED_STATUSES - {429} | {501, 505}
    assert not rule.statuses & set(range(200, 400))


@pytest.mark.parametrize(("asked", "pause"), [(7.0, 7.5), (3600.0, 60.5), (math.inf, 60.5), (0.0, 0.5)])
def test_what_the_server_asks_is_obeyed_but_clamped(asked: float, pause: float) -> None:
    assert pause_before(1, asked, RetryBudget(), _most) == pause


def test_a_submission_is_tried_again_only_where_the_server_itself_refused() -> None:
    assert (ONCE.statuses, ONCE.repeatable, ONCE.reads) == ({429}, False, False)
