# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting for the end of a task."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.tasks import Message, Task, TaskState
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.errors import ApiError, LoginError
from ansible_collections.audiocodes.live_platform.plugins.module_utils._tasks.poll_schedule import PollSchedule
from ansible_collections.audiocodes.live_platform.plugins.module_utils._tasks.poller import (
    FRESH_TASK,
    TaskFailedError,
    TaskLost,
    TaskWatcher,
    WaitPolicy,
    WaitTimeoutError,
)
from harness.fakes import FakeClock, carry_through

DONE = Task("wst_1", "CompletedSuccess")
BUSY = Task("wst_1", "InProgress")


def _error(status: int | None, **more: Any) -> ApiError:
    transient = status is None or status in (429, 500, 502, 503, 504)
    return ApiError(f"error {status}", http_status=status, transient=transient, **more)


class Script:
    """Gives one answer after the other, the last one for ever."""

    def __init__(self, *answers: Task | Exception) -> None:
        self.answers = list(answers)
        self.polls = 0

    def __call__(self, task_id: str) -> Task:
        self.polls += 1
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


@dataclass
class Alone:
    """A watcher whose only task is waited for at once."""

    watcher: TaskWatcher
    clock: FakeClock

    def watch(self, task_id: str, age: float = 0.0) -> Task:
        return carry_through(self.watcher.watch(task_id, age), self.clock)

    def look(self, task_id: str, age: float) -> Task:
        return self.watcher.look(task_id, age)


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def watcher(clock: FakeClock, told: list[str]) -> Callable[..., Alone]:
    def make(get_task: Callable[[str], Task], **policy: Any) -> Alone:
        return Alone(TaskWatcher(get_task, WaitPolicy(**policy), clock, told.append), clock)

    return make


Make = Callable[..., Alone]


def test_success_is_returned_with_polls_and_duration(watcher: Make, told: list[str]) -> None:
    task = watcher(Script(BUSY, BUSY, DONE)).watch("wst_1")
    assert (task.state, task.polls) == (TaskState.SUCCEEDED, 3)
    assert task.duration == pytest.approx(0.9, abs=0.01)
    assert told == []


def test_failure_carries_the_messages_of_the_task(watcher: Make) -> None:
    messages = (Message("Information", "started"), Message("Error", "SBC is not reachable"))
    with pytest.raises(TaskFailedError) as caught:
        watcher(Script(BUSY, replace(BUSY, status="Failed", messages=messages))).watch("wst_1")
    assert "SBC is not reachable" in caught.value.message
    assert "started" not in caught.value.message
    assert caught.value.task is not None
    assert (caught.value.task["state"], caught.value.task["id"]) == (TaskState.FAILED, "wst_1")


def test_a_failure_without_error_messages_says_what_the_others_say(watcher: Make) -> None:
    told = replace(BUSY, status="Failed", messages=(Message("Information", "no SBC was free"),), details=("Stopped",))
    with pytest.raises(TaskFailedError, match=r"'Failed': no SBC was free$"):
        watcher(Script(told)).watch("wst_1")
    with pytest.raises(TaskFailedError, match=r"'Failed': Stopped$"):
        watcher(Script(replace(told, messages=()))).watch("wst_1")


def test_a_failure_without_messages_says_so(watcher: Make) -> None:
    with pytest.raises(TaskFailedError, match="it gives no reason"):
        watcher(Script(replace(BUSY, status="Failed"))).watch("wst_1")


def test_an_unknown_word_is_reported_once_and_waited_on(watcher: Make, told: list[str]) -> None:
    odd = replace(BUSY, status="Pondering")
    assert watcher(Script(odd, odd, BUSY, odd, DONE)).watch("wst_1").polls == 5
    assert len(told) == 1
    assert "'Pondering'" in told[0]


def test_a_word_that_sounds_like_success_is_not_taken_for_it(watcher: Make) -> None:
    with pytest.raises(WaitTimeoutError):
        watcher(Script(replace(BUSY, status="Succeeded")), timeout=20).watch("wst_1")


def test_a_status_that_goes_backwards_is_waited_on(watcher: Make, told: list[str]) -> None:
    queued = replace(BUSY, status="Queued")
    assert (
        watcher(Script(BUSY, queued, replace(BUSY, status=None), BUSY, DONE)).watch("wst_1").state
        == TaskState.SUCCEEDED
    )


def test_success_with_an_error_message_is_a_warning(watcher: Make, told: list[str]) -> None:
    watcher(Script(replace(DONE, messages=(Message("Error", "half of it"),)))).watch("wst_1")
    assert told == ["Task wst_1 succeeded, but says: half of it"]


def test_a_fresh_task_may_not_be_found_yet(watcher: Make, clock: FakeClock) -> None:
    assert watcher(Script(_error(404), _error(404), BUSY, DONE)).watch("wst_1").polls == 4
    assert clock.sleeps == [0.3] * 4


def test_a_task_that_stays_unknown_is_lost_after_a_minute(watcher: Make, clock: FakeClock) -> None:
    with pytest.raises(TaskLost):
        watcher(Script(_error(404))).watch("wst_1")
    assert FRESH_TASK <= clock.now() <= FRESH_TASK + 10


def test_an_old_task_that_is_not_found_is_lost_at_once(watcher: Make) -> None:
    script = Script(_error(404))
    with pytest.raises(TaskLost) as caught:
        watcher(script).watch("wst_1", age=3600)
    assert script.polls == 1
    assert caught.value.http_status == 404


def test_a_task_that_was_seen_and_is_gone_is_lost_at_once(watcher: Make) -> None:
    script = Script(BUSY, _error(404))
    with pytest.raises(TaskLost) as caught:
        watcher(script).watch("wst_1")
    assert script.polls == caught.value.seen.polls == 2
    assert caught.value.seen.duration == pytest.approx(0.6, abs=0.001)
    assert caught.value.seen.status == "InProgress"


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429, None])
def test_an_outage_in_mid_wait_is_endured(watcher: Make, clock: FakeClock, status: int | None) -> None:
    script = Script(BUSY, *[_error(status)] * 20, DONE)
    assert watcher(script).watch("wst_1").polls == 22
    assert clock.sleeps[:4] == [0.3] * 4


def test_an_outage_without_end_ends_with_the_timeout(watcher: Make) -> None:
    with pytest.raises(WaitTimeoutError) as caught:
        watcher(Script(BUSY, _error(503)), timeout=60).watch("wst_1")
    assert "'InProgress'" in caught.value.message


def test_a_task_that_was_never_read_may_have_a_wrong_id(watcher: Make) -> None:
    with pytest.raises(WaitTimeoutError) as caught:
        watcher(Script(_error(503)), timeout=60).watch("wst_1")
    assert caught.value.message == "Task wst_1 could not be read within 60 seconds"
    assert "Check the task's id" in caught.value.sentence()


@pytest.mark.parametrize(("timeout", "polls"), [(0.2, 1), (0.5, 2), (0.9, 3)])
def test_a_short_wait_is_used_to_its_end_and_no_longer(
    watcher: Make, clock: FakeClock, timeout: float, polls: int
) -> None:
    script = Script(BUSY)
    with pytest.raises(WaitTimeoutError):
        watcher(script, timeout=timeout).watch("wst_1")
    assert script.polls == polls
    assert clock.now() == pytest.approx(timeout, abs=0.001)


def test_retry_after_is_obeyed(watcher: Make, clock: FakeClock) -> None:
    watcher(Script(BUSY, _error(429, retry_after=25.0), DONE)).watch("wst_1")
    assert clock.sleeps[-1] == 25.0


def test_retry_after_is_clamped(watcher: Make, clock: FakeClock) -> None:
    watcher(Script(BUSY, _error(429, retry_after=86400.0), DONE)).watch("wst_1")
    assert clock.sleeps[-1] == 60.0


@pytest.mark.parametrize("error", [_error(403), LoginError("no token")])
def test_a_refusal_in_mid_wait_is_raised_with_the_task(watcher: Make, error: Any) -> None:
    with pytest.raises(type(error)) as caught:
        watcher(Script(BUSY, error)).watch("wst_1")
    assert caught.value.task["id"] == "wst_1"
    assert caught.value.task["status"] == "InProgress"


@pytest.mark.parametrize(
    ("hint", "said"), [(None, "the task cannot be followed"), ("ask for the right", "ask for the right")]
)
def test_a_refusal_in_mid_wait_says_that_the_task_goes_on(watcher: Make, hint: str | None, said: str) -> None:
    with pytest.raises(ApiError) as caught:
        watcher(Script(BUSY, _error(403, hint=hint))).watch("wst_1")
    assert caught.value.hint == f"{said}; the task goes on: run again, which takes it up"


def test_a_timeout_says_the_task_and_how_to_go_on(watcher: Make, clock: FakeClock) -> None:
    with pytest.raises(WaitTimeoutError) as caught:
        watcher(Script(BUSY), timeout=100).watch("wst_1")
    error = caught.value
    assert clock.now() == pytest.approx(100, abs=0.01)
    assert "Task wst_1 did not end within 100 seconds" in error.message
    assert "run again" in error.sentence()
    assert "task_id 'wst_1'" in error.sentence()
    assert error.task is not None
    assert error.task["state"] == TaskState.RUNNING


def test_looking_is_one_poll_without_pause(watcher: Make, clock: FakeClock) -> None:
    task = watcher(Script(BUSY)).look("wst_1", 0)
    assert (task.state, task.polls) == (TaskState.RUNNING, 1)
    assert watcher(Script(_error(503))).look("wst_1", 0).polls == 1
    assert clock.sleeps == []
    with pytest.raises(TaskLost) as caught:
        watcher(Script(_error(404))).look("wst_1", 100)
    assert (caught.value.seen.polls, caught.value.seen.duration) == (1, 0.0)
    with pytest.raises(TaskFailedError):
        watcher(Script(replace(BUSY, status="Failed"))).look("wst_1", 0)


@pytest.mark.parametrize(("timeout", "delay", "count"), [(0, 15, 1), (10, 0, 1), (-1, -1, 2), (1, 0.1, 0)])
def test_a_policy_names_its_problems(timeout: float, delay: float, count: int) -> None:
    assert len(WaitPolicy(True, timeout, delay).problems()) == count


DURATIONS = [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 149, 150, 200, 300, 600, 1200, 1799, 2500, 3600]


@pytest.mark.parametrize("duration", DURATIONS)
@pytest.mark.parametrize("offset", [0.0, 0.21, 0.37, 0.63])
def test_the_end_of_a_task_is_noticed_within_a_tenth_of_its_duration(
    watcher: Make, clock: FakeClock, duration: float, offset: float
) -> None:
    ends = duration + offset

    def get_task(task_id: str) -> Task:
        return DONE if clock.now() >= ends else BUSY

    task = watcher(get_task, timeout=4000).watch("wst_1")
    lag = clock.now() - ends
    longest = WaitPolicy().longest_pause
    assert lag <= min(max(0.5, 0.1 * ends), longest) + 0.01
    assert task.polls <= 60 + duration / longest


def test_an_adopted_task_is_polled_as_its_age_allows(watcher: Make, clock: FakeClock) -> None:
    watcher(Script(BUSY, BUSY, BUSY, DONE)).watch("wst_1", age=100)
    assert clock.sleeps[0] == pytest.approx(0.3)
    assert clock.sleeps[1] == pytest.approx(8, abs=0.1)


def test_pauses_never_exceed_the_longest(watcher: Make, clock: FakeClock) -> None:
    with pytest.raises(WaitTimeoutError):
        watcher(Script(BUSY), longest_pause=4).watch("wst_1")
    assert max(clock.sleeps) == 4


@pytest.mark.parametrize("failures", [1, 2, 3])
def test_a_poll_that_fails_counts_as_none(watcher: Make, clock: FakeClock, failures: int) -> None:
    # The end would be told by a poll that fails; what comes after it may not be a whole pause later.
    ends = 30.0
    failed: list[float] = []

    def get_task(task_id: str) -> Task:
        if clock.now() < ends:
            return BUSY
        if len(failed) < failures:
            failed.append(clock.now())
            raise _error(429)
        return DONE

    watcher(get_task, timeout=4000).watch("wst_1")
    assert clock.now() - failed[0] <= {1: 0.7, 2: 2.0, 3: 4.5}[failures]


def test_a_platform_that_fails_for_long_is_asked_less_and_less_often(watcher: Make, clock: FakeClock) -> None:
    get_task = Script(*[_error(503)] * 400, DONE)
    with pytest.raises(WaitTimeoutError):
        watcher(get_task, timeout=600).watch("wst_1", age=600.0)
    assert get_task.polls <= 60


def test_what_the_platform_asks_for_is_waited_whatever_the_list_shows(clock: FakeClock) -> None:
    schedule = PollSchedule(15.0)
    one = schedule.begin("wst_1", clock.now())
    clock.sleep(10.0)
    schedule.hint("wst_1", clock.now())
    assert schedule.overdue(clock.now()) == ["wst_1"]
    assert schedule.pause_after_failure(one, clock.now(), 30.0) == 30.0
    clock.sleep(20.0)
    assert schedule.overdue(clock.now()) == []
    clock.sleep(11.0)
    assert schedule.overdue(clock.now()) == ["wst_1"]
