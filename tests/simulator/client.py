# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starting and steering a simulator from Python."""

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import requests

from simulator.cli import environment_of

_CONTROL_TIMEOUT = 30.0
_PACKAGE_PARENT = Path(__file__).resolve().parent.parent


class Simulator:
    """A simulator in a process of its own; use it in a ``with`` statement.

    Switches are given as keyword arguments: ``Simulator(task_seconds=0.2, job_answer="string")``.
    """

    def __init__(
        self,
        *,
        tls: bool = False,
        arguments: Sequence[str] = (),
        start_timeout: float = 30.0,
        python: str = sys.executable,
        **switches: Any,
    ) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="simulator-")
        self._start_timeout = start_timeout
        command = [python, "-m", "simulator", "--quiet", "--follow-parent", *arguments]
        if tls:
            command += ["--tls", "--ca-file", str(Path(self._folder.name) / "ca.pem")]
        for name, value in switches.items():
            command += ["--set", f"{name}={value if isinstance(value, str) else json.dumps(value)}"]
        self._command = command
        self._process: subprocess.Popen[str] | None = None
        self._session = requests.Session()
        self._session.trust_env = False
        self.facts: dict[str, Any] = {}
        """The ready line."""

    def __enter__(self) -> "Simulator":
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> "Simulator":
        """Start the process and wait until it serves. Raises RuntimeError with what it said when it does not."""
        with (Path(self._folder.name) / "stderr").open("w") as stderr:
            self._process = subprocess.Popen(
                self._command,
                cwd=_PACKAGE_PARENT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
            )
        line = _first_line(self._process, self._start_timeout)
        if not line:
            self._end_process()
            said = self.errors()
            self.stop()
            raise RuntimeError(f"the simulator did not start: {said.strip() or 'it said nothing'}")
        self.facts = json.loads(line)
        self._session.verify = self.facts["ca_path"] or True
        return self

    def stop(self) -> None:
        """End the process, whatever state it is in. May be called twice."""
        self._end_process()
        self._session.close()
        self._folder.cleanup()

    @property
    def base_url(self) -> str:
        """What the collection calls ``base_url``."""
        return str(self.facts["base_url"])

    @property
    def auth_url(self) -> str:
        """What the collection calls ``auth_url``."""
        return str(self.facts["auth_url"])

    @property
    def ca_path(self) -> str | None:
        """The authority to trust, with TLS."""
        path: str | None = self.facts["ca_path"]
        return path

    @property
    def pid(self) -> int:
        """The process."""
        return int(self.facts["pid"])

    @property
    def environment(self) -> dict[str, str]:
        """The connection as environment variables."""
        return environment_of(self.facts)

    def errors(self) -> str:
        """What the process has written to stderr; empty unless something is wrong with the simulator itself."""
        return (Path(self._folder.name) / "stderr").read_text()

    def log(self) -> list[dict[str, Any]]:
        """Requests since the last clearing, in order of arrival."""
        entries: list[dict[str, Any]] = self.control("GET", "log")
        return entries

    def clear_log(self) -> None:
        """Forget the requests so far."""
        self.control("DELETE", "log")

    def state(self) -> dict[str, Any]:
        """Leads, services, numbers and tasks as they are in truth."""
        state: dict[str, Any] = self.control("GET", "state")
        return state

    def reset(self, tokens: bool = False) -> None:
        """Everything as at the start; with ``tokens`` those that were issued become invalid too."""
        self.control("POST", "reset", {"tokens": tokens})

    def settings(self, **switches: Any) -> dict[str, Any]:
        """Turn switches; all switches as they are now."""
        now: dict[str, Any] = self.control("PATCH", "settings", switches)
        return now

    def seed(self, **records: Any) -> dict[str, int]:
        """Add records: ``leads=[…]``, ``replace=["leads"]``, ``generate={"leads": 20000}`` …"""
        counts: dict[str, int] = self.control("POST", "seed", records)
        return counts

    def change_numbers(self, *numbers: str, **changes: Any) -> None:
        """Change numbers behind everybody's back: ``assignment_status="UserAssigned"``, or ``gone=True`` …"""
        self.control("PATCH", "numbers", {"numbers": numbers, **changes})

    def advance(self, seconds: float) -> None:
        """Let time pass at once."""
        self.control("POST", "clock", {"advance": seconds})

    def task(self, task_id: str, **changes: Any) -> dict[str, Any]:
        """Change a task: ``progress``, ``finish``, ``messages``, ``show``."""
        task: dict[str, Any] = self.control("POST", f"tasks/{task_id}", changes)
        return task

    def token(self, seconds: float | None = None) -> str:
        """A token without a login."""
        answer = self.control("POST", "tokens", {} if seconds is None else {"seconds": seconds})
        return str(answer["access_token"])

    def revoke_tokens(self) -> None:
        """Make all tokens invalid."""
        self.control("POST", "tokens/revoke")

    def faults(self, *rules: dict[str, Any]) -> list[dict[str, Any]]:
        """Add fault rules; all rules as they are now, with their counts."""
        verb = "POST" if rules else "GET"
        now: list[dict[str, Any]] = self.control(verb, "faults", list(rules) if rules else None)
        return now

    def clear_faults(self) -> None:
        """No faults any more."""
        self.control("DELETE", "faults")

    def control(self, method: str, path: str, body: Any = None) -> Any:
        """Any request to the control plane. Raises ValueError with the simulator's words when it refuses."""
        url = f"{self.facts['control_url']}/{path}"
        response = self._session.request(method, url, json=body, timeout=_CONTROL_TIMEOUT)
        if not response.ok:
            raise ValueError(f"{method} {path}: {response.status_code} {response.text}")
        return response.json()

    def _end_process(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _first_line(process: "subprocess.Popen[str]", timeout: float) -> str:
    """The first line of the process's output; empty when it ended or said nothing in time."""
    lines: list[str] = []
    stream = process.stdout
    assert stream is not None
    reader = threading.Thread(target=lambda: lines.append(stream.readline()), daemon=True)
    reader.start()
    reader.join(timeout)
    return lines[0] if lines else ""
