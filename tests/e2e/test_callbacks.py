# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Callback plugins get the same, whether a module runs in Ansible's own process or is sent."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from e2e.controller_objects import CARRIED
from harness.cast import BRAD, FJORD
from harness.playbooks import Ansible, Run, task
from simulator.client import Simulator

SECRET = "planted-Carrier~pw.23"
SERVICE = {"ms_tenant_id": BRAD, "short_name": "Brad", "script_parameters": {"CarrierUserPassword": "{{ password }}"}}
TASKS = (
    task("create", "oc_service", SERVICE),
    task("look", "oc_service_info", {"ms_tenant_id": FJORD}),
    task("refused", "oc_service", {"ms_tenant_id": "Brad"}, ignore_errors=True),
)
WRITERS = ("junit", "tree", "ansible.posix.profile_tasks", "ansible.posix.profile_roles", "ansible.posix.timer")
"""Callbacks that write beside the usual output."""

_VARYING = re.compile(r"\b(wst_)?[0-9a-f]{8}-[0-9a-f-]{27}\b|/(true|false)(?=/)|\d+")
"""Ids, the folder of a run, and numbers, which may be times."""
_RULES = re.compile(r"[-*=]{3,}")
_TIMES = {"duration", "elapsed", "polls", "start", "end"}


def _plays(tmp_path: Path, simulator: Simulator, ansible: Ansible, **environment: str) -> Iterator[tuple[Run, Path]]:
    """The same play in both ways, each with a folder for what callbacks write."""
    path = os.pathsep.join((ansible.environment["ANSIBLE_COLLECTIONS_PATH"], str(CARRIED)))
    for way in ("false", "true"):
        simulator.reset(tokens=True)
        folder = tmp_path / way
        folder.mkdir()
        more = {
            "ANSIBLE_COLLECTIONS_PATH": path,
            "ANSIBLE_CALLBACK_TREE_DIR": str(folder / "tree"),
            "JUNIT_OUTPUT_DIR": str(folder / "junit"),
            "LIVE_PLATFORM_IN_PROCESS": way,
            **environment,
        }
        run = Ansible(folder, simulator, ansible.secrets).play(
            *TASKS, play={"vars": {"password": SECRET}}, environment=more
        )
        assert run.rc == 0, run.output
        yield run, folder


def _steady(text: str) -> list[str]:
    """The lines of a text without what varies, in an order that does not depend on it."""
    return sorted(_RULES.sub("", _VARYING.sub("#", line)).strip() for line in text.splitlines())


def _without_times(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_times(each) for key, each in value.items() if key not in _TIMES}
    if isinstance(value, list):
        return [_without_times(each) for each in value]
    return _VARYING.sub("#", value) if isinstance(value, str) else value


def _cases(folder: Path) -> list[tuple[Any, ...]]:
    """What the report for JUnit says: of each test its name, and whether and how it failed."""
    (report,) = (folder / "junit").glob("*.xml")
    cases = ElementTree.parse(report).getroot().iter("testcase")
    return [(each.get("name"), [(part.tag, _steady(part.text or "")) for part in each]) for each in cases]


def _tree(folder: Path) -> Any:
    return _without_times(json.loads((folder / "tree" / "localhost").read_text()))


def test_callbacks_that_write_beside_the_output(tmp_path: Path, simulator: Simulator, ansible: Ansible) -> None:
    (sent, one), (here, other) = _plays(tmp_path, simulator, ansible, ANSIBLE_CALLBACKS_ENABLED=",".join(WRITERS))
    assert _steady(here.stdout) == _steady(sent.stdout)
    assert any("TASKS RECAP" in line for line in here.stdout.splitlines()), here.output
    assert _cases(other) == _cases(one)
    names = [str(name) for name, _parts in _cases(other)]
    assert all(each["name"] in name for each, name in zip(TASKS, names, strict=True)), names
    assert _cases(other)[-1][1]
    assert _tree(other) == _tree(one)
    for path in (*(tmp_path / "true").rglob("*"), *(tmp_path / "false").rglob("*")):
        if path.is_file() and path.parent.name in ("tree", "junit"):
            assert SECRET not in path.read_text()


@pytest.mark.long
@pytest.mark.parametrize("callback", ["minimal", "oneline", "ansible.posix.debug", "ansible.posix.json"])
def test_callbacks_that_write_the_output(tmp_path: Path, simulator: Simulator, ansible: Ansible, callback: str) -> None:
    (sent, _), (here, _) = _plays(tmp_path, simulator, ansible, ANSIBLE_STDOUT_CALLBACK=callback)
    if callback.endswith("json"):
        reports = [_without_times(json.loads(run.stdout)) for run in (sent, here)]
        for report in reports:
            for play in report["plays"]:
                for each in (play["play"], *(one["task"] for one in play["tasks"])):
                    del each["id"]
        assert reports[1] == reports[0]
    else:
        assert _steady(here.stdout) == _steady(sent.stdout)
    assert SECRET not in here.stdout
