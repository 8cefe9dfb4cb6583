# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A module's own ``main`` in this process, on a bench in virtual time: everything that it lets out, byte by byte.

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

from ansible.module_utils import basic
from ansible.module_utils.common import warnings as module_warnings

from ansible_collections.audiocodes.live_platform.plugins.module_utils._http import client as http_client
from ansible_collections.audiocodes.live_platform.plugins.module_utils._module import module as module_module
from ansible_collections.audiocodes.live_platform.plugins.module_utils._module import waiting_module
from faults.bench import Bench
from harness.in_process import AUTHORITY, BASE
from harness.troubles import PATIENCE
from harness.virtual_time import Process, StageWorkers
from simulator.world import AUTH_SCOPE, AUTH_TENANT_ID, CLIENT_ID, CLIENT_SECRET

SAYING = ("oc_service", "oc_services", "task_info")
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


def run_module(
    bench: Bench, name: str, options: Mapping[str, Any], *, check: bool = False, dies_at: int | None = None
) -> ModuleRun:
    """Run the module as Ansible does, at -vvvv and with --diff; its end is no end of this process."""
    progress = {"progress_path": str(bench.folder / "progress"), "progress_interval": 0.4} if name in SAYING else {}
    arguments = {
        **connection(bench),
        **progress,
        **options,
        "_ansible_check_mode": check,
        "_ansible_diff": True,
        "_ansible_verbosity": 4,
        "_ansible_debug": True,
        "_ansible_no_log": False,
    }
    stdout, stderr, logged = io.StringIO(), io.StringIO(), []
    module = importlib.import_module(f"{MODULES}.{name}")
    _forget_warnings()
    with ExitStack() as scene:
        scene.enter_context(bench.stage.engine())
        scene.enter_context(bench.stage.process(Process(name, dies_at)))
        scene.enter_context(mock.patch.object(module_module, "Clock", return_value=bench.clock))
        scene.enter_context(
            mock.patch.object(waiting_module, "WorkerThreads", lambda size: StageWorkers(bench.stage, size))
        )
        scene.enter_context(mock.patch.object(http_client, "RequestsTransport", return_value=bench.transport))
        scene.enter_context(mock.patch.object(basic, "_ANSIBLE_ARGS", _encode(arguments)))
        scene.enter_context(mock.patch.object(basic, "_ANSIBLE_PROFILE", "legacy", create=True))
        scene.enter_context(mock.patch.object(syslog, "syslog", lambda *words: logged.append(words)))
        scene.enter_context(warnings.catch_warnings())
        scene.enter_context(redirect_stdout(stdout))
        scene.enter_context(redirect_stderr(stderr))
        try:
            module.main()
        except SystemExit:
            pass
        else:
            raise AssertionError(f"{name} has not ended")
    places = {path.name: path.read_bytes() for path in bench.folder.rglob("*") if path.is_file()}
    places |= {
        "stdout": stdout.getvalue().encode(),
        "stderr": stderr.getvalue().encode(),
        "system log": repr(logged).encode(),
        "addresses": repr([sent.path for sent in bench.transport.sent]).encode(),
    }
    given = any(name in options for name in ("services", "script_parameters"))
    return ModuleRun(json.loads(stdout.getvalue()), places, given)


def _encode(arguments: Mapping[str, Any]) -> bytes:
    return json.dumps({"ANSIBLE_MODULE_ARGS": arguments}).encode()


def _forget_warnings() -> None:
    """Each module is a process of its own otherwise."""
    for name in ("_global_warnings", "_global_deprecations"):
        getattr(module_warnings, name).clear()
