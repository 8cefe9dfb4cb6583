# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The short form of the campaign: the same schedules every time. ``make soak`` runs others, and more."""

from hypothesis import HealthCheck, given, settings

from faults.campaign import Schedule, carry_out, schedules
from faults.in_process import Platform


@settings(
    max_examples=100,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(schedule=schedules())
def test_any_schedule_comes_right(platform: Platform, schedule: Schedule) -> None:
    carry_out(platform, schedule)
