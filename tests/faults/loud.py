# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real ``ansible-playbook`` at -vvvv in trouble: what it writes holds no secret, and the next run settles it."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from e2e.cast import ALDER, BRAD
from e2e.playbooks import COLLECTION, Ansible
from e2e.secretive import QUIET, by_name, make_loud
from faults.figures import Figures
from faults.killing import count_services
from faults.troubles import REQUESTS, rule, troubles_of
from simulator.client import Simulator
from simulator.tokens import PREFIX

_REQUEST_TIMEOUT = 1
_LIMITS = {"sbc_onboarding_settle_timeout": 3, "sbc_onboarding_wait_timeout": 10, "sbc_onboarding_verify_timeout": 1}
"""Seconds; the simulator's tasks and lags stay well below."""

IN_THE_PLAYBOOK = tuple(name for name in REQUESTS if name not in ("delete", "SBC devices"))


def loud_once(folder: Path, figures: Figures, chance: random.Random) -> str:
    """One schedule: the main playbook in trouble, then without; what was tried."""
    request = chance.choice(IN_THE_PLAYBOOK)
    trouble = chance.choice(sorted(troubles_of(request)))
    often = chance.choice([1, [2, 3], "every"])
    services = [by_name(BRAD, "Brad01"), by_name(ALDER, "Alder")]
    variables = {"live_platform_services": services, **_LIMITS}
    figures.schedule()
    with Simulator(existing_service="accept", task_seconds=0.3) as platform:
        platform.seed(templates=[QUIET])
        ansible = Ansible(folder, platform, [platform.facts["client_secret"], PREFIX])
        make_loud(ansible)
        platform.faults(rule(request, _in_time(troubles_of(request)[trouble]), often))
        environment = {"LIVE_PLATFORM_REQUEST_TIMEOUT": str(_REQUEST_TIMEOUT)}
        how: dict[str, Any] = {"variables": variables, "diff": True, "environment": environment}
        tried = f"{request}, {trouble}, {often}"
        try:
            first = ansible.run(f"{COLLECTION}.onboard_services", verbosity=4, **how)
        except AssertionError:
            figures.leak()
            raise
        figures.run([1] if first.rc else [])
        platform.clear_faults()
        second = ansible.run(f"{COLLECTION}.onboard_services", **how)
        figures.run([1] if second.rc else [])
        figures.requests(len(platform.log()))
        assert second.rc == 0, f"{tried}\n{first.output}\n{second.output}"
        count_services(platform, services, figures)
    return tried


def _in_time(action: dict[str, Any]) -> dict[str, Any]:
    """Delays that are longer than the request timeout, but no longer than need be."""
    return {**action, "seconds": 2 * _REQUEST_TIMEOUT} if action["type"] == "delay" else action
