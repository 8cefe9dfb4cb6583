# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every playbook, and with them every role, with everything that may happen to each of its requests, at -vvvv.

The short form has one trouble of those that write; ``make soak`` has them all.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from e2e.playbooks import ROOT
from faults.figures import Figures
from faults.loud import SceneStage
from faults.scenes import SCENES, Case
from faults.troubles import REQUESTS, troubles_of
from simulator.client import Simulator

pytestmark = pytest.mark.timeout(240)
"""A busy machine takes long to start Ansible, and lost answers take their time to be settled."""

_SHORT = os.environ.get("FAULTS_FORM", "short") == "short"
_IN_SHORT = {("onboard", "create", "echo: detail"), ("offboard", "delete", "echo: headers")}


@pytest.fixture(scope="module")
def platform_process() -> Iterator[Simulator]:
    """A simulator for all scenes of this process."""
    with Simulator() as process:
        yield process


def cases() -> Iterator[Any]:
    for name, scene in SCENES.items():
        for request in scene.requests:
            for trouble in troubles_of(request):
                if not _SHORT or (name, request, trouble) in _IN_SHORT:
                    yield pytest.param(Case(scene, request, trouble), id=f"{name}-{request}-{trouble}")


def test_every_playbook_that_talks_to_the_platform_is_there() -> None:
    there = {path.stem for path in (ROOT / "playbooks").glob("*.yml")} - {"configure_controller"}
    assert {scene.playbook for scene in SCENES.values()} == there


@pytest.mark.parametrize("case", list(cases()))
def test_trouble_in_a_playbook_shows_no_secret_and_is_explained(
    tmp_path: Path, figures: Figures, platform_process: Simulator, case: Case
) -> None:
    figures.schedule()
    SceneStage(tmp_path, figures, platform_process, case).run_in_trouble()
    figures.requests(len(platform_process.log()))


@pytest.mark.skipif(_SHORT, reason="left to `make soak`")
@pytest.mark.parametrize("name", list(SCENES))
def test_a_playbook_without_trouble_makes_its_requests_and_succeeds(
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
