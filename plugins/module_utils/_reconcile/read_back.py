# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading back what a submission has made."""

from __future__ import annotations

from .._api.tasks import Task
from .._core.errors import LivePlatformError
from .._tasks.work_queue import Steps
from .context import Context
from .resource import ActualT, WantedT

READ_BACK_PATIENCE = 30.0
"""Seconds to wait for an object that was just created to be listed."""


def read_back(context: Context[WantedT, ActualT], task: Task | None, existed: bool) -> Steps[ActualT | None]:
    """The object that was made, wherever its id is to be found; ``None`` when it is not listed in time.

    :param task: that has succeeded; ``None``: there was none.
    :param existed: the object was there before, so what is known of it may be older than the success.
    """
    resource, clock = context.resource, context.tools.clock
    ended, pause, rounds = clock.now(), 0.5, 0
    object_id = resource.id_from(task) if task is not None else None
    newer_than = ended
    if not existed and (known := resource.known(context.wanted, object_id)) is not None:
        return known
    if object_id is None:
        # Others will want to read the list too: so they read it together.
        yield resource.next_look(ended) - ended
    while True:
        try:
            actual = resource.find_made(context.wanted, object_id, newer_than, rounds)
        except LivePlatformError as error:
            context.report(f"The {resource.title} was created, but cannot be read back: {error.message}")
            return None
        if actual is not None:
            return actual
        if clock.now() - ended >= READ_BACK_PATIENCE:
            context.report(
                f"The {resource.title} of {context.subject} was created, but the platform does not list it yet"
            )
            return None
        yield pause
        # A list that others have read a moment ago is new enough, since the last look was before that.
        newer_than = clock.now() - pause / 2
        pause, rounds = min(2 * pause, 5.0), rounds + 1
