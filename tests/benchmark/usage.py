# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a command and all its descendants cost: time, processor, memory. Linux only, since it reads /proc."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_SAMPLE_SECONDS = 0.02
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Usage:
    """What a command took.

    :param wall: seconds.
    :param cpu: seconds, user and system, of the command and all its descendants.
    :param peak_memory: bytes; the largest resident set that one of the processes in question has had.
    """

    wall: float
    cpu: float
    peak_memory: int


class CommandFailed(Exception):
    """A command ended otherwise than it should; the message has the end of its output."""


def measure(
    command: Sequence[str],
    *,
    environment: Mapping[str, str],
    folder: Path,
    marks: Sequence[str],
    timeout: float,
    may_fail: bool = False,
) -> Usage:
    """Run a command to its end.

    :param marks: the command line of a process whose memory is measured holds one of them.
    :param timeout: seconds; the command and what it has started are ended then.
    :param may_fail: any status will do.
    :raises CommandFailed: it ended with another status than 0.
    """
    output = folder / "output.txt"
    with output.open("w") as stream:
        started = time.monotonic()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        timer = threading.Timer(timeout, os.killpg, (process.pid, signal.SIGKILL))
        timer.start()
        peak = _PeakMemory(process.pid, [mark.encode() for mark in marks])
        peak.start()
        # Its usage holds that of all descendants which were waited for, and Ansible waits for all of its own.
        _pid, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - started
        timer.cancel()
        peak.stop()
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0 and not may_fail:
        said = output.read_text(errors="replace")[-3000:]
        raise CommandFailed(f"{' '.join(command)} ended with {process.returncode}:\n{said}")
    return Usage(wall, used.ru_utime + used.ru_stime, peak.bytes)


def cpu_of(pid: int) -> float:
    """Seconds of processor time that a running process has had, its children not included."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


class _PeakMemory(threading.Thread):
    """Watches a process and its descendants. The kernel itself keeps the peak; only the last moments can be missed."""

    def __init__(self, pid: int, marks: Sequence[bytes]) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._marks = marks
        self._done = threading.Event()
        self.bytes = 0

    def run(self) -> None:
        while not self._done.wait(_SAMPLE_SECONDS):
            for pid in _tree(self._pid):
                command = _read(f"/proc/{pid}/cmdline")
                if any(mark in command for mark in self._marks):
                    found = re.search(rb"VmHWM:\s+(\d+) kB", _read(f"/proc/{pid}/status"))
                    self.bytes = max(self.bytes, int(found[1]) * 1024 if found else 0)

    def stop(self) -> None:
        self._done.set()
        self.join()


def _tree(pid: int) -> list[int]:
    found = [pid]
    for each in found:  # grows while it is walked through
        try:
            threads = os.listdir(f"/proc/{each}/task")
        except OSError:
            continue
        for thread in threads:
            found += [int(child) for child in _read(f"/proc/{each}/task/{thread}/children").split()]
    return found


def _read(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError:  # the process has ended meanwhile
        return b""
