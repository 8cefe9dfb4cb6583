# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A module in this process, on a bench in virtual time: everything that it lets out, byte by byte.

Its own ``main`` runs, as where it is sent, or its function, as an action plugin runs it.

Nothing of the module is replaced but the clock and the socket, so hundreds of its failures can be looked at in seconds.
"""

from __future__ import annotations

import importlib
import io
import json
import syslog
import warnings
from collections.abc import Mapping
from contextlib import ExitStack, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import Any
from unittest import mock

from ansible_collections.audiocodes.live_platform.plugins.module_utils._http import client as http_client
from ansible_collections.audiocodes.live_platform.plugins.module_utils._module import module as module_module
from ansible_collections.audiocodes.live_platform.plugins.module_utils._module import waiting_module
from ansible_collections.audiocodes.live_platform.plugins.plugin_utils._action.in_process import Conduct, run_in_process
from faults.bench import Bench
from harness.fault_kinds import PATIENCE
from harness.in_process import AUTHORITY, BASE, OnStage
from harness.sent_module import run_as_sent
from harness.virtual_time import Process, StageWorkers, VirtualEngineClock
from simulator.world import AUTH_SCOPE, AUTH_TENANT_ID, CLIENT_ID, CLIENT_SECRET

SAYING = ("oc_numbers", "oc_service", "oc_services", "oc_status_info", "task_info")
"""Modules that say how it goes while they run."""

MODULES = "ansible_collections.audiocodes.live_platform.plugins.modules"


@dataclass(frozen=True)
class ModuleRun:
    """What a module has let out, by place."""

    result: dict[str, Any]
    places: dict[str, bytes]
    given_secrets: bool
    """Whether passwords were among the options."""


def connection(bench: Bench) -> dict[str, Any]:
    """The connection options of a bench."""
    return {
        "base_url": BASE,
        "auth_url": AUTHORITY,
        "auth_tenant_id": AUTH_TENANT_ID,
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "auth_scope": AUTH_SCOPE,
        "request_timeout": PATIENCE,
        "token_cache": str(bench.folder / "tokens"),
    }


class _Lines:
    """A listener that keeps what it hears."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def write(self, line: str) -> None:
        self.lines.append(line)

    def flush(self) -> None:
        return None


def _here(module: Any, arguments: Mapping[str, Any], check: bool, listener: _Lines | None) -> None:
    """Run the module's function, and write what it returns, as results are written."""
    conduct = Conduct("x", check, 4, "LOG_USER", "", listener=listener)
    print(json.dumps(run_in_process(module.MODULE, arguments, conduct)))


def run_module(
    bench: Bench,
    name: str,
    options: Mapping[str, Any],
    *,
    check: bool = False,
    dies_at: int | None = None,
    here: bool = False,
) -> ModuleRun:
    """Run the module as Ansible does, at -vvvv and with --diff; its end is no end of this process.

    :param here: as an action plugin runs it, instead of as a module that was sent.
    """
    progress = {"progress_path": str(bench.folder / "progress"), "progress_interval": 0.4} if name in SAYING else {}
    if here:
        progress.pop("progress_path", None)
    arguments = {**connection(bench), **progress, **options}
    stdout, stderr, logged, listener = io.StringIO(), io.StringIO(), [], _Lines()
    module = importlib.import_module(f"{MODULES}.{name}")

    def clock() -> VirtualEngineClock:
        return bench.clock

    def transport(*_arguments: object, **_options: object) -> OnStage:
        return bench.transport

    with ExitStack() as scene:
        scene.enter_context(bench.stage.engine())
        scene.enter_context(bench.stage.process(Process(name, dies_at)))
        scene.enter_context(mock.patch.object(module_module, "Clock", clock))
        scene.enter_context(
            mock.patch.object(waiting_module, "WorkerThreads", lambda size: StageWorkers(bench.stage, size))
        )
        scene.enter_context(mock.patch.object(http_client, "RequestsTransport", transport))
        scene.enter_context(mock.patch.object(syslog, "syslog", lambda *words: logged.append(words)))
        scene.enter_context(warnings.catch_warnings())
        scene.enter_context(redirect_stdout(stdout))
        scene.enter_context(redirect_stderr(stderr))
        if here:
            _here(module, arguments, check, listener if name in SAYING else None)
        else:
            how = {"check_mode": check, "diff": True, "verbosity": 4, "debug": True, "no_log": False}
            run_as_sent(module.main, arguments, **how)
    places = {path.name: path.read_bytes() for path in bench.folder.rglob("*") if path.is_file()}
    places |= {
        "stdout": stdout.getvalue().encode(),
        "stderr": stderr.getvalue().encode(),
        "system log": repr(logged).encode(),
        "shown lines": "\n".join(listener.lines).encode(),
        "addresses": repr([sent.path for sent in bench.transport.sent]).encode(),
    }
    given = any(name in options for name in ("services", "services_by_name", "script_parameters"))
    return ModuleRun(json.loads(stdout.getvalue()), places, given)
