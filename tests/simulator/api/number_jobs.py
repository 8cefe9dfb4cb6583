# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Long-running work on telephone numbers: upload, release, unassign. Each answers with the id of a task."""

from collections.abc import Iterable
from typing import Any

from fastapi import Request
from starlette.responses import Response

from simulator.answers import Refusal, answer, problem, validation
from simulator.api.numbers import CAPABILITIES, is_number, tenant_of
from simulator.number_tasks import Upload, start_release, start_unassign, start_upload
from simulator.reading import Body, Query, read_json, read_object
from simulator.records import Number
from simulator.routing import Routes
from simulator.world import World

_MOST_IN_RANGES = 100_000
_MOST_NAMED = 1000

routes = Routes("number jobs")


@routes.add("POST", "/api/v2/oc/numbers/action/upload")
@routes.add("POST", "/api/v3/oc/numbers/action/upload")
async def upload(world: World, request: Request) -> Response:
    """Give numbers to a tenant."""
    tenant_id = tenant_of(world, Query(request).text("msTenantId"))
    body = await read_object(request)
    numbers = _listed(body, "phoneNumbersList")
    _check_size(world, len(numbers))
    asked, capabilities = body.text("callingProfile") or "", body.texts("capabilities")
    profile = next((each for each in world.store.profiles if each.lower() == asked.lower()), None)
    version = body.integer("workflowVersion")
    usages = _usages(world, body, version)
    if asked and profile is None:
        body.wrong("callingProfile", f"Calling profile '{asked}' does not exist.")
    body.check()
    further = [CAPABILITIES.get(each, each) for each in usages[1:]] + capabilities
    wanted = Upload(numbers, profile, usages[0], tuple(further), version)
    return answer(start_upload(world, tenant_id, wanted).id)


@routes.add("POST", "/api/v2/oc/numbers/action/release")
async def release(world: World, request: Request) -> Response:
    """Take numbers from a tenant."""
    limited = world.release_limit.refusal(world.settings.releases_per_10_seconds, world.settings)
    if limited is not None:
        return limited
    tenant_id = tenant_of(world, Query(request).text("msTenantId"))
    numbers = _owned(world, tenant_id, _of_release(await read_json(request)))
    _refuse((each for each in numbers if each.acquired_number_status == "ReleaseRequested"), "is in another operation")
    if world.settings.release_assigned == "refuse400":
        _refuse((each for each in numbers if each.assigned), "is assigned")
    return answer(start_release(world, tenant_id, numbers).id)


@routes.add("POST", "/api/v2/oc/numbers/action/unassign")
async def unassign(world: World, request: Request) -> Response:
    """Take numbers from their users."""
    tenant_id = tenant_of(world, Query(request).text("msTenantId"))
    body = await read_object(request)
    names = _listed(body, "telephoneNumbers")
    body.check()
    return answer(start_unassign(world, tenant_id, _owned(world, tenant_id, names)).id)


def _listed(body: Body, name: str) -> list[str]:
    """The numbers of a body, each once."""
    numbers = body.list(name) or []
    if not numbers:
        body.wrong(name, "At least one number is required.")
    wrong = [str(each) for each in numbers if not is_number(each)]
    if wrong:
        body.wrong(name, f"Not in E.164 form: {', '.join(wrong[:_MOST_NAMED])}.")
        return []
    return list(dict.fromkeys(numbers))


def _check_size(world: World, count: int) -> None:
    most = world.settings.number_batch_max
    if 0 < most < count:
        said = f"At most {most} numbers can be uploaded at a time."
        too_large = world.settings.number_batch_refusal == "too_large413"
        raise Refusal(problem(413, detail=said) if too_large else validation({"phoneNumbersList": [said]}))


def _usages(world: World, body: Body, version: int | None) -> list[str]:
    """The usage, and the additional ones."""
    usage, additional = body.text("usage"), body.texts("additionalUsage")
    if not usage:
        body.wrong("usage", "The Usage field is required.")
    if additional and version != 3:
        body.wrong("additionalUsage", "AdditionalUsage needs WorkflowVersion 3.")
    usages = [usage or "", *additional]
    known = {*CAPABILITIES, *world.settings.number_usage_words}
    for name, each in zip(["usage", *["additionalUsage"] * len(additional)], usages, strict=True):
        if each and each not in known:
            body.wrong(name, f"The value '{each}' is not valid.")
    return usages


def _of_release(content: Any) -> list[str]:
    """Either a list of numbers, or ranges, of which every number is meant."""
    if isinstance(content, list) and content and all(isinstance(each, str) for each in content):
        return list(dict.fromkeys(content))
    ranges = Body(content).list("phoneNumberRanges") if isinstance(content, dict) else None
    if not ranges:
        raise Refusal(validation({"": ["A list of numbers, or phoneNumberRanges, is expected."]}))
    spans = [_span(each) for each in ranges]
    if sum(map(len, spans)) > _MOST_IN_RANGES:
        raise Refusal(validation({"phoneNumberRanges": [f"At most {_MOST_IN_RANGES} numbers can be released."]}))
    return list(dict.fromkeys(f"+{each}" for span in spans for each in span))


def _span(item: Any) -> range:
    body = Body(item if isinstance(item, dict) else {})
    start, end = body.text("start") or "", body.text("end") or ""
    if not is_number(start) or not is_number(end) or int(start) > int(end):
        said = f"start and end are expected in E.164 form, start not after end: {start}, {end}."
        raise Refusal(validation({"phoneNumberRanges": [said]}))
    return range(int(start), int(end) + 1)


def _owned(world: World, tenant_id: str, names: list[str]) -> list[Number]:
    owned = world.store.numbers.owned(tenant_id)
    _refuse_names((each for each in names if each not in owned), "is no number of the tenant")
    return [owned[each] for each in names]


def _refuse(numbers: Iterable[Number], why: str) -> None:
    _refuse_names((each.telephone_number for each in numbers), why)


def _refuse_names(names: Iterable[str], why: str) -> None:
    """400 when there are any; the first of them are named."""
    said = [f"{each} {why}." for each in names]
    if said:
        raise Refusal(validation({"TelephoneNumbers": said[:_MOST_NAMED]}))
