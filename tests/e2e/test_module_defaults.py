# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The action group ``all``: one place for the connection of every module."""

import pytest

from harness.cast import BRAD, FJORD, NOBODY, logins
from harness.playbooks import COLLECTION, Ansible, asking_modules, task
from simulator.client import Simulator

OPTIONS: dict[str, dict[str, object]] = {
    "oc_lead": {"ms_tenant_id": NOBODY, "company_name": "Nobody Ltd"},
    "oc_number_info": {"ms_tenant_id": FJORD},
    "oc_number_removal": {"ms_tenant_id": FJORD, "state": "confirmed", "numbers": ["+31201999999"]},
    "oc_numbers": {"ms_tenant_id": FJORD, "numbers": ["+31201000000"]},
    "oc_service": {"ms_tenant_id": BRAD, "short_name": "Brad"},
    "oc_services": {"services": [{"ms_tenant_id": BRAD, "short_name": "Brad"}]},
    "sip_connection_info": {"site_location_id": 4001},
    "task_info": {"task_ids": ["wst_none"]},
}


@pytest.mark.long
def test_the_group_reaches_every_module(ansible: Ansible, simulator: Simulator) -> None:
    modules = asking_modules()
    assert len(modules) >= 9
    names = ("base_url", "auth_tenant_id", "client_id", "client_secret", "auth_scope", "auth_url")
    connection = {name: f"{{{{ connection.{name} }}}}" for name in names}
    run = ansible.play(
        *(task(module, module, OPTIONS.get(module)) for module in modules),
        play={"module_defaults": {f"group/{COLLECTION}.all": connection}},
        variables={"connection": {name: simulator.facts[name] for name in names}},
        environment=dict.fromkeys(simulator.environment),
        check=True,
    )
    assert run.rc == 0, run.output
    for module in modules:
        assert run[module].state == "ok"
        assert run[module].sent
    assert logins(run.sent) == 1
