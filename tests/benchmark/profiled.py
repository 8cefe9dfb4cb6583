# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the processor time of (d) goes: the module in this process, all its threads profiled.

``python -m benchmark.profiled inputs.json`` prints a profile as JSON. The profiler makes everything slower, so that the
shares count, not the seconds.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import runpy
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from benchmark.forms import Scenario
from benchmark.stage import COLLECTIONS, TESTS, Stage, clean_environment, wanted

_MODULE = "ansible_collections.audiocodes.live_platform.plugins.modules.oc_services"
_TOP = 15


def profile(stage: Stage, scenario: Scenario, folder: Path) -> dict[str, Any]:
    """Profile the creation of the services of a scenario: shares of the processor time, by package and by function."""
    stage.prepare(scenario.services, task_seconds=scenario.task_seconds[0])
    with tempfile.TemporaryDirectory(dir=folder) as name:
        own = Path(name)
        options = {"services": wanted(scenario.services), "max_concurrency": scenario.concurrency}
        (own / "inputs.json").write_text(json.dumps({"ANSIBLE_MODULE_ARGS": options}), encoding="utf-8")
        search = f"{TESTS}:{COLLECTIONS}"
        done = subprocess.run(
            [sys.executable, "-m", "benchmark.profiled", str(own / "inputs.json")],
            env={**clean_environment(own, stage.simulator), "PYTHONPATH": search},
            cwd=own,
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
    if done.returncode:
        raise RuntimeError(f"the profiled module has failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return {"title": scenario.title, **json.loads(done.stdout)}


def _run(inputs: str) -> dict[str, Any]:
    import yappi  # noqa: PLC0415 (only this process needs it)

    sys.argv = ["oc_services.py", inputs]
    yappi.set_clock_type("cpu")
    said = io.StringIO()
    yappi.start()
    try:
        with contextlib.redirect_stdout(said):
            runpy.run_module(_MODULE, run_name="__main__")
    except SystemExit as end:
        if end.code not in (None, 0):
            sys.exit(said.getvalue())
    yappi.stop()
    functions = yappi.get_func_stats()
    whole = sum(each.tsub for each in functions)
    packages: Counter[str] = Counter()
    for each in functions:
        packages[_package(each.module)] += each.tsub
    by_own_time = sorted(functions, key=lambda each: -each.tsub)
    return {
        "seconds": whole,
        "packages": [[name, seconds / whole] for name, seconds in packages.most_common(_TOP)],
        "functions": [
            {
                "name": f"{_short(each.module)}: {each.name}",
                "calls": each.ncall,
                "own": each.tsub / whole,
                "total": min(1.0, each.ttot / whole),
            }
            for each in by_own_time[:_TOP]
        ],
    }


def _short(path: str) -> str:
    """The last two parts of a path: nothing of the machine."""
    return "/".join(Path(path).parts[-2:])


def _package(path: str) -> str:
    """What a file belongs to: the collection, a package, or Python itself."""
    if "live_platform/plugins" in path:
        return f"the collection: {Path(path).name}"
    package = re.search(r"site-packages/([^/]+?)(?:\.py|/|$)", path)
    if package:
        return package[1]
    library = re.search(r"/python3\.\d+/([^/]+?)(?:\.py|/|$)", path)
    return f"Python: {library[1]}" if library else f"built in: {_short(path)}"


if __name__ == "__main__":
    print(json.dumps(_run(sys.argv[1])))
