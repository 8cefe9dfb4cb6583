# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every playbook, and with them every role, with what may happen to each of its requests, at -vvvv.

The short form has one fault of those that write. The long form of ``make soak`` is a covering selection: every
fault in one playbook, and every request of every playbook with one fault of each family. Every module meets every
fault of each of its requests elsewhere. ``make soak ARGS=--all-playbooks`` has every combination.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from faults.covering import covering_selection
from faults.forms import FORM, SHORT
from harness.fault_kinds import REQUESTS, family_of, faults_of
from harness.figures import Figures
from harness.loud import SceneStage
from harness.playbooks import ROOT
from harness.scenes import SCENES, Case
from simulator.client import Simulator

pytestmark = pytest.mark.timeout(240)
"""A busy machine takes long to start Ansible, and lost answers take their time to be settled."""

_IN_SHORT = {("onboard", "create", "echo: detail"), ("offboard", "delete", "echo: headers")}


@pytest.fixture(scope="module")
def platform_process() -> Iterator[Simulator]:
    """A simulator for all scenes of this process."""
    with Simulator() as process:
        yield process


def combinations() -> list[tuple[str, str, str]]:
    """Every scene with every fault of each of its requests."""
    return [
        (name, request, fault)
        for name, scene in SCENES.items()
        for request in scene.requests
        for fault in faults_of(request)
    ]


def demands(combination: tuple[str, str, str]) -> Iterator[tuple[str, ...]]:
    """What the long form wants to see at least once, as far as this combination shows it."""
    scene, request, fault = combination
    yield "fault", fault
    yield "family", scene, request, family_of(faults_of(request)[fault])


def selected() -> list[tuple[str, str, str]]:
    """The combinations of the form that was asked for."""
    if SHORT:
        return [each for each in combinations() if each in _IN_SHORT]
    return combinations() if FORM == "all" else covering_selection(combinations(), demands)


def cases() -> Iterator[Any]:
    for name, request, fault in selected():
        yield pytest.param(Case(SCENES[name], request, fault), id=f"{name}-{request}-{fault}")


def test_every_playbook_that_talks_to_the_platform_is_there() -> None:
    there = {path.stem for path in (ROOT / "playbooks").glob("*.yml")} - {"configure_controller"}
    assert {scene.playbook for scene in SCENES.values()} == there


def test_the_long_form_covers_every_fault_and_every_playbook() -> None:
    chosen = covering_selection(combinations(), demands)
    assert {demand for each in chosen for demand in demands(each)} == {
        demand for each in combinations() for demand in demands(each)
    }
    assert {scene for scene, _request, _fault in chosen} == set(SCENES)
    assert len(chosen) < len(combinations()) / 2


@pytest.mark.parametrize("case", list(cases()))
def test_a_fault_in_a_playbook_shows_no_secret_and_is_explained(
    tmp_path: Path, figures: Figures, platform_process: Simulator, case: Case
) -> None:
    figures.schedule()
    SceneStage(tmp_path, figures, platform_process, case).run_with_fault()
    figures.requests(len(platform_process.log()))


@pytest.mark.skipif(SHORT, reason="left to `make soak`")
@pytest.mark.parametrize("name", list(SCENES))
def test_a_playbook_without_faults_makes_its_requests_and_succeeds(
    tmp_path: Path, figures: Figures, platform_process: Simulator, name: str
) -> None:
    scene = SCENES[name]
    stage = SceneStage(tmp_path, figures, platform_process, Case(scene))
    platform_process.clear_log()
    run = stage.run()
    assert (run.rc == 0) is (scene.playbook != "explain_failure"), run.output
    asked = [f"{entry['method']} {entry['path']}" for entry in run.log]
    for kind in scene.requests:
        method, path = REQUESTS[kind]["method"], REQUESTS[kind]["path"].strip("$").split("[")[0]
        assert any(each.startswith(method) and path in each for each in asked), f"{kind} is never asked for: {asked}"
