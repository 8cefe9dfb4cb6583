# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lines of progress in a file, for a process that follows it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path


class Lines:
    """A file that grows by whole lines. A line that cannot be written is lost, and the work goes on."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, line: str) -> None:
        with suppress(OSError), self._path.open("a", encoding="utf-8") as file:
            file.write(line.replace("\n", " ") + "\n")

    def flush(self) -> None:
        """The process that follows the file has seen the lines already."""
