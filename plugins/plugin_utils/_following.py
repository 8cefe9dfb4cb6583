# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Showing what a module says while it still runs.

The module writes lines to a file, and this follows the file. The other way would be to let the module return after each
interval and to call it again. That costs a module start, a look-up and perhaps a login every time, it needs a place for
the results so far, and it can end a slice only between two requests; following a file costs nothing of all that, leaves
one module with one result, and works without a journal. The price: where the module runs on another host, the file is
read over a connection of its own.
"""

from __future__ import annotations

import os
import shlex
import tempfile
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from copy import copy
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from ansible import constants
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase
from ansible.utils.display import Display

Read = Callable[[int], bytes]
"""Gives what a file holds from an offset on."""

_LOCAL_PAUSE = 0.5
_REMOTE_PAUSE = 5.0
"""Seconds between two looks at the file."""

_AWAKE_PAUSE = 0.05
"""Seconds for a task in the background: nobody tells that it has ended, and the last line should be shown too."""


class FollowingAction(ActionBase):
    """Runs the module of the same name and shows its progress, unless the task is quiet, secret, or not waited for."""

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        self._supports_check_mode = True
        self._supports_async = True
        result = super().run(tmp, task_vars)
        in_background = bool(self._task.async_val) and not self._connection.has_native_async
        arguments = dict(self._task.args)
        unattended = in_background and not self._task.poll
        _Following.end_the_last()
        if self._task.no_log or unattended or not _wants_progress(arguments):
            result.update(self._execute_module(task_vars=task_vars, wrap_async=in_background))
        else:
            following = self._following(self._label(task_vars or {}), _AWAKE_PAUSE if in_background else _LOCAL_PAUSE)
            arguments["progress_path"] = following.path
            started = False
            try:
                result.update(
                    self._execute_module(module_args=arguments, task_vars=task_vars, wrap_async=in_background)
                )
                started = in_background and "ansible_job_id" in result
            finally:
                if not started:
                    following.end()
        if not in_background:
            self._remove_tmp_path(self._connection._shell.tmpdir)
        return result

    def _label(self, task_vars: Mapping[str, Any]) -> str:
        """The host as results name it."""
        host = str(task_vars.get("inventory_hostname", "localhost"))
        return f"{host} -> {self._task.delegate_to}" if self._task.delegate_to else host

    def _following(self, label: str, pause: float) -> _Following:
        """Begin to show the lines that a new file gets.

        :param pause: seconds between two looks at it, when it is on this machine.
        """
        if self._connection.transport == "local":
            descriptor, name = tempfile.mkstemp(prefix="progress-", dir=constants.DEFAULT_LOCAL_TMP)
            os.close(descriptor)
            return _Following(name, partial(_read_here, Path(name)), pause, label, Path(name))
        shell = self._connection._shell
        if not shell.tmpdir:
            self._make_tmp_path()
        there = shell.join_path(shell.tmpdir, "progress")
        # The module occupies the connection, so the file is read over another one with the same settings.
        return _Following(there, partial(_read_there, copy(self._connection), there), _REMOTE_PAUSE, label)


class _Following:
    """Shows what a file gets, until it is told to end.

    A task in the background outlives the action that started it: Ansible asks for its end in the same process, so the
    file is followed until that process ends, or begins with another task.

    :param read: gives what the file holds from an offset on.
    :param here: the file, when it is on this machine and has to be removed in the end.
    """

    _last: ClassVar[_Following | None] = None

    def __init__(self, path: str, read: Read, pause: float, label: str, here: Path | None = None) -> None:
        self.path = path
        self._here = here
        self._ended = threading.Event()
        self._thread = threading.Thread(target=_follow, args=(read, pause, self._ended, label), daemon=True)
        self._thread.start()
        _Following._last = self

    def end(self) -> None:
        """Show the rest and remove the file."""
        _Following._last = None
        self._ended.set()
        self._thread.join(2 * _REMOTE_PAUSE)
        if self._here is not None:
            self._here.unlink(missing_ok=True)

    @classmethod
    def end_the_last(cls) -> None:
        """End what an earlier task of this process has left."""
        if cls._last is not None:
            cls._last.end()


def _wants_progress(arguments: Mapping[str, Any]) -> bool:
    """Whether somebody may want to see it. What is no flag is the module's to complain about."""
    with suppress(TypeError):
        return not arguments.get("progress_path") and boolean(arguments.get("progress", True), strict=True)
    return False


def _follow(read: Read, pause: float, ended: threading.Event, label: str) -> None:
    display = Display()
    offset, rest = 0, b""
    with suppress(Exception):  # whatever hinders the showing must not hinder the work
        while True:
            last = ended.wait(pause)
            fresh = read(offset)
            offset += len(fresh)
            *lines, rest = (rest + fresh).split(b"\n")
            for line in lines:
                display.display(f"[{label}] {line.decode(errors='replace')}")
            if last:
                return


def _read_here(path: Path, offset: int) -> bytes:
    with path.open("rb") as file:
        file.seek(offset)
        return file.read()


def _read_there(connection: Any, path: str, offset: int) -> bytes:
    # Before the first line there is no file.
    command = f"tail -c +{offset + 1} {shlex.quote(path)} 2>/dev/null || true"
    _code, output, _error = connection.exec_command(command, sudoable=False)
    return bytes(output)
