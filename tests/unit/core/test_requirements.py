# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is needed is compared with what is there, and named."""

from __future__ import annotations

import ast
import re
import sys
import types
from pathlib import Path

import pytest
import yaml

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core import version as here
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.version import unmet

ROOT = Path(__file__).resolve().parents[3]


def installed(monkeypatch: pytest.MonkeyPatch, **versions: str | None) -> None:
    for name, version in versions.items():
        module = None if version is None else types.SimpleNamespace(__version__=version)
        monkeypatch.setitem(sys.modules, name, module)


def test_here_everything_is_there() -> None:
    assert unmet("2.16.0") == []


@pytest.mark.parametrize(
    ("requests", "urllib3", "said"),
    [
        ("2.20.0", "2.2.1", "requests 2.20.0 is installed for "),
        ("2.31.0", "1.25.11", "urllib3 1.25.11 is installed for "),
        (None, "2.2.1", "Failed to import the required Python library (requests) for "),
    ],
)
def test_a_package_that_is_missing_or_too_old_is_named_with_what_is_there(
    monkeypatch: pytest.MonkeyPatch, requests: str | None, urllib3: str, said: str
) -> None:
    installed(monkeypatch, requests=requests, urllib3=urllib3)
    (problem,) = unmet("2.21.0")
    assert problem.startswith(said)
    assert " or newer" in problem


def test_what_is_unusual_is_no_reason_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, requests="2.32.0.dev1+local.1", urllib3="")
    assert unmet("2.21.0.dev0") == []


def test_an_old_python_and_an_old_ansible_are_named() -> None:
    (python,) = unmet("2.16.3", python=(3, 9, 18))
    assert python == f"Python 3.9.18 runs this ({sys.executable}), 3.10 or newer is needed"
    (core,) = unmet("2.15.13")
    assert core == "ansible-core 2.15.13 is installed, 2.16 or newer is needed"


def test_the_versions_are_those_that_are_documented() -> None:
    runtime = yaml.safe_load((ROOT / "meta/runtime.yml").read_text())
    assert runtime["requires_ansible"] == f">={here.ANSIBLE_CORE}.0"
    (requests,) = re.findall(r"^requests>=(\S+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    assert requests.startswith(here.PACKAGES["requests"])
    oldest = ".".join(map(str, here.PYTHON))
    assert f"Python {oldest} or newer" in (ROOT / "README.md").read_text()


def test_every_file_that_a_module_loads_can_be_read_by_an_older_python() -> None:
    """The check itself must be reached: Python 3.7 reads a file, whatever it may lack later."""
    for path in (*(ROOT / "plugins/module_utils").rglob("*.py"), *(ROOT / "plugins/modules").glob("*.py")):
        tree = ast.parse(path.read_text(), feature_version=(3, 8))
        newer = [node for node in ast.walk(tree) if type(node).__name__ in ("Match", "TryStar")]
        assert not newer, path.name
        for statement in tree.body:
            assert not _calls_newer(statement), f"{path.name}: at import"
        slots = re.search(r"@dataclass\([^)]*(slots|kw_only)", path.read_text())
        assert slots is None, path.name


def _calls_newer(statement: ast.stmt) -> bool:
    """Whether what runs at import calls what only newer versions have; the body of a function runs later."""
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        return False
    return any(
        keyword.arg == "strict"
        for node in ast.walk(statement)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
    )
