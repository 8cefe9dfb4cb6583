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
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from copy import copy
from pathlib import Path
from typing import Any

from ansible import constants
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase
from ansible.utils.display import Display

Read = Callable[[int], bytes]
"""Gives what a file holds from an offset on."""

_LOCAL_PAUSE = 0.5
_REMOTE_PAUSE = 5.0
"""Seconds between two looks at the file."""


class FollowingAction(ActionBase):
    """Runs the module of the same name and shows its progress, unless the task is quiet, secret or asynchronous."""

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        self._supports_check_mode = True
        self._supports_async = True
        result = super().run(tmp, task_vars)
        wrap_async = bool(self._task.async_val) and not self._connection.has_native_async
        arguments = dict(self._task.args)
        quiet = self._task.no_log or wrap_async or not _wants_progress(arguments)
        if quiet:
            result.update(self._execute_module(task_vars=task_vars, wrap_async=wrap_async))
        else:
            with self._followed_file(self._label(task_vars or {})) as path:
                arguments["progress_path"] = path
                result.update(self._execute_module(module_args=arguments, task_vars=task_vars))
        if not wrap_async:
            self._remove_tmp_path(self._connection._shell.tmpdir)
        return result

    def _label(self, task_vars: Mapping[str, Any]) -> str:
        """The host as results name it."""
        host = str(task_vars.get("inventory_hostname", "localhost"))
        return f"{host} -> {self._task.delegate_to}" if self._task.delegate_to else host

    @contextmanager
    def _followed_file(self, label: str) -> Iterator[str]:
        """The path of a file whose lines are shown as they come."""
        if self._connection.transport == "local":
            descriptor, name = tempfile.mkstemp(prefix="progress-", dir=constants.DEFAULT_LOCAL_TMP)
            os.close(descriptor)
            path = Path(name)
            try:
                with _following(lambda offset: _read_here(path, offset), _LOCAL_PAUSE, label):
                    yield name
            finally:
                path.unlink(missing_ok=True)
            return
        shell = self._connection._shell
        if not shell.tmpdir:
            self._make_tmp_path()
        there = shell.join_path(shell.tmpdir, "progress")
        # The module occupies the connection, so the file is read over another one with the same settings.
        connection = copy(self._connection)
        with _following(lambda offset: _read_there(connection, there, offset), _REMOTE_PAUSE, label):
            yield there


def _wants_progress(arguments: Mapping[str, Any]) -> bool:
    """Whether somebody may want to see it. What is no flag is the module's to complain about."""
    with suppress(TypeError):
        return not arguments.get("progress_path") and boolean(arguments.get("progress", True), strict=True)
    return False


@contextmanager
def _following(read: Read, pause: float, label: str) -> Iterator[None]:
    """Meanwhile, show what a file gets."""
    ended = threading.Event()
    thread = threading.Thread(target=_follow, args=(read, pause, ended, label), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(2 * _REMOTE_PAUSE)


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
