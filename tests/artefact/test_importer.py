# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Galaxy and Automation Hub take the artefact without a word of warning."""

import re
import shutil
from pathlib import Path

import pytest
import yaml

from artefact.conftest import Run
from artefact.opened import ROOT, Opened

CONFIGURATION = """\
[galaxy-importer]
check_changelog = true
check_required_tags = true
run_ansible_doc = true
run_ansible_lint = true
offline_ansible_lint = true
run_flake8 = false
# ansible-test is run by `make sanity` and `make matrix`; here it would need a container
run_ansible_test = false
"""

pytestmark = pytest.mark.timeout(600)  # ansible-lint looks at everything

COMPLAINT = re.compile(r"^(WARNING|ERROR|CRITICAL)|Traceback", re.MULTILINE)


@pytest.fixture(scope="module")
def log(artefact: Path, run: Run, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What galaxy-importer said about the artefact."""
    folder = tmp_path_factory.mktemp("importer")
    (folder / "galaxy-importer.cfg").write_text(CONFIGURATION)
    shutil.copy(artefact, folder)
    return run(
        *("python", "-m", "galaxy_importer.main", "--print-result", artefact.name),
        folder=folder,
        GALAXY_IMPORTER_CONFIG=str(folder / "galaxy-importer.cfg"),
    )


def test_it_is_accepted(log: str) -> None:
    assert "Importer processing completed successfully" in log, log


def test_it_is_accepted_without_a_warning(log: str) -> None:
    assert "...ansible-lint run complete" in log, log
    assert COMPLAINT.search(log) is None, log


def test_a_complaint_would_be_seen() -> None:
    assert COMPLAINT.search("INFO: Linting\nWARNING: No changelog found.")


def test_it_finds_everything(log: str, opened: Opened) -> None:
    found = re.findall(r'"name": "(\w+)",\s*"content_type": "(\w+)"', log)
    assert sorted(name for name, kind in found if kind == "module") == opened.plugins("modules")
    roles = sorted(path.name for path in (ROOT / "roles").iterdir())
    assert sorted(name for name, kind in found if kind == "role") == roles
    oldest = yaml.safe_load((ROOT / "meta/runtime.yml").read_text())["requires_ansible"]
    assert f'"requires_ansible": "{oldest}"' in log
