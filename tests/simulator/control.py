# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The control plane: what tests use to look inside and to turn the switches. No login."""

import dataclasses
import json
from time import time as epoch
from typing import Any

from fastapi import Request
from starlette.responses import Response

from simulator.answers import Refusal, answer, problem
from simulator.lifecycle import schedule_end
from simulator.records import Number, Service
from simulator.routing import Routes
from simulator.seeds.loading import load
from simulator.tasks import Message, Task
from simulator.world import World

routes = Routes("control")


@routes.add("GET", "")
async def read_index(_world: World) -> Response:
    """What can be asked here."""
    return answer(routes.index)


@routes.add("GET", "/log")
async def read_log(world: World) -> Response:
    """All requests since the last clearing."""
    return answer([entry.wire() for entry in world.log.entries])


@routes.add("DELETE", "/log")
async def clear_log(world: World) -> Response:
    """Forget all requests."""
    world.log.clear()
    return answer({})


@routes.add("GET", "/state")
async def read_state(world: World) -> Response:
    """Leads, services, numbers and tasks as they are in truth, whatever the lists show."""
    store, now = world.store, world.clock.now()
    return answer(
        {
            "leads": [{**each.wire(), "onlineOnly": each.online_only} for each in store.leads.values()],
            "services": [_service(world, each) for each in store.services.values()],
            "numbers": {
                tenant_id: {each.telephone_number: _number(each) for each in numbers.values()}
                for tenant_id, numbers in store.numbers.by_tenant().items()
                if numbers
            },
            "tasks": [_task(each, now, world) for each in store.tasks.values()],
        }
    )


@routes.add("POST", "/reset")
async def reset(world: World, request: Request) -> Response:
    """Back to the start. ``{"tokens": true}`` makes issued tokens invalid too."""
    world.reset(tokens=bool((await _object(request)).get("tokens")))
    return answer({})


@routes.add("GET", "/settings")
async def read_settings(world: World) -> Response:
    """All switches."""
    return answer(world.settings.wire())


@routes.add("PATCH", "/settings")
async def change_settings(world: World, request: Request) -> Response:
    """Turn switches; all or none."""
    changes = await _object(request)
    _or_400(lambda: world.settings.change(changes))
    for service in world.store.services.values():
        service.encoded.clear()
    return answer(world.settings.wire())


@routes.add("POST", "/seed")
async def seed(world: World, request: Request) -> Response:
    """Add, replace or generate records."""
    data = await _object(request)
    return answer(_or_400(lambda: load(world.store, data)))


@routes.add("PATCH", "/numbers")
async def change_numbers(world: World, request: Request) -> Response:
    """Change ``{"numbers": [...]}``: any member of a number but its tenant, or ``{"gone": true}``."""
    changes = await _object(request)
    _or_400(lambda: _change_numbers(world, changes))
    return answer({})


@routes.add("POST", "/clock")
async def clock(world: World, request: Request) -> Response:
    """``{"advance": seconds}``: what would happen in that time has happened."""
    seconds = (await _object(request)).get("advance", 0)
    _or_400(lambda: world.clock.advance(float(seconds)))
    world.agenda.settle()
    return answer({"date": world.clock.stamp()})


@routes.add("POST", "/tasks/{task_id}")
async def change_task(world: World, task_id: str, request: Request) -> Response:
    """Move a task (``progress`` 0 to 1), end it (``finish``: success or failure), or lie about it (``show``)."""
    task = world.store.tasks.get(task_id)
    if task is None:
        raise Refusal(problem(404, detail=f"there is no task {task_id}"))
    changes = await _object(request)
    _or_400(lambda: _change_task(world, task, changes))
    world.agenda.settle()
    return answer(_task(task, world.clock.now(), world))


@routes.add("POST", "/tokens")
async def issue_token(world: World, request: Request) -> Response:
    """A token without a login, for clients that are given one."""
    seconds = (await _object(request)).get("seconds", world.settings.token_seconds)
    return answer({"access_token": world.tokens.issue(float(seconds))})


@routes.add("POST", "/tokens/revoke")
async def revoke_tokens(world: World) -> Response:
    """All issued tokens become invalid."""
    return answer({"revoked": world.tokens.revoke_all()})


@routes.add("GET", "/faults")
async def read_faults(world: World) -> Response:
    """The rules in force, with how often each fitted and struck."""
    return answer(world.faults.wire())


@routes.add("POST", "/faults")
async def add_faults(world: World, request: Request) -> Response:
    """Add rules: a list, or one."""
    rules = await _json(request)
    _or_400(lambda: world.faults.add(rules if isinstance(rules, list) else [rules]))
    return answer(world.faults.wire())


@routes.add("DELETE", "/faults")
async def clear_faults(world: World) -> Response:
    """No faults any more."""
    world.faults.clear()
    return answer([])


def _change_task(world: World, task: Task, changes: dict[str, Any]) -> None:
    unknown = set(changes) - {"progress", "finish", "show", "messages"}
    if unknown:
        raise ValueError(f"a task cannot take {', '.join(sorted(unknown))}")
    now = world.clock.now()
    if changes.get("finish") not in (None, "success", "failure"):
        raise ValueError("finish is success or failure")
    messages = [Message(0.0, str(each["level"]), str(each["message"])) for each in changes.get("messages", ())]
    if "progress" in changes:
        task.started = now - float(changes["progress"]) * task.seconds
    if changes.get("finish"):
        task.succeeds = changes["finish"] == "success"
        task.started = now - task.seconds
    task.messages += messages
    task.shown = changes.get("show", task.shown)
    schedule_end(world, task)


def _change_numbers(world: World, changes: dict[str, Any]) -> None:
    store, names, gone = world.store.numbers, changes.pop("numbers"), changes.pop("gone", False)
    allowed = {each.name for each in dataclasses.fields(Number)} - {"telephone_number", "tenant_id"}
    unknown = set(changes) - allowed
    if unknown:
        raise ValueError(f"a number cannot take {', '.join(sorted(unknown))}")
    missing = [each for each in names if store.get(each) is None]
    if missing:
        raise ValueError(f"there is no number {', '.join(missing)}")
    for number in [each for each in map(store.get, names) if each is not None]:
        if gone:
            store.drop(number.telephone_number)
        else:
            store.put(dataclasses.replace(number, **changes))


def _number(number: Number) -> dict[str, Any]:
    return {
        "status": number.acquired_number_status,
        "assignment": number.assignment_status,
        "source": number.source,
        "profile": number.calling_profile_id,
        "usage": number.usage,
    }


def _service(world: World, service: Service) -> dict[str, Any]:
    members = dataclasses.asdict(service)
    del members["encoded"]
    members["listed"] = service.ump_customer_guid in world.store.listed
    return members


def _task(task: Task, now: float, world: World) -> dict[str, Any]:
    return {
        "id": task.id,
        "kind": task.kind,
        "status": task.status(now, world.settings),
        "progress": task.share(now),
        "succeeds": task.succeeds,
        "ms_tenant_id": task.ms_tenant_id,
        "short_name": task.short_name,
        "ump_customer_guid": task.ump_customer_guid,
        "created_at": task.created_at,
        "completed_at": task.completed_at,
        # Seconds since the epoch, as in the log; completed_at is the moment at which the end was noticed.
        "ends_at": epoch() + task.ends - world.clock.now(),
        "seen_at": task.seen_at,
    }


def _or_400(change: Any) -> Any:
    try:
        return change()
    except (ValueError, TypeError, KeyError) as error:
        raise Refusal(problem(400, detail=str(error))) from error


async def _json(request: Request) -> Any:
    content = await request.body()
    try:
        return json.loads(content) if content else {}
    except ValueError as error:
        raise Refusal(problem(400, detail=str(error))) from error


async def _object(request: Request) -> dict[str, Any]:
    value = await _json(request)
    if not isinstance(value, dict):
        raise Refusal(problem(400, detail="an object is expected"))
    return value
