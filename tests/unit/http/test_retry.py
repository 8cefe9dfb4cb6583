# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pauses between attempts."""

import math
from email.utils import formatdate

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.retry import (
    RULES,
    UNDECIDED_STATUSES,
    RetryBudget,
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


MAY_PASS = {408, 425, 429, 500, *range(502, 505), *range(506, 600)}


@pytest.mark.parametrize("method", ["GET", "DELETE", "LOGIN"])
def test_what_may_be_repeated_is_tried_again_after_an_error_that_may_pass(method: str) -> None:
    rule = RULES[method]
    assert (rule.statuses, rule.with_retry_after, rule.when_lost) == (*[MAY_PASS] * 2, True)


def test_only_a_server_that_surely_did_nothing_leaves_a_submission_undone() -> None:
    undone = MAY_PASS - UNDECIDED_STATUSES
    assert undone == {425, 429}
    assert UNDECIDED_STATUSES <= MAY_PASS


@pytest.mark.parametrize(("asked", "pause"), [(7.0, 7.5), (3600.0, 60.5), (math.inf, 60.5), (0.0, 0.5)])
def test_what_the_server_asks_is_obeyed_but_clamped(asked: float, pause: float) -> None:
    assert pause_before(1, asked, RetryBudget(), _most) == pause


def test_a_submission_is_tried_again_only_where_the_server_itself_refused() -> None:
    rule = RULES["POST"]
    assert (rule.statuses, rule.with_retry_after, rule.when_lost) == ({429}, {503}, False)
