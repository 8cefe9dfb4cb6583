# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Showing what a module says while it still runs.

The module writes lines to a file, and this follows the file. The other way would be to let the module return after each
interval and to call it again. That costs a module start, a look-up and perhaps a login every time, it needs a place for
the results so far, and it can end a slice only between two requests; following a file costs nothing of all that, leaves
one module with one result, and works without a journal. The price: where the module runs on another host, the file is
read over a connection of its own.

The main thread displays, and another one runs the module, since not every controller lets other threads display.
"""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, ClassVar

from ansible.plugins.action import ActionBase
from ansible.utils.display import Display

from .audience import (
    PROGRESS,
    threads_may_display,
    wants_progress,
)
from .progress_lines import ProgressLines, lines_on

Execute = Callable[..., "dict[str, Any]"]

_AWAKE_PAUSE = 0.05
"""Seconds for a task in the background: nobody tells that it has ended, and the last line should be shown too."""

_CHATTY = 3
"""The verbosity from which on Ansible itself displays what it does while a module runs."""


class FollowingAction(ActionBase):
    """Runs the module of the same name and shows its progress, unless the task is quiet, secret, or not waited for."""

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        self._supports_check_mode = True
        self._supports_async = True
        result = super().run(tmp, task_vars)
        in_background = bool(self._task.async_val) and not self._connection.has_native_async
        arguments = dict(self._task.args)
        execute = _Execution(self._execute_module, {"task_vars": task_vars, "wrap_async": in_background})
        _Background.end_the_last()
        if not self._is_followed(arguments, task_vars or {}, in_background):
            result.update(execute(arguments))
        else:
            lines = lines_on(self._connection, self._make_tmp_path)
            arguments["progress_path"] = lines.path
            show = _Show(lines, self._label(task_vars or {}))
            result.update((_follow_in_background if in_background else _follow)(execute, arguments, show))
        if not in_background:
            self._remove_tmp_path(self._connection._shell.tmpdir)
        return result

    def _is_followed(self, arguments: Mapping[str, Any], task_vars: Mapping[str, Any], in_background: bool) -> bool:
        unattended = in_background and not self._task.poll
        if self._task.no_log or unattended or not wants_progress(arguments, self._variable(task_vars)):
            return False
        # Then another thread displays too: the one that follows, or the one that runs the module.
        return threads_may_display() if in_background or Display().verbosity >= _CHATTY else True

    def _variable(self, task_vars: Mapping[str, Any]) -> Any:
        value = task_vars.get(PROGRESS)
        return self._templar.template(value) if isinstance(value, str) else value

    def _label(self, task_vars: Mapping[str, Any]) -> str:
        """The host as results name it."""
        host = str(task_vars.get("inventory_hostname", "localhost"))
        return f"{host} -> {self._task.delegate_to}" if self._task.delegate_to else host


class _Execution:
    """Runs a module with the arguments of the task and others."""

    def __init__(self, execute: Execute, conduct: Mapping[str, Any]) -> None:
        self._execute = execute
        self._conduct = conduct

    def __call__(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        return self._execute(module_args=dict(arguments), **self._conduct)


class _Show:
    """Displays the lines of a file."""

    def __init__(self, lines: ProgressLines, label: str) -> None:
        self.lines = lines
        self._label = label
        self._display = Display()

    def __call__(self) -> None:
        with suppress(Exception):  # what hinders the showing must not hinder the work
            for line in self.lines.fresh():
                self._display.display(f"[{self._label}] {line}")


def _follow(execute: _Execution, arguments: Mapping[str, Any], show: _Show) -> dict[str, Any]:
    """Run the module in a thread, and display what it says in this one."""
    ended: list[dict[str, Any] | BaseException] = []

    def work() -> None:
        try:
            ended.append(execute(arguments))
        except BaseException as error:  # raised again, where it belongs
            ended.append(error)

    # Since ansible-core 2.19, what belongs to the task is kept with the context.
    thread = threading.Thread(target=contextvars.copy_context().run, args=(work,), daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(show.lines.pause)
            show()
        show()
    finally:
        show.lines.remove()
    (outcome,) = ended
    if isinstance(outcome, BaseException):
        raise outcome
    return outcome


def _follow_in_background(execute: _Execution, arguments: Mapping[str, Any], show: _Show) -> dict[str, Any]:
    """Start the module, and go on displaying what it says."""
    following = _Background(show)
    started = False
    try:
        result = execute(arguments)
        started = "ansible_job_id" in result
    finally:
        if not started:
            following.end()
    return result


class _Background:
    """Shows what a file gets, until it is told to end.

    A task in the background outlives the action that started it: Ansible asks for its end in the same process, so the
    file is followed until that process ends, or begins with another task.
    """

    _last: ClassVar[_Background | None] = None

    def __init__(self, show: _Show) -> None:
        self._show = show
        self._pause = _AWAKE_PAUSE if show.lines.is_here else show.lines.pause
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._go_on, daemon=True)
        self._thread.start()
        _Background._last = self

    def _go_on(self) -> None:
        while not self._ended.wait(self._pause):
            self._show()
        self._show()

    def end(self) -> None:
        """Show the rest and remove the file."""
        _Background._last = None
        self._ended.set()
        self._thread.join(2 * self._show.lines.pause + 1)
        self._show.lines.remove()

    @classmethod
    def end_the_last(cls) -> None:
        """End what an earlier task of this process has left."""
        if cls._last is not None:
            cls._last.end()
