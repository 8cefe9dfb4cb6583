# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A service that exists: what is different about it is said, and changed where that is asked for."""

import pytest

from harness.cast import BRAD, FJORD, NIMBUS, short_names, writes
from harness.playbooks import Ansible, Step, task
from simulator.client import Simulator

PLANTED_PASSWORD = "planted-Carrier~pw.23"


def differing(step: Step) -> dict[str, tuple[object, object]]:
    return {item["option"]: (item["existing"], item["wanted"]) for item in step["differences"]}


def test_every_difference_that_can_be_read_back_is_returned_and_warned_about(ansible: Ansible) -> None:
    wanted = {
        "ms_tenant_id": FJORD,
        "short_name": "FjordShip",
        "on_difference": "report",
        "full_name": "Fjord Shipping AS",
        "licensed_users": 41,
        "license_type": "oc_pro",
        "site_location": {"name": "FjordShip", "sbc_id": 3, "onboarding_script": 5, "cleanup_script": 700},
        "script_parameters": {
            "ProxySet": "SIPTrunk",
            "CustomVar.Variable1": "10.40.1.6",
            "CarrierUserPassword": "{{ password }}",
        },
    }
    conduct = {"vars": {"password": PLANTED_PASSWORD}}
    run = ansible.play(
        task("check", "oc_service", wanted, check_mode=True),
        task("run", "oc_service", wanted, diff=True),
        play=conduct,
        verbosity=4,
    )
    step = run["run"]
    assert (step["outcome"], step.changed) == ("unchanged", False)
    assert writes(run.sent) == []
    found = differing(step)
    assert found["full_name"] == ("Fjord Shipping", "Fjord Shipping AS")
    assert found["licensed_users"] == (40, 41)
    assert found["license_type"] == ("oc_essential", "oc_pro")
    assert found["site_location.sbc_id"] == (2, 3)
    assert found["site_location.onboarding_script"] == (7, 5)
    assert found["script_parameters.CustomVar.Variable1"] == ("10.40.1.5", "10.40.1.6")
    assert "site_location.cleanup_script" not in found
    assert "script_parameters.ProxySet" not in found
    for option in found:
        assert option in step.warnings
        assert option in run.text
    assert differing(run["check"]) == found
    assert run["check"].warnings == step.warnings


def test_another_short_name_is_a_failure(ansible: Ansible, simulator: Simulator) -> None:
    run = ansible.play(task("run", "oc_service", {"ms_tenant_id": FJORD, "short_name": "FjordTwo"}))
    step = run["run"]
    assert step.failed
    assert (step["outcome"], step.changed) == ("failed", False)
    assert "under the short name 'FjordShip', not 'FjordTwo'" in step.message
    assert writes(run.sent) == []
    assert "FjordTwo" not in short_names(simulator.state())


def test_a_service_of_another_name_or_guid_is_not_deleted(ansible: Ansible, simulator: Simulator) -> None:
    absent = {"ms_tenant_id": FJORD, "state": "absent"}
    run = ansible.play(
        task("other name", "oc_service", {**absent, "short_name": "Another"}, ignore_errors=True),
        task("other guid", "oc_service", {**absent, "ump_customer_guid": BRAD}, ignore_errors=True),
        task("right name", "oc_service", {**absent, "short_name": "fjordship"}, check_mode=True),
    )
    for name in ("other name", "other guid"):
        assert run[name].failed
        assert "it is not deleted" in run[name].message
        assert run[name].failure["hint"]
    assert run["right name"]["outcome"] == "would_delete"
    assert writes(run.sent) == []
    assert "FjordShip" in short_names(simulator.state())


@pytest.mark.long
def test_a_hosted_service_beside_neither_counts_nor_is_deleted(ansible: Ansible, simulator: Simulator) -> None:
    service = {"ms_tenant_id": NIMBUS, "short_name": "Nimbus_OC"}
    run = ansible.play(
        task("absent before", "oc_service", {"ms_tenant_id": NIMBUS, "state": "absent", "any_short_name": True}),
        task("create", "oc_service", service),
        task("again", "oc_service", service),
        task("absent", "oc_service", {"ms_tenant_id": NIMBUS, "state": "absent", "any_short_name": True}),
    )
    outcomes = [run[name]["outcome"] for name in ("absent before", "create", "again", "absent")]
    assert outcomes == ["unchanged", "created", "unchanged", "deleted"]
    assert "NimbusHosted" in short_names(simulator.state())
    assert "Nimbus_OC" not in short_names(simulator.state())
