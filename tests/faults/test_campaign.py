# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The short form of the campaign: the same schedules every time. ``make soak`` runs others, and more."""

from hypothesis import HealthCheck, example, given, settings

from faults.campaign import Act, Schedule, carry_out, schedules
from harness.in_process import Platform

KILLED_BETWEEN_TWO_PIECES = Schedule(
    switches={
        "service_visible_before_done": True,
        "task_seconds": 30.0,
        "service_list_lag_seconds": 5.0,
        "output_guid": "camel",
        "expires_in_as_string": True,
        "task_kept_seconds": 30.0,
        "task_404_seconds": 5.0,
        "job_answer": "capital",
        "token_seconds": 10,
        "error_message_on_success": True,
        "service_get_lags": True,
        "lead_lag_seconds": 0.0,
    },
    acts=(
        Act(("present", "present"), 1, 1, False, 1800.0, (27, 20), (), 1.0),
        Act(("absent",), 4, 1, True, 1800.0, (49, None), (("task", "204", "every"),), 0.0),
        Act(
            ("absent", "present"),
            2,
            3,
            False,
            15.0,
            (None, 29),
            (
                ("create", "504 after the work", [7, 1]),
                ("create", "echo: detail", "every"),
                ("create", "null", [3, 7, 5, 2]),
            ),
            1.0,
        ),
    ),
    order=847,
)
"""Found at random: what a run held that was killed while one of its services had just come to a pause."""


REFUSED_DELETION = Schedule(
    switches={"task_seconds": 3.0, "replica_lag_seconds": 60.0, "replica_seed": 1},
    acts=(
        Act(("present",), 2, 2, True, 1800.0, (None,), (), 0.0),
        Act(("absent",), 2, 2, True, 1800.0, (None,), (("delete", "400", "every"),), 0.0),
        Act(("present",), 2, 2, True, 1800.0, (None,), (), 30.0),
        Act(("absent",), 2, 2, True, 1800.0, (None,), (("delete", "409", [1]),), 0.0),
        Act(("present",), 2, 2, True, 1800.0, (None,), (), 0.0),
    ),
    order=7,
)
"""Deletions that are refused right after the creation, while any place may be behind."""

CHANGED_TARGET = Schedule(
    switches={"task_seconds": 30.0, "replica_lag_seconds": 5.0, "replica_seed": 3},
    acts=(
        Act(("present",), 1, 1, True, 1800.0, (None,), (), 200.0),
        Act(("present",), 1, 1, True, 15.0, (None,), (("upgrade", "reset after the work", [1]),), 0.0, "oc_pro"),
        Act(("present",), 1, 1, True, 1800.0, (None,), (), 0.0, "oc_essentials_plus"),
    ),
    order=7,
)
"""The answer to an upgrade is lost, and the list that the next run gets says something else."""


@settings(
    max_examples=60,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(schedule=schedules())
@example(KILLED_BETWEEN_TWO_PIECES)
@example(REFUSED_DELETION)
@example(CHANGED_TARGET)
def test_any_schedule_comes_right(platform: Platform, schedule: Schedule) -> None:
    carry_out(platform, schedule)
