# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Showing what a module says that was sent and still runs.

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
from typing import Any, ClassVar

from .progress_lines import ProgressLines

Execute = Callable[[Mapping[str, Any]], "dict[str, Any]"]
"""Runs a module with these arguments."""

DisplayLine = Callable[[str], object]

_AWAKE_PAUSE = 0.05
"""Seconds for a task in the background: nobody tells that it has ended, and the last line should be shown too."""


def run_followed(
    execute: Execute,
    arguments: Mapping[str, Any],
    lines: ProgressLines,
    display: DisplayLine,
    *,
    in_background: bool,
) -> dict[str, Any]:
    """Run a module and show its progress; a module in the background is only started, and followed further.

    :param execute: runs the module with such arguments.
    :param display: for one line.
    """
    show = _Show(lines, display)
    given = {**arguments, "progress_path": lines.path}
    return _follow_in_background(execute, given, show) if in_background else _follow(execute, given, show)


def end_followed() -> None:
    """End what an earlier task of this process has left in the background."""
    _Background.end_the_last()


class _Show:
    """Displays the lines of a file."""

    def __init__(self, lines: ProgressLines, display: DisplayLine) -> None:
        self.lines = lines
        self._display = display

    def __call__(self) -> None:
        for line in self.lines.fresh():
            self._display(line)


def _follow(execute: Execute, arguments: Mapping[str, Any], show: _Show) -> dict[str, Any]:
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


def _follow_in_background(execute: Execute, arguments: Mapping[str, Any], show: _Show) -> dict[str, Any]:
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
