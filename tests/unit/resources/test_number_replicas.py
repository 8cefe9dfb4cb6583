# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A list of numbers that is behind: what a run has seen to succeed outweighs it for the promised time."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.numbers import NumberRecord
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.tasks import Task
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.masking import Secrets
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.context import (
    LISTED_WITHIN,
    RunSettings,
    Tools,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.journal import open_journal
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.numbers.batches import NumberBatches
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.numbers.number_list import read_wanted
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.numbers.plan import (
    NumberPlan,
    OnMismatch,
    Policy,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.numbers.reconcile import NumberRun
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.numbers.report import (
    HowNumbers,
    NumberReport,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._tasks.poller import WaitPolicy
from ansible_collections.audiocodes.live_platform.plugins.module_utils._tasks.progress import Progress
from harness.fakes import BASE, TENANT, FakeClock, InlineWorkers
from harness.virtual_time import Killed

A, B = 31201000000, 31201000001
NUMBERS = {A, B}
PATIENCE = 60.0


class _World:
    """A platform with two copies of one list: the second one follows when the test says so.

    :ivar now: the numbers as they are.
    :ivar then: as the copy that is behind has them; ``None``: there is no such copy.
    :ivar refused: numbers that no upload brings, without a word.
    :ivar sent: the requests that were taken: a verb and its numbers.
    """

    def __init__(self, folder: Path) -> None:
        self.clock = FakeClock()
        self.folder = folder
        self.now: dict[int, NumberRecord] = {}
        self.then: dict[int, NumberRecord] | None = None
        self.behind_until = 0.0
        self.refused: set[int] = set()
        self.output: dict[str, Any] = {}
        self.failed: str | None = None
        self.sent: list[tuple[str, tuple[int, ...]]] = []
        self.dies: Callable[[], None] = lambda: None
        self.client = SimpleNamespace(platform=BASE, readable=str)
        self.told: list[str] = []

    def falls_behind(self, seconds: float, then: Mapping[int, NumberRecord]) -> None:
        self.then, self.behind_until = dict(then), self.clock.elapsed + seconds

    def list_numbers(self, tenant: str) -> dict[int, NumberRecord]:
        assert tenant == TENANT
        self.dies()
        behind = self.then is not None and self.clock.elapsed < self.behind_until
        return dict((self.then or {}) if behind else self.now)

    def upload_numbers(self, tenant: str, body: Mapping[str, Any], before_sending: Callable[[], None]) -> str:
        before_sending()
        numbers = self._taken("upload", body["phoneNumbersList"])
        profile = body.get("callingProfile")
        self.now |= {
            each: NumberRecord(each, "Active", "Unassigned", "webapi", calling_profile_id=profile)
            for each in numbers
            if each not in self.refused
        }
        return "tsk_msjob_1"

    def release_numbers(self, tenant: str, numbers: Sequence[str], before_sending: Callable[[], None]) -> str:
        before_sending()
        for each in self._taken("release", numbers):
            self.now.pop(each)
        return "tsk_msjob_2"

    def get_task(self, task_id: str) -> Task:
        status = "Failed" if self.failed else "CompletedSuccess"
        return Task(task_id, status, details=(self.failed,) if self.failed else (), output_data=self.output)

    def _taken(self, verb: str, numbers: Sequence[str]) -> list[int]:
        found = [int(each) for each in numbers]
        self.sent.append((verb, tuple(found)))
        return found

    def run(self, *, check: bool = False, wait: bool = True, numbers: set[int] = NUMBERS, **how: Any) -> NumberReport:
        policy = {name: how.pop(name) for name in ("release", "prune", "on_mismatch") if name in how}
        profile = how.pop("profile", None)
        self.told.clear()
        settings = RunSettings(check=check, wait=WaitPolicy(wait, PATIENCE), settle=20.0)
        journal = open_journal(
            True, str(self.folder), BASE, self.clock, self.told.append, kind=NumberBatches.kind, read_only=check
        )
        api: Any = self
        tools = Tools(
            api,
            journal,
            settings,
            self.clock,
            Secrets([]),
            Progress(self.clock),
            lambda size: InlineWorkers(size, self.clock),
        )
        wanted = read_wanted({"numbers": [f"+{each}" for each in sorted(numbers)], "calling_profile": profile})
        own = HowNumbers(Policy(**policy), "Brad", validate=False, **how)
        return NumberRun(tools, TENANT, wanted, own, self.told.append).run()


@pytest.fixture
def world(tmp_path: Path) -> _World:
    return _World(tmp_path / "journal")


def test_an_upload_that_was_seen_is_not_sent_again(world: _World) -> None:
    assert world.run().uploaded == [A, B]
    world.falls_behind(120, {})
    again = world.run()
    assert (again.uploaded, again.failed, again.plan.unchanged) == ([], {}, [A, B])
    assert [verb for verb, _numbers in world.sent] == ["upload"]


def test_a_release_that_was_seen_is_neither_sent_again_nor_denied(world: _World) -> None:
    world.run()
    before = dict(world.now)
    assert world.run(release=True).released == [A, B]
    world.falls_behind(120, before)
    again = world.run(release=True)
    assert (again.released, again.failed, again.plan.unchanged) == ([], {}, [A, B])
    assert [verb for verb, _numbers in world.sent] == ["upload", "release"]


def test_a_number_that_was_released_does_not_count_as_there(world: _World) -> None:
    world.run()
    before = dict(world.now)
    world.run(release=True)
    world.falls_behind(120, before)
    assert world.run().uploaded == [A, B], "the latest success counts, and the list comes to agree with it"


@pytest.mark.parametrize(
    ("how", "then", "said"),
    [({}, False, "uploaded"), ({"release": True}, False, "uploaded"), ({"release": True}, True, "released")],
    ids=["not to be uploaded again", "not there to be released", "not gone"],
)
def test_what_the_list_denies_all_the_time_is_left_alone(
    world: _World, how: dict[str, bool], then: bool, said: str
) -> None:
    world.run()
    before = dict(world.now) if then else {}
    if then:
        world.run(release=True)
    sent = list(world.sent)
    world.falls_behind(500, before)
    begun = world.clock.elapsed
    again = world.run(**how, verify_timeout=100)
    assert set(again.failed) == NUMBERS
    assert all(
        f"was {said} " in reason and "run again in " in reason for _verb, reason, _index in again.failed.values()
    )
    assert 100 <= world.clock.elapsed - begun < 120
    assert world.sent == sent
    assert not again.plan.unchanged


def test_the_list_is_believed_when_the_promised_time_is_over(world: _World) -> None:
    world.run()
    world.clock.sleep(LISTED_WITHIN - 50)
    world.now.clear()  # somebody else has released them
    begun = world.clock.elapsed
    assert world.run().uploaded == [A, B]
    assert world.clock.elapsed - begun < 100


def test_what_never_comes_is_sent_again_after_the_promised_time(world: _World) -> None:
    world.refused = {B}
    first = world.run()
    assert (first.uploaded, set(first.failed)) == ([A], {B})
    world.refused = set()
    assert set(world.run(verify_timeout=50).failed) == {B}
    world.clock.sleep(LISTED_WITHIN)
    third = world.run()
    assert (third.uploaded, third.failed) == ([B], {})
    assert world.sent == [("upload", (A, B)), ("upload", (B,))]


@pytest.mark.parametrize("verify", [True, False])
def test_what_the_task_complains_about_is_promised_by_nobody(world: _World, verify: bool) -> None:
    world.refused = {B}
    world.output = {"OcUploadNumberResult": [{"telephoneNumber": f"+{B}", "status": "failed", "message": "no"}]}
    assert set(world.run(verify=verify).failed) == {B}
    world.refused, world.output = set(), {}
    world.falls_behind(50, {})
    assert world.run().uploaded == [B]
    assert world.sent == [("upload", (A, B)), ("upload", (B,))]


@pytest.mark.parametrize("words", [f"+{B}: not accepted", "some were not accepted"])
def test_the_others_of_a_task_that_failed_are_promised_when_they_were_seen(world: _World, words: str) -> None:
    world.refused, world.failed = {B}, words
    first = world.run()
    assert (first.uploaded, set(first.failed)) == ([A], {B})
    world.refused, world.failed = set(), None
    world.falls_behind(50, {})
    assert world.run().uploaded == [B]
    assert world.sent == [("upload", (A, B)), ("upload", (B,))]


def test_the_promised_time_of_an_old_task_is_over(world: _World) -> None:
    world.refused = {B}
    world.run(wait=False)
    world.refused = set()
    world.clock.sleep(PATIENCE + LISTED_WITHIN)
    begun = world.clock.elapsed
    assert world.run().uploaded == [B], "its task has ended long ago, although nobody has seen that"
    assert world.clock.elapsed - begun < 50


def test_another_profile_that_was_seen_is_not_sent_again(world: _World) -> None:
    world.run(profile="7")
    before = dict(world.now)
    other: dict[str, Any] = {"profile": "8", "on_mismatch": OnMismatch.REUPLOAD}
    assert world.run(**other).uploaded == [A, B]
    world.falls_behind(100, before)
    again = world.run(**other)
    assert (again.uploaded, again.failed, again.plan.unchanged) == ([], {}, [A, B])
    assert len(world.sent) == 2


def test_a_new_number_may_come_with_a_profile_that_the_platform_chooses(world: _World) -> None:
    world.run(profile="7")
    world.now = {each: record._replace(calling_profile_id="9") for each, record in world.now.items()}
    assert set(world.run(profile="7").plan.skipped) == NUMBERS


def test_what_a_killed_run_has_seen_is_promised_too(tmp_path: Path) -> None:
    for step in range(2, 30):
        world, looks = _World(tmp_path / f"journal-{step}"), iter(range(1, 1000))

        def dies(world: _World = world, looks: Any = looks, step: int = step) -> None:
            if next(looks) == step:
                raise Killed

        world.falls_behind(20, {})
        world.dies = dies
        try:
            world.run()
        except Killed:
            world.dies = lambda: None
            assert [verb for verb, _numbers in world.sent] == ["upload"]
            world.falls_behind(100, {})
            again = world.run()
            assert not again.failed, step
            assert (again.plan.unchanged, len(world.sent)) == ([A, B], 1), step
        else:
            assert step > 3
            return
    raise AssertionError("it never ends")


def test_prune_does_not_release_what_was_released(world: _World) -> None:
    world.run()
    before = dict(world.now)
    assert world.run(numbers={A}, prune=True).released == [B]
    world.falls_behind(100, before)
    again = world.run(numbers={A}, prune=True)
    assert (again.released, again.failed, again.plan.unchanged) == ([], {}, [A])
    assert [verb for verb, _numbers in world.sent] == ["upload", "release"]


def test_a_look_right_before_a_release_may_be_behind(world: _World) -> None:
    world.run()

    def right_after_the_plan(plan: NumberPlan, existing: Mapping[int, NumberRecord]) -> None:
        world.clock.sleep(2)  # so that the list is read anew
        world.falls_behind(1, {})

    report = world.run(release=True, approve=right_after_the_plan)
    assert set(report.released) | set(report.failed) == NUMBERS, "nobody may believe that they have gone"
    assert not world.run(release=True).failed
    assert not world.now


def test_a_check_waits_for_nothing_and_plans_nothing_with_them(world: _World) -> None:
    world.run()
    world.falls_behind(100, {})
    begun = world.clock.elapsed
    report = world.run(check=True)
    assert (report.uploaded, set(report.plan.skipped), report.failed) == ([], NUMBERS, {})
    assert world.clock.elapsed - begun < 1
    assert not [line for line in world.told if "under way" in line]


def test_the_journal_does_not_grow(world: _World) -> None:
    for _each in range(6):
        world.run()
        world.run(release=True)
        world.clock.sleep(LISTED_WITHIN / 2)
    world.clock.sleep(LISTED_WITHIN)
    world.run()
    world.clock.sleep(LISTED_WITHIN)
    world.run()
    assert not list(world.folder.glob("*.json"))
