# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the platform asks of one request holds for all; and a rate that the user sets."""

from __future__ import annotations

from bisect import bisect_left

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.rate_limit import RateLimit
from harness.fakes import FakeClock, client_of, raw
from harness.unit_platform import UnitPlatform
from harness.workbench import Workbench
from unit.reconcile.test_reconcile import TENANTS


def _times(clock: FakeClock, per_minute: int | None, count: int) -> list[float]:
    limit = RateLimit(clock, per_minute)
    found = []
    for _number in range(count):
        limit.enter()
        found.append(clock.now())
    return found


@pytest.mark.parametrize("per_minute", [1, 2, 9, 10, 30, 300, 1000])
def test_no_minute_sees_more_than_is_allowed_and_the_rate_is_used(clock: FakeClock, per_minute: int) -> None:
    times = _times(clock, per_minute, 4 * per_minute)
    for number, start in enumerate(times):
        assert bisect_left(times, start + 59.99) - number <= per_minute
    assert times[-1] <= 60 * 4 * per_minute / max(1, 0.85 * per_minute) + 60


def test_without_a_rate_nobody_waits(clock: FakeClock) -> None:
    assert _times(clock, None, 1000)[-1] < 1


def test_a_closed_gate_is_closed_for_all_until_it_opens(clock: FakeClock) -> None:
    limit = RateLimit(clock)
    limit.close(20)
    limit.close(5)
    limit.enter()
    assert clock.now() == pytest.approx(20, abs=0.01)
    limit.enter()
    assert clock.now() == pytest.approx(20, abs=0.01)


def test_after_a_429_other_requests_wait_too(platform: UnitPlatform, clock: FakeClock) -> None:
    client = client_of(platform, clock)
    platform.fault("GET", "/api/v2/task/", raw(b"", 429, retry_after="30"))
    with pytest.raises(Exception, match="429"):
        client.request("GET", "/api/v2/task/wst_1", attempts=1)
    client.request("GET", "/api/v3/customer")
    assert clock.now() >= 30


def test_a_run_keeps_to_the_rate(bench: Workbench, platform: UnitPlatform) -> None:
    times: list[float] = []
    platform.asked = lambda operation: None if operation == "POST login" else times.append(bench.clock.now())
    for tenant in TENANTS:
        platform.lead(tenant)
    wanted = [{"ms_tenant_id": tenant, "short_name": f"Name{number:02d}"} for number, tenant in enumerate(TENANTS)]
    report = bench.run_all(wanted, max_concurrency=12, per_minute=20)
    assert report.summary()["created"] == len(TENANTS)
    for number, start in enumerate(times):
        assert bisect_left(times, start + 59.99) - number <= 20
