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


@settings(
    max_examples=60,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(schedule=schedules())
@example(KILLED_BETWEEN_TWO_PIECES)
def test_any_schedule_comes_right(platform: Platform, schedule: Schedule) -> None:
    carry_out(platform, schedule)
