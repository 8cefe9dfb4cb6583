# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One service from nothing to gone again, in check mode and for real."""

from e2e.cast import BRAD, LEADS, POST, SERVICE_LIST, logins, writes
from e2e.playbooks import Ansible, task
from simulator.client import Simulator

BRAD_SERVICE = {"ms_tenant_id": BRAD, "short_name": "Bradx35340067", "full_name": "Brad Telecom"}


def test_a_service_is_created_once_and_deleted_once(ansible: Ansible, simulator: Simulator) -> None:
    absent = {"ms_tenant_id": BRAD, "state": "absent"}
    run = ansible.play(
        task("missing", "oc_service", {"short_name": "Bradx35340067"}, ignore_errors=True),
        task("check", "oc_service", BRAD_SERVICE, check_mode=True, diff=True),
        task("create", "oc_service", BRAD_SERVICE, diff=True),
        task("check again", "oc_service", BRAD_SERVICE, check_mode=True),
        task("again", "oc_service", BRAD_SERVICE),
        task("check absent", "oc_service", absent, check_mode=True, diff=True),
        task("absent", "oc_service", absent, diff=True),
        task("absent again", "oc_service", absent),
    )
    assert run.rc == 0, run.output
    print([(n, round(l["ended"] - l["started"], 2)) for l in run.lines for n in [l["task"]]])
