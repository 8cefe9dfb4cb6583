# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Telephone numbers of a tenant: lists, validation, and the removal of those that are gone at Microsoft."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from fastapi import Request
from starlette.responses import Response

from simulator.answers import Refusal, answer, no_lead, sentence, validation
from simulator.paging import page_of
from simulator.reading import Query, read_object
from simulator.records import Number
from simulator.routing import Routes
from simulator.world import World

STATUSES = ("Active", "ReleaseRequested", "MarkedForRemoval", "ReadyForRemoval")
CAPABILITIES = {
    "CallingUserAssignment": "UserAssignment",
    "ConferenceAssigned": "ConferenceAssignment",
    "ConferenceAssignment": "ConferenceAssignment",
    "FirstPartyAppAssignment": "FirstPartyAppAssignment",
    "ThirdPartyAppAssignment": "ThirdPartyAppAssignment",
}
"""The known words of an upload, and the capability that each gives."""

_E164 = re.compile(r"\+[1-9][0-9]{3,14}")
_DEFAULT_PAGE_SIZE = 200
_MOST_REMOVED = 500
_WITH_BLANKS = {each: re.sub(r"(?<=[a-z])(?=[A-Z])", " ", each) for each in STATUSES}
_SQUEEZED = {each.lower(): each for each in STATUSES}

routes = Routes("numbers")


@routes.add("GET", "/api/v2/oc/numbers")
async def list_numbers(world: World, request: Request) -> Response:
    """All numbers of a tenant."""
    tenant_id = tenant_of(world, Query(request).text("msTenantId"))
    return answer(_items(world, tenant_id, world.store.numbers.listed(tenant_id)))


@routes.add("GET", "/api/v3/oc/numbers")
async def list_numbers_paged(world: World, request: Request) -> Response:
    """Numbers of a tenant, in an envelope."""
    query, settings = Query(request), world.settings
    tenant_id = tenant_of(world, query.text("msTenantId"))
    status, size = _status(query), query.integer("PageSize") or _DEFAULT_PAGE_SIZE
    if size > settings.number_page_max and settings.number_page_large == "reject":
        raise Refusal(validation({"PageSize": [f"PageSize must be at most {settings.number_page_max}."]}))
    found = _listed(world, tenant_id)
    if status is not None:
        found = [each for each in found if each.acquired_number_status == status]
    base, largest, totals = settings.number_page_base, settings.number_page_max, settings.number_page_totals
    page = page_of(found, query, base=base, default_size=_DEFAULT_PAGE_SIZE, largest=largest)
    size, number = min(size, largest), query.integer("PageNumber")
    further = _linked(world, tenant_id)
    envelope = {
        "currentPage": base if number is None else number,
        "pageSize": size,
        "totalPages": -(-len(found) // size) if totals else None,
        "totalRecords": len(found) if totals else None,
        "data": [{**item, **further(item)} for item in _items(world, tenant_id, page)],
    }
    return answer(envelope)


@routes.add("GET", "/api/v2/oc/numbers/{number}")
async def read_number(world: World, number: str) -> Response:
    """One number."""
    found = world.store.numbers.get(number if number.startswith("+") else f"+{number}")
    if found is None:
        return sentence(404, f"Number {number} not found")
    return answer(_items(world, found.tenant_id, [found])[0])


@routes.add("POST", "/api/v2/oc/numbers/action/number-status")
async def validate(world: World, request: Request) -> Response:
    """Whether numbers can be uploaded; at once, and nothing is changed."""
    body = await read_object(request)
    numbers, tenant_id = body.texts("telephoneNumbers"), body.text("msTenantId")
    if not numbers:
        body.wrong("telephoneNumbers", "At least one number is required.")
    body.check()
    tenant_id = tenant_of(world, tenant_id)
    results = [_validated(world, tenant_id, each) for each in numbers]
    good = all(each["validationResult"] == "Success" for each in results)
    return answer({"validationResult": "Success" if good else "Failed", "telephoneNumbers": results})


@routes.add("GET", "/api/v3/oc/numbers/removal-status/summary")
async def removal_summary(world: World, request: Request) -> Response:
    """How many numbers are to be removed, of one tenant or of all."""
    tenant_id, numbers = Query(request).text("msTenantId"), world.store.numbers
    chosen = numbers.by_tenant().values() if tenant_id is None else [numbers.owned(tenant_of(world, tenant_id))]
    statuses = [each.acquired_number_status for owned in chosen for each in owned.values()]
    marked, ready = statuses.count("MarkedForRemoval"), statuses.count("ReadyForRemoval")
    return answer({"markedForRemovalCount": marked, "readyForRemovalCount": ready, "totalCount": marked + ready})


@routes.add("POST", "/api/v3/oc/numbers/action/ready-for-removal")
async def confirm_removal(world: World, request: Request) -> Response:
    """Numbers that are marked for removal are to be removed."""
    return await _change_marked(world, request, "ReadyForRemoval")


@routes.add("POST", "/api/v3/oc/action/clear-removal-status")
async def clear_removal(world: World, request: Request) -> Response:
    """Numbers that are marked for removal stay."""
    return await _change_marked(world, request, "Active")


def tenant_of(world: World, tenant_id: str | None) -> str:
    """The tenant that a request means; 404 when it has neither a lead nor a service."""
    tenant_id = (tenant_id or "").lower()
    if not world.store.leads_by_tenant.get(tenant_id) and not world.store.services_by_tenant.get(tenant_id):
        raise Refusal(no_lead())
    return tenant_id


def is_number(value: Any) -> bool:
    """Whether it is a number in E.164 form."""
    return isinstance(value, str) and _E164.fullmatch(value) is not None


def objection(world: World, tenant_id: str, telephone_number: str) -> tuple[str, str] | None:
    """Why a tenant cannot have a number, as a code and a sentence."""
    number = world.store.numbers.get(telephone_number)
    if number is not None and number.tenant_id != tenant_id:
        return "NumberOfOtherTenant", "The number belongs to another tenant."
    if telephone_number in world.settings.failing_numbers:
        return "NumberNotAccepted", "The number was not accepted by Microsoft."
    return None


def _validated(world: World, tenant_id: str, telephone_number: str) -> dict[str, Any]:
    wrong = objection(world, tenant_id, telephone_number)
    if not is_number(telephone_number):
        wrong = "InvalidTelephoneNumber", "The number is not in E.164 form."
    number = world.store.numbers.owned(tenant_id).get(telephone_number)
    return {
        "telephoneNumber": telephone_number,
        "validationResult": "Success" if wrong is None else "Failed",
        "actionRequired": False,
        "validationDetail": [] if wrong is None else [{"code": wrong[0], "message": wrong[1]}],
        "telphoneNumberDetail": {
            "numberFound": number is not None,
            "numberOffering": "Calling" if number is not None else "",
            "assignmentStatus": number.assignment_status if number is not None else "",
        },
    }


async def _change_marked(world: World, request: Request, status: str) -> Response:
    body = await read_object(request)
    names = body.texts("telephoneNumbers")
    if not 1 <= len(names) <= _MOST_REMOVED:
        body.wrong("telephoneNumbers", f"1 to {_MOST_REMOVED} numbers are required.")
    body.check()
    found = [number for each in dict.fromkeys(names) if (number := world.store.numbers.get(each)) is not None]
    marked = [each for each in found if each.acquired_number_status == "MarkedForRemoval"]
    for each in marked:
        each.acquired_number_status = status
    message = f"{len(marked)} telephone numbers were processed."
    said = {"data": {"processedCount": len(marked)}, "status": "success", "succeeded": True, "message": message}
    return answer(said)


def _status(query: Query) -> str | None:
    asked = query.text("acquiredNumberStatus")
    if asked is None:
        return None
    by_code = STATUSES[int(asked)] if asked in ("2", "3") else None
    status = by_code or _SQUEEZED.get(asked.replace(" ", "").lower())
    if status is None:
        raise Refusal(validation({"acquiredNumberStatus": [f"The value '{asked}' is not valid."]}))
    return status


def _items(world: World, tenant_id: str, numbers: Iterable[Number]) -> list[dict[str, Any]]:
    form = world.settings.number_status_form
    statuses: dict[str, str | None] = {each: _WITH_BLANKS[each] if form == "blanks" else each for each in STATUSES}
    if form == "null":
        statuses["Active"] = None
    sbcs = _sbcs(world, tenant_id)
    return [
        {
            **_number(each, statuses, sbcs),
            "tenantId": each.tenant_id if _names_owner(world, tenant_id, each) else None,
        }
        for each in numbers
    ]


def _listed(world: World, tenant_id: str) -> Sequence[Number]:
    """The numbers of a tenant, in order; with a switch, among all others."""
    numbers = world.store.numbers
    if not world.settings.number_list_mixed:
        return numbers.listed(tenant_id)
    found = [each for tenant in numbers.by_tenant() for each in numbers.listed(tenant)]
    return sorted(found, key=lambda each: int(each.telephone_number))


def _names_owner(world: World, tenant_id: str, number: Number) -> bool:
    """Whether an item names its tenant: in a mixed list, every second one of the others does not."""
    mixed, own = world.settings.number_list_mixed, number.tenant_id == tenant_id
    return own or not mixed or int(number.telephone_number) % 2 == 0


def _number(number: Number, statuses: dict[str, str | None], sbcs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    capabilities = [CAPABILITIES.get(number.usage, number.usage), *number.capabilities]
    return {
        "telephoneNumber": number.telephone_number,
        "callingProfileId": number.calling_profile_id,
        "acquiredNumberStatus": statuses.get(number.acquired_number_status, number.acquired_number_status),
        "assignmentStatus": number.assignment_status,
        "acquiredCapabilities": capabilities,
        "availableCapabilities": capabilities,
        "isoCountryCode": number.iso_country_code,
        "sbcList": sbcs,
        "source": number.source,
        "acquiredOn": number.acquired_on,
        "locationId": None,
        "civicAddressId": None,
    }


def _sbcs(world: World, tenant_id: str) -> list[dict[str, Any]]:
    service = world.store.operator_connect_service(tenant_id)
    ids = dict.fromkeys(each.sbc_id for each in service.site_location) if service is not None else ()
    return [{"sbcName": sbc.name, "sbcId": sbc.id} for each in ids if (sbc := world.store.sbcs.get(each)) is not None]


def _linked(world: World, tenant_id: str) -> Any:
    """What v3 adds to an item: a function of the item, since most of it is the same for all."""
    store = world.store
    service, lead = store.operator_connect_service(tenant_id), store.lead_for(tenant_id, None)
    site = service.site_location[0] if service is not None and service.site_location else None
    channel = service.channel_id if service is not None else None
    shared = {
        "ocSipConnectionName": site.name if site is not None else None,
        "ocSipConnectionDescription": f"SIP connection {site.name}" if site is not None else None,
        "umpCustomerGuid": service.ump_customer_guid if service is not None else None,
        "ovocChannelId": lead.ovoc_channel_id if channel is None and lead is not None else channel,
        "umpCustomerFullName": service.customer_full_name if service is not None else None,
        "msCompanyName": lead.company_name if lead is not None else None,
    }

    def further(item: dict[str, Any]) -> dict[str, Any]:
        profile = item["callingProfileId"] if service is not None else None
        return {"tenantCallingProfileId": profile, **shared}

    return further
