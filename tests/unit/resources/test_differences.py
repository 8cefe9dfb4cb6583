# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An existing service against the request, as far as it can be read back."""

from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.field import Difference
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.services import Service, SiteLocation
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.sip_connections import SipConnection
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.masking import MASK, is_secret_key
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.differences import (
    find_differences,
    primary_site,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.display_names import (
    DisplayNames,
)
from harness.fakes import GUID

SERVICE = Service(
    GUID,
    short_name="Brad01",
    full_name="Brad",
    license_code=3,
    licensed_users=10,
    site_locations=(SiteLocation("41", "Main", 2, "Deployed", None), SiteLocation("42", "Second", 3, None, None)),
)
CONNECTION = SipConnection(
    "41",
    "Main",
    onboarding_script=7,
    cleanup_script=700,
    proxy_set="SIPTrunk",
    online_pstn_gateway="oc1.example",
    carrier_main_line="+31",
    script_parameters={"customvar.variable1": "10.1.1.5", "CarrierUserPassword": "planted-old"},
)


def _find(options: dict[str, Any], connection: SipConnection | None = CONNECTION) -> list[Difference]:
    return find_differences(options, SERVICE, connection, is_secret_key)


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({}, []),
        ({"short_name": "Brad01", "full_name": "Brad", "license_type": "oc_essential", "licensed_users": 10}, []),
        ({"short_name": "Other"}, [("short_name", "Other", "Brad01")]),
        ({"site_location": {"name": "Main", "sbc_id": 9}}, [("site_location.sbc_id", 9, 2)]),
        ({"site_location": {"name": "Second", "sbc_id": 9}}, [("site_location.sbc_id", 9, 3)]),
        ({"site_location": {"name": "Third"}}, [("site_location.name", "Third", "Main")]),
        (
            {"site_location": {"onboarding_script": 8, "cleanup_script": 700}},
            [("site_location.onboarding_script", 8, 7)],
        ),
        ({"script_parameters": {"ProxySet": "Other"}}, [("script_parameters.ProxySet", "Other", "SIPTrunk")]),
        ({"script_parameters": {"CarrierMailLine": "+32"}}, [("script_parameters.CarrierMailLine", "+32", "+31")]),
        ({"script_parameters": {"CustomVar.Variable1": "10.1.1.5"}}, []),
        (
            {"script_parameters": {"CustomVar.Variable1": "x"}},
            [("script_parameters.CustomVar.Variable1", "x", "10.1.1.5")],
        ),
        ({"script_parameters": {"CustomVar.Variable9": "x"}}, []),
        ({"script_parameters": {"CarrierUserPassword": "planted-old"}}, []),
        (
            {"script_parameters": {"CarrierUserPassword": "planted-new"}},
            [("script_parameters.CarrierUserPassword", MASK, MASK)],
        ),
        ({"invitation_email": "a@b.c", "channel_id": "5"}, []),
    ],
)
def test_what_differs_is_found(options: dict[str, Any], found: list[tuple[str, Any, Any]]) -> None:
    known = [(each["option"], each["wanted"], each["existing"], each["action"]) for each in _find(options)]
    assert known == [(*each, "immutable") for each in found]


def test_what_was_not_read_is_not_compared() -> None:
    assert _find({"site_location": {"onboarding_script": 8}, "script_parameters": {"ProxySet": "x"}}, None) == []
    options = {"full_name": "x", "site_location": {"sbc_id": 1}}
    assert find_differences(options, Service(GUID), None, is_secret_key) == []


def test_the_named_sip_connection_is_compared_else_the_first() -> None:
    assert primary_site(SERVICE, {"site_location": {"name": "second"}}) == SERVICE.site_locations[1]
    assert primary_site(SERVICE, {}) == SERVICE.site_locations[0]
    assert primary_site(Service(GUID), {}) is None


def test_a_difference_reads_as_words() -> None:
    assert _find({"short_name": "Other"})[0]["description"] == "short_name is 'Brad01', wanted 'Other'"


NAMES = DisplayNames.from_options(
    {"sbcs": {"2": "NL-SBC05", 3: "NL-SBC06"}, "scripts": {7: "sbc-scenario7"}},
    {"variables": ["IPPBX-ProxyAddress", "SIP-Port"]},
)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"site_location": {"sbc_id": 3}}, "SBC is NL-SBC05 (id 2), wanted NL-SBC06 (id 3)"),
        ({"site_location": {"sbc_id": 9}}, "SBC is NL-SBC05 (id 2), wanted 9"),
        ({"site_location": {"onboarding_script": 8}}, "onboarding_script is sbc-scenario7 (id 7), wanted 8"),
        (
            {"script_parameters": {"CustomVar.Variable1": "10.1.1.99"}},
            "IPPBX-ProxyAddress is 10.1.1.5, wanted 10.1.1.99",
        ),
        (
            {"script_parameters": {"CarrierUserPassword": "new"}},
            "script_parameters.CarrierUserPassword differs (secret)",
        ),
    ],
)
def test_differences_have_names_where_ids_were(options: dict[str, Any], words: str) -> None:
    (difference,) = find_differences(options, SERVICE, CONNECTION, is_secret_key, NAMES)
    assert difference["description"] == words


def test_a_request_is_shown_with_names() -> None:
    body = {
        "siteLocation": {"sbcId": 2, "sbcOnboardingScript": 7, "sbcCleanupScript": 700},
        "scriptParameters": {"CustomVar.Variable1": "10.1.1.5", "CustomVar.Variable9": "x"},
        "licensedUsersCount": 2,
    }
    assert NAMES.request({"request": body})["request"] == {
        "siteLocation": {
            "sbcId": "NL-SBC05 (id 2)",
            "sbcOnboardingScript": "sbc-scenario7 (id 7)",
            "sbcCleanupScript": 700,
        },
        "scriptParameters": {"IPPBX-ProxyAddress (CustomVar.Variable1)": "10.1.1.5", "CustomVar.Variable9": "x"},
        "licensedUsersCount": 2,
    }
    assert DisplayNames.from_options(None, "odd", {"sbcs": 3, "variables": "odd"}).request(body) == body
