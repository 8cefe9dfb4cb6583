# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Services: list, read, change, upgrade, delete."""

from typing import Any

from fastapi import Request
from starlette.responses import Response

from simulator.answers import Refusal, answer, encode, no_customer, raw, sentence, validation
from simulator.lifecycle import new_task, remove_service, start_task, touch
from simulator.reading import Query, read_object
from simulator.records import Service, SiteLocation
from simulator.routing import Routes
from simulator.settings import Settings
from simulator.tasks import Message, Task
from simulator.world import World

_MOVES = {(4, 5), (5, 4), (1, 2), (2, 1)}
_MEMBERS = {
    "customerFullName": "customer_full_name",
    "licenseType": "license_type",
    "licensedUsersCount": "licensed_users_count",
    "applicationClientId": "application_client_id",
    "applicationClientSecret": "application_client_secret",
}
"""Where what a change asks for is kept."""


routes = Routes("services")


@routes.add("GET", "/api/v3/customer")
async def list_services(world: World, request: Request) -> Response:
    """All services of every licence."""
    details = Query(request).flag("allDetails")
    channel = request.headers.get("x-ovoc-channel-id")
    services = list(world.store.listed.values())
    if channel is not None:
        services = [each for each in services if str(each.channel_id) == channel]
    return raw(b"[" + b",".join([_encoded(each, details, world.settings) for each in services]) + b"]")


@routes.add("GET", "/api/v3/customer/{guid}")
async def read_service(world: World, guid: str, request: Request) -> Response:
    """One service."""
    service = readable(world, guid)
    members = describe(service, Query(request).flag("allDetails"), world.settings)
    if world.settings.newer_service_fields:
        secret = service.application_client_secret
        members["MsDefaultDomain"] = service.ms_default_domain
        members["ApplicationClientId"] = service.application_client_id
        members["ApplicationClientSecret"] = secret[:3] + "*****" if secret else None
        members["ClientSecretExpirationDate"] = service.client_secret_expiration_date
    return answer(members)


@routes.add("DELETE", "/api/v2/customer/{guid}")
async def delete_service(world: World, guid: str) -> Response:
    """Delete a service, at once and without a task."""
    remove_service(world, existing(world, guid))
    return answer(1)


@routes.add("PATCH", "/api/v3/customer/{guid}")
async def change_service(world: World, guid: str, request: Request) -> Response:
    """Change name, licence or application of a service."""
    service = existing(world, guid)
    body = await read_object(request)
    asked = {
        "customerFullName": body.text("customerFullName"),
        "licenseType": _either(body.integer("licenseType"), body.integer("upgradeToLicense")),
        "licensedUsersCount": _either(body.integer("licensedUsersCount"), body.integer("licenseCount")),
        "applicationClientId": body.text("applicationClientId"),
        "applicationClientSecret": body.text("applicationClientSecret"),
    }
    body.check()
    target, users = asked["licenseType"], asked["licensedUsersCount"]
    if target not in (None, service.license_type) and (service.license_type, target) not in _MOVES:
        return sentence(400, "Invalid change for License Type!")
    if isinstance(users, int):
        _check_users(service, users)
    ignored = {name.lower() for name in world.settings.ignored_changes}
    for name, value in asked.items():
        if value not in (None, "") and name.lower() not in ignored:
            setattr(service, _MEMBERS[name], value)
    touch(service)
    if world.settings.change_answer == "done":
        return answer(1)
    return answer(start_task(world, new_task("change"), service.ms_tenant_id, service.customer_short_name).id)


@routes.add("POST", "/api/v2/customer/{guid}/action/upgrade")
async def upgrade(world: World, guid: str, request: Request) -> Response:
    """Move a service to a larger OC licence; answers with the id of a task."""
    service = existing(world, guid)
    body = await read_object(request)
    target, users = body.integer("upgradeToLicense"), body.integer("licenseCount")
    body.check()
    if target not in (4, 5) or not service.is_operator_connect or target <= service.license_type:
        return sentence(400, "Invalid change for License Type!")
    if users is not None:
        _check_users(service, users)
    task = new_task("upgrade")
    task.messages.append(Message(0.8, "Information", "License was changed"))

    def done(task: Task, _due: float) -> None:
        if task.succeeds:
            service.license_type = target
            service.licensed_users_count = _either(users, service.licensed_users_count)
            touch(service)

    task.when_done = done
    return answer(start_task(world, task, service.ms_tenant_id, service.customer_short_name).id)


@routes.add("GET", "/api/v3/customer/{guid}/licenseinfo")
async def license_info(world: World, guid: str, request: Request) -> Response:
    """Licences of a service, month by month."""
    service = existing(world, guid)
    months = Query(request).integer("nrOfMonths") or 1
    item = {
        "acquiredLicenses": service.licensed_users_count,
        "currentlyLicensed": service.active_user_count or 0,
        "licenseType": service.license_type,
    }
    return answer([item] * max(1, min(months, 24)))


def existing(world: World, guid: str) -> Service:
    """A service by its guid; 404 otherwise."""
    service = world.store.services.get(guid.lower())
    if service is None:
        raise Refusal(no_customer(guid))
    return service


def readable(world: World, guid: str) -> Service:
    """The same for reading, which may lag behind."""
    known = world.store.listed if world.settings.service_get_lags else world.store.services
    service = known.get(guid.lower())
    if service is None:
        raise Refusal(no_customer(guid))
    return service


def describe(service: Service, details: bool, settings: Settings) -> dict[str, Any]:
    """The members that list and single reading have in common."""
    members: dict[str, Any] = {
        "UmpCustomerGuid": service.ump_customer_guid,
        "CustomerShortName": service.customer_short_name,
        "CustomerFullName": service.customer_full_name,
        "LicenseType": service.license_type,
        "LicensedUsersCount": service.licensed_users_count,
        "MsTenantId": service.ms_tenant_id,
        "ActiveUserCount": service.active_user_count,
        "LiveHubActiveUsersCount": service.live_hub_active_users_count,
        "LiveHubSimpleUsersCount": service.live_hub_simple_users_count,
    }
    if details:
        members["SiteLocation"] = [_site(each, settings) for each in service.site_location]
    return members


def _site(site: SiteLocation, settings: Settings) -> dict[str, Any]:
    states = {
        "deployed": "Deployed",
        "deploying": settings.deploying_state,
        "failed": settings.deploy_failed_state,
    }
    return {
        "id": site.id,
        "name": site.name,
        "sbcId": site.sbc_id,
        "sbcDeploymentState": states[site.state],
        "sbcConfigurationType": site.configuration_type,
    }


def _encoded(service: Service, details: bool, settings: Settings) -> bytes:
    if details not in service.encoded:
        service.encoded[details] = encode(describe(service, details, settings))
    return service.encoded[details]


def _check_users(service: Service, users: int) -> None:
    if users < (service.active_user_count or 0):
        said = f"{service.active_user_count} users are active, so {users} licenses are not enough."
        raise Refusal(validation({"LicensedUsersCount": [said]}))


def _either(first: int | None, second: int | None) -> int | None:
    return second if first is None else first
