# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``make bench``: what it costs to create services, measured side by side on the simulator."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timezone
from pathlib import Path

from benchmark import machine, report
from benchmark.aside import crowd, look_ups, loops, module_starts, reruns
from benchmark.ceiling import ceilings
from benchmark.forms import CONTENDERS, FORMS, FULL, LONG, SHORT, Form, Scenario
from benchmark.goals import GOALS
from benchmark.profiled import profile
from benchmark.results import Results
from benchmark.stage import FORMER, Measurement, Stage
from benchmark.start_parts import start_parts
from simulator.client import Simulator

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
RAW = ROOT / "build" / "benchmark"
NAME = "benchmark"


def main() -> int:
    """Measure, print the table of the figures to reach, write page, plot and raw results."""
    options = _parser().parse_args()
    form = FORMS[options.form]
    results = run(form, profiled=options.profile, before=options.before)
    docs = options.docs or (DOCS if form is not SHORT else RAW)
    _write(results, docs)
    print(f"\n{report.goals(results)}")
    print(f"{results.seconds / 60:.1f} min; all figures: {_shown(docs / NAME)}.md, raw: {_shown(RAW / NAME)}.json")
    return 0


def run(form: Form, *, profiled: bool = False, before: str = "") -> Results:
    """Measure everything of a form.

    :param before: a revision of this repository to compare some with.
    """
    started = time.monotonic()
    now = datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
    results = Results(form, now, machine.facts())
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name, Simulator() as simulator:
        folder = Path(name)
        stage = Stage(simulator, folder)
        results.before = before
        former = {FORMER: str(_former(before, folder / "former"))} if before else {}
        _say("the simulator's ceiling")
        results.ceilings = ceilings(stage, form.ceiling_seconds)
        _say("module starts")
        results.starts = module_starts(stage, form.start_rounds, folder)
        results.starts_sent = module_starts(stage, form.start_rounds, folder, sent=True)
        results.start_parts = start_parts(form.start_rounds)
        _say("look-ups in loops")
        results.loops = loops(stage, form, folder)
        _say("unchanged reruns")
        results.reruns = reruns(stage, form, former)
        _say("a host for each lead")
        results.crowd = crowd(stage, form, folder, former)
        _say("look-ups among many")
        results.look_ups = look_ups(stage, form)
        for scenario in form.scenarios:
            results.races[scenario.name] = race(stage, scenario)
        _keep(results)
        if profiled or (form is not SHORT and any(goal.missed(results) for goal in GOALS)):
            results.profile = profile(stage, _to_profile(form), folder)
        if simulator.errors():
            raise RuntimeError(f"the simulator itself had an error: {simulator.errors()}")
    results.seconds = time.monotonic() - started
    return results


def race(stage: Stage, scenario: Scenario) -> dict[str, list[Measurement]]:
    """All contenders of a scenario in turns; every second round begins with the last.

    :raises RuntimeError: a contender has not created every service exactly once.
    """
    runs: dict[str, list[Measurement]] = {letter: [] for letter in scenario.contenders}
    for number in range(scenario.rounds):
        for letter in scenario.contenders if number % 2 == 0 else reversed(scenario.contenders):
            found = stage.compete(CONTENDERS[letter], scenario)
            if found.created != scenario.made or found.duplicates:
                raise RuntimeError(f"({letter}) has created {found.created} of {scenario.made}: {found}")
            _say(f"{scenario.title}: ({letter}) {found.wall:.1f} s")
            runs[letter].append(found)
    return runs


def _former(revision: str, folder: Path) -> Path:
    """The collections path with the collection as it was."""
    place = folder / "ansible_collections/audiocodes/live_platform"
    place.mkdir(parents=True)
    archive = subprocess.run(["git", "archive", revision], cwd=ROOT, check=True, capture_output=True).stdout
    subprocess.run(["tar", "-x", "-C", str(place)], input=archive, check=True)
    return folder


def _to_profile(form: Form) -> Scenario:
    """The largest scenario that does not take minutes under a profiler."""
    return max((each for each in form.scenarios if each.services <= 200), key=lambda each: each.concurrency)


def _keep(results: Results) -> None:
    """Write what was measured, so that nothing that comes after can lose it."""
    RAW.mkdir(parents=True, exist_ok=True)
    (RAW / f"{NAME}.json").write_text(json.dumps(results.to_dict(), indent=1), encoding="utf-8")


def _write(results: Results, docs: Path) -> None:
    from benchmark.plot import draw  # noqa: PLC0415 (needs what only the benchmark's own environment has)

    docs.mkdir(parents=True, exist_ok=True)
    _keep(results)
    (docs / f"{NAME}.md").write_text(report.document(results, f"{NAME}.svg"), encoding="utf-8")
    draw(results, docs / f"{NAME}.svg")
    draw(results, RAW / f"{NAME}.png")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    choice = parser.add_mutually_exclusive_group()
    choice.set_defaults(form=FULL.name)
    choice.add_argument(
        "--short", dest="form", action="store_const", const=SHORT.name, help="less than two minutes; writes no docs"
    )
    choice.add_argument(
        "--long",
        dest="form",
        action="store_const",
        const=LONG.name,
        help="more scenarios and rounds; more than an hour",
    )
    parser.add_argument(
        "--profile",
        action="store_true",
        help="show where the processor time of oc_services goes; without it, this is done when a figure is not reached",
    )
    parser.add_argument(
        "--before", default="", help="a revision, such as that of release 1.0.0, to compare the playbooks with"
    )
    parser.add_argument("--docs", type=Path, help="folder for page and plot, instead of docs")
    return parser


def _shown(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def _say(text: str) -> None:
    print(f"{datetime.now(timezone.utc):%H:%M:%S} {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
