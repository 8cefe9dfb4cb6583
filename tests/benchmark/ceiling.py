# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many requests of each kind the simulator can serve in a second, without latency: its ceiling.

A client in a process of its own sends prepared bytes over some connections, on each the next request as soon as the
answer to the last has come. ``python -m benchmark.ceiling`` is that client.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit

from benchmark.stage import PARAMETERS, TESTS, Stage
from simulator.seeds.generating import tenant_id

_CONNECTIONS = 20
_SUBMISSIONS = 5000
"""So many per second can be sent, each for a tenant of its own."""


def ceilings(stage: Stage, seconds: float, services: int = 1000) -> dict[str, float]:
    """Requests per second by kind; the lists hold as many services and leads as given."""
    found = {}
    for kind in ("task", "submission", "service list", "leads", "login"):
        many = kind == "submission"
        tenants = int(_SUBMISSIONS * seconds) + _CONNECTIONS if many else 0
        stage.prepare(tenants, services=0 if many else services, latency=0.0, task_seconds=3600.0)
        facts = {**stage.simulator.facts, "token": stage.simulator.token(), "kind": kind, "seconds": seconds}
        facts["tenants"] = tenants
        done = subprocess.run(
            [sys.executable, "-m", "benchmark.ceiling"],
            input=json.dumps(facts),
            cwd=TESTS,
            capture_output=True,
            text=True,
            timeout=seconds + 60,
            check=True,
        )
        found[kind] = float(done.stdout)
    stage.simulator.clear_log()
    return found


async def _load(facts: dict[str, Any]) -> float:
    """Requests per second that were answered well."""
    requests = _requests(facts)
    url = urlsplit(facts["base_url"])
    if facts["kind"] == "task":
        task_id = await _submit_one(url.hostname, url.port, facts)
        requests = itertools.repeat(_get(facts, f"{url.path}/api/v2/task/{task_id}"))
    started = time.monotonic()
    workers = [_work(url.hostname, url.port, requests, started + facts["seconds"]) for _number in range(_CONNECTIONS)]
    count = sum(await asyncio.gather(*workers))
    return count / (time.monotonic() - started)


async def _work(host: str | None, port: int | None, requests: Iterator[bytes], end: float) -> int:
    reader, writer = await asyncio.open_connection(host, port)
    count = 0
    for request in requests:
        await _exchange(reader, writer, request)
        count += 1
        if time.monotonic() > end:
            break
    writer.close()
    return count


async def _exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> bytes:
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if not head.startswith(b"http/1.1 200"):
        raise RuntimeError(f"the simulator answered {head!r}")
    return await reader.readexactly(int(head.partition(b"content-length:")[2].split(b"\r\n")[0]))


async def _submit_one(host: str | None, port: int | None, facts: dict[str, Any]) -> str:
    reader, writer = await asyncio.open_connection(host, port)
    lead = json.loads(await _exchange(reader, writer, _get(facts, _path(facts, "/api/v2/oc/lead?PageSize=1"))))[0]
    # The tenants of the generated services have theirs already; a second one is made where that is accepted.
    await _exchange(reader, writer, _message(facts, "PATCH", "/_simulator/settings", {"existing_service": "accept"}))
    answer = await _exchange(reader, writer, _submission(facts, lead["tenantId"], "ceiling"))
    writer.close()
    return str(json.loads(answer)["jobId"])


def _requests(facts: dict[str, Any]) -> Iterator[bytes]:
    kind = facts["kind"]
    if kind == "submission":
        return (_submission(facts, tenant_id(number), f"ceiling{number}") for number in range(facts["tenants"]))
    if kind == "login":
        form = {"client_id": facts["client_id"], "client_secret": facts["client_secret"], "scope": facts["auth_scope"]}
        path = f"/{facts['auth_tenant_id']}/oauth2/v2.0/token"
        content = urlencode({"grant_type": "client_credentials", **form})
        return itertools.repeat(_message(facts, "POST", path, content, "application/x-www-form-urlencoded"))
    paths = {"service list": "/api/v3/customer?allDetails=true", "leads": "/api/v2/oc/lead?PageNumber=1&PageSize=20000"}
    return itertools.repeat(_get(facts, _path(facts, paths.get(kind, "/"))))


def _path(facts: dict[str, Any], path: str) -> str:
    return str(urlsplit(facts["base_url"]).path + path)


def _submission(facts: dict[str, Any], tenant: str, short_name: str) -> bytes:
    body = {
        "configurationName": "OcEssential_IPGROUP_TYPE",
        "msTenantId": tenant,
        "customerShortName": short_name,
        "customerFullName": short_name,
        "scriptParameters": PARAMETERS,
    }
    return _message(facts, "POST", _path(facts, "/api/v3/customer"), body)


def _get(facts: dict[str, Any], path: str) -> bytes:
    return _message(facts, "GET", path)


def _message(
    facts: dict[str, Any], method: str, path: str, body: Any = None, content_type: str = "application/json"
) -> bytes:
    content = b"" if body is None else (body if isinstance(body, str) else json.dumps(body)).encode()
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: simulator\r\nAuthorization: Bearer {facts['token']}\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content


if __name__ == "__main__":
    print(asyncio.run(_load(json.load(sys.stdin))))
