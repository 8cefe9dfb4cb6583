# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of telephone numbers when the task ends that works on them; the lists follow, perhaps late."""

import dataclasses
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from simulator.api.numbers import objection
from simulator.lifecycle import at_or_now, fail, new_task, start_task
from simulator.records import Number
from simulator.tasks import Message, Task
from simulator.world import World

_JOB = "tsk_msjob"

_GOOD: Mapping[str, Callable[[list[str]], tuple[Any, Any]]] = {
    "count": lambda good: (len(good), "Completed"),
    "list": lambda good: (good, "Completed"),
    "text": lambda good: (",".join(good), f"Uploaded: {', '.join(good)}"),
    "objects": lambda good: (
        len(good),
        [{"telephoneNumber": each, "status": "Active", "message": "was added"} for each in good],
    ),
    "keys": lambda good: (len(good), dict.fromkeys(good, "Acquired")),
}
"""How the output names the numbers that went well: ``NumbersUploaded`` and ``OcUploadNumberResult``."""


@dataclass(frozen=True)
class Upload:
    """What an upload asks for."""

    numbers: Sequence[str]
    calling_profile_id: str | None
    usage: str
    capabilities: Sequence[str]
    workflow_version: int | None


def start_upload(world: World, tenant_id: str, wanted: Upload) -> Task:
    """Begin to upload numbers. Each of them is judged when the task ends."""

    def done(task: Task, due: float) -> None:
        if not task.succeeds:
            return
        failures: dict[str, tuple[str, str]] = {}
        for each in wanted.numbers:
            failure = _obstacle(world, tenant_id, each)
            if failure is None:
                _take(world, tenant_id, each, wanted)
            else:
                failures[each] = failure
        _tell(world, task, wanted, failures)
        _follow(world, tenant_id, [each for each in wanted.numbers if each not in failures], due)

    return _start(world, "number-upload", tenant_id, done)


def start_release(world: World, tenant_id: str, numbers: Sequence[Number]) -> Task:
    """Begin to release numbers. Those that are assigned when the task ends stay, and so do all when it fails."""
    before = {each.telephone_number: each.acquired_number_status for each in numbers}
    for each in numbers:
        each.acquired_number_status = "ReleaseRequested"

    def done(task: Task, due: float) -> None:
        for name, status in before.items():
            number = world.store.numbers.owned(tenant_id).get(name)
            if number is None or number.acquired_number_status != "ReleaseRequested":
                continue
            if task.succeeds and not number.assigned:
                world.store.numbers.drop(name, listed=False)
            else:
                number.acquired_number_status = status
        _follow(world, tenant_id, list(before), due)

    output = {
        "MsReleaseJobId": str(uuid.uuid4()),
        "MsTenantId": tenant_id,
        "MsReleaseJobStatus": "Completed",
        "UmpReleaseJobStatus": "Done",
        "MsReleaseJobCreatedAt": world.clock.stamp(),
    }
    return _start(world, "number-release", tenant_id, done, output=output)


def start_unassign(world: World, tenant_id: str, numbers: Sequence[Number]) -> Task:
    """Begin to take numbers from their users."""
    names = [each.telephone_number for each in numbers]

    def done(task: Task, _due: float) -> None:
        owned = world.store.numbers.owned(tenant_id)
        for each in names if task.succeeds else ():
            if each in owned:
                owned[each].assignment_status = "Unassigned"

    return _start(world, "number-unassign", tenant_id, done, prefix="")


def _start(
    world: World, kind: str, tenant_id: str, done: Any, *, prefix: str = _JOB, output: dict[str, Any] | None = None
) -> Task:
    task = new_task(kind)
    task.output = output or {}
    task.when_done = done
    return start_task(world, task, tenant_id, prefix=prefix)


def _follow(world: World, tenant_id: str, names: Sequence[str], due: float) -> None:
    def follow(_due: float) -> None:
        world.store.numbers.follow(tenant_id, names)

    at_or_now(world, due + world.settings.number_lag_seconds, follow)


def _obstacle(world: World, tenant_id: str, name: str) -> tuple[str, str] | None:
    number = world.store.numbers.get(name)
    failure = objection(world, tenant_id, name)
    if failure is None and number is not None and number.acquired_number_status != "Active":
        failure = "NumberInOperation", f"The number is {number.acquired_number_status}."
    return failure


def _take(world: World, tenant_id: str, name: str, wanted: Upload) -> None:
    """Add the number, or give it another profile and usage. The lists still show what was there before."""
    numbers = world.store.numbers
    number = numbers.get(name) or Number(name, tenant_id, acquired_on=world.clock.stamp())
    changed = dataclasses.replace(
        number,
        calling_profile_id=wanted.calling_profile_id or number.calling_profile_id,
        usage=wanted.usage,
        capabilities=wanted.capabilities,
        source="webapi",
    )
    numbers.put(changed, listed=False)


def _tell(world: World, task: Task, wanted: Upload, failures: dict[str, tuple[str, str]]) -> None:
    """Say how the upload went, in the form that is asked for."""
    form, good = world.settings.partial_upload, [each for each in wanted.numbers if each not in failures]
    uploaded, result = _GOOD[world.settings.upload_output](good)
    if form == "listed":
        result = [_result(each, failures.get(each)) for each in wanted.numbers]
    elif form == "failed" and failures:
        said = "; ".join(f"{name}: {code}: {message}" for name, (code, message) in failures.items())
        if len(failures) == len(wanted.numbers):
            fail(task, said)
        else:
            task.partial = True
            task.messages.append(Message(1.0, "Error", said))
    task.output = {
        "NumbersUploaded": uploaded,
        "OcUploadNumberResult": result,
        "WorkflowVersion": wanted.workflow_version,
        "totalNumbersCount": len(wanted.numbers),
    }


def _result(name: str, failure: tuple[str, str] | None) -> dict[str, str]:
    if failure is None:
        return {"telephoneNumber": name, "status": "success"}
    return {"telephoneNumber": name, "status": "failed", "code": failure[0], "message": failure[1]}
