# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lines of progress in a file, for a process that follows it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from .._core.regular_files import UnusableFile, append_to_file


class Lines:
    """A file that grows by whole lines. A line that cannot be written is lost, and the work goes on."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, line: str) -> None:
        with suppress(UnusableFile):
            append_to_file(self._path, (line.replace("\n", " ") + "\n").encode("utf-8", "replace"))

    def flush(self) -> None:
        """The process that follows the file has seen the lines already."""
