# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""More or something else than one answer for one request, over real connections."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.client import LivePlatformApi
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.errors import ApiError
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.masking import Secrets
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.client import HttpClient
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.connection import Connection
from harness.fault_kinds import ANOTHER, FAULTS, OWN_FAULTS, rule
from simulator.client import Simulator
from simulator.world import AUTH_SCOPE, AUTH_TENANT_ID, CLIENT_ID, CLIENT_SECRET

READS: tuple[Callable[[LivePlatformApi], Any], ...] = (
    lambda api: api.list_services(all_details=True),
    lambda api: api.list_leads(),
    lambda api: api.list_channels(),
    lambda api: api.list_script_templates(),
    lambda api: api.list_calling_profiles(),
    lambda api: api.get_service(_first(api)),
    lambda api: api.get_service(ANOTHER),
)


def _first(api: LivePlatformApi) -> str:
    return str(api.list_services()[0].ump_customer_guid)


@pytest.fixture
def api(simulator: Simulator) -> LivePlatformApi:
    options = {
        "base_url": simulator.base_url,
        "auth_url": simulator.auth_url,
        "auth_tenant_id": AUTH_TENANT_ID,
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "auth_scope": AUTH_SCOPE,
        "token_cache": "false",
    }
    return LivePlatformApi(HttpClient(Connection.from_options(options), Secrets()))


@pytest.mark.parametrize("fault", ["interim answers", "an answer too many"])
def test_every_request_gets_its_own_answer(simulator: Simulator, api: LivePlatformApi, fault: str) -> None:
    before = [read(api) for read in READS]
    simulator.faults({"match": {}, "occurrence": "every", "action": FAULTS[fault]})
    assert [read(api) for read in READS] == before
    assert [entry["fault"] for entry in simulator.log()[-len(before) :]] == [[FAULTS[fault]["type"]]] * len(before)


def test_a_service_that_was_not_asked_for_is_not_believed(simulator: Simulator, api: LivePlatformApi) -> None:
    guid = _first(api)
    other = OWN_FAULTS["service"]["another service"]
    simulator.faults(rule("service", other))
    found = api.get_service(guid)
    assert found is not None
    assert found.ump_customer_guid == guid
    simulator.clear_faults()
    simulator.faults(rule("service", other, "every"))
    with pytest.raises(ApiError, match="names another object than the one that was asked for"):
        api.get_service(guid)
