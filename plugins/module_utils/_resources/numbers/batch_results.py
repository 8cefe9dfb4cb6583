# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the end of a batch says about its numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..._api.number_results import said_in_failure, words_per_number
from ..._api.tasks import TaskState
from ..._core.errors import UndecidedError
from ..._reconcile.outcome import Outcome
from ..._reconcile.result import Result
from ..._tasks.poller import WaitTimeoutError
from .batches import Batch

BatchResult = Result[Batch, Batch]

_GOES_ON = (TaskState.RUNNING.value, TaskState.UNKNOWN.value)


def unsettled(result: BatchResult) -> str | None:
    """Return why a batch may still be under way; ``None`` when it is at its end."""
    failure, task = result.failure, result.task
    if result.outcome is Outcome.SKIPPED:
        return "the run was interrupted"
    if isinstance(failure, (WaitTimeoutError, UndecidedError)):
        return failure.message
    if failure is not None and failure.task and failure.task.get("state") in _GOES_ON:
        return failure.message
    if task is not None and failure is None and task.state in (TaskState.RUNNING, TaskState.UNKNOWN):
        return f"task {task.id} goes on"
    return None


def words_of(results: Iterable[BatchResult], readable: Callable[[str], str]) -> dict[int, str]:
    """Return what the platform said against single numbers.

    :param readable: makes what the platform says fit to be shown.
    """
    return {number: reason for result in results for number, reason in _words_of(result, readable).items()}


def _words_of(result: BatchResult, readable: Callable[[str], str]) -> dict[int, str]:
    task = result.task
    said = words_per_number(task.output_data, readable) if task is not None else {}
    failed = (result.failure.task or {}) if result.failure is not None else {}
    texts = [each["message"] for each in failed.get("messages", [])] + list(failed.get("details", []))
    for text in texts:
        said = {**said_in_failure(str(text), readable), **said}
    numbers = set(result.wanted.numbers)
    return {number: reason for number, reason in said.items() if number in numbers}


def promised_by(result: BatchResult, readable: Callable[[str], str]) -> list[int]:
    """Return the numbers that the list is to show: those that nothing was said against.

    They are none when the whole batch has failed.
    """
    words = words_of([result], readable)
    if unsettled(result) is not None or (result.outcome is Outcome.FAILED and not words):
        return []
    return [number for number in result.wanted.numbers if number not in words]
