# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One contrary look is not the truth: a platform of this file's own, which shares no belief with the simulator.

Each place (the list, one guid, the leads) may be answered by a copy of the platform as it was a while ago, each on its
own, whatever was seen before. It makes whatever it is asked for, a second service, a second lead and a downgrade too.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.leads import Lead
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.transport import Answer, Call, NoAnswer
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.entries import Kind, SubmissionStage
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.journal import FileJournal
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.outcome import Outcome
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.result import Result
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.run import run_all
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.wanted_object import WantedObject
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_lead import OcLead
from harness.fakes import AUTHORITY, TENANT, FakeClock
from harness.workbench import Workbench

LIST, GUID_PLACE, LEADS = "GET /api/v3/customer", "GET /api/v3/customer/{guid}", "GET /api/v2/oc/lead"
PLACES = (LIST, GUID_PLACE, LEADS)
PRO, PLUS, ESSENTIAL = 5, 4, 3


@dataclass
class Truth:
    """What is there at a moment."""

    services: dict[str, dict[str, Any]] = field(default_factory=dict)
    leads: list[dict[str, Any]] = field(default_factory=list)


class World:
    """A platform, as a transport.

    :ivar lags: seconds by which each place shows the past.
    :ivar refuse: an answer instead of the work.
    """

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.truth = Truth()
        self.past: list[tuple[float, Truth]] = [(-1e9, copy.deepcopy(self.truth))]
        self.tasks: dict[str, tuple[float, Callable[[], object], bool]] = {}
        self.lags: dict[str, float] = {}
        self.refuse: Callable[[str], Answer | NoAnswer | None] = lambda operation: None
        self.task_seconds = 20.0
        self.calls: list[str] = []

    def count(self, operation: str) -> int:
        return sum(call.startswith(operation) for call in self.calls)

    def change(self, effect: Callable[[], object]) -> None:
        """Somebody changes something now."""
        self._settle()
        effect()
        self._keep(self.clock.elapsed)

    def add_lead(self, **more: Any) -> None:
        lead = {"id": f"lead-{len(self.truth.leads)}", "tenantId": TENANT, "status": "Active", "isDirectLead": True}
        self.truth.leads.append({**lead, "contactDetails": {"companyName": "Brad Telecom"}, **more})

    def add_service(self, license_type: int = ESSENTIAL) -> str:
        guid = f"5e41ce00-0000-4000-8000-{len(self.truth.services):012d}"
        site = {"id": 7, "name": "Brad01", "sbcId": 2, "sbcDeploymentState": "Deployed"}
        self.truth.services[guid] = {
            "UmpCustomerGuid": guid,
            "CustomerShortName": "Brad01",
            "LicenseType": license_type,
            "LicensedUsersCount": 10,
            "MsTenantId": TENANT,
            "SiteLocation": [site],
        }
        for lead in self.truth.leads:
            lead["umpCustomerGuid"] = guid
        return guid

    def exchange(self, call: Call, timeout: float) -> Answer:
        path = call.url.split("/tenantui")[-1].split("?")[0]
        operation = "login" if call.url.startswith(AUTHORITY) else f"{call.method} {path}"
        self.calls.append(operation)
        self._settle()
        refused = self.refuse(operation)
        if refused is not None and not (isinstance(refused, NoAnswer) and refused.sent):
            return _given(refused)
        answer = self._answer(call, operation)
        self._keep(self.clock.elapsed)
        return answer if refused is None else _given(refused)

    def _answer(self, call: Call, operation: str) -> Answer:
        if operation == "login":
            return _json({"token_type": "Bearer", "expires_in": 3599, "access_token": "t" * 30})
        return self._shown(operation) if call.method == "GET" else self._done(call, operation)

    def _shown(self, operation: str) -> Answer:
        guid = operation.rsplit("/", 1)[-1] if "/customer/" in operation else ""
        place = GUID_PLACE if guid else operation
        seen = self._as_of(self.clock.elapsed - self.lags.get(place, 0.0))
        if place == LIST:
            return _json(list(seen.services.values()))
        if place == GUID_PLACE:
            return _json(seen.services[guid]) if guid in seen.services else _json(f"Customer {guid} not found", 404)
        if place == LEADS:
            return _json(seen.leads)
        if operation.startswith("GET /api/v2/task/"):
            name = operation.rsplit("/", 1)[-1]
            due, _effect, ends_well = self.tasks[name]
            ended = "CompletedSuccess" if ends_well else "CompletedFailed"
            status = "InProgress" if due > self.clock.elapsed else ended
            return _json({"id": name, "status": status, "details": [], "executionMessages": [], "outputData": {}})
        return _json([])

    def _done(self, call: Call, operation: str) -> Answer:
        guid = operation.rsplit("/", 1)[-1]
        if operation == "POST /api/v2/oc/lead":
            self.add_lead()
            return _json(self.truth.leads[-1])
        if operation == "POST /api/v3/customer":
            return self._begin(self.add_service)
        if operation.endswith("/action/upgrade"):
            service, asked = self.truth.services[operation.split("/")[-3]], json.loads(_body(call))
            return self._begin(lambda: service.update(LicenseType=asked["upgradeToLicense"]))
        if operation.startswith("DELETE"):
            return _json(1) if self._remove(guid) else _json("not found", 404)
        if operation.startswith("PATCH"):
            changed = {name[0].upper() + name[1:]: value for name, value in json.loads(_body(call)).items()}
            self.truth.services[guid].update(changed)
            return _json(1)
        return _json([])

    def _remove(self, named: str) -> object:
        """Delete the service with this guid, or the lead."""
        if named != "lead":
            return self.truth.services.pop(named, None)
        return self.truth.leads and self.truth.leads.pop()

    def _begin(self, effect: Callable[[], object], ends_well: bool = True) -> Answer:
        name = f"tsk_{185510 + len(self.tasks)}"
        self.tasks[name] = (self.clock.elapsed + self.task_seconds, effect, ends_well)
        return _json(name)

    def _settle(self) -> None:
        for name, (due, effect, ends_well) in self.tasks.items():
            if due <= self.clock.elapsed:
                self.tasks[name] = (due, lambda: None, ends_well)
                effect()
                self._keep(due)

    def _keep(self, moment: float) -> None:
        self.past.append((moment, copy.deepcopy(self.truth)))

    def _as_of(self, moment: float) -> Truth:
        return next(truth for at, truth in reversed(self.past) if at <= moment)


def _json(content: Any, status: int = 200) -> Answer:
    return Answer(status, {"content-type": "application/json"}, json.dumps(content).encode())


def _given(answer: Answer | NoAnswer) -> Answer:
    if isinstance(answer, NoAnswer):
        raise answer
    return answer


def _body(call: Call) -> str:
    return json.dumps(call.json)


@pytest.fixture
def world(clock: FakeClock) -> World:
    made = World(clock)
    made.change(made.add_lead)
    clock.sleep(1000)
    return made


@pytest.fixture
def bench(world: World, clock: FakeClock, tmp_path: Path) -> Workbench:
    return Workbench(world, clock, tmp_path / "journal")  # type: ignore[arg-type]


def services(world: World) -> dict[str, dict[str, Any]]:
    world._settle()
    return world.truth.services


def lead_result(bench: Workbench, state: str = "present", **how: Any) -> Result[WantedObject, Lead]:
    options = {"ms_tenant_id": TENANT, "company_name": "Brad Telecom"}
    tools = bench.tools(**how)
    tools = type(tools)(**{**vars(tools), "journal": tools.journal.for_kind(OcLead.kind)})
    wanted = WantedObject(options, OcLead.fields, state)
    (result,) = run_all(tools, OcLead(tools.api), [wanted]).outcomes
    return result


def lead_outcome(bench: Workbench, state: str = "present", **how: Any) -> Outcome:
    result = lead_result(bench, state, **how)
    assert result.failure is None, result.failure
    return result.outcome


# -- what was seen to succeed --------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["present", "absent"])
@pytest.mark.parametrize("behind", [PLACES, (LIST, LEADS), (GUID_PLACE,), (GUID_PLACE, LIST)])
def test_a_service_that_was_seen_outweighs_places_that_do_not_show_it_yet(
    bench: Workbench, world: World, state: str, behind: tuple[str, ...]
) -> None:
    assert bench.run().outcome == Outcome.CREATED
    world.lags = dict.fromkeys(behind, 300.0)
    outcome = bench.run(state=state)
    assert outcome.outcome == (Outcome.UNCHANGED if state == "present" else Outcome.DELETED), outcome
    assert (world.count("POST /api/v3/customer"), len(services(world))) == (1, int(state == "present"))


def test_a_check_run_does_not_announce_what_was_made_a_moment_ago(bench: Workbench, world: World) -> None:
    bench.run()
    world.lags = dict.fromkeys(PLACES, 300.0)
    before = bench.clock.elapsed
    outcome = bench.run(check=True)
    assert (outcome.outcome, outcome.changed) == (Outcome.UNCHANGED, False)
    assert "does not show yet" in str(outcome.warnings)
    assert bench.clock.elapsed - before < 5


def test_after_the_promised_time_the_looks_are_believed(bench: Workbench, world: World) -> None:
    bench.run()
    world.change(world.truth.services.clear)
    world.change(lambda: world.truth.leads[0].pop("umpCustomerGuid"))
    began = bench.clock.elapsed
    assert bench.run().outcome == Outcome.CREATED
    assert 500 < bench.clock.elapsed - began < 700


def test_a_success_that_a_later_run_sees_counts_from_then_on(bench: Workbench, world: World) -> None:
    world.task_seconds = 200.0
    assert bench.run(timeout=15.0).failure is not None
    world.lags = dict.fromkeys(PLACES, 90.0)
    bench.clock.sleep(190)
    second = bench.run(timeout=15.0)
    assert second.outcome == Outcome.ADOPTED, second.failure
    assert (world.count("POST /api/v3/customer"), len(services(world))) == (1, 1)


@pytest.mark.parametrize("behind", [0.0, 300.0])
def test_a_lead_is_made_once(bench: Workbench, world: World, behind: float) -> None:
    world.change(world.truth.leads.clear)
    bench.clock.sleep(1000)
    assert lead_outcome(bench) == Outcome.CREATED
    world.lags = {LEADS: behind}
    assert lead_outcome(bench) == Outcome.UNCHANGED
    assert (world.count("POST /api/v2/oc/lead"), len(world.truth.leads)) == (1, 1)


# -- deletions -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [400, 403, 409, 500, None])
def test_a_deletion_that_was_not_accepted_leaves_no_word_of_one(
    bench: Workbench, world: World, status: int | None
) -> None:
    guid = ""

    def make() -> None:
        nonlocal guid
        guid = world.add_service()

    world.change(make)
    answer = NoAnswer("cut", sent=True) if status is None else _json("It has numbers", status)
    if isinstance(answer, NoAnswer):
        world.truth.services = _Kept(world.truth.services)
    world.refuse = lambda operation: answer if operation.startswith("DELETE") else None
    assert bench.run(state="absent").outcome == Outcome.FAILED
    world.refuse = lambda operation: _json("not found", 404) if operation == f"GET /api/v3/customer/{guid}" else None
    outcome = bench.run()
    assert outcome.outcome == Outcome.UNCHANGED, outcome
    assert (world.count("POST /api/v3/customer"), len(services(world))) == (0, 1)


class _Kept(dict[str, dict[str, Any]]):
    """Services that a deletion whose answer was lost has not reached."""

    def pop(self, *guid: Any) -> Any:
        return self.get(guid[0])


class _Fate:
    """What happens to one deletion after the other; when there is nothing left, each is worked on.

    :param answers: ``None``: it never arrives, and nobody answers.
    """

    def __init__(self, world: World, *answers: Answer | None) -> None:
        self._answers = list(answers)
        self.deletions = 0
        world.refuse = self._refuse

    def _refuse(self, operation: str) -> Answer | None:
        if not operation.startswith("DELETE"):
            return None
        self.deletions += 1
        answer = self._answers.pop(0) if self._answers else _WORKED_ON
        if answer is None:
            raise NoAnswer("cut", sent=True)
        return None if answer is _WORKED_ON else answer


_WORKED_ON = _json("")
_NOT_FOUND = _json("not found", 404)
_DELETIONS: dict[str, Callable[[Workbench], Result[Any, Any]]] = {
    "service": lambda bench: bench.run(state="absent"),
    "lead": lambda bench: lead_result(bench, "absent"),
}


def _there(world: World, what: str) -> int:
    return len(services(world)) if what == "service" else len(world.truth.leads)


def _make(bench: Workbench, world: World, what: str) -> None:
    """Let a run make one to delete; the lead has no service."""
    if what == "service":
        assert bench.run().outcome == Outcome.CREATED
        world.change(lambda: world.truth.leads[0].pop("umpCustomerGuid"))
    else:
        world.change(world.truth.leads.clear)
        world.clock.sleep(1000)
        assert lead_outcome(bench) == Outcome.CREATED


@pytest.mark.parametrize("what", _DELETIONS)
@pytest.mark.parametrize(
    "answers", [(None, _NOT_FOUND), (_NOT_FOUND,), (None, None, _NOT_FOUND, _NOT_FOUND)], ids=["lost", "odd", "twice"]
)
def test_not_found_is_no_proof_of_a_deletion(
    bench: Workbench, world: World, what: str, answers: tuple[Answer | None, ...]
) -> None:
    _make(bench, world, what)
    fate = _Fate(world, *answers)
    result = _DELETIONS[what](bench)
    assert (result.outcome, _there(world, what)) == (Outcome.DELETED, 0), result
    assert fate.deletions == len(answers) + 1


@pytest.mark.parametrize("what", _DELETIONS)
@pytest.mark.parametrize("first", [(None,), ()], ids=["lost", "answered"])
def test_what_is_not_found_and_shown_all_the_same_is_no_success(
    bench: Workbench, world: World, what: str, first: tuple[None, ...]
) -> None:
    _make(bench, world, what)
    _Fate(world, *first, *[_NOT_FOUND] * 1000)
    result = _DELETIONS[what](bench)
    assert result.outcome == Outcome.FAILED
    assert "is still shown" in str(result.failure)
    assert _there(world, what) == 1
    assert result.failure.elapsed < 700
    entry = bench.entry()
    assert entry is None or entry.gone is None


@pytest.mark.parametrize("what", _DELETIONS)
@pytest.mark.parametrize("lag", [0.0, 60.0])
def test_a_deletion_whose_answer_was_lost_is_one_however_long_lists_lag(
    bench: Workbench, world: World, what: str, lag: float
) -> None:
    _make(bench, world, what)
    world.lags = {LIST: lag, LEADS: lag}
    lost = [NoAnswer("cut", sent=True)]
    world.refuse = lambda operation: lost.pop() if operation.startswith("DELETE") and lost else None
    result = _DELETIONS[what](bench)
    assert (result.outcome, _there(world, what), result.failure) == (Outcome.DELETED, 0, None)
    began = bench.clock.elapsed
    assert _DELETIONS[what](bench).outcome == Outcome.UNCHANGED
    assert bench.clock.elapsed - began < 10, "the journal knows of the deletion"


@pytest.mark.parametrize("what", _DELETIONS)
@pytest.mark.parametrize("lag", [0.0, 60.0])
def test_what_somebody_else_has_deleted_is_unchanged(bench: Workbench, world: World, what: str, lag: float) -> None:
    _make(bench, world, what)
    world.lags = {LIST: lag, LEADS: lag}
    taken = [lambda: world.change(world.truth.services.clear), lambda: world.change(world.truth.leads.clear)]

    def refuse(operation: str) -> None:
        if operation.startswith("DELETE"):
            taken[what == "lead"]()

    world.refuse = refuse
    result = _DELETIONS[what](bench)
    assert (result.outcome, result.changed, result.failure) == (Outcome.UNCHANGED, False, None)


# -- the target of an upgrade --------------------------------------------------------------------------------------


def _upgrade(bench: Workbench, to: str, **how: Any) -> Any:
    return bench.run(wanted={"license_type": to, **how.pop("wanted", {})}, **how)


@pytest.mark.parametrize("allowed", [False, True])
@pytest.mark.parametrize("answered", [False, True])
@pytest.mark.parametrize("lag", [0.0, 60.0])
def test_an_upgrade_to_something_else_ends_before_another_one(
    bench: Workbench, world: World, allowed: bool, answered: bool, lag: float
) -> None:
    world.change(world.add_service)
    bench.clock.sleep(1000)
    world.task_seconds = 100.0
    world.lags = dict.fromkeys(PLACES, lag)
    if not answered:
        world.refuse = lambda operation: NoAnswer("cut", sent=True) if operation.endswith("upgrade") else None
    first = _upgrade(bench, "oc_pro", timeout=15.0 if answered else 1800.0, settle=1.0)
    assert first.failure is not None
    world.refuse = lambda operation: None
    second = _upgrade(bench, "oc_essentials_plus", wanted={"allow_downgrade": allowed})
    assert second.failure is not None, second
    assert "license_type" in second.failure.message
    (service,) = services(world).values()
    assert (world.count("POST /api/v2"), service["LicenseType"]) == (1, PRO)
    bench.clock.sleep(1000)
    third = _upgrade(bench, "oc_essentials_plus", wanted={"allow_downgrade": allowed})
    assert (third.failure is None) == allowed, third
    assert (world.count("POST /api/v2"), service["LicenseType"]) == (1, PLUS if allowed else PRO)


def test_the_way_is_looked_at_again_right_before_an_upgrade(bench: Workbench, world: World) -> None:
    world.change(world.add_service)
    (service,) = world.truth.services.values()

    def meanwhile(operation: str) -> None:
        if operation.startswith("GET /api/v3/customer") and world.count(LIST) >= 1:
            world.change(lambda: service.update(LicenseType=PRO))

    looked = world.exchange

    def exchange(call: Call, timeout: float) -> Answer:
        answer = looked(call, timeout)
        meanwhile(world.calls[-1])
        return answer

    world.exchange = exchange  # type: ignore[method-assign]
    outcome = _upgrade(bench, "oc_essentials_plus")
    assert outcome.failure is not None
    assert (world.count("POST /api/v2"), service["LicenseType"]) == (0, PRO)


def test_the_journal_of_an_upgrade_says_to_what_and_of_which_service(bench: Workbench, world: World) -> None:
    world.change(world.add_service)
    (guid,) = world.truth.services
    world.refuse = lambda operation: NoAnswer("cut", sent=True) if operation.endswith("upgrade") else None
    world.task_seconds = 1e9
    _upgrade(bench, "oc_pro", settle=1.0)
    entry = bench.journal().for_kind(Kind("license upgrade", "service")).read(guid)
    assert entry is not None
    assert (entry.stage, entry.about) == (SubmissionStage.INTENT, "oc_pro")


def test_the_upgrade_of_a_service_is_none_of_the_one_that_took_its_place(bench: Workbench, world: World) -> None:
    world.change(world.add_service)
    assert _upgrade(bench, "oc_pro").outcome == Outcome.UPDATED

    def recreate() -> None:
        (guid,) = world.truth.services
        world.add_service()
        del world.truth.services[guid]

    world.change(recreate)
    began = bench.clock.elapsed
    assert _upgrade(bench, "oc_pro").outcome == Outcome.UPDATED
    assert world.count("POST /api/v2") == 2
    assert bench.clock.elapsed - began < 300


# -- a journal that cannot be written any more -------------------------------------------------------------------------


def test_a_failed_task_that_the_journal_keeps_is_followed_once(
    bench: Workbench, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.task_seconds = 100.0
    assert bench.run(timeout=15.0).failure is not None
    bench.clock.sleep(1000)
    services(world).clear()
    del world.truth.leads[0]["umpCustomerGuid"]
    world.change(lambda: None)
    world.tasks = {name: (due, effect, False) for name, (due, effect, _well) in world.tasks.items()}

    def read_only(*_what: Any) -> None:
        assert world.count("GET /api/v2/task/") < 50, "the run does not end"
        raise OSError(30, "Read-only file system")

    module = FileJournal.__module__
    monkeypatch.setattr(f"{module}.remove", read_only)
    monkeypatch.setattr(f"{module}.write_private", read_only)
    outcome = bench.run()
    assert outcome.failure is not None
    assert re.search("nothing was submitted", outcome.failure.message)
    assert world.count("POST /api/v3/customer") == 1
