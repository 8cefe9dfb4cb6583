# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody makes a service in the portal while a run is working on the same tenant, before each of the run's requests.

Whatever was made before the run's own submission is seen, but for what happens in the two seconds for which a look
counts; a tenant that has two services in the end is a failure that says so.
"""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.transport import Call
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.submission import FRESH
from faults.bench import NAMES, TENANTS, Bench, bench
from harness.in_process import Platform
from simulator.seeds.loading import load

TASK_SECONDS = 40.0
BY_HAND = "0b0c6a10-aaaa-4bbb-8ccc-00000000beef"
MOMENTS = [*range(1, 16), 20, 25, 30, 40]


def make_by_hand(made: Bench, tenant: str) -> None:
    service = {
        "ump_customer_guid": BY_HAND,
        "customer_short_name": NAMES[tenant],
        "customer_full_name": NAMES[tenant],
        "license_type": 3,
        "ms_tenant_id": tenant,
    }
    load(made.world.store, {"services": [service]})


def before_request(made: Bench, number: int, tenant: str) -> list[float]:
    """Let it happen then; when it happened stands in the list."""
    moments: list[float] = []
    exchange, count = made.transport.exchange, [0]

    def watched(call: Call, timeout: float) -> Any:
        count[0] += 1
        if count[0] == number:
            moments.append(made.stage.elapsed)
            make_by_hand(made, tenant)
        return exchange(call, timeout)

    made.transport.exchange = watched  # type: ignore[method-assign]
    return moments


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize("run", [(1, "camel"), (3, "camel"), (2, "none")])
def test_a_service_that_somebody_makes_meanwhile(
    platform: Platform, moment: int, count: int, run: tuple[int, str]
) -> None:
    concurrency, guid = run
    tenant = TENANTS[count - 1]
    with bench(platform, switches={"task_seconds": TASK_SECONDS, "output_guid": guid}, strict=False) as made:
        moments = before_request(made, moment, tenant)
        report = made.run(TENANTS[:count], concurrency=concurrency)
        assert report is not None
        outcome = report.outcomes[-1]
        sent = [each.at for each in made.transport.sent if each.method == "POST" and each.tenant == tenant]
        assert len(sent) <= 1
        if moments and sent:
            assert moments[0] >= sent[0] - FRESH - 1.0, "it was there long before the submission"
            assert outcome.outcome == "failed"
            assert BY_HAND in str(outcome.failure)
        elif moments:
            assert outcome.outcome == "unchanged"
        else:
            assert outcome.outcome == "created"
        others = [each.outcome for each in report.outcomes[:-1]]
        assert others == ["created"] * (count - 1)
