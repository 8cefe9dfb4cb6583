# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SIP connections (site locations) and gateways of a service."""

import uuid
from typing import Any

from fastapi import Request
from starlette.responses import Response

from simulator.answers import Refusal, answer, sentence, validation
from simulator.api.services import existing
from simulator.lifecycle import new_task, start_task, touch
from simulator.reading import read_object
from simulator.records import Service, SiteLocation
from simulator.routing import Routes
from simulator.tasks import Message, Task
from simulator.world import World

_STATES = {"deploying": 2, "deployed": 3, "failed": 4}
_OWN_MEMBER = {"ProxySet", "OnlinePstnGateway", "CacProfile", "CarrierHostName", "CarrierUserName", "CarrierMailLine"}


routes = Routes("SIP connections")


@routes.add("GET", "/api/v2/sitelocation/{site_id}")
async def read_site(world: World, site_id: str) -> Response:
    """Read a SIP connection back, its password included, as the platform does."""
    service, site = _known(world, site_id)
    return answer(_describe(world, service, site))


@routes.add("DELETE", "/api/v2/sitelocation/{site_id}")
async def delete_site(world: World, site_id: str) -> Response:
    """Remove a SIP connection; the SBC is cleaned up by a task."""
    service, site = _known(world, site_id)
    service.site_location.remove(site)
    del world.store.site_locations[str(site.id)]
    touch(service)
    task = new_task("sbc-cleanup")
    task.messages.append(Message(0.8, "Information", f"SBC sbc-cleanup done for site {site.name}."))
    start_task(world, task, service.ms_tenant_id, service.customer_short_name)
    return answer({"status": True, "msg": "queued", "sbcCleanupTaskId": task.id, "o365CleanupTask": "tsk_0"})


@routes.add("POST", "/api/v2/customer/{guid}/sitelocation")
async def add_site(world: World, guid: str, request: Request) -> Response:
    """Add a SIP connection; answers with the id of a task."""
    service = existing(world, guid)
    body = await read_object(request)
    name, sbc_id = body.text("siteLocationName"), body.integer("sbcId")
    site = SiteLocation(
        id=str(uuid.uuid4()) if world.settings.site_location_ids == "guid" else next(world.store.ids),
        name=name or "",
        sbc_id=sbc_id or 0,
        onboarding_script=body.integer("sbcOnboardingScript"),
        cleanup_script=body.integer("sbcCleanupScript"),
        parameters=body.strings("scriptParameters"),
    )
    if not name:
        body.wrong("siteLocationName", "A name is required.")
    if sbc_id not in world.store.sbcs:
        body.wrong("sbcId", f"SBC {sbc_id} does not exist.")
    body.check()
    if any(each.name == name for each in service.site_location):
        return validation({"SiteLocationName": [f"'{name}' is already in use."]})
    task = new_task("sip-connection")
    task.messages.append(Message(0.5, "Information", f"SBC sbc-onboarding done for site {name}."))

    def done(task: Task, _due: float) -> None:
        if task.succeeds:
            service.site_location.append(site)
            world.store.site_locations[str(site.id)] = (service, site)
            touch(service)

    task.when_done = done
    return answer({"jobId": start_task(world, task, service.ms_tenant_id, service.customer_short_name).id})


@routes.add("GET", "/api/v3/customer/{guid}/onlinepstngateway")
async def gateways(world: World, guid: str) -> Response:
    """The gateways that the service's tenant uses."""
    service = existing(world, guid)
    fqdns = {site.parameters.get("OnlinePstnGateway") for site in service.site_location}
    return answer([{"fqdn": fqdn, "trunkModel": "DerivedTrunk"} for fqdn in sorted(filter(None, fqdns))])


def _known(world: World, site_id: str) -> tuple[Service, SiteLocation]:
    found = world.store.site_locations.get(site_id)
    if found is None:
        raise Refusal(sentence(404, f"Site location with {site_id} not found"))
    return found


def _describe(world: World, service: Service, site: SiteLocation) -> dict[str, Any]:
    given = site.parameters
    echoed = {key: value for key, value in given.items() if key not in _OWN_MEMBER}
    if "CarrierMailLine" in given:
        echoed["CarierMailLine"] = given["CarrierMailLine"]
    return {
        "tenantId": service.ms_tenant_id,
        "m365DeploymentState": None,
        "sbcDeploymentState": _STATES[site.state],
        "siteName": site.name,
        "onlinePstnGateway": given.get("OnlinePstnGateway"),
        "sbcInfo": {
            "sbcConfigurationType": 0 if site.configuration_type == "SipTrunk" else 1,
            "cacProfile": given.get("CacProfile"),
            "carrierHostName": given.get("CarrierHostName"),
            "carrierId": given.get("ProxySet"),
            "carrierMainLine": given.get("CarrierMailLine"),
            "carrierUserName": given.get("CarrierUserName"),
            "flagConfigureSbc": True,
            "sbcId": site.sbc_id,
            "sbcScripts": {
                "onboardingScript": site.onboarding_script,
                "cleanupScript": site.cleanup_script,
                "customerVariables": echoed,
            },
        },
        "m365Info": {"onboardingScript": None, "cleanupScript": None},
        "pendingTasks": [],
    }
