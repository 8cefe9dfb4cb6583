# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The machine and the software that a run was made with. Nothing that names the machine or its user."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from importlib.metadata import version
from pathlib import Path

_PACKAGES = ("ansible-core", "requests", "urllib3", "aiohttp", "fastapi", "uvicorn")


def facts() -> dict[str, str]:
    """What a reader needs to know, name and value."""
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return {
        "CPU": f"{_cpu_model()}, {len(os.sched_getaffinity(0))} cores",
        "Memory": f"{_memory() / 1024**2:.1f} GiB",
        "System": f"{platform.system()} {platform.release()}, {platform.machine()}",
        "Python": f"{platform.python_implementation()} {platform.python_version()}",
        "Packages": packages,
        "Collection": _revision(),
        "Load before the run": _load(),
    }


def _load() -> str:
    average = os.getloadavg()[0]
    remark = "; **the machine was not idle**, so that times are longer than they need be" if average > 1 else ""
    return f"{average:.2f} in the last minute{remark}"


def _cpu_model() -> str:
    found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return " ".join(found[1].split()) if found else platform.machine()


def _memory() -> int:
    """Kibibytes."""
    found = re.search(r"^MemTotal:\s*(\d+) kB$", Path("/proc/meminfo").read_text(), re.MULTILINE)
    return int(found[1]) if found else 0


def _revision() -> str:
    """The commit, and whether anything differs from it that the figures could depend on."""
    root = Path(__file__).resolve().parents[2]

    def git(*arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    commit = git("rev-parse", "--short", "HEAD") or "not under version control"
    changed = git("status", "--porcelain", "--", "plugins", "tests/simulator", "tests/benchmark")
    return f"commit {commit}" + (" with changes that are not committed" if changed else "")
