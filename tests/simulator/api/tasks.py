# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading a task."""

from time import time as epoch

from starlette.responses import Response

from simulator.answers import answer, sentence
from simulator.routing import Routes
from simulator.world import World

routes = Routes("tasks")


@routes.add("GET", "/api/v2/task/{task_id}")
async def read_task(world: World, task_id: str) -> Response:
    """How far a task has come."""
    now = world.clock.now()
    world.agenda.settle()  # what has become due since the request came, so that a task that shows as done is done
    task = world.store.tasks.get(task_id)
    if task is None or not task.found(now, world.settings):
        return sentence(404, f"Task with {task_id} not found")
    if task.seen_at is None and task.share(now) >= 1:
        task.seen_at = epoch()
    return answer(task.wire(now, world.settings))
