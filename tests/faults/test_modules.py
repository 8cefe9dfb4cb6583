# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every module, with everything that may happen to each of its requests: no secret gets out, and every failure says
what to do next.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.masking import Secrets
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.result import ServiceResult
from faults.bench import CANARIES, TENANTS, Bench, bench, wanted
from faults.forms import SHORT
from faults.module_run import ModuleRun, run_module
from harness.canaries import Canaries
from harness.cast import CEDAR, DUNE, FJORD, FJORD_SERVICE, NOBODY
from harness.fault_kinds import APPLICATION_PASSWORD, PASSWORD, REQUESTS, faults_of, rule
from harness.in_process import Platform
from simulator.tokens import PREFIX
from simulator.world import CLIENT_SECRET

PLATFORMS_OWN = Canaries(["simcarrier-3Vq9~Xr7.Pm2", "simapp-Jt5~w8.Kz4Rv2~Bq"])
"""Secrets of the simulator's own records, which nobody has given."""

UNGIVEN = Canaries([CLIENT_SECRET, PREFIX, "new-secret-1"])
"""What a module must not show which was given nothing but its credentials: it cannot know that a name is a password."""

FACTS = {
    "message",
    "operation",
    "http_status",
    "error_code",
    "errors",
    "trace_id",
    "attempts",
    "elapsed",
    "task",
    "hint",
}


@dataclass(frozen=True)
class Case:
    """A module at work.

    :param requests: those that it makes, in the words of ``REQUESTS``.
    :param there: the services are there already.
    """

    module: str
    requests: tuple[str, ...]
    options: dict[str, Any] = field(default_factory=dict)
    there: bool = False
    tenants: int = 1

    def arguments(self, made: Bench) -> dict[str, Any]:
        """The module's options."""
        if self.module == "task_info":
            return {"task_ids": list(made.world.store.tasks), **self.options}
        if self.module == "oc_status_info" and "wait_for" in self.options:
            handed_on = zip(TENANTS, made.world.store.tasks, strict=False)
            outcomes = [{"ms_tenant_id": tenant, "outcome": "created", "task_id": each} for tenant, each in handed_on]
            return {"outcomes": outcomes, **self.options}
        if self.module == "oc_number_removal":
            for number in self.options["numbers"]:
                made.world.store.numbers.get(number).acquired_number_status = "MarkedForRemoval"
        if self.module in ("oc_lead", "oc_numbers"):
            return {"journal_path": str(made.folder / "journal"), "settle_timeout": 20, **self.options}
        if "services_by_name" in self.options:
            patience = {"settle_timeout": 20, "wait_timeout": 120}
            return {"journal_path": str(made.folder / "journal"), **patience, **self.options}
        if not self.module.startswith("oc_service") or self.module == "oc_service_info":
            return self.options
        services = [{**wanted(tenant), "secret_script_parameters": ["CarrierHostName"]} for tenant in TENANTS]
        own = services[0] if self.module == "oc_service" else {"services": services[: self.tenants]}
        patience = {"settle_timeout": 20, "wait_timeout": 120}
        options = {"journal_path": str(made.folder / "journal"), **patience, **own, **self.options}
        return {name: value for name, value in options.items() if value is not None}


BLOCK = "+31201000000-+31201000009"
NUMBERS = {"verify_timeout": 20, "wait_timeout": 60}
CREATION = ("login", "service list", "leads", "create", "task", "service")
CASES = {
    "create": Case("oc_service", CREATION),
    "keep": Case("oc_service", ("login", "service list", "leads", "service", "SIP connection"), there=True),
    "delete": Case("oc_service", ("login", "service list", "leads", "delete"), {"state": "absent"}, there=True),
    "create some": Case("oc_services", CREATION, tenants=2),
    "create by name": Case(
        "oc_services",
        # Odd leads are wrong input here, which names the problems instead of a request; others have faults with leads.
        ("login", "service list", "script templates", "calling profiles", "create", "task"),
        {
            "services_by_name": [
                {
                    "company_name": "Brad Telecom",
                    "short_name": "Brad",
                    "sbc": "NL-SBC05",
                    "script_variables": {"SIP-HostName": APPLICATION_PASSWORD, "IPPBX-ProxyAddress": "10.1.1.5"},
                    "script_parameters": {"CarrierUserPassword": PASSWORD},
                }
            ],
            "service_defaults": {"onboarding_script": "sbc-scenario7", "secret_script_parameters": "SIP-HostName"},
        },
    ),
    "create one by name": Case(
        "oc_service",
        ("login", "script templates", "calling profiles", "create", "task"),
        {
            "ms_tenant_id": None,
            "site_location": None,
            "company_name": "Brad Telecom",
            "sbc": "NL-SBC05",
            "onboarding_script": "sbc-scenario7",
            "script_variables": {"SIP-HostName": APPLICATION_PASSWORD, "IPPBX-ProxyAddress": "10.1.1.5"},
            "script_parameters": {"CarrierUserPassword": PASSWORD},
            "secret_script_parameters": ["SIP-HostName"],
        },
    ),
    "create lead": Case(
        "oc_lead", ("login", "leads", "create lead"), {"ms_tenant_id": NOBODY, "company_name": "Juniper Books"}
    ),
    "delete lead": Case("oc_lead", ("login", "leads", "delete lead"), {"ms_tenant_id": CEDAR, "state": "absent"}),
    "tasks": Case("task_info", ("login", "task"), {"wait": True, "wait_timeout": 20}, there=True),
    "leads": Case("oc_lead_info", ("login", "leads"), {"status": "Active"}),
    "services": Case("oc_service_info", ("login", "service list"), {"details": True}, there=True),
    "status": Case("oc_status_info", ("login", "service list", "leads", "calling profiles"), there=True),
    "status after the tasks": Case("oc_status_info", ("task",), {"wait_for": "tasks", "wait_timeout": 20}, there=True),
    "status when deployed": Case(
        "oc_status_info", ("service list",), {"wait_for": "deployed", "wait_timeout": 20}, there=True
    ),
    "one service": Case("oc_service_info", ("login", "service"), {"ump_customer_guid": FJORD_SERVICE}),
    "SIP connections": Case(
        "sip_connection_info",
        ("login", "service", "SIP connection", "script templates"),
        {"ump_customer_guid": FJORD_SERVICE},
    ),
    "SBCs": Case("sbc_info", ("login", "calling profiles", "SBC devices"), {"source": "devices"}),
    "scripts": Case("script_template_info", ("login", "script templates"), {"details": True}),
    "channels": Case("channel_info", ("login", "channels")),
    "one channel": Case("channel_info", ("login", "channel"), {"channel_id": "1574", "required": True}),
    "change": Case(
        "oc_service",
        ("login", "service list", "leads", "service", "channel", "upgrade", "task", "change", "assign"),
        {
            "ms_tenant_id": FJORD,
            "short_name": "FjordShip",
            "full_name": "Fjord Shipping AS",
            "license_type": "oc_pro",
            "licensed_users": 60,
            "channel_id": "1580",
            "application": {"client_id": "0b1d4a6e-5c3f-4f0e-9a7c-2e8d6f1b3c59", "client_secret": APPLICATION_PASSWORD},
        },
    ),
    "attach lead": Case(
        "oc_lead",
        ("login", "leads", "assign"),
        {"ms_tenant_id": CEDAR, "company_name": "Cedar Clinics", "channel_id": "1580"},
    ),
    "detach lead": Case("oc_lead", ("login", "leads", "remove"), {"ms_tenant_id": DUNE, "channel_id": ""}),
    "upload numbers": Case(
        "oc_numbers",
        ("login", "numbers", "validate numbers", "calling profiles", "upload numbers", "task"),
        {
            "ms_tenant_id": FJORD,
            "numbers": ["+31201000000-+31201000009"],
            "calling_profile": "Benelux calling",
            **NUMBERS,
        },
    ),
    "release numbers": Case(
        "oc_numbers",
        ("numbers", "unassign numbers", "release numbers", "task"),
        {
            "ms_tenant_id": FJORD,
            "numbers": ["+31205550101", "+31205550102"],
            "state": "absent",
            "on_assigned": "unassign",
            **NUMBERS,
        },
    ),
    "numbers": Case("oc_number_info", ("numbers",), {"ms_tenant_id": FJORD, "assignments": ["Unassigned"]}),
    "removal of numbers": Case(
        "oc_number_removal",
        ("numbers", "confirm removal"),
        {"ms_tenant_id": FJORD, "state": "confirmed", "numbers": ["+31205550103"]},
    ),
    "calling profiles": Case("calling_profile_info", ("login", "calling profiles")),
}


_LOG_IN = ("create", "create some", "SIP connections")
"""The login is the same for all, so the short form has it for these only."""


_LONG_ONLY = {
    ("upload numbers", "calling profiles"),
    *(("release numbers", request) for request in ("numbers", "unassign numbers", "task")),
    ("removal of numbers", "numbers"),
}
"""Other cases have the same fault with these requests in the short form."""

_WHOLE = ("create",)
"""This has all faults in the short form too, the others those that may show a secret or spoil the output."""

_TELLING = ("echo", "secret", "odd characters")


def _belongs(name: str, request: str, fault: str) -> bool:
    """Whether a case is in the short form."""
    if (request == "login" and name not in _LOG_IN) or (name, request) in _LONG_ONLY:
        return False
    return name in _WHOLE or any(word in fault for word in _TELLING)


def cases() -> Iterator[Any]:
    for name, case in CASES.items():
        for request in case.requests:
            for fault in faults_of(request):
                if SHORT and not _belongs(name, request, fault):
                    continue
                yield pytest.param(case, request, fault, id=f"{name}-{request}-{fault}")


@pytest.mark.parametrize(("case", "request_kind", "fault"), list(cases()))
def test_a_fault_lets_no_secret_out_and_is_explained(
    platform: Platform, case: Case, request_kind: str, fault: str
) -> None:
    """Both ways to run a module, which have the same result."""
    results = []
    for here in (False, True):
        with bench(platform, switches={"output_guid": "camel"}) as made:
            if case.there:
                made.provide(TENANTS[: case.tenants])
            made.fault(rule(request_kind, faults_of(request_kind)[fault], "every"))
            run = run_module(made, case.module, case.arguments(made), here=here)
            keeps_secrets(made, run)
            results.append(_steady(run.result))
    assert results[1] == results[0]


@pytest.mark.parametrize("case", list(CASES.values()), ids=list(CASES))
def test_success_lets_no_secret_out_and_makes_its_requests(platform: Platform, case: Case) -> None:
    results = []
    for here in (False, True):
        with bench(platform, switches={"output_guid": "camel"}) as made:
            if case.there:
                made.provide(TENANTS[: case.tenants])
            for check in (True, False):
                run = run_module(made, case.module, case.arguments(made), check=check, here=here)
                keeps_secrets(made, run)
                assert not run.result.get("failed"), run.result
                results.append(_steady(run.result))
            asked = {f"{sent.method} {sent.path}" for sent in made.transport.sent}
            for kind in set(case.requests) - {"service"}:
                method, path = REQUESTS[kind]["method"], REQUESTS[kind]["path"].strip("$").split("[")[0]
                assert any(each.startswith(method) and path in each for each in asked), f"{kind} is never asked for"
    assert results[2:] == results[:2]


def _steady(result: dict[str, Any]) -> str:
    """A result without what differs from run to run: ids, and figures that depend on the time."""
    values = {**result, "warnings": sorted(map(_text_of, result.get("warnings", ())))}
    arguments = values.get("invocation", {}).get("module_args", {})
    if isinstance(arguments, dict):
        arguments.pop("progress_path", None)
    text = re.sub(r"/[^\" ]*/faults-\w+", "<folder>", json.dumps(values, sort_keys=True, ensure_ascii=False))
    # What the platform repeats in some encoding holds ids too.
    text = re.sub(r"[\w+/=*%&#;.-]{48,}…?", "<encoded>", text)
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+(\.\d+)?", "<n>", text)


def _text_of(warning: Any) -> str:
    """From ansible-core 2.19 on, a module writes a warning with its circumstances."""
    return warning if isinstance(warning, str) else str(warning["event"]["msg"])


@pytest.mark.parametrize("defect", ["mask", "learn"])
def test_a_defect_in_the_masking_itself_shows_nothing(
    platform: Platform, monkeypatch: pytest.MonkeyPatch, defect: str
) -> None:
    def fails(*_arguments: object) -> None:
        raise RecursionError(f"{PASSWORD} {CLIENT_SECRET}")

    with bench(platform) as made:
        monkeypatch.setattr(Secrets, defect, fails)
        run = run_module(made, "oc_service", CASES["create"].arguments(made))
        assert run.result["failed"]
        assert "Unexpected error in the collection (RecursionError in test_modules.py" in run.result["msg"]
        assert "please report this" in run.result["failure"]["hint"]
        assert [*CANARIES.search(run.places), *PLATFORMS_OWN.search(run.places)] == []


def test_a_defect_in_an_error_shows_nothing(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(self: object) -> None:
        raise UnicodeError(PASSWORD)

    with bench(platform) as made:
        made.fault(rule("create", faults_of("create")["403"]))
        monkeypatch.setattr(ServiceResult, "to_dict", fails)
        run = run_module(made, "oc_service", CASES["create"].arguments(made))
        assert "Unexpected error in the collection (UnicodeError" in run.result["msg"]
        assert CANARIES.search(run.places) == []


def keeps_secrets(made: Bench, run: ModuleRun) -> None:
    """No secret anywhere, and a failure with everything that an engineer needs."""
    given = CANARIES if run.given_secrets else UNGIVEN
    found = [*given.search(run.places), *PLATFORMS_OWN.search(run.places)]
    for _each in found:
        made.platform.figures.leak()
    assert not found, [(place, secret, run.places[place]) for place, secret in found]
    assert b"\\ud8" not in run.places["stdout"], "half a character cannot be written"
    assert b"Traceback" not in run.places["stdout"] + run.places["stderr"]
    failures = [result["failure"] for result in run.result.get("results", ()) if result.get("failure")]
    if run.result.get("failed"):
        failures.append(run.result["failure"])
        assert "Unexpected error" not in run.result["msg"], run.result["msg"]
        assert run.result["msg"].replace("\t", " ").isprintable()
    for failure in failures:
        assert set(failure) >= FACTS
        assert failure["message"]
        assert failure["hint"]
        assert failure["operation"] or failure.get("problems"), failure
        assert failure["elapsed"] >= 0
