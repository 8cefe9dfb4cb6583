# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the start of a module consists of: the imports that it cannot do without, and the engine's own share.

``python -m benchmark.start_parts`` prints the engine's share as JSON: Ansible sends a module as source, so that each
start compiles it.
"""

from __future__ import annotations

import dataclasses
import importlib.machinery
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

from benchmark.stage import COLLECTIONS, TESTS

_IMPORTS = {
    "Python": "pass",
    "Ansible's `basic`, for every module": "import ansible.module_utils.basic",
    "Ansible's `urls`, for `uri`": "import ansible.module_utils.basic, ansible.module_utils.urls",
    "`requests`": "import ansible.module_utils.basic, requests",
}
"""What is imported; the first two are parts of all that follow."""

_MODULE = "ansible_collections.audiocodes.live_platform.plugins.modules.oc_service"
_COMPILED, _CLASSES, _REST = "the engine: compiled", "the engine: dataclasses", "the engine: the rest"


def start_parts(rounds: int) -> dict[str, float]:
    """Median seconds of each part, in the order in which they come; imports of others from their compiled files."""
    walls: dict[str, list[float]] = {name: [] for name in _IMPORTS}
    engine: dict[str, list[float]] = {name: [] for name in (_COMPILED, _CLASSES, _REST)}
    for _round in range(rounds + 1):
        for name, code in _IMPORTS.items():
            started = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
            walls[name].append(time.perf_counter() - started)
        for name, seconds in _engine_shares().items():
            engine[name].append(seconds)
    python, basic, urls, requests = (median(values[1:]) for values in walls.values())  # the first round warms up
    imports = dict(zip(_IMPORTS, (python, basic - python, urls - basic, requests - basic), strict=True))
    return {**imports, **{name: median(values[1:]) for name, values in engine.items()}}


def _engine_shares() -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmark.start_parts"],
        env={**os.environ, "PYTHONPATH": f"{TESTS}:{COLLECTIONS}"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    shares: dict[str, float] = json.loads(done.stdout)
    return shares


class _Watch:
    """Adds up the time inside of a function."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self.seconds = 0.0

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        started = time.perf_counter()
        try:
            return self._function(*args, **kwargs)
        finally:
            self.seconds += time.perf_counter() - started


def _measure() -> dict[str, float]:
    """Import the largest module as its start does: others from compiled files, the engine from source."""
    for name in ("ansible.module_utils.basic", "requests"):
        importlib.import_module(name)
    sys.dont_write_bytecode = True
    sys.pycache_prefix = str(Path(os.devnull) / "nowhere")
    compiled, classes = _Watch(compile), _Watch(dataclasses.dataclass)

    def compile_timed(_loader: object, data: bytes, path: str, **_options: object) -> Any:
        return compiled(data, path, "exec", dont_inherit=True)

    def timed(cls: type | None = None, **options: Any) -> Any:
        return classes(cls, **options) if cls is not None else lambda each: classes(each, **options)

    loader = importlib.machinery.SourceFileLoader
    with patch.object(loader, "source_to_code", compile_timed), patch.object(dataclasses, "dataclass", timed):
        started = time.perf_counter()
        importlib.import_module(_MODULE)
        whole = time.perf_counter() - started
    return {_COMPILED: compiled.seconds, _CLASSES: classes.seconds, _REST: whole - compiled.seconds - classes.seconds}


if __name__ == "__main__":
    print(json.dumps(_measure()))
