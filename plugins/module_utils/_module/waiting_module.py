# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The glue for modules that wait for tasks: their options, and the tools of the engine from these."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from pathlib import Path
from typing import Any

from .._core.regular_files import folder_problem, opening_problem
from .._core.text import printable
from .._http.connection import is_path
from .._tasks.poller import WaitPolicy, WaitTools
from .._tasks.progress import DEFAULT_INTERVAL, LinesOfFile, Progress
from .._tasks.worker_threads import WorkerThreads
from .definition import Definition, Listener, ModuleCall
from .module import LivePlatformModule

WAIT_SPEC: dict[str, Any] = {
    "wait": {"type": "bool", "default": True},
    "wait_timeout": {"type": "float", "default": 1800.0},
    "wait_delay": {"type": "float", "default": 15.0},
}

PROGRESS_SPEC: dict[str, Any] = {
    "progress": {"type": "bool", "default": True},
    "progress_interval": {"type": "float", "default": DEFAULT_INTERVAL},
    "progress_path": {"type": "path"},
}


class WaitingModule(LivePlatformModule):
    """A module with the wait and progress options, or those of a submission, or both."""

    def __init__(self, definition: Definition, call: ModuleCall) -> None:
        super().__init__(definition, call)
        self._listener = call.listener

    def problems(self) -> list[str]:
        return [*_wait_problems(self.params), *super().problems()]

    def wait_tools(self) -> WaitTools:
        """Return what waiting for tasks needs."""
        return WaitTools(_wait_policy(self.params), self.clock, self.report, self._progress(), WorkerThreads)

    def say(self, line: str) -> None:
        listener = self._who_listens
        if listener is not None:
            listener.write(self.secrets.mask_text(line))

    @property
    def _who_listens(self) -> Listener | None:
        """Return who gets the lines about how the run goes."""
        params = self.params
        path = params.get("progress_path")
        if self._listener is not None or not path or not params["progress"]:
            return self._listener
        return LinesOfFile(Path(path))

    def _progress(self) -> Progress:
        """Return what tells how the run goes; silent when nobody listens."""
        listener = self._who_listens
        if listener is None:
            return Progress(self.clock)
        interval, mask = self.params["progress_interval"], self.secrets.mask_text
        return Progress(self.clock, listener.write, interval, mask, listener.flush)


def _wait_policy(params: Mapping[str, Any]) -> WaitPolicy:
    """As the options say; a module without them has no task to wait for, and gives up when it stops to look."""
    if "wait_timeout" not in params:
        return WaitPolicy(timeout=max(1.0, params["settle_timeout"]))
    return WaitPolicy(params.get("wait", True), params["wait_timeout"], params["wait_delay"])


def _wait_problems(params: Mapping[str, Any]) -> list[str]:
    found = _wait_policy(params).problems() if "wait_timeout" in params else []
    path = params.get("journal_path")
    if path and not is_path(path):
        found.append(f"journal_path must be the path of a folder, not '{path}'; journal: false works without a journal")
    elif path and params.get("journal") and (wrong := folder_problem(path)):
        found.append(f"journal_path: the folder '{printable(path)}' cannot be used: {wrong}")
    lines = params.get("progress_path")
    if lines and not is_path(lines):
        found.append(f"progress_path must be the path of a file, not '{lines}'; progress: false switches progress off")
    elif lines and params.get("progress") and (wrong := opening_problem(lines)):
        found.append(f"progress_path: the file '{printable(lines)}' cannot be used: {wrong}")
    settle = params.get("settle_timeout")
    if settle is not None and not 0 <= settle < inf:
        found.append(f"settle_timeout must be a number of seconds, not {settle}")
    interval = params.get("progress_interval", DEFAULT_INTERVAL)
    return found if 0 < interval < inf else [*found, f"progress_interval must be more than 0 seconds, not {interval}"]
