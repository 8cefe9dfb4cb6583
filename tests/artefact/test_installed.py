# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From an empty collections path, every module runs."""

import json
from pathlib import Path
from typing import Any

import pytest

from artefact.conftest import Run
from artefact.opened import Opened
from harness.cast import ALDER, BIRCH, FJORD, FJORD_SERVICE, NOBODY
from harness.playbooks import COLLECTION, Ansible, task

KINDS = {"module": "modules", "filter": "filter", "inventory": "inventory"}

OPTIONS: dict[str, dict[str, Any]] = {
    "calling_profile_info": {},
    "channel_info": {},
    "check_variables": {"playbook": "report_services", "services": [{"ms_tenant_id": FJORD}]},
    "oc_lead": {"ms_tenant_id": NOBODY, "company_name": "Juniper Books"},
    "oc_lead_info": {"ms_tenant_id": FJORD},
    "oc_number_info": {"ms_tenant_id": FJORD},
    "oc_number_removal": {"ms_tenant_id": FJORD, "state": "confirmed", "numbers": ["+31201999999"]},
    "oc_numbers": {"ms_tenant_id": FJORD, "numbers": ["+31201000000-+31201000009"]},
    "oc_service": {"ms_tenant_id": ALDER, "short_name": "Alder"},
    "oc_service_info": {"ms_tenant_id": FJORD},
    "oc_services": {"services": [{"ms_tenant_id": BIRCH, "short_name": "Birch"}]},
    "oc_status_info": {"customers": [{"ms_tenant_id": FJORD}]},
    "read_services": {"answers": {"ms_tenant_id": FJORD}},
    "resolve_services": {"step": "removals", "services": [{"ms_tenant_id": FJORD, "short_name": "FjordShip"}]},
    "sbc_info": {"name": "NL-SBC05"},
    "script_template_info": {"name": "sbc-scenario7"},
    "sip_connection_info": {"ump_customer_guid": FJORD_SERVICE},
    "task_info": {"task_ids": ["{{ oc_service.task.id }}"]},
}
"""Options with which each module has something to tell."""

CHANGES = {"oc_lead", "oc_numbers", "oc_service", "oc_services"}
HELPERS = {"check_variables", "read_services", "resolve_services"}
"""They ask nobody."""


def test_every_module_runs(ansible: Ansible, opened: Opened) -> None:
    assert sorted(OPTIONS) == opened.plugins("modules")
    tasks = (task(name, name, options, register=name) for name, options in OPTIONS.items())
    run = ansible.play(*tasks, variables={"live_platform_outcomes": []})
    assert run.rc == 0, run.output
    for name in OPTIONS:
        assert run[name].changed == (name in CHANGES), name
        assert bool(run[name].sent) == (name not in HELPERS), name
    assert "WARNING" not in run.output


@pytest.mark.parametrize("kind", KINDS)
def test_every_plugin_can_be_read_with_ansible_doc(kind: str, opened: Opened, installed: Path, run: Run) -> None:
    expected = [f"{COLLECTION}.{name}" for name in opened.plugins(KINDS[kind])]
    if not expected:
        return
    output = run("ansible-doc", "-t", kind, "--json", *expected, ANSIBLE_COLLECTIONS_PATH=str(installed))
    documents = json.loads(output)
    assert sorted(documents) == expected
    for name, document in documents.items():
        assert document["doc"]["filename"].startswith(str(installed)), name


def test_a_playbook_runs_by_its_name(ansible: Ansible) -> None:
    run = ansible.run(f"{COLLECTION}.service_status")
    assert run.rc == 0, run.output
    assert "FjordShip" in run.output
