# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One simulator in each process, for all its schedules; and the figures of all of them in the end."""

from collections import Counter
from typing import Any

import pytest

from harness.figures import Figures
from harness.in_process import Platform

_FIGURES = pytest.StashKey[Counter[str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_FIGURES] = Counter()


@pytest.fixture(scope="session")
def figures(pytestconfig: pytest.Config) -> Figures:
    """What is counted."""
    return Figures(pytestconfig.stash[_FIGURES])


@pytest.fixture(scope="session")
def platform(figures: Figures) -> Platform:
    """The simulator's world and application."""
    return Platform(figures)


def pytest_sessionfinish(session: pytest.Session) -> None:
    output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["figures"] = dict(session.config.stash[_FIGURES])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A worker has ended."""
    node.config.stash[_FIGURES].update(getattr(node, "workeroutput", {}).get("figures", {}))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if config.stash[_FIGURES]:
        terminalreporter.write_line(str(Figures(config.stash[_FIGURES])))
