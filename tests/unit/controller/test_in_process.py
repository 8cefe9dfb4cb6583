# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What decides where a module runs, and what is around it in Ansible's own process."""

from __future__ import annotations

import datetime
import os
import sys
import threading
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

import pytest
from ansible.playbook.task import Task
from ansible.plugins.action import ActionBase

from ansible_collections.audiocodes.live_platform.plugins.plugin_utils._action import (
    circumstances as circumstances_file,
)
from ansible_collections.audiocodes.live_platform.plugins.plugin_utils._action import core_access
from ansible_collections.audiocodes.live_platform.plugins.plugin_utils._action.audience import wants_progress
from ansible_collections.audiocodes.live_platform.plugins.plugin_utils._action.placement import (
    Circumstances,
    reason_to_send,
)
from ansible_collections.audiocodes.live_platform.plugins.plugin_utils._action.plain_values import plain
from ansible_collections.audiocodes.live_platform.plugins.plugin_utils._action.shown_lines import (
    LabelledDisplay,
    ShownLines,
)
from ansible_collections.audiocodes.live_platform.plugins.plugin_utils._action.surroundings import surroundings

HERE = Circumstances(interpreter="/venv/bin/python", own_interpreter="/venv/bin/python")


def test_a_local_task_runs_in_this_process() -> None:
    assert reason_to_send(HERE) is None
    assert reason_to_send(replace(HERE, interpreter="")) is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"switched_off": "live_platform_in_process"}, "live_platform_in_process switches it off"),
        ({"transport": "ssh"}, "the connection is 'ssh', not 'local'"),
        ({"becomes": True}, "the task has become"),
        ({"in_background": True}, "the task has async"),
        ({"interpreter": "/usr/bin/python3"}, "another Python interpreter is asked for: /usr/bin/python3"),
        ({"missing": ("no requests",)}, "this Python lacks something: no requests"),
    ],
)
def test_each_reason_to_send_is_said(change: dict[str, Any], reason: str) -> None:
    assert reason_to_send(replace(HERE, **change)) == reason


def test_two_names_of_this_python_are_one_and_those_of_another_environment_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    real = tmp_path / "python3.99"
    real.touch()
    for name in ("one/python", "one/python3", "two/python"):
        (tmp_path / name).symlink_to(real)
    monkeypatch.setattr(circumstances_file.sys, "executable", str(tmp_path / "one/python"))
    assert circumstances_file._is_this_one(str(tmp_path / "one/python3"))
    assert not circumstances_file._is_this_one(str(tmp_path / "two/python"))


class _Tagged(str):
    """As Ansible keeps what it knows of a string."""


class _Vaulted(list):  # type: ignore[type-arg]
    """As vaulted strings are up to ansible-core 2.18: a sequence."""

    __ENCRYPTED__ = True

    def __str__(self) -> str:
        return "decrypted"


def test_values_are_plain_for_a_module() -> None:
    given = {
        _Tagged("text"): _Tagged("x"),
        "numbers": (1, 2.5, True, None),
        "vaulted": _Vaulted("cipher"),
        "day": datetime.date(2026, 11, 28),
        "set": {3},
        "bytes": b"abc",
        7: {"inner": [_Tagged("y")]},
    }
    found = plain(given)
    assert found == {
        "text": "x",
        "numbers": [1, 2.5, True, None],
        "vaulted": "decrypted",
        "day": "2026-11-28",
        "set": [3],
        "bytes": "abc",
        "7": {"inner": ["y"]},
    }
    assert {type(key) for key in found} == {str}
    assert type(found["text"]) is str
    assert type(found["7"]["inner"][0]) is str


def test_surroundings_are_as_before_whatever_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAME", "before")
    place = Path.cwd()

    def work() -> None:
        with surroundings({"SAME": "now", "NEW": "now"}, str(tmp_path)):
            assert (os.environ["SAME"], os.environ["NEW"], Path.cwd()) == ("now", "now", tmp_path)
            os.environ["LEFT"] = "by the module"
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work()
    assert os.environ["SAME"] == "before"
    assert {"NEW", "LEFT"} & set(os.environ) == set()
    assert Path.cwd() == place
    with surroundings({}, str(tmp_path / "nowhere")):
        assert Path.cwd() == place


def test_lines_are_displayed_by_the_main_thread_alone() -> None:
    shown: list[tuple[str, bool]] = []

    def show(line: str) -> None:
        shown.append((line, threading.current_thread() is threading.main_thread()))

    lines = ShownLines(LabelledDisplay("host", show))
    other = threading.Thread(target=lambda: lines.write("from another thread"))
    other.start()
    other.join()
    assert shown == []
    lines.write("from this one")
    assert shown == [("[host] from another thread", True), ("[host] from this one", True)]


def test_what_cannot_be_displayed_does_not_hinder_the_work() -> None:
    def fails(line: str) -> None:
        raise OSError(line)

    ShownLines(LabelledDisplay("host", fails)).write("line")


class _Action(ActionBase):  # type: ignore[misc]
    """An action that does nothing."""

    def run(self, tmp: object = None, task_vars: object = None) -> dict[str, Any]:
        return {}


@pytest.fixture
def action() -> ActionBase:
    task = mock.MagicMock(environment=[{"ONE": "1"}, {"TWO": 2, "ONE": "override"}], async_val=0)
    templar = SimpleNamespace(template=lambda value, **_how: value)
    loader = SimpleNamespace(get_basedir=lambda: "/playbooks")
    connection = mock.MagicMock(become=None, transport="local")
    return _Action(task, connection, mock.MagicMock(), loader, templar, mock.MagicMock())


def test_the_environment_of_a_task_is_had_from_ansible(action: ActionBase) -> None:
    found = core_access.task_environment(action)
    assert found["TWO"] == "2"
    assert set(found) == {"ONE", "TWO"}


def test_settings_are_had_from_ansible_and_one_that_it_does_not_have_yet_is_the_default() -> None:
    assert core_access.setting("INTERPRETER_PYTHON", {}) == "auto"
    assert core_access.setting("INTERPRETER_PYTHON", {"ansible_python_interpreter": "/x"}) == "/x"
    assert core_access.setting("NO_SUCH_SETTING", {}, "default") == "default"
    assert core_access.setting("INJECT_INVOCATION", {"ansible_inject_invocation": True}, True) is True


@pytest.mark.parametrize(
    ("keywords", "again"),
    [({}, False), ({"loop": ["a"]}, True), ({"until": ["made is success"]}, True), ({"retries": 2}, True)],
)
def test_an_action_may_run_again_in_a_loop_and_in_retries(
    action: ActionBase, keywords: dict[str, Any], again: bool
) -> None:
    action._task = Task.load({"action": "debug", **keywords})
    assert core_access.runs_again(action) is again


def test_lines_are_not_displayed_without_a_standard_output(monkeypatch: pytest.MonkeyPatch) -> None:
    assert wants_progress({}, None)
    monkeypatch.setattr(sys, "__stdout__", None)
    assert not wants_progress({}, None)
    assert not wants_progress({"progress": True}, True)


def test_become_and_the_folder_are_had_from_ansible(action: ActionBase) -> None:
    assert not core_access.becomes_another_user(action)
    action._connection.become = object()
    assert core_access.becomes_another_user(action)
    assert core_access.base_folder(action) == "/playbooks"


def test_a_result_is_marked_as_that_of_a_module(action: ActionBase) -> None:
    values = {"changed": False, "services": [{"name": "x"}], "pair": (1, 2), "warnings": ["beware"]}
    found = core_access.as_module_result(action, values)
    assert {name: found[name] for name in ("changed", "services", "pair")} == {
        "changed": False,
        "services": [{"name": "x"}],
        "pair": [1, 2],
    }
    assert "beware" in str(found["warnings"])
    assert type(found) is dict
    failed = core_access.as_module_result(action, {"failed": True, "msg": "no"})
    assert (failed["failed"], failed["msg"]) == (True, "no")
