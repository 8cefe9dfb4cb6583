# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The objects of the role ``controller_content`` as a controller gets them, and the modules that they are made with."""

import importlib
import json
import re
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jinja2.nativetypes import NativeEnvironment

from harness.playbooks import ROOT

FOLDER = ROOT / "roles/controller_content/files"
CARRIED = ROOT / ".venv/carried"
MODULES = {
    "controller_labels": "label",
    "controller_notifications": "notification_template",
    "controller_instance_groups": "instance_group",
    "controller_credential_types": "credential_type",
    "controller_credentials": "credential",
    "controller_execution_environments": "execution_environment",
    "controller_projects": "project",
    "controller_inventories": "inventory",
    "controller_inventory_sources": "inventory_source",
    "controller_templates": "job_template",
    "controller_workflows": "workflow_job_template",
    "controller_schedules": "schedule",
    "aap_teams": "team",
    "controller_roles": "role",
}
"""The kinds of objects, each with the module that makes them."""


class _Literal(str):
    """A text that is not a template for Ansible."""


class _Loader(yaml.SafeLoader):
    """Reads the files as Ansible does."""


_Loader.add_constructor("!unsafe", lambda loader, node: _Literal(loader.construct_scalar(node)))


def objects(kind: str, **variables: Any) -> list[dict[str, Any]]:
    """The objects of a kind, with these variables of the role and the defaults of all others."""
    content = yaml.load((FOLDER / f"{kind}.yml").read_text(), _Loader)
    assert list(content) == [kind]
    if kind == "controller_roles":  # it looks at the objects that are read before it
        before = ("controller_templates", "controller_workflows")
        variables = {**{name: objects(name, **variables) for name in before}, **variables}
    found: list[dict[str, Any]] = _rendered(content[kind], variables)
    return found


def named(kind: str, name: str, **variables: Any) -> dict[str, Any]:
    """The one object of this name."""
    (found,) = [item for item in objects(kind, **variables) if item["name"] == name]
    return found


def _rendered(value: Any, variables: Mapping[str, Any]) -> Any:
    if isinstance(value, _Literal):
        return str(value)
    if isinstance(value, str):
        return _JINJA.from_string(value).render(variables) if "{{" in value else value
    if isinstance(value, dict):
        return {key: _rendered(item, variables) for key, item in value.items()}
    return [_rendered(item, variables) for item in value] if isinstance(value, list) else value


_JINJA = NativeEnvironment()
_JINJA.filters["to_json"] = json.dumps


class _Captured(Exception):
    """Carries an argument spec out of a module."""


@cache
def argument_spec(module: str) -> dict[str, Any]:
    """The options of a module of awx.awx."""
    assert (CARRIED / "ansible_collections/awx/awx").is_dir(), "run: make .venv/.ready-carried"
    if str(CARRIED) not in sys.path:
        sys.path.append(str(CARRIED))
    code = importlib.import_module(f"ansible_collections.awx.awx.plugins.modules.{module}")

    def capture(argument_spec: dict[str, Any], **rules: Any) -> None:
        raise _Captured(argument_spec)

    kept = code.ControllerAPIModule
    code.ControllerAPIModule = capture
    try:
        code.main()
    except _Captured as caught:
        spec: dict[str, Any] = caught.args[0]
        return spec
    finally:
        code.ControllerAPIModule = kept
    raise AssertionError(f"{module} has no argument spec")


def role_tasks(state: str = "present") -> dict[str, dict[str, Any]]:
    """The tasks of the role by the module that they use."""
    tasks = yaml.safe_load(Path(ROOT / f"roles/controller_content/tasks/{state}.yml").read_text())
    names = [(re.fullmatch(r"\{\{ __controller_content_(\w+) }}", task.get("action", "")), task) for task in tasks]
    found: dict[str, dict[str, Any]] = {}
    for name, task in names:
        if name:
            found.setdefault(name[1], task)
    return found
