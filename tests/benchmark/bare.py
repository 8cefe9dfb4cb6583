# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""(e) What the platform allows: an asyncio client that knows nothing of Ansible, and nothing of what may go wrong.

It logs in, reads both lists, submits with bounded concurrency over kept-alive connections, polls, and reads the service
list in the end. It has no journal, no retries, no check, no result per service: whatever the collection takes longer is
the price of those.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import aiohttp

FIRST_PAUSE, PAUSE_SHARE, LONGEST_PAUSE = 0.5, 0.08, 5.0
"""A task is polled when its next pause, a share of the time that it has run, is over; seconds."""

CONNECTIONS = 100
"""Connections, and with them requests, at the same time at the most."""

_API = os.environ.get("LIVE_PLATFORM_BASE_URL", "")


async def main(inputs: dict[str, Any]) -> int:
    """Create all services; how many there are in the end."""
    concurrency = int(inputs["max_concurrency"])
    connector = aiohttp.TCPConnector(limit=CONNECTIONS)
    async with aiohttp.ClientSession(connector=connector, raise_for_status=True) as client:
        client.headers["Authorization"] = f"Bearer {await _log_in(client)}"
        existing = {service["MsTenantId"] for service in await _get(client, "/api/v3/customer?allDetails=false")}
        leads = await _get(client, "/api/v2/oc/lead?PageNumber=1&PageSize=20000")
        lead_ids = {lead["tenantId"]: lead["id"] for lead in leads if lead["status"] == "Active"}
        turns = asyncio.Semaphore(concurrency)
        missing = [service for service in inputs["services"] if service["ms_tenant_id"] not in existing]
        await asyncio.gather(*(_create(client, turns, each, lead_ids[each["ms_tenant_id"]]) for each in missing))
        existing = {service["MsTenantId"] for service in await _get(client, "/api/v3/customer?allDetails=true")}
    return len(existing.intersection(service["ms_tenant_id"] for service in inputs["services"]))


async def _create(
    client: aiohttp.ClientSession, turns: asyncio.Semaphore, service: dict[str, Any], lead_id: str
) -> None:
    body = {
        "configurationName": "OcEssential_IPGROUP_TYPE",
        "msTenantId": service["ms_tenant_id"],
        "leadId": lead_id,
        "customerShortName": service["short_name"],
        "customerFullName": service["full_name"],
        "scriptParameters": service["script_parameters"],
    }
    async with turns:
        async with client.post(f"{_API}/api/v3/customer", json=body) as response:
            task_id = (await response.json())["jobId"]
        started = time.monotonic()
        while True:
            pause = max(FIRST_PAUSE, PAUSE_SHARE * (time.monotonic() - started))
            await asyncio.sleep(min(pause, LONGEST_PAUSE))
            status = (await _get(client, f"/api/v2/task/{task_id}"))["status"]
            if status == "CompletedSuccess":
                return
            if status == "Failed":
                raise RuntimeError(f"task {task_id} of {service['short_name']} has failed")


async def _get(client: aiohttp.ClientSession, path: str) -> Any:
    async with client.get(f"{_API}{path}") as response:
        return await response.json()


async def _log_in(client: aiohttp.ClientSession) -> str:
    settings = {
        name: os.environ[f"LIVE_PLATFORM_{name}"]
        for name in ("AUTH_URL", "AUTH_TENANT_ID", "CLIENT_ID", "CLIENT_SECRET", "AUTH_SCOPE")
    }
    form = {
        "grant_type": "client_credentials",
        "client_id": settings["CLIENT_ID"],
        "client_secret": settings["CLIENT_SECRET"],
        "scope": settings["AUTH_SCOPE"],
    }
    url = f"{settings['AUTH_URL']}/{settings['AUTH_TENANT_ID']}/oauth2/v2.0/token"
    async with client.post(url, data=form) as response:
        return str((await response.json())["access_token"])


if __name__ == "__main__":
    wanted = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    made = asyncio.run(main(wanted))
    print(f"{made} services")
    sys.exit(0 if made == len(wanted["services"]) else 1)
