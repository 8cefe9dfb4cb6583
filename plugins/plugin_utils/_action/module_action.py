# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The action of every module: runs it in this process where the task would run here anyway, else has it sent.

A module that is sent costs a process, an archive to unpack and the compilation of the engine; all that is saved here.
The result is the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, ClassVar

from ansible.plugins.action import ActionBase
from ansible.utils.display import Display

from ...module_utils._module.definition import Definition
from ...module_utils._tasks.work_queue import deliver, take_signal
from .._resolve.given_types import type_problems, without_nulls
from .audience import PROGRESS, threads_may_display, wants_progress
from .circumstances import circumstances
from .core_access import as_module_result, base_folder, runs_again, setting, task_environment, templated
from .following import end_followed, run_followed
from .in_process import Conduct, run_in_process
from .parent import end_with_parent
from .placement import reason_to_send
from .preloading import preload
from .progress_lines import lines_on
from .shown_lines import LabelledDisplay, ShownLines
from .surroundings import surroundings

_PROGRESS_PATH = "progress_path"

_CHATTY = 3
"""The verbosity from which on Ansible itself displays what it does while a module runs."""


class ModuleAction(ActionBase):  # type: ignore[misc]
    """The action of the module that is called as the file with the action.

    :cvar module: its name.
    :cvar definition: what runs in this process.
    """

    module: ClassVar[str]
    definition: ClassVar[Definition]

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        self._supports_check_mode = True
        self._supports_async = True
        result: dict[str, Any] = super().run(tmp, task_vars)
        end_followed()
        end_with_parent()
        variables = task_vars or {}
        # What is refused for its types is refused here: a module that is sent gets values that have been converted.
        wrong_types = type_problems(self.definition.argument_spec, self._task.args)
        reason = None if wrong_types else reason_to_send(circumstances(self, variables))
        if reason is None:
            Display().vvv(f"{self.module} runs in this process")
            result.update(self._run_here(variables))
        else:
            Display().vvv(f"{self.module} is sent: {reason}")
            result.update(self._send(variables))
        return result

    def _run_here(self, task_vars: Mapping[str, Any]) -> dict[str, Any]:
        arguments = without_nulls(self.definition.argument_spec, self._task.args)
        facility = str(task_vars.get("ansible_syslog_facility") or setting("DEFAULT_SYSLOG_FACILITY", task_vars, ""))
        is_logged = not (self._task.no_log or setting("DEFAULT_NO_TARGET_SYSLOG", task_vars))
        conduct = Conduct(
            name=str(self._task.action),
            check=bool(self._task.check_mode),
            verbosity=Display().verbosity,
            log_facility=facility if is_logged else "",
            log_information=str(setting("TARGET_LOG_INFO", task_vars) or ""),
            repeats_options=bool(setting("INJECT_INVOCATION", task_vars, True)),
            listener=ShownLines(self._shown(task_vars)) if self._is_followed(arguments, task_vars) else None,
        )
        with surroundings(task_environment(self), base_folder(self)):
            values = run_in_process(self.definition, arguments, conduct)
        signal = take_signal()
        if signal is not None and runs_again(self):
            deliver(signal)  # or else the worker would begin with what Ansible has been told to end
        return as_module_result(self, values)

    def _send(self, task_vars: dict[str, Any]) -> dict[str, Any]:
        in_background = bool(self._task.async_val) and not self._connection.has_native_async
        arguments = without_nulls(self.definition.argument_spec, self._task.args)

        def execute(given: Mapping[str, Any]) -> dict[str, Any]:
            sent: dict[str, Any] = self._execute_module(
                module_args=dict(given), task_vars=task_vars, wrap_async=in_background
            )
            return sent

        if self._is_followed(arguments, task_vars) and self._may_follow(in_background):
            lines = lines_on(self._connection, self._make_tmp_path)
            result = run_followed(execute, arguments, lines, self._shown(task_vars), in_background=in_background)
            # The file is this action's, and none of the user's options.
            repeated = (result.get("invocation") or {}).get("module_args")
            if isinstance(repeated, dict) and _PROGRESS_PATH in repeated:
                repeated[_PROGRESS_PATH] = None
        else:
            result = execute(arguments)
        if not in_background:
            self._remove_tmp_path(self._connection._shell.tmpdir)
        return result

    def _is_followed(self, arguments: Mapping[str, Any], task_vars: Mapping[str, Any]) -> bool:
        """Return whether progress is displayed: not where the module has none, or the task is quiet or secret."""
        if _PROGRESS_PATH not in self.definition.options or self._task.no_log:
            return False
        return wants_progress(arguments, templated(self, task_vars.get(PROGRESS)))

    def _may_follow(self, in_background: bool) -> bool:
        """Return whether a module that is sent can be followed; not one that nobody waits for."""
        if in_background and not self._task.poll:
            return False
        # Then another thread displays too: the one that follows, or the one that runs the module.
        return threads_may_display() if in_background or Display().verbosity >= _CHATTY else True

    def _shown(self, task_vars: Mapping[str, Any]) -> LabelledDisplay:
        """Return what displays a line, after the host as results name it."""
        host = str(task_vars.get("inventory_hostname", "localhost"))
        return LabelledDisplay(f"{host} -> {self._task.delegate_to}" if self._task.delegate_to else host)


def action_of(name: str) -> type[ModuleAction]:
    """The action class for a file of an action.

    :param name: the dotted name of that file, whose last part is that of the module.
    """
    plugins, _separator, module = name.rpartition(".action.")
    definition = import_module(f"{plugins}.modules.{module}").MODULE
    preload(plugins)
    return type("ActionModule", (ModuleAction,), {"module": module, "definition": definition, "__module__": name})
