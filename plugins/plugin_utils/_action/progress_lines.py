# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The lines that a file gets while a module writes to it, here or on another host."""

from __future__ import annotations

import os
import shlex
import tempfile
from collections.abc import Callable
from contextlib import suppress
from copy import copy
from functools import partial
from pathlib import Path
from typing import Any

from ansible import constants

Read = Callable[[int], bytes]
"""Gives what a file holds from an offset on."""

_LOCAL_PAUSE = 0.5
_REMOTE_PAUSE = 5.0
"""Seconds between two looks at the file."""


class ProgressLines:
    """Read what was written since the last look.

    :param path: the file, where the module runs.
    :param pause: seconds between two looks.
    :param here: the same file, when it is on this machine and has to be removed in the end.
    """

    def __init__(self, path: str, read: Read, pause: float, here: Path | None = None) -> None:
        self.path = path
        self.pause = pause
        self._read = read
        self._here = here
        self._offset = 0
        self._rest = b""

    @property
    def is_here(self) -> bool:
        """Return whether the file is on this machine."""
        return self._here is not None

    def fresh(self) -> list[str]:
        """The whole lines that are new. What hinders the reading must not hinder the work."""
        try:
            fresh = self._read(self._offset)
        except Exception:
            return []
        self._offset += len(fresh)
        *lines, self._rest = (self._rest + fresh).split(b"\n")
        return [line.decode(errors="replace") for line in lines]

    def remove(self) -> None:
        if self._here is not None:
            with suppress(OSError):
                self._here.unlink()


def lines_on(connection: Any, make_folder: Callable[[], object]) -> ProgressLines:
    """A new file on the host of the connection.

    :param make_folder: makes the temporary folder of the task there.
    """
    if connection.transport == "local":
        descriptor, name = tempfile.mkstemp(prefix="progress-", dir=constants.DEFAULT_LOCAL_TMP)
        os.close(descriptor)
        return ProgressLines(name, partial(_read_here, Path(name)), _LOCAL_PAUSE, Path(name))
    shell = connection._shell
    if not shell.tmpdir:
        make_folder()
    there = shell.join_path(shell.tmpdir, "progress")
    # The module occupies the connection, so the file is read over another one with the same settings.
    return ProgressLines(there, partial(_read_there, copy(connection), there), _REMOTE_PAUSE)


def _read_here(path: Path, offset: int) -> bytes:
    with path.open("rb") as file:
        file.seek(offset)
        return file.read()


def _read_there(connection: Any, path: str, offset: int) -> bytes:
    # Before the first line there is no file.
    command = f"tail -c +{offset + 1} {shlex.quote(path)} 2>/dev/null || true"
    _code, output, _error = connection.exec_command(command, sudoable=False)
    return bytes(output)
