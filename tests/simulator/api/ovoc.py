# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The OVOC pass-through: its view of services, and channels."""

from typing import Any

from fastapi import Request
from starlette.responses import Response

from simulator.answers import answer, problem
from simulator.reading import is_guid, read_object
from simulator.records import LICENSE_NAMES, Channel, Service
from simulator.routing import Routes
from simulator.world import World

_TOPOLOGY = "/api/ovoc/v1/topology"


routes = Routes("OVOC")


@routes.add("GET", _TOPOLOGY + "/services")
async def list_services(world: World) -> Response:
    """Services as OVOC sees them."""
    return answer({"services": [_service(each) for each in world.store.listed.values()]})


@routes.add("GET", _TOPOLOGY + "/channels")
async def list_channels(world: World) -> Response:
    """Channels."""
    return answer({"channels": [_channel(each) for each in world.store.channels.values()]})


@routes.add("GET", _TOPOLOGY + "/channels/{channel_id}")
async def read_channel(world: World, channel_id: str) -> Response:
    """One channel."""
    channel = world.store.channels.get(int(channel_id)) if channel_id.isdigit() else None
    return problem(404) if channel is None else answer(_channel(channel))


@routes.add("POST", _TOPOLOGY + "/channels")
async def create_channel(world: World, request: Request) -> Response:
    """Create a channel."""
    body = await read_object(request)
    name, tenant_id, ms_tenant_id = body.text("name"), body.integer("tenantId"), body.text("msTenantId")
    if not name:
        body.wrong("name", "A name is required.")
    if ms_tenant_id is not None and not is_guid(ms_tenant_id):
        body.wrong("msTenantId", f"'{ms_tenant_id}' is not a GUID.")
    body.check()
    channel = Channel(next(world.store.ids), name or "", tenant_id or 868, ms_tenant_id)
    world.store.channels[channel.id] = channel
    return answer({"id": channel.id, "url": f"ovoc/v1/topology/channels/{channel.id}"}, 201)


def _service(service: Service) -> dict[str, Any]:
    return {
        "id": service.ovoc_id,
        "lcCustomerId": service.lc_customer_id,
        "serviceId": service.ump_customer_guid,
        "serviceUcaasTenantId": service.ms_tenant_id,
        "name": service.customer_short_name,
        "fullName": service.customer_full_name,
        "licenseType": LICENSE_NAMES.get(service.license_type, str(service.license_type)),
    }


def _channel(channel: Channel) -> dict[str, Any]:
    return {
        "id": channel.id,
        "name": channel.name,
        "tenantId": channel.tenant_id,
        "msTenantId": channel.ms_tenant_id,
        "url": f"ovoc/v1/topology/channels/{channel.id}",
    }
