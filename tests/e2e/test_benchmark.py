# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The benchmark's tools, with few services and short tasks: what they run does its work, and their figures hold."""

import re
from pathlib import Path
from typing import Any

import pytest

from benchmark import report
from benchmark.__main__ import race
from benchmark.aside import (
    BARE,
    LOOP,
    LOOP_URI,
    RERUN,
    RERUN_BEFORE,
    RERUN_PLAYBOOK,
    TEN,
    TEN_URI,
    crowd,
    look_ups,
    loops,
    module_starts,
    reruns,
)
from benchmark.ceiling import ceilings
from benchmark.forms import CONTENDERS, FORMS, FULL, Form, Scenario
from benchmark.goals import GOALS
from benchmark.results import Results
from benchmark.sightings import busiest_second, lags, requests_by_kind
from benchmark.stage import COLLECTIONS, FORMER, Measurement, Stage
from benchmark.start_parts import start_parts
from benchmark.usage import CommandFailed
from harness.cast import NOBODY
from simulator.client import Simulator

TWO = Scenario("one", 2, (0.3, 0.3), 2, "abcdef")
TINY = Form("tiny", (TWO,), start_rounds=1, large=(20, 10), planned=2, rerun=3, ceiling_seconds=0.05, loop=2, crowd=2)


@pytest.fixture
def stage(simulator: Simulator, tmp_path: Path) -> Stage:
    return Stage(simulator, tmp_path)


def measurement(**facts: Any) -> Measurement:
    """A run that is the same in everything that is not given."""
    usual: dict[str, Any] = {
        "wall": 10.0,
        "cpu": 1.0,
        "peak_memory": 50_000_000,
        "requests": {"login": 1, "submission": 1, "task": 3},
        "lags": [0.2],
        "created": 1,
        "duplicates": 0,
        "simulator_busy": 0.1,
        "busiest_second": {"task": 3},
    }
    return Measurement(**{**usual, **facts})


@pytest.mark.long
def test_every_contender_creates_every_service_once_and_is_measured(stage: Stage) -> None:
    runs = race(stage, TWO)
    assert list(runs) == list(CONTENDERS)
    for letter, (run,) in runs.items():
        assert (run.created, run.duplicates) == (2, 0), letter
        assert run.requests["submission"] == 2, letter
        assert run.requests["login"] == 1, letter
        assert run.requests["task"] >= 2, letter
        assert letter == "f" or "other" not in run.requests, letter
        assert len(run.lags) == 2, letter
        assert min(run.lags) >= 0, letter
        assert run.wall > 0.3 + max(run.lags), letter
        assert 0.1 < run.cpu < 2 * run.wall, letter
        assert 10_000_000 < run.peak_memory < 500_000_000, letter
        assert sum(run.busiest_second.values()) <= run.request_count, letter
    assert runs["a"][0].wall > runs["d"][0].wall > runs["e"][0].wall
    assert runs["a"][0].cpu > runs["d"][0].cpu > runs["e"][0].cpu
    results = Results(TINY, "today", {"CPU": "some"}, races={"one": runs}, ceilings={"task": 1000.0})
    page = report.document(results, "benchmark.svg")
    for contender in CONTENDERS.values():
        assert f"| ({contender.letter}) {contender.name} " in page
    assert results.to_dict()["races"]["one"]["d"][0]["lags"] == runs["d"][0].lags


@pytest.mark.long
def test_a_contender_that_fails_stops_the_benchmark(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    nobody = {"ms_tenant_id": NOBODY, "short_name": "nobody", "full_name": "Nobody", "script_parameters": {}}
    monkeypatch.setattr("benchmark.stage.wanted", lambda count: [nobody] * count)
    with pytest.raises(CommandFailed, match=r"benchmark\.bare .* ended with 1:(.|\n)*KeyError"):
        race(stage, Scenario("one", 1, (0.1, 0.1), 1, "e"))


@pytest.mark.parametrize("wrong", [{"created": 1}, {"created": 2, "duplicates": 1}])
def test_figures_of_a_contender_that_has_not_created_each_service_once_are_none(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, wrong: dict[str, int]
) -> None:
    monkeypatch.setattr(stage, "compete", lambda _contender, _scenario: measurement(**wrong))
    with pytest.raises(RuntimeError, match=r"\(e\) has created"):
        race(stage, Scenario("one", 2, (0.1, 0.1), 2, "e"))


@pytest.mark.long
def test_look_ups_among_many_ask_for_each_list_once(stage: Stage) -> None:
    found = look_ups(stage, TINY)
    assert len(found) == 4
    for name, run in found.items():
        assert "submission" not in run.requests, name
        assert run.requests.get("service list", 0) <= 1, name


@pytest.mark.long
def test_loops_reruns_and_hosts_are_measured_also_against_a_former_state(stage: Stage, tmp_path: Path) -> None:
    now = {FORMER: str(COLLECTIONS)}
    results = Results(
        TINY,
        "today",
        {},
        loops=loops(stage, TINY, tmp_path),
        reruns=reruns(stage, TINY, now),
        crowd=crowd(stage, TINY, tmp_path, now),
        before="now",
    )
    assert results.loops[LOOP].requests == {"login": 1, "leads": 2}
    assert results.loops[LOOP_URI].requests == {"login": 1, "leads": 2}
    assert results.loops[TEN].request_count == results.loops[TEN_URI].request_count == 11
    assert results.reruns[RERUN_PLAYBOOK].requests == results.reruns[RERUN_BEFORE].requests
    assert {run.created for run in results.crowd.values()} == {2}
    rows = {goal.measure: goal.value(results) for goal in GOALS}
    assert 0 < rows["a look-up in a loop, empty play subtracted: CPU against uri"] < 1
    assert rows["`onboard_leads`: requests per lead"] > 1
    page = report.document(results, "plot.svg")
    for name in (*results.loops, *results.reruns, *results.crowd):
        assert f"| {name} " in page


@pytest.mark.long
def test_the_ceiling_of_the_simulator_is_measured_for_each_kind(stage: Stage) -> None:
    found = ceilings(stage, TINY.ceiling_seconds, services=3)
    assert list(found) == ["task", "submission", "service list", "leads", "login"]
    assert min(found.values()) > 20


@pytest.mark.long
def test_a_module_start_is_measured_against_uri_and_in_its_parts(stage: Stage, tmp_path: Path) -> None:
    starts, parts = module_starts(stage, 1, tmp_path), start_parts(1)
    assert list(starts) == ["uri", BARE, "task_info", "oc_service", "oc_services"]
    assert len(parts) == 7
    assert all(0.001 < each < 5 for each in starts.values()), starts
    # Three are differences of two starts, which a busy machine turns round when there is one round only.
    measured = [seconds for name, seconds in parts.items() if name == "Python" or name.startswith("the engine")]
    assert len(measured) == 4
    assert all(0.001 < each < 5 for each in measured), parts
    assert all(abs(each) < 5 for each in parts.values()), parts
    page = report.document(Results(TINY, "today", {}, starts=starts, start_parts=parts), "benchmark.svg")
    for name in (*starts, *parts):
        assert f"| {name} " in page or f"| `{name}` " in page


def test_requests_are_told_apart() -> None:
    paths = {
        "login": ("POST", "/some-directory/oauth2/v2.0/token"),
        "submission": ("POST", "/tenantui/api/v3/customer"),
        "task": ("GET", "/tenantui/api/v2/task/wst_1"),
        "service list": ("GET", "/tenantui/api/v3/customer/"),
        "service": ("GET", "/tenantui/api/v3/customer/1-2"),
        "leads": ("GET", "/tenantui/api/v2/oc/lead"),
        "SIP connection": ("GET", "/tenantui/api/v2/sitelocation/7"),
        "other": ("DELETE", "/tenantui/api/v2/customer/1-2"),
    }
    log = [{"method": method, "path": path, "time": 5.5} for method, path in paths.values()]
    assert requests_by_kind(log) == dict.fromkeys(paths, 1)
    assert busiest_second([*log[:3], {**log[2], "time": 7.1}, *({**log[2], "time": 6.9},) * 4]) == {"task": 4}


def test_the_lag_is_that_of_the_poll_and_without_one_that_of_the_list() -> None:
    log = [
        {"method": "GET", "path": "/api/v3/customer", "status": 200, "time": 9.0},
        {"method": "GET", "path": "/api/v3/customer", "status": 503, "time": 11.0},
        {"method": "GET", "path": "/api/v3/customer/guid-3", "status": 200, "time": 11.5},
        {"method": "GET", "path": "/api/v3/customer", "status": 200, "time": 13.0},
    ]
    tasks = [
        {"ends_at": 10.0, "seen_at": 10.5, "ump_customer_guid": "guid-1"},
        {"ends_at": 10.0, "seen_at": None, "ump_customer_guid": "guid-2"},
        {"ends_at": 10.0, "seen_at": None, "ump_customer_guid": "guid-3"},
        {"ends_at": 14.0, "seen_at": None, "ump_customer_guid": "guid-4"},
    ]
    assert lags(log, {"tasks": tasks}, latency=0.25) == [0.5, 3.25, 1.75]


def test_a_figure_is_reached_or_not_and_what_was_not_run_is_said_to_be_so() -> None:
    results = Results(FULL, "today", {})
    assert {goal.row(results)[2:] for goal in GOALS} == {("not run", "-")}
    results.races = {
        "one": {"a": [measurement(wall=10.0)], "c": [measurement(wall=5.0)], "d": [measurement(wall=6.1)]},
        "growth 200": {"d": [measurement(peak_memory=60_000_000)]},
        "growth 1000": {"d": [measurement(peak_memory=84_000_000)]},
    }
    results.reruns = {RERUN: measurement(requests={"login": 1, "task": 5})}
    rows = {row[0]: row[1:] for row in (goal.row(results) for goal in GOALS)}
    assert rows["one service, task 5 s: wall of oc_service against (a)"] == ("<= 0.6", "0.50", "yes")
    assert rows["one service, task 5 s: wall of oc_services against (a)"] == ("<= 0.6", "0.61", "**no**")
    assert rows["20 services: wall against (a)"] == ("<= 0.08", "not run", "-")
    assert rows["its growth per service, from 200 to 1,000"] == ("<= 20 kB", "30 kB", "**no**")
    assert rows["peak memory of any process, 1,000 services"] == ("<= 120 MB", "84 MB", "yes")
    assert rows["unchanged rerun over 1,000 services: requests"] == ("<= 5", "6", "**no**")
    assert rows["logins per playbook run, the most in any"] == ("<= 1", "1", "yes")
    assert "| not run " in report.document(Results(FULL, "today", {}, races={"one": {}}), "plot.svg")


def test_what_a_further_service_costs_is_measured_against_the_bare_client() -> None:
    cpu = {"d": (1.0, 2.8, 18.8), "e": (1.0, 1.72, 6.52)}  # 10 and 20 ms each; 4 and 6 ms each
    races = {
        f"growth {count}": {letter: [measurement(cpu=values[number])] for letter, values in cpu.items()}
        for number, count in enumerate((20, 200, 1000))
    }
    results = Results(FULL, "today", {}, races=races, ceilings={"task": 1000.0})
    (row,) = [goal.row(results) for goal in GOALS if goal.measure.startswith("CPU per further service")]
    assert row[2:] == ("1.33", "**no**")
    page = report.document(results, "plot.svg")
    assert "CPU of (d) for each further service: 10.0 ms from 20 to 200, 20.0 ms from 200 to 1,000." in page
    assert "CPU of (e) for each further service: 4.0 ms from 20 to 200, 6.0 ms from 200 to 1,000." in page


def test_every_form_has_what_the_others_have_for_its_first_figure() -> None:
    for form in FORMS.values():
        names = [scenario.name for scenario in form.scenarios]
        assert names[0] == "one"
        assert len(names) == len(set(names))
        assert set(form.scenarios[0].contenders) >= set("ade")


def test_explanations_carry_no_figures_that_a_run_did_not_give() -> None:
    for goal in GOALS:
        assert not re.search(r"\d", goal.rest), goal.rest
