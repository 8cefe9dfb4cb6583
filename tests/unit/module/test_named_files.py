# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every option of every module that names a file or a folder, and what stands there instead of one.

The options are found in the argument specs, so a new one is tested as soon as it exists.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.regular_files import LARGEST_PEM
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.connection import (
    CONNECTION_OPTIONS,
    Connection,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._module.definition import Definition
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.numbers.number_file import LARGEST
from ansible_collections.audiocodes.live_platform.plugins.module_utils._tasks.progress import LinesOfFile
from ansible_collections.audiocodes.live_platform.plugins.plugin_utils._action.in_process import Conduct, run_in_process
from harness.fakes import OPTIONS

PLUGINS = Path(__file__).parents[3] / "plugins"
PACKAGE = "ansible_collections.audiocodes.live_platform.plugins.modules"
TENANT = "f9f53ee0-56e1-43f6-8fe3-5fb322986657"

URLS = {"devices_path"}
"""Options that are called like a file and name a part of a URL."""

FILES_BY_OTHER_NAMES = {"token_cache"}

VALUES: dict[str, Any] = {
    "ms_tenant_id": TENANT,
    "short_name": "Brad",
    "company_name": "Brad Telecom",
    "services": [{"ms_tenant_id": TENANT, "short_name": "Brad"}],
    "numbers": ["+31201000000"],
    "task_ids": ["wst_1"],
    "ump_customer_guid": TENANT,
}
"""What modules may require."""

LIMIT = 5.0
"""Seconds in which the error has to come."""


def _definitions() -> dict[str, Definition]:
    names = sorted(path.stem for path in (PLUGINS / "modules").glob("*.py"))
    found = {name: getattr(import_module(f"{PACKAGE}.{name}"), "MODULE", None) for name in names}
    return {name: definition for name, definition in found.items() if definition is not None}


DEFINITIONS = _definitions()


def _names_a_file(name: str, rule: dict[str, Any]) -> bool:
    named = name.endswith(("_path", "_file", "_folder", "_dir")) and name not in URLS
    return rule.get("type") == "path" or named or name in FILES_BY_OTHER_NAMES


def _options() -> list[tuple[str, str]]:
    connection = {option.name for option in CONNECTION_OPTIONS}
    found = []
    for module, definition in DEFINITIONS.items():
        for name, rule in definition.argument_spec.items():
            # The connection options are the same everywhere: with one module they are tested once.
            if _names_a_file(name, rule) and (name not in connection or module == "oc_lead_info"):
                found.append((module, name))
    return found


def _pipe(folder: Path) -> str:
    os.mkfifo(folder / "pipe")
    return str(folder / "pipe")


def _socket(folder: Path) -> str:
    with socket.socket(socket.AF_UNIX) as bound:
        before = Path.cwd()
        os.chdir(folder)  # the name of a socket may have 108 bytes only
        try:
            bound.bind("socket")
        finally:
            os.chdir(before)
    return str(folder / "socket")


WRONG: dict[str, tuple[Callable[[Path], str], str]] = {
    "pipe": (_pipe, "a pipe"),
    "socket": (_socket, "a socket"),
    "device without end": (lambda folder: "/dev/zero", "a device"),
    "device that is full": (lambda folder: "/dev/full", "a device"),
    "NUL": (lambda folder: f"{folder}/a\0b", "a character that no path may hold"),
    "half a character": (lambda folder: f"{folder}/a\ud83db", ""),
}
"""What may stand where a file or folder should be, and the word that says so."""


def _run(module: str, **options: Any) -> tuple[dict[str, Any], list[str]]:
    """The result of a module that would only note that it has begun to work; it must come in time."""
    definition = DEFINITIONS[module]
    begun: list[str] = []

    def work(running: Any, api: Any) -> dict[str, Any]:
        begun.append(module)
        return {}

    given = {name: value for name, value in VALUES.items() if name in definition.options}
    if "short_name" in given:
        del given["company_name"], given["ump_customer_guid"]
    result: list[dict[str, Any]] = []

    def run() -> None:
        result.append(run_in_process(replace(definition, work=work), {**OPTIONS, **given, **options}, Conduct(module)))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(LIMIT)
    assert result, f"{module} waits for something, with {options}"
    return result[0], begun


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    for flags in (os.O_RDONLY, os.O_RDWR):  # let go of a thread that waits for the pipe
        with suppress(OSError):
            os.close(os.open(tmp_path / "pipe", flags | os.O_NONBLOCK))


def _chosen(option: str) -> dict[str, Any]:
    """The options with which the option is used."""
    if not option.startswith("client_"):
        return {}
    return {"client_secret": None, "client_certificate_path": __file__, "client_key_path": __file__}


def test_the_options_were_found() -> None:
    found = {name for _module, name in _options()}
    assert found >= {"journal_path", "token_cache", "ca_path", "client_certificate_path", "client_key_path"}
    assert found >= {"numbers_file", "progress_path"}


@pytest.mark.parametrize("module", sorted({module for module, _option in _options()}))
def test_without_such_an_option_each_module_begins(module: str) -> None:
    result, begun = _run(module)
    assert begun == [module], result["msg"]


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize(("module", "option"), _options())
def test_what_is_no_file_is_named_before_anything_is_sent(place: Path, module: str, option: str, wrong: str) -> None:
    make, word = WRONG[wrong]
    result, begun = _run(module, **{**_chosen(option), option: make(place)})
    assert result.get("failed"), result
    (line,) = [line for line in result["msg"].split("; ") if line.startswith(f"{option}:")] or [result["msg"]]
    assert option in line, result["msg"]
    assert word in line, result["msg"]
    assert begun == [], "nothing may have been sent"


@pytest.mark.parametrize(("module", "option"), _options())
def test_a_folder_is_no_file_and_a_file_is_no_folder(place: Path, module: str, option: str) -> None:
    file = place / "file"
    file.touch()
    is_folder = option in ("journal_path", "token_cache")
    if option == "ca_path":
        return  # may be either
    result, begun = _run(module, **{**_chosen(option), option: str(file if is_folder else place)})
    assert result.get("failed"), result
    assert ("a file" if is_folder else "a folder") in result["msg"], result["msg"]
    assert option in result["msg"]
    assert begun == []


@pytest.mark.parametrize(
    ("module", "option", "most"),
    [
        ("oc_numbers", "numbers_file", LARGEST),
        ("oc_lead_info", "ca_path", LARGEST_PEM),
        ("oc_lead_info", "client_key_path", LARGEST_PEM),
        ("oc_lead_info", "client_certificate_path", LARGEST_PEM),
    ],
)
def test_what_is_read_is_limited_by_what_was_read(
    place: Path, monkeypatch: pytest.MonkeyPatch, module: str, option: str, most: int
) -> None:
    # A file in /proc, or on a network, may hold more than its size says.
    real, lied = os.fstat, os.stat
    file = place / "file"
    with file.open("wb") as opened:
        opened.truncate(most + 2)

    def told(facts: os.stat_result) -> os.stat_result:
        return os.stat_result((*facts[:6], 0, *facts[7:10]))

    monkeypatch.setattr(os, "fstat", lambda descriptor: told(real(descriptor)))
    monkeypatch.setattr(os, "stat", lambda path, **how: told(lied(path, **how)))
    result, begun = _run(module, **{**_chosen(option), option: str(file)})
    assert f"more than {most:,} bytes" in result["msg"], result["msg"]
    assert begun == []


def test_the_inventory_has_the_same_checks(place: Path) -> None:
    pipe = _pipe(place)
    for option in ("ca_path", "token_cache", "client_certificate_path"):
        problems = Connection.from_options({**OPTIONS, **_chosen(option), option: pipe}).problems()
        assert any(option in problem and "a pipe" in problem for problem in problems), problems


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_a_variable_that_names_a_pipe_is_named(place: Path, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv(variable, _pipe(place))
    result, begun = _run("oc_lead_info")
    assert variable in result["msg"]
    assert "a pipe" in result["msg"]
    assert begun == []


def test_what_is_not_used_does_not_matter(place: Path) -> None:
    pipe = _pipe(place)
    assert _run("oc_lead_info", ca_path=pipe, validate_certs=False)[1] == ["oc_lead_info"]
    assert _run("oc_service", journal_path=pipe, journal=False)[1] == ["oc_service"]
    assert _run("oc_service", progress_path=pipe, progress=False)[1] == ["oc_service"]


def test_a_file_that_becomes_a_pipe_does_not_hold_up_the_work(place: Path) -> None:
    path = place / "pipe"
    lines = LinesOfFile(path)
    lines.write("one")
    assert path.read_text() == "one\n"
    path.unlink()
    os.mkfifo(path)
    thread = threading.Thread(target=lines.write, args=("two",), daemon=True)
    thread.start()
    thread.join(LIMIT)
    assert not thread.is_alive()


@pytest.mark.skipif(sys.platform != "linux", reason="the name of the descriptor is Linux's")
def test_what_a_shell_substitutes_is_a_pipe(place: Path) -> None:
    read, write = os.pipe()
    try:
        result, begun = _run("oc_numbers", numbers_file=f"/dev/fd/{read}")
    finally:
        os.close(read)
        os.close(write)
    assert "numbers_file" in result["msg"]
    assert "a pipe" in result["msg"]
    assert begun == []
