# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What users see is what they saw before (golden files), so that a change of it is never an accident."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from ansible.release import __version__ as ansible_version

from e2e import golden_files
from harness import cast
from harness.figures import Figures
from harness.loud import SceneStage
from harness.playbooks import ROOT
from harness.scenes import SCENES, Case, Scene
from simulator.client import Simulator

KINDS = ("module", "filter", "inventory")
MODULES = sorted(path.stem for path in (ROOT / "plugins/modules").glob("*.py"))
QUICK = ("onboard", "offboard")
KNOWN = {value for value in vars(cast).values() if isinstance(value, str)}

pytestmark = pytest.mark.skipif(
    not ansible_version.startswith("2.19."), reason="output and documentation differ between versions of ansible-core"
)


@pytest.fixture(scope="module")
def platform_process() -> Iterator[Simulator]:
    with Simulator() as process:
        yield process


@pytest.mark.parametrize("kind", KINDS)
def test_the_documentation_is_what_it_was(kind: str) -> None:
    found = golden_files.documentation(kind)
    assert found
    for name, content in found.items():
        golden_files.compare(f"documentation/{kind}/{name.rpartition('.')[2]}.json", golden_files.as_text(content))


def test_nothing_is_documented_that_is_not_there() -> None:
    kept = {path.relative_to(golden_files.FOLDER / "documentation") for path in golden_files.FOLDER.glob("*/*/*.json")}
    there = {
        Path(kind, f"{name.rpartition('.')[2]}.json") for kind in KINDS for name in golden_files.documentation(kind)
    }
    assert kept == there


@pytest.mark.parametrize("module", MODULES)
def test_the_options_are_what_they_were(module: str) -> None:
    golden_files.compare(f"options/{module}.json", golden_files.as_text(golden_files.options(module)))


def in_order(scene: Scene) -> Scene:
    """The same with one service at a time, so that ids and lines come in the same order each time."""
    return replace(scene, variables={**scene.variables, "sbc_onboarding_max_concurrency": 1})


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in QUICK else [pytest.mark.long]) for name in SCENES]
)
def test_a_playbook_shows_what_it_showed(tmp_path: Path, platform_process: Simulator, name: str) -> None:
    stage = SceneStage(tmp_path, Figures(), platform_process, Case(in_order(SCENES[name])), loud=False)
    for attempt in ("check", "first", "second"):
        run = stage.run(check=attempt == "check")
        content = golden_files.seen(run, tmp_path, KNOWN)
        golden_files.compare(f"playbooks/{name.replace(', ', ' ').replace(' ', '_')}.{attempt}.txt", content)
