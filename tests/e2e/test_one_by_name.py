# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One service by the names of its customer, SBC, scripts and script variables: no look-up tasks before it."""

from typing import Any

import pytest

from harness.cast import ALDER, FJORD, writes
from harness.playbooks import Ansible, task
from simulator.client import Simulator

PLANTED = "planted-Variable~pw.51"
NAMES: dict[str, Any] = {
    "company_name": "alder logistics",
    "short_name": "Alder",
    "sbc": "NL-SBC05",
    "onboarding_script": "sbc-scenario7",
    "proxy_set": "SIPTrunk",
    "online_pstn_gateway": "oc1.sandbox2.audiocodes.be",
    "script_variables": {"IPPBX-ProxyAddress": "10.1.1.5", "SIP-HostName": PLANTED},
    "secret_script_parameters": ["SIP-HostName"],
}


def test_one_service_by_names(ansible: Ansible, simulator: Simulator) -> None:
    company = {"company_name": "Alder Logistics", "short_name": "Alder"}
    run = ansible.play(
        task("check", "oc_service", NAMES, check_mode=True, diff=True),
        task("create", "oc_service", NAMES, diff=True),
        task("again", "oc_service", {**NAMES, "script_variables": {"IPPBX-ProxyAddress": "10.1.1.99"}}),
        task("rename", "oc_service", {**company, "full_name": "Alder AG"}),
        task("delete", "oc_service", {**company, "state": "absent"}),
        verbosity=4,
    )
    outcomes = [run[name]["outcome"] for name in ("check", "create", "again", "rename", "delete")]
    assert outcomes == ["would_create", "created", "unchanged", "updated", "deleted"], run.output
    assert run["create"]["request"]["msTenantId"] == ALDER
    assert run["create"]["request"]["siteLocation"]["sbcId"] == 2
    assert run["create"]["request"]["siteLocation"]["sbcCleanupScript"] == 700
    assert run["check"]["diff"] == run["create"]["diff"]
    assert run["again"]["differs"] == ["IPPBX-ProxyAddress is 10.1.1.5, wanted 10.1.1.99"]
    assert "CustomVar" not in run["again"].warnings
    assert PLANTED not in run.text
    assert "Alder" not in [each["customer_short_name"] for each in simulator.state()["services"]]


WRONG: tuple[tuple[dict[str, Any], str], ...] = (
    ({"company_name": "Aldr Logistics"}, "Alder Logistics"),
    ({"sbc": "NL-SBC5"}, "NL-SBC05"),
    ({"onboarding_script": "sbc-scenario8"}, "sbc-scenario7"),
    ({"script_variables": {"IPPBX-ProxyAdress": "10.1.1.5"}}, "IPPBX-ProxyAddress"),
    ({"ms_tenant_id": ALDER}, "mutually exclusive"),
    ({"site_location": {"sbc_id": 2}}, "sbc and site_location.sbc_id say the same"),
    ({"script_parameters": {"ProxySet": "x"}}, "proxy_set and script_parameters.ProxySet say the same"),
    ({"company_name": None}, "ms_tenant_id"),
    ({"short_name": "no good"}, "3 to 15 letters"),
)
"""What is wrong in a service that could be made otherwise, and what is said."""


def test_a_wrong_name_is_one_clear_error(ansible: Ansible) -> None:
    given = [
        {name: value for name, value in {**NAMES, **options}.items() if value is not None} for options, _said in WRONG
    ]
    messages, run = ansible.refusals("oc_service", given)
    for (_options, said), message in zip(WRONG, messages, strict=True):
        assert said in message
    assert writes(run.sent) == []


@pytest.mark.parametrize("more", [{"company_name": "Fjord Shipping"}, {"ms_tenant_id": FJORD, "sbc": "NL-SBC05"}])
def test_a_deletion_by_name_says_which_service_it_means(ansible: Ansible, more: dict[str, Any]) -> None:
    run = ansible.play(
        task("unsaid", "oc_service", {**more, "state": "absent"}, ignore_errors=True),
        task("other", "oc_service", {**more, "state": "absent", "short_name": "Another"}, ignore_errors=True),
        task("check", "oc_service", {**more, "state": "absent", "short_name": "FjordShip"}, check_mode=True),
    )
    assert "short_name is missing: only a service of this short name is deleted" in run["unsaid"].message
    assert "it is not deleted" in run["other"].message
    assert run["check"]["outcome"] == "would_delete"
    assert writes(run.sent) == []


def test_a_company_alone_is_enough_beside_ids(ansible: Ansible) -> None:
    wanted = {"company_name": "Alder Logistics", "short_name": "no good", "licensed_users": -1}
    run = ansible.play(task("run", "oc_service", wanted))
    assert "3 to 15 letters" in run["run"].message
    assert "licensed_users" in run["run"].message
    assert run.sent == []
