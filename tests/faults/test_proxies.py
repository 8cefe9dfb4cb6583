# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine with its real transport, through proxies of both kinds that lose the answer to the submission.

The matrix works without sockets, so it cannot see what the transport makes of a connection that breaks in a proxy.
"""

from __future__ import annotations

import select
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.client import LivePlatformApi
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.clock import Clock
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.masking import Secrets
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.client import HttpClient
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.connection import Connection
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.context import RunSettings, Tools
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.journal import open_journal
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.reconcile import (
    reconcile_all,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.request import (
    WantedService,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.result import ServiceResult
from ansible_collections.audiocodes.live_platform.plugins.module_utils._tasks.poller import WaitPolicy
from ansible_collections.audiocodes.live_platform.plugins.module_utils._tasks.progress import Progress
from ansible_collections.audiocodes.live_platform.plugins.module_utils._tasks.worker_threads import WorkerThreads
from harness.cast import BRAD
from harness.figures import Figures
from simulator.client import Simulator

SECONDS = 20.0


def _closes(client: socket.socket) -> None:
    client.close()


def _resets(client: socket.socket) -> None:
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()


def _spoils(client: socket.socket) -> None:
    client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n[1,2]")
    client.close()


WAYS: dict[str, Callable[[socket.socket], None]] = {"closes": _closes, "resets": _resets, "spoils": _spoils}


class BreakingProxy:
    """Passes requests on and opens tunnels, until it is time to break: then it loses one answer.

    :param is_time: asked before anything is passed back.
    """

    def __init__(self, way: Callable[[socket.socket], None], is_time: Callable[[], bool]) -> None:
        self._way, self._is_time = way, is_time
        self.broken = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _address = self._listener.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with suppress(OSError), client:
            head = client.recv(65536)
            verb, target = head.split()[:2]
            host, _colon, port = target.decode().removeprefix("http://").partition("/")[0].partition(":")
            with socket.create_connection((host, int(port)), timeout=SECONDS) as server:
                place = f" http://{host}:{port}/".encode()
                if verb == b"CONNECT":
                    client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                else:
                    server.sendall(head.replace(place, b" /", 1))
                self._pass_on(client, server, place)

    def _pass_on(self, client: socket.socket, server: socket.socket, place: bytes) -> None:
        while True:
            for source in select.select([client, server], [], [], SECONDS)[0]:
                data = source.recv(65536)
                if not data:
                    return
                if source is client:
                    server.sendall(data.replace(place, b" /", 1))
                elif self.broken == 0 and self._is_time():
                    self.broken += 1
                    self._way(client)
                    return
                else:
                    client.sendall(data)

    def close(self) -> None:
        self._listener.close()


@pytest.fixture(scope="module", params=[False, True], ids=["forward proxy", "tunnel"])
def platform_process(request: pytest.FixtureRequest) -> Iterator[Simulator]:
    """Plain http goes through a proxy that passes requests on, https through a tunnel."""
    with Simulator(tls=request.param, task_seconds=0.2) as process:
        yield process


def submissions(process: Simulator) -> int:
    return sum(entry["method"] == "POST" and entry["path"].endswith("/api/v3/customer") for entry in process.log())


def onboard(process: Simulator, folder: Path) -> ServiceResult:
    """One service, with the real clock, threads and sockets."""
    facts = {name.removeprefix("LIVE_PLATFORM_").lower(): value for name, value in process.environment.items()}
    connection = Connection.from_options(
        {**facts, "token_cache": "false", "request_timeout": 5.0, "validate_certs": True}
    )
    clock, secrets = Clock(), Secrets()
    tools = Tools(
        LivePlatformApi(HttpClient(connection, secrets, clock=clock)),
        open_journal(True, str(folder / "journal"), connection.base_url, clock, lambda message: None),
        RunSettings(wait=WaitPolicy(True, SECONDS, 1.0)),
        clock,
        secrets,
        Progress(clock),
        WorkerThreads,
    )
    asked = {"ms_tenant_id": BRAD, "short_name": "Brad", "configuration": "ip_group"}
    wanted = WantedService.from_options(asked)
    (outcome,) = reconcile_all(tools, [wanted]).outcomes
    return outcome


@pytest.mark.parametrize("way", WAYS)
def test_an_answer_that_is_lost_in_a_proxy_is_no_reason_to_submit_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, figures: Figures, platform_process: Simulator, way: str
) -> None:
    platform_process.reset(tokens=True)
    platform_process.clear_log()
    proxy = BreakingProxy(WAYS[way], lambda: submissions(platform_process) > 0)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(name, proxy.url)
    figures.schedule()
    try:
        outcome = onboard(platform_process, tmp_path)
        again = onboard(platform_process, tmp_path)
    finally:
        proxy.close()
    figures.run([1] if outcome.failure else [])
    figures.requests(len(platform_process.log()))
    print(
        [(e["method"], e["path"], e["status"]) for e in platform_process.log()][:14], platform_process.state()["tasks"]
    )
    assert proxy.broken == 1
    assert (outcome.outcome, outcome.changed) == ("adopted", True), outcome.failure
    assert again.outcome == "unchanged"
    there = [each for each in platform_process.state()["services"] if each["ms_tenant_id"] == BRAD]
    assert (len(there), submissions(platform_process)) == (1, 1)
