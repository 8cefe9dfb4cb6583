# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a service differs in what can be changed, and which requests take the differences away."""

from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.leads import Lead
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.licenses import OPERATOR_CONNECT
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.services import Service
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.changes import (
    change_body,
    changes,
    users_after_upgrade,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.license_moves import (
    move_problem,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.request import (
    WantedService,
)
from harness.fakes import GUID, TENANT

SERVICE = Service(GUID, "Brad01", "Brad", 4, 10, TENANT, application_client_id="app-1", tells_application=True)
APPLICATION = {"client_id": "app-2", "client_secret": "planted"}


def _wanted(**options: Any) -> WantedService:
    return WantedService.from_options({"ms_tenant_id": TENANT, "short_name": "Brad01", **options})


def _found(service: Service = SERVICE, leads: tuple[Lead, ...] = (), new: bool = False, **options: Any) -> list[Any]:
    wanted = _wanted(**options)
    return [(each["option"], each["action"]) for each in changes(wanted, service, leads, wanted.names, new)]


UP = {("oc_essential", "oc_essentials_plus"), ("oc_essential", "oc_pro"), ("oc_essentials_plus", "oc_pro")}
DOWN = {("oc_pro", "oc_essentials_plus")}


@pytest.mark.parametrize("down", [False, True])
@pytest.mark.parametrize("existing", OPERATOR_CONNECT)
@pytest.mark.parametrize("wanted", OPERATOR_CONNECT)
def test_the_ways_between_licenses(existing: str, wanted: str, down: bool) -> None:
    allowed = existing == wanted or (existing, wanted) in (UP | DOWN if down else UP)
    assert (move_problem(existing, wanted, down) is None) is allowed


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({}, []),
        ({"full_name": "Brad", "licensed_users": 10, "license_type": "oc_essentials_plus"}, []),
        ({"full_name": "Other"}, [("full_name", "update")]),
        ({"licensed_users": 0}, [("licensed_users", "update")]),
        ({"license_type": "oc_pro"}, [("license_type", "update")]),
        ({"license_type": "oc_essential"}, [("license_type", "immutable")]),
        ({"application": APPLICATION}, [("application.client_id", "update")]),
        ({"application": {**APPLICATION, "client_id": "APP-1"}}, []),
        ({"channel_id": "1574"}, [("channel_id", "unreadable")]),
    ],
)
def test_only_what_is_given_is_compared(options: dict[str, Any], found: list[Any]) -> None:
    assert _found(**options) == found


def test_what_the_platform_does_not_show_is_not_changed() -> None:
    bare = Service(GUID, "Brad01", ms_tenant_id=TENANT)
    options = {"full_name": "x", "licensed_users": 2, "license_type": "oc_pro", "application": APPLICATION}
    assert {action for _option, action in _found(bare, **options)} == {"unreadable"}
    assert _found(bare, new=True, application=APPLICATION) == [("application.client_id", "update")]
    assert _found(bare, application=APPLICATION, update_secret="always") == [("application.client_id", "update")]


@pytest.mark.parametrize(
    ("lead", "channel", "found"),
    [
        ({"ovoc_channel_id": "1574"}, "1574", []),
        ({"channel_id": "1574"}, "1574", []),
        ({"ovoc_channel_id": "0"}, "", []),
        ({}, "", []),
        ({"channel_id": "1574"}, "", [("channel_id", "update")]),
        ({}, "1580", [("channel_id", "update")]),
    ],
)
def test_the_lead_shows_the_channel(lead: dict[str, Any], channel: str, found: list[Any]) -> None:
    there = (
        Lead("l-0", TENANT, "Active", ovoc_channel_id="9"),
        Lead("l-1", TENANT, "Active", ump_customer_guid=GUID, **lead),
    )
    assert _found(leads=there, channel_id=channel) == found


def test_a_request_holds_what_differs_and_nothing_else() -> None:
    wanted = _wanted(full_name="Other", licensed_users=7, license_type="oc_pro", application=APPLICATION)
    assert change_body(wanted, ["full_name"]) == {"customerFullName": "Other"}
    assert change_body(wanted, ["license_type", "licensed_users"]) == {"licenseType": 5, "licensedUsersCount": 7}
    assert change_body(wanted, ["application.client_secret"]) == {
        "applicationClientId": "app-2",
        "applicationClientSecret": "planted",
    }
    assert users_after_upgrade(wanted, SERVICE) == 7
    assert users_after_upgrade(_wanted(), SERVICE) == 10
