# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task says about where its module is to run."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any

from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase
from ansible.release import __version__ as ansible_version

from ...module_utils._core.version import unmet
from .core_access import becomes_another_user, setting, templated
from .placement import Circumstances

SWITCH = "live_platform_in_process"
"""The variable that has all modules sent when it is false."""

SWITCH_IN_ENVIRONMENT = "LIVE_PLATFORM_IN_PROCESS"
"""The environment variable for the same; the variable goes before it."""

_NO_PYTHON_IN_PARTICULAR = ("", "auto", "auto_silent", "auto_legacy", "auto_legacy_silent")


def circumstances(action: ActionBase, task_vars: Mapping[str, Any]) -> Circumstances:
    """Those of the task of an action."""
    return Circumstances(
        switched_off=_switched_off(action, task_vars),
        transport=str(action._connection.transport).rsplit(".", 1)[-1],
        becomes=becomes_another_user(action),
        in_background=bool(action._task.async_val),
        interpreter=_interpreter(action, task_vars),
        own_interpreter=sys.executable,
        missing=tuple(unmet(ansible_version)),
    )


def _switched_off(action: ActionBase, task_vars: Mapping[str, Any]) -> str:
    variable = templated(action, task_vars.get(SWITCH))
    for name, value in ((SWITCH, variable), (SWITCH_IN_ENVIRONMENT, os.environ.get(SWITCH_IN_ENVIRONMENT))):
        if value is not None and value != "":
            return "" if boolean(value, strict=False) else name
    return ""


def _interpreter(action: ActionBase, task_vars: Mapping[str, Any]) -> str:
    """The Python that the user asks for; an empty string: none in particular."""
    delegated = task_vars.get("ansible_delegated_vars") or {}
    variables = delegated.get(action._task.delegate_to, task_vars) if action._task.delegate_to else task_vars
    asked = str(templated(action, setting("INTERPRETER_PYTHON", variables)) or "").strip()
    if asked in _NO_PYTHON_IN_PARTICULAR:
        return ""
    return sys.executable if _is_this_one(asked) else asked


def _is_this_one(path: str) -> bool:
    """Return whether this is the Python of this process: in the same folder, where a virtual environment begins."""
    here = sys.executable
    return os.path.dirname(path) == os.path.dirname(here) and os.path.realpath(path) == os.path.realpath(here)
