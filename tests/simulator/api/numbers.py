# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Telephone numbers of a tenant: list, upload, release. Small, but honest."""

import uuid
from typing import Any

from fastapi import Request
from starlette.responses import Response

from simulator.answers import Refusal, answer, no_lead, sentence, validation
from simulator.lifecycle import new_task, start_task
from simulator.paging import page_of
from simulator.reading import Query, read_json, read_object
from simulator.records import Number
from simulator.routing import Routes
from simulator.tasks import Task
from simulator.world import World

routes = Routes("numbers")


@routes.add("GET", "/api/v2/oc/numbers")
async def list_numbers(world: World, request: Request) -> Response:
    """All numbers of a tenant."""
    return answer([_number(each) for each in _of_tenant(world, _tenant(world, request))])


@routes.add("GET", "/api/v3/oc/numbers")
async def list_numbers_paged(world: World, request: Request) -> Response:
    """Numbers of a tenant, in an envelope."""
    query = Query(request)
    status = query.text("acquiredNumberStatus")
    found = [
        each
        for each in _of_tenant(world, _tenant(world, request))
        if status is None or each.acquired_number_status.lower() == status.lower()
    ]
    size = query.integer("PageSize") or 200
    page = page_of(found, query, base=1, default_size=size, largest=20000)
    envelope = {
        "currentPage": query.integer("PageNumber") or 1,
        "pageSize": size,
        "totalPages": -(-len(found) // size),
        "totalRecords": len(found),
        "data": [_number(each) for each in page],
    }
    return answer(envelope)


@routes.add("GET", "/api/v2/oc/numbers/{number}")
async def read_number(world: World, number: str) -> Response:
    """One number."""
    found = world.store.numbers.get(number if number.startswith("+") else f"+{number}")
    return sentence(404, f"Number {number} not found") if found is None else answer(_number(found))


@routes.add("POST", "/api/v2/oc/numbers/action/upload")
@routes.add("POST", "/api/v3/oc/numbers/action/upload")
async def upload(world: World, request: Request) -> Response:
    """Give numbers to a tenant; answers with the id of a task."""
    tenant_id = _tenant(world, request)
    body = await read_object(request)
    numbers = body.list("phoneNumbersList") or []
    profile, usage = body.text("callingProfile"), body.text("usage") or "CallingUserAssignment"
    if not numbers or not all(isinstance(each, str) and each.startswith("+") for each in numbers):
        body.wrong("phoneNumbersList", "Numbers in E.164 form are required.")
    body.check()

    def done(task: Task, _due: float) -> None:
        for each in numbers if task.succeeds else ():
            world.store.numbers[each] = Number(each, tenant_id, profile, assignment_status="Unassigned", usage=usage)

    output = {"NumbersUploaded": len(numbers), "OcUploadNumberResult": "Completed", "WorkflowVersion": 3}
    return answer(_start(world, "number-upload", tenant_id, output, done))


@routes.add("POST", "/api/v2/oc/numbers/action/release")
async def release(world: World, request: Request) -> Response:
    """Take numbers from a tenant; answers with the id of a task."""
    tenant_id = _tenant(world, request)
    wanted = _numbers_of(await read_json(request), _of_tenant(world, tenant_id))

    def done(task: Task, _due: float) -> None:
        for each in wanted if task.succeeds else ():
            world.store.numbers.pop(each, None)

    output = {"MsReleaseJobId": str(uuid.uuid4()), "MsReleaseJobStatus": "Completed", "UmpReleaseJobStatus": "Done"}
    return answer(_start(world, "number-release", tenant_id, output, done))


def _tenant(world: World, request: Request) -> str:
    tenant_id = (Query(request).text("msTenantId") or "").lower()
    if not world.store.leads_by_tenant.get(tenant_id) and not world.store.services_by_tenant.get(tenant_id):
        raise Refusal(no_lead())
    return tenant_id


def _of_tenant(world: World, tenant_id: str) -> list[Number]:
    return [each for each in world.store.numbers.values() if each.tenant_id == tenant_id]


def _numbers_of(body: Any, owned: list[Number]) -> list[str]:
    """Either a list of numbers, or ranges of which the tenant's own numbers are meant."""
    if isinstance(body, list) and all(isinstance(each, str) for each in body):
        return body
    ranges = body.get("phoneNumberRanges") if isinstance(body, dict) else None
    if not isinstance(ranges, list):
        raise Refusal(validation({"": ["A list of numbers, or phoneNumberRanges, is expected."]}))
    try:
        spans = [(int(each["start"]), int(each["end"])) for each in ranges]
    except (KeyError, TypeError, ValueError):
        raise Refusal(validation({"phoneNumberRanges": ["start and end are expected."]})) from None
    return [
        each.telephone_number
        for each in owned
        if any(start <= int(each.telephone_number) <= end for start, end in spans)
    ]


def _start(world: World, kind: str, tenant_id: str, output: dict[str, Any], done: Any) -> str:
    task = new_task(kind)
    task.output = output
    task.when_done = done
    return start_task(world, task, tenant_id, prefix="tsk_msjob").id


def _number(number: Number) -> dict[str, Any]:
    return {
        "telephoneNumber": number.telephone_number,
        "callingProfileId": number.calling_profile_id,
        "acquiredNumberStatus": number.acquired_number_status,
        "assignmentStatus": number.assignment_status,
        "acquiredCapabilities": [number.usage],
        "availableCapabilities": [number.usage],
        "isoCountryCode": number.iso_country_code,
        "sbcList": [],
        "source": "OperatorConnect",
        "tenantId": number.tenant_id,
    }
