# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which SIP connections of onboarded services are not as they should be."""

from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.deployment import (
    deployment_problems,
    is_ready,
)
from harness.results import result_of, service_of, site

THERE = service_of(site(), ump_customer_guid="a-guid")
NOT_DEPLOYED = service_of(site(deployed=False), ump_customer_guid="a-guid")


@pytest.mark.parametrize(
    ("result", "problem"),
    [
        (result_of(service=service_of(site())), None),
        (result_of("failed"), None),
        (result_of("would_create"), None),
        (result_of(), "Brad01: the platform shows no SIP connection (yet)"),
        (
            result_of(service=service_of(site(deployed=False, deployment_state="Deploying"))),
            "Brad01: SIP connection Brad01 is not deployed, its state is 'Deploying'",
        ),
        (
            result_of(service=service_of(site(deployed=None, deployment_state=None))),
            "Brad01: SIP connection Brad01 is not deployed, its state is 'not known'",
        ),
        (result_of(service=service_of(site(sbc_id=3))), "Brad01: SIP connection Brad01 is on SBC 3, not 2"),
        (result_of("unchanged", service_of(site(sbc_id=3))), None),
    ],
)
def test_a_sip_connection_must_be_deployed_where_it_was_asked_for(result: dict[str, Any], problem: str | None) -> None:
    assert deployment_problems([result]) == ([problem] if problem else [])


def test_services_that_were_read_since_replace_what_the_results_show() -> None:
    results = [result_of(service=service_of(site(deployed=False)))]
    assert deployment_problems(results, [service_of(site())]) == []
    assert deployment_problems(results, [service_of(site(deployed=False))]) != []


@pytest.mark.parametrize(
    ("result", "is_verified", "ready"),
    [
        (result_of(service=THERE), True, True),
        (result_of(service=NOT_DEPLOYED), True, False),
        (result_of(service=NOT_DEPLOYED), False, True),
        (result_of(service=THERE, task={"id": "t", "state": "running"}), False, False),
        (result_of(service=THERE, task={"id": "t", "state": "unknown"}), False, False),
        (result_of(service=THERE, task={"id": "t", "state": "succeeded"}), False, True),
        (result_of("adopted", service_of(site(), ump_customer_guid=None)), False, False),
        (result_of("unchanged"), False, False),
        (result_of("failed", THERE), False, False),
        (result_of("skipped"), False, False),
        (result_of("deleted", THERE), False, False),
        (result_of("would_create"), False, True),
    ],
)
def test_numbers_follow_a_service_that_is_there(result: dict[str, Any], is_verified: bool, ready: bool) -> None:
    assert is_ready(result, is_verified) is ready
