# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which SIP connections of onboarded services are not as they should be."""

from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.deployment import (
    deployment_problems,
)
from harness.results import result_of, service_of, site


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
