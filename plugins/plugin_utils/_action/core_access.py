# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is used of ansible-core that it does not document for plugins. Nothing else of the collection does so.

Each function says what it relies on; a test calls each on every ansible-core that is supported.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from inspect import signature
from typing import Any

from ansible import constants
from ansible.plugins.action import ActionBase

_FORMAT = "legacy"
"""What Ansible calls the format that modules write by default."""


def task_environment(action: ActionBase) -> dict[str, str]:
    """The variables of ``environment``, of the task and of what is around it.

    Relies on ``ActionBase._compute_environment_string``, which also fills a dictionary.
    """
    found: dict[str, Any] = {}
    action._compute_environment_string(found)
    return {str(name): str(value) for name, value in found.items()}


def setting(name: str, task_vars: Mapping[str, Any], default: Any = None) -> Any:
    """A setting of Ansible, as the configuration, the environment and the variables of the task say.

    Relies on ``constants.config``, which every plugin of ansible-core uses, but which is not documented.

    :param default: where this ansible-core has no such setting.
    """
    if name not in constants.config.get_configuration_definitions():
        return default
    return constants.config.get_config_value(name, variables=dict(task_vars))


def templated(action: ActionBase, value: Any) -> Any:
    """The value of a variable, which may hold a template. Relies on the templar that an action has."""
    return action._templar.template(value) if isinstance(value, str) else value


def becomes_another_user(action: ActionBase) -> bool:
    """Return whether the task has ``become``. Relies on the attribute that a connection has for the plugin that does
    it.
    """
    return getattr(action._connection, "become", None) is not None


def runs_again(action: ActionBase) -> bool:
    """Return whether the action may be run again in this process: for another item of a loop, or as a retry.

    Relies on the attributes of a task that hold these keywords.
    """
    task = action._task
    return task.loop is not None or bool(task.until) or bool(task.retries)


def base_folder(action: ActionBase) -> str:
    """Return where a local module runs: the folder of the playbook. Relies on the loader that an action has."""
    return str(action._loader.get_basedir())


def as_module_result(action: ActionBase, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as if a module had written them: plain data, with the marks that Ansible gives to them.

    Relies on ``ActionBase._parse_returned_data``, which reads what a module writes. It takes the name of a format from
    ansible-core 2.19 on, and returns more than a dictionary from 2.21 on.
    """
    written = {"rc": 0, "stdout": json.dumps(values), "stdout_lines": [], "stderr": "", "stderr_lines": []}
    parse = action._parse_returned_data
    parsed = parse(written, _FORMAT) if len(signature(parse).parameters) > 1 else parse(written)
    as_dictionary = getattr(parsed, "as_result_dict", None)
    result: dict[str, Any] = as_dictionary(for_round_trip=True) if as_dictionary else parsed
    return result
