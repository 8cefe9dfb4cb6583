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
from harness.scenes import SCENES, Case, Scene
from simulator.client import Simulator

KINDS = ("module", "filter", "inventory")
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


def test_the_shared_documentation_is_what_it_was() -> None:
    for name, content in golden_files.fragments().items():
        golden_files.compare(f"documentation/fragment/{name}.json", golden_files.as_text(content))


def test_nothing_is_kept_that_is_not_there() -> None:
    kept = {str(path.relative_to(golden_files.FOLDER)) for path in golden_files.FOLDER.rglob("*.*")}
    there = {f"documentation/fragment/{name}.json" for name in golden_files.fragments()}
    for kind in KINDS:
        names = golden_files.documentation(kind)
        there |= {f"documentation/{kind}/{name.rpartition('.')[2]}.json" for name in names}
    there |= {_file_of(name) for name in SCENES}
    assert kept <= there if golden_files.WRITE else kept == there


def _file_of(scene: str) -> str:
    return f"playbooks/{scene.replace(', ', ' ').replace(' ', '_')}.txt"


def in_order(scene: Scene) -> Scene:
    """The same with one service at a time, so that ids and lines come in the same order each time."""
    return replace(scene, variables={**scene.variables, "sbc_onboarding_max_concurrency": 1})


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in QUICK else [pytest.mark.long]) for name in SCENES]
)
def test_a_playbook_shows_what_it_showed(tmp_path: Path, platform_process: Simulator, name: str) -> None:
    stage = SceneStage(tmp_path, Figures(), platform_process, Case(in_order(SCENES[name])), loud=False)
    content = golden_files.seen(stage.run(check=False), tmp_path, KNOWN)
    golden_files.compare(_file_of(name), content)
