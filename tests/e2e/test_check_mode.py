# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check mode, seen from the platform: every module and playbook only reads, and says what the real run then does."""

from pathlib import Path
from typing import Any

import pytest

from harness.cast import ALDER, BIRCH, BRAD, CEDAR, FJORD, FJORD_SERVICE, NOBODY, OPAL, writes
from harness.figures import Figures
from harness.loud import SceneStage
from harness.playbooks import COLLECTION, Ansible, Run, asking_modules, task
from harness.scenes import SCENES, Case
from simulator.client import Simulator

PARAMETERS = {"script_parameters": {"ProxySet": "SIPTrunk"}, "licensed_users": 7}
MODULES: dict[str, tuple[str, dict[str, Any]]] = {
    "create": ("oc_service", {"ms_tenant_id": BRAD, "short_name": "Brad", **PARAMETERS}),
    "keep": ("oc_service", {"ms_tenant_id": FJORD, "short_name": "FjordShip"}),
    "create some": (
        "oc_services",
        {
            "services": [
                {"ms_tenant_id": ALDER, "short_name": "Alder", **PARAMETERS},
                {"ms_tenant_id": BIRCH, "short_name": "Birch"},
                {"ms_tenant_id": OPAL, "short_name": "Opal_Travel"},
            ]
        },
    ),
    "delete": ("oc_service", {"ms_tenant_id": FJORD, "short_name": "FjordShip", "state": "absent"}),
    "create a lead": ("oc_lead", {"ms_tenant_id": NOBODY, "company_name": "Juniper Books"}),
    "delete a lead": ("oc_lead", {"ms_tenant_id": CEDAR, "state": "absent"}),
    "upload numbers": ("oc_numbers", {"ms_tenant_id": ALDER, "numbers": ["+31201000000-+31201000009"]}),
    "numbers": ("oc_number_info", {"ms_tenant_id": ALDER}),
    "removal of numbers": (
        "oc_number_removal",
        {"ms_tenant_id": ALDER, "state": "confirmed", "numbers": ["+31201999999"]},
    ),
    "tasks": ("task_info", {"task_ids": ["wst_0000"]}),
    "leads": ("oc_lead_info", {"status": "Active"}),
    "services": ("oc_service_info", {"details": True}),
    "status": ("oc_status_info", {"customers": [{"ms_tenant_id": FJORD}, {"ms_tenant_id": NOBODY}]}),
    "SIP connections": ("sip_connection_info", {"ump_customer_guid": FJORD_SERVICE}),
    "SBCs": ("sbc_info", {}),
    "scripts": ("script_template_info", {"details": True}),
    "calling profiles": ("calling_profile_info", {}),
    "channels": ("channel_info", {}),
}
"""The deletion comes after what needs the service."""

WRITES = {"create", "create some", "delete", "create a lead", "delete a lead", "upload numbers"}


def told(run: Run) -> dict[tuple[str, str], tuple[bool, Any]]:
    """Of each task of the collection and host, whether it changed something, and the difference that it shows."""
    return {
        (line["task"], line["host"]): (bool(line["result"].get("changed")), line["result"].get("diff"))
        for line in run.lines
        if line["action"].startswith(COLLECTION)
    }


@pytest.mark.long
def test_every_module_only_reads_and_says_what_the_real_run_does(ansible: Ansible) -> None:
    assert {module for module, _options in MODULES.values()} == set(asking_modules())
    order = [name for name in MODULES if name != "delete"] + ["delete"]
    tasks = [task(name, *MODULES[name]) for name in order]
    check = ansible.play(*tasks, check=True, diff=True)
    assert check.rc == 0, check.output
    assert writes(check.sent) == []
    real = ansible.play(*tasks, diff=True)
    assert real.rc == 0, real.output
    assert told(check) == told(real)
    assert {name for (name, _host), (changed, _diff) in told(real).items() if changed} == WRITES
    for name in order:
        assert writes(check[name].sent) == [], name
        assert bool(writes(real[name].sent)) is (name in WRITES), name


@pytest.mark.long
@pytest.mark.parametrize("name", list(SCENES))
def test_every_playbook_only_reads_and_says_what_the_real_run_does(
    tmp_path: Path, simulator: Simulator, name: str
) -> None:
    scene = SCENES[name]
    stage = SceneStage(tmp_path, Figures(), simulator, Case(scene))
    check, real = stage.run(check=True), stage.run()
    assert writes(check.sent) == []
    assert check.rc == real.rc, check.output
    assert check.recap["changed"] == real.recap["changed"]
    planned, done = told(check), told(real)
    assert planned, check.output
    assert planned == {each: done[each] for each in planned}
    assert bool(writes(real.sent)) is scene.playbook.startswith(("onboard", "offboard", "apply", "manage"))
