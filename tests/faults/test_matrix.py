# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every request of every flow, with everything that may happen to it, for one service and for many.

Each schedule is three runs: one with the fault, one without it, and one that must find nothing to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from faults.bench import ABSENT, PRESENT, TENANTS, Bench, bench, converged, picture
from faults.forms import SHORT, of_three
from harness.fault_kinds import SWITCHES, faults_of, rule
from harness.in_process import Platform

FLOWS: dict[str, tuple[str, bool, tuple[str, ...]]] = {
    "create": (PRESENT, False, ("login", "service list", "leads", "create", "task", "service")),
    "keep": (PRESENT, True, ("login", "service list", "leads", "service", "SIP connection")),
    "delete": (ABSENT, True, ("login", "service list", "leads", "delete", "service")),
    "nothing to delete": (ABSENT, False, ("login", "service list", "leads")),
}
"""The state that is wanted, whether the service is there, the requests that are made."""

FORMS: dict[str, tuple[str, ...]] = {"single": TENANTS[:1], "bulk": TENANTS}
HOW_OFTEN: dict[str, Any] = {"once": 1, "in mid-flow": [2, 3], "always": "every"}


def _belongs(flow: str, request: str, fault: str, form: str, often: str) -> bool:
    """Whether a combination is in the form that is run.

    The short one has every fault with the submission in every way. Of the others it has a third, always the same:
    for good with one service, and once with many where services are made or deleted.
    """
    if not SHORT or (flow, request) == ("create", "create"):
        return True
    wanted = often == "once" and (flow == "create" or request == "delete") if form == "bulk" else often == "always"
    return wanted and (request == "delete" or of_three(f"{flow}-{request}-{fault}") == 0)


def schedules() -> Iterator[Any]:
    """The matrix."""
    for flow, (_state, _there, requests) in FLOWS.items():
        for request in requests:
            for fault in faults_of(request):
                for form, often in product(FORMS, HOW_OFTEN):
                    if not _belongs(flow, request, fault, form, often):
                        continue
                    name = f"{flow}-{request}-{fault}-{often}-{form}"
                    yield pytest.param((flow, request, fault, often, form), id=name)


def switched() -> Iterator[Any]:
    """The flows under each of the platform's habits."""
    for flow in FLOWS:
        for switch in SWITCHES:
            for form in FORMS:
                yield pytest.param(flow, switch, form, id=f"{flow}-{switch}-{form}")


@pytest.mark.parametrize("case", list(schedules()))
def test_a_fault_with_one_request(platform: Platform, case: tuple[str, str, str, str, str]) -> None:
    flow, request_kind, fault, often, form = case
    with bench(platform, switches={"output_guid": "camel"}) as made:
        _prepare(made, flow, form)
        made.fault(rule(request_kind, faults_of(request_kind)[fault], HOW_OFTEN[often]))
        three_runs(made, flow, form)


@pytest.mark.parametrize(("flow", "switch", "form"), list(switched()))
def test_habits_of_the_platform(platform: Platform, flow: str, switch: str, form: str) -> None:
    with bench(platform, switches=SWITCHES[switch]) as made:
        _prepare(made, flow, form)
        three_runs(made, flow, form)


def _prepare(made: Bench, flow: str, form: str) -> None:
    _state, there, _requests = FLOWS[flow]
    if there:
        made.provide(FORMS[form])


def three_runs(made: Bench, flow: str, form: str) -> None:
    state, there, _requests = FLOWS[flow]
    tenants = FORMS[form]
    first = made.run(tenants, state)
    made.calm()
    made.pass_time(60)
    second = made.run(tenants, state)
    assert converged(second, state), f"{picture(first)}\n{picture(second)}\n{made.history()}"
    writes = len(made.writes())
    made.pass_time(60)
    third = made.run(tenants, state)
    assert converged(third, state, changed=False), f"{picture(third)}\n{made.history()}"
    assert len(made.writes()) == writes
    for tenant in tenants:
        assert len(made.services(tenant)) == (state == PRESENT), made.history()
    assert made.submissions() == (len(tenants) if there or state == PRESENT else 0), made.history()
