# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which SIP connections of onboarded services are not as they should be."""

from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.deployment import (
    deployment_problems,
)

TENANT = "f9f53ee0-56e1-43f6-8fe3-5fb322986657"


def _site(**more: Any) -> dict[str, Any]:
    return {"name": "Brad01", "sbc_id": 2, "deployment_state": "Deployed", "deployed": True, **more}


def _service(*sites: dict[str, Any], **more: Any) -> dict[str, Any]:
    base = {"ms_tenant_id": TENANT, "short_name": "Brad01", "license_type": "oc_essential"}
    return {**base, "site_locations": list(sites), **more}


def _result(outcome: str = "created", service: Any = None, **more: Any) -> dict[str, Any]:
    base = {"ms_tenant_id": TENANT, "short_name": "Brad01", "outcome": outcome, "changed": True, "service": service}
    request = {"siteLocation": {"siteLocationName": "Brad01", "sbcId": 2}}
    return {**base, "request": request, "task": None, "differences": [], "failure": None, **more}


@pytest.mark.parametrize(
    ("result", "problem"),
    [
        (_result(service=_service(_site())), None),
        (_result("failed"), None),
        (_result("would_create"), None),
        (_result(), "Brad01: the platform shows no SIP connection (yet)"),
        (
            _result(service=_service(_site(deployed=False, deployment_state="Deploying"))),
            "Brad01: SIP connection Brad01 is not deployed, its state is 'Deploying'",
        ),
        (
            _result(service=_service(_site(deployed=None, deployment_state=None))),
            "Brad01: SIP connection Brad01 is not deployed, its state is 'not known'",
        ),
        (_result(service=_service(_site(sbc_id=3))), "Brad01: SIP connection Brad01 is on SBC 3, not 2"),
        (_result("unchanged", _service(_site(sbc_id=3))), None),
    ],
)
def test_a_sip_connection_must_be_deployed_where_it_was_asked_for(result: dict[str, Any], problem: str | None) -> None:
    assert deployment_problems([result]) == ([problem] if problem else [])


def test_services_that_were_read_since_replace_what_the_results_show() -> None:
    results = [_result(service=_service(_site(deployed=False)))]
    assert deployment_problems(results, [_service(_site())]) == []
    assert deployment_problems(results, [_service(_site(deployed=False))]) != []
