# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The service list and the leads may lag behind the truth; nothing is made twice for it."""

import pytest

from harness.cast import BRAD, POST, short_names
from harness.playbooks import Ansible, task
from simulator.client import Simulator

SERVICE = {"ms_tenant_id": BRAD, "short_name": "Brad"}
ABSENT = {"ms_tenant_id": BRAD, "state": "absent", "any_short_name": True}


@pytest.mark.parametrize(
    "switches",
    [
        {"service_list_lag_seconds": 20},
        {"lead_lag_seconds": 20},
        {"service_list_lag_seconds": 20, "lead_lag_seconds": 20, "output_guid": "camel"},
    ],
    ids=["service list", "lead", "both"],
)
def test_a_second_run_finds_the_service_in_spite_of_a_lag(
    ansible: Ansible, simulator: Simulator, switches: dict[str, object]
) -> None:
    simulator.settings(**switches)
    run = ansible.play(task("create", "oc_service", SERVICE), task("again", "oc_service", SERVICE))
    assert run["create"]["outcome"] == "created", run.output
    assert run["create"]["service"]["short_name"] == "Brad"
    assert (run["again"]["outcome"], run["again"].changed) == ("unchanged", False)
    assert run.sent.count(POST) == 1
    assert short_names(simulator.state()).count("Brad") == 1


@pytest.mark.long
def test_without_a_journal_the_platforms_refusal_is_taken_for_what_it_says(
    ansible: Ansible, simulator: Simulator
) -> None:
    simulator.settings(service_list_lag_seconds=3, lead_lag_seconds=3, output_guid="camel")
    options = {**SERVICE, "journal": False}
    run = ansible.play(task("create", "oc_service", options), task("again", "oc_service", options))
    assert (run["again"]["outcome"], run["again"].changed) == ("unchanged", False)
    assert run["again"]["service"]["short_name"] == "Brad"
    assert short_names(simulator.state()).count("Brad") == 1


@pytest.mark.parametrize("lag", ["service_list_lag_seconds", "lead_lag_seconds"])
@pytest.mark.long
def test_a_service_can_be_made_again_at_once_after_its_deletion(
    ansible: Ansible, simulator: Simulator, lag: str
) -> None:
    simulator.settings(output_guid="camel", **{lag: 60})
    ansible.play(task("create", "oc_service", SERVICE))
    run = ansible.play(
        task("absent", "oc_service", ABSENT),
        task("absent again", "oc_service", ABSENT),
        task("create anew", "oc_service", SERVICE),
        task("again", "oc_service", SERVICE),
    )
    assert run["absent"]["outcome"] == "deleted"
    assert run["absent again"]["outcome"] == "unchanged"
    assert run["create anew"]["outcome"] == "created"
    assert run["again"]["outcome"] == "unchanged"
    assert short_names(simulator.state()).count("Brad") == 1
