# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SBC devices, calling profiles, script templates, channels."""

from typing import Any

import pytest

from simulator.client import Simulator

NAMES = ["IPPBX-ProxyAddress", "IPPBX-ProxyAddress-SIPPort", "SIP-HostName"]


def test_calling_profiles_lead_from_trunk_to_sbc(platform: Any) -> None:
    profiles = platform.get("/api/v2/oc/callingprofile")
    served = {
        trunk["trunkFqdn"]: [sbc["name"] for sbc in trunk["matchingSbcList"]]
        for profile in profiles
        for trunk in profile["trunksEnrolled"]
    }
    assert served["oc1.sandbox2.audiocodes.be"] == served["oc.sandbox1.audiocodes.be"] == ["NL-SBC05"]
    assert served["frankfurt.sandbox4.audiocodes.be"] == ["DE-SBC01"]
    assert [] in served.values()
    sbc = profiles[0]["trunksEnrolled"][0]["matchingSbcList"][0]
    assert sbc == {"sbcId": 2, "fqdn": "NL-SBC05.lab.lan", "ipAddress": "172.17.239.165", "name": "NL-SBC05"}


def test_devices_stand_where_the_switch_says(simulator: Simulator, platform: Any) -> None:
    assert [each["name"] for each in platform.get("/api/v2/sbcdevices")][:3] == ["NL-SBC05", "NL-SBC06", "DE-SBC01"]
    simulator.settings(devices_path="/api/ovoc/v1/topology/devices/", devices_form="mixed")
    assert platform.ask("GET", "/api/v2/sbcdevices").status_code == 404
    first, second = platform.get("/api/ovoc/v1/topology/devices")[:2]
    assert (first["id"], second["sbcId"]) == (2, 3)
    simulator.settings(devices_path="")
    assert platform.ask("GET", "/api/v2/sbcdevices").status_code == 404
    assert platform.ask("GET", "/-/sbcdevices").status_code == 404


def test_templates_come_by_ten_from_page_zero(simulator: Simulator, platform: Any) -> None:
    everything = platform.get("/api/v2/scripttemplates", PageSize=100)
    assert platform.get("/api/v2/scripttemplates") == everything[:10]
    assert platform.get("/api/v2/scripttemplates", PageNumber=1) == everything[10:20]
    assert len(everything) > 10
    simulator.settings(template_page_base=1, template_page_default_size=3)
    assert platform.get("/api/v2/scripttemplates", PageNumber=2) == everything[3:6]


@pytest.mark.parametrize(("kind", "types"), [("Any", {0, 1, 2, 3, 4}), ("SBC", {0, 1, 2}), ("m365", {3, 4})])
def test_templates_by_type(platform: Any, kind: str, types: set[int]) -> None:
    found = platform.get("/api/v2/scripttemplates", scriptType=kind, PageSize=100)
    assert {each["scriptType"] for each in found} == types


def test_an_unknown_type_is_refused(platform: Any) -> None:
    assert platform.ask("GET", "/api/v2/scripttemplates?scriptType=Fax").status_code == 400


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("comma", ", ".join(NAMES)),
        ("newline", "\n".join(NAMES)),
        ("names", NAMES),
        ("objects", [{"position": number, "name": name} for number, name in enumerate(NAMES, 1)]),
        ("mapping", dict.fromkeys(NAMES)),
    ],
)
def test_customer_variables_have_many_forms(simulator: Simulator, platform: Any, form: str, expected: Any) -> None:
    simulator.settings(customer_variables_form=form)
    templates = platform.get("/api/v2/scripttemplates", PageSize=100, allDetails="true")
    scenario = next(each for each in templates if each["name"] == "sbc-scenario7")
    assert scenario["customerVariables"] == expected
    assert list(scenario["customerVariables"]) == list(expected)
    assert scenario["relatedScripts"] == [{"key": 700, "value": "sbc-scenario7Cleanup"}]


def test_texts_are_null_without_details(platform: Any) -> None:
    templates = platform.get("/api/v2/scripttemplates", PageSize=100)
    scenario = next(each for each in templates if each["id"] == 7)
    assert {scenario[name] for name in ("description", "script", "customerVariables")} == {None}
    assert scenario["relatedScripts"][0]["key"] == 700
    ids = {each["id"]: each["name"] for each in templates}
    assert (ids[5000], ids[5002]) == ("sbc-add-oc-numbers", "O365InitializationScript")
    assert "UMP OcEssential default SBC Onboarding script" in ids.values()


def test_channels_are_read_and_made(platform: Any) -> None:
    path = "/api/ovoc/v1/topology/channels"
    assert platform.get(f"{path}/1574")["name"] == "Rhine Partners"
    assert platform.ask("GET", f"{path}/1").status_code == 404
    made = platform.ask("POST", f"{path}/", {"name": "New", "tenantId": 868})
    assert (made.status_code, made.json()["url"]) == (201, f"ovoc/v1/topology/channels/{made.json()['id']}")
    assert [each["name"] for each in platform.get(path)["channels"]] == ["Rhine Partners", "Delta Resale", "New"]


def test_what_is_not_there_is_a_problem_body(platform: Any) -> None:
    response = platform.ask("GET", "/api/v9/anything")
    assert response.status_code == 404
    assert {"type", "title", "status", "traceId"} == set(response.json())
    wrong_verb = platform.ask("PUT", "/api/v3/customer")
    assert (wrong_verb.status_code, wrong_verb.json()["title"]) == (405, "Method Not Allowed")


def test_a_slash_at_the_end_changes_nothing(platform: Any) -> None:
    response = platform.ask("GET", "/api/v3/customer/", allow_redirects=False)
    assert (response.status_code, len(response.json())) == (200, 4)
