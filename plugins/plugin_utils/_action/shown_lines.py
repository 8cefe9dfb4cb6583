# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines of progress that any thread writes and the main one displays.

Not every controller lets other threads display, see :mod:`.audience`.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from ansible.utils.display import Display


class LabelledDisplay:
    """Displays one line of progress after the other.

    :param label: stands before each line: the host as results name it.
    """

    def __init__(self, label: str, show: Callable[[str], object] | None = None) -> None:
        self._label = label
        self._show = show or Display().display

    def __call__(self, line: str) -> None:
        with suppress(Exception):  # what hinders the showing must not hinder the work
            self._show(f"[{self._label}] {line}")


class ShownLines:
    """Displays lines that any thread writes.

    :param display: for one line.
    """

    def __init__(self, display: Callable[[str], object]) -> None:
        self._display = display
        self._waiting: deque[str] = deque()

    def write(self, line: str) -> None:
        """Display the line: at once from the main thread, else when that one comes by."""
        self._waiting.append(line)
        if threading.current_thread() is threading.main_thread():
            self.flush()

    def flush(self) -> None:
        """Display what was written."""
        while self._waiting:
            self._display(self._waiting.popleft())
