# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures of the engine's tests: nothing here leaves the test's own folder or the loopback interface."""

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from harness.fakes import Conversation, FakeClock, Step
from harness.unit_platform import UnitPlatform
from harness.workbench import Workbench

settings.register_profile("engine", deadline=None, max_examples=100, derandomize=True)
settings.load_profile("engine")


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Whatever the engine keeps between runs, it keeps in the test's folder; no proxy stands in between."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME", "NETRC", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "*")
    return home


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def conversation() -> Iterator[Callable[..., Conversation]]:
    """Makes scripted servers, and fails the test when one was asked for less or more than its script says."""
    begun: list[Conversation] = []

    def begin(*steps: Step) -> Conversation:
        begun.append(Conversation(*steps))
        return begun[-1]

    yield begin
    for each in begun:
        each.finish()


@pytest.fixture
def platform(clock: FakeClock) -> UnitPlatform:
    """A platform in memory with one Active lead."""
    made = UnitPlatform(clock)
    made.lead()
    return made


@pytest.fixture
def bench(platform: UnitPlatform, clock: FakeClock, tmp_path: Path) -> Workbench:
    return Workbench(platform, clock, tmp_path / "journal")


@pytest.fixture(params=[signal.SIGINT, signal.SIGTERM])
def number(request: pytest.FixtureRequest) -> Iterator[signal.Signals]:
    """A signal that is heeded, even where the tests run in the background and were told to ignore it."""
    number: signal.Signals = request.param
    before = signal.signal(number, signal.SIG_DFL)
    yield number
    signal.signal(number, before)
