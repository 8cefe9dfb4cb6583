# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every playbook of the collection that talks to the platform, with what it is given and the requests that it makes."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

import requests

from harness.cast import ALDER, BRAD
from harness.fault_kinds import PASSWORD
from harness.secretive import GIVEN, NAMED, QUIET, VARIABLE, by_name
from simulator.client import Simulator
from simulator.tokens import PREFIX

REQUEST_TIMEOUT = 1
"""Seconds; a fault that is too late is later than this."""

TASK_SECONDS = 0.3

_SIMULATORS_OWN = ("simcarrier-3Vq9~Xr7.Pm2", "simapp-Jt5~w8.Kz4Rv2~Bq")
"""Secrets of the simulator's own records."""

_UNKNOWABLE = ("secrets in all members", "secrets in its members")

_SERVICES = [by_name(BRAD, "Brad01"), by_name(ALDER, "Alder")]
_ONBOARDING_LIMITS: dict[str, Any] = {
    "sbc_onboarding_settle_timeout": 3,
    "sbc_onboarding_wait_timeout": 5,
    "sbc_onboarding_verify_timeout": 1,
}
"""Seconds; tasks and lags of the simulator stay well below."""

_SURVEY = {
    "onboard_service_ms_tenant_id": BRAD,
    "onboard_service_short_name": "Brad01",
    "onboard_service_sbc": "NL-SBC05",
    "onboard_service_onboarding_script": "sbc-with-secrets",
    "onboard_service_online_pstn_gateway": "oc1.sandbox2.audiocodes.be",
    "onboard_service_script_variables": "Host=sip.example",
    "onboard_service_secret_script_variable": f"Pin={VARIABLE}",
}
_REMOVAL_SURVEY = {
    "offboard_service_ms_tenant_id": BRAD,
    "offboard_service_short_name": "Brad01",
    "offboard_service_confirmation": "Brad01",
}
_ONBOARDING = ("service list", "leads", "create", "task", "script templates", "calling profiles")


@dataclass(frozen=True)
class Scene:
    """A playbook at work.

    :param playbook: its name in the collection.
    :param requests: the kinds of requests that it makes.
    :param variables: extra variables.
    :param planned: ``onboard_services`` has made a plan before, which is what this playbook is given.
    :param there: the services of two customers are there already, and ``live_platform_outcomes`` tells of them.
    :param hosts: of its inventory; their variables.
    :param given: secrets that it was given; it cannot know others that have no telling name.
    :param settings: of the simulator.
    :param often: which of the requests the fault happens to.
    """

    playbook: str
    requests: tuple[str, ...]
    variables: dict[str, Any] = field(default_factory=dict)
    planned: bool = False
    there: bool = False
    hosts: dict[str, Any] = field(default_factory=dict)
    given: tuple[str, ...] = GIVEN
    settings: dict[str, Any] = field(default_factory=dict)
    often: Any = "every"

    def prepare(self, platform: Simulator) -> dict[str, Any]:
        """Make the platform as new, with what has to be there, and say what the playbook gets."""
        platform.reset(tokens=True)
        platform.settings(existing_service="accept", task_seconds=TASK_SECONDS, **self.settings)
        platform.seed(templates=[QUIET])
        if not self.there:
            return self.variables
        outcomes = [_submit(platform, service) for service in _SERVICES]
        time.sleep(2 * TASK_SECONDS)  # a clock that was advanced would make dates of Retry-After far away
        return {**self.variables, **({} if "live_platform_services" in self.variables else _handed_on(outcomes))}

    def secrets(self, platform: Simulator, fault: str) -> list[str]:
        """What must not be found anywhere.

        :param fault: a look-up that was given no password cannot know one in what the platform tells of its own.
        """
        given = () if fault in _UNKNOWABLE else self.given
        return [platform.facts["client_secret"], PREFIX, "new-secret-1", *_SIMULATORS_OWN, *given]


@dataclass(frozen=True)
class Case:
    """A scene, and what happens in it.

    :param request: the kind of request that something happens to.
    :param fault: what happens to it.
    """

    scene: Scene
    request: str = ""
    fault: str = ""


def _handed_on(outcomes: list[dict[str, Any]]) -> dict[str, Any]:
    return {"live_platform_outcomes": outcomes}


# A login that fails ends every playbook at its first task, so that two have its faults: one that writes, one that
# reads. The two for surveys put together what others do, so that they have those of the request that they are for.
SCENES = {
    "onboard": Scene(
        "onboard_services", ("login", *_ONBOARDING), {"live_platform_services": _SERVICES, **_ONBOARDING_LIMITS}
    ),
    "onboard, deployed late": Scene(
        "onboard_services",
        ("service list",),
        {"live_platform_services": _SERVICES, **_ONBOARDING_LIMITS, "sbc_onboarding_verify_timeout": 4},
        settings={"deploy_seconds": 2.0},
        often=list(range(2, 100)),
    ),
    "onboard by survey": Scene("onboard_service", ("create",), {**_SURVEY, **_ONBOARDING_LIMITS}, given=(VARIABLE,)),
    "onboard by inventory": Scene(
        "onboard_leads",
        _ONBOARDING,
        _ONBOARDING_LIMITS,
        hosts={each["ms_tenant_id"]: {"live_platform_service": each} for each in _SERVICES},
    ),
    "do what was planned": Scene(
        "apply_plan",
        ("service list", "create"),
        {"live_platform_services": _SERVICES, **_ONBOARDING_LIMITS},
        planned=True,
    ),
    "offboard": Scene(
        "offboard_services",
        ("service list", "leads", "delete"),
        {"live_platform_services": _SERVICES},
        there=True,
    ),
    "offboard by survey": Scene("offboard_service", ("delete",), _REMOVAL_SURVEY, there=True, given=()),
    "status": Scene(
        "service_status", ("login", "service list", "leads"), {"live_platform_services": _SERVICES}, there=True
    ),
    "wait": Scene(
        "wait_for_services",
        ("service list", "task"),
        {"wait_for_services_timeout": 5},
        there=True,
        given=(),
    ),
    "verify": Scene(
        "verify_services",
        ("service list",),
        {"verify_services_timeout": 1},
        there=True,
        given=(),
    ),
    "numbers": Scene(
        "manage_numbers",
        ("numbers", "validate numbers", "upload numbers", "task"),
        {
            "live_platform_services": [
                {
                    **{key: each[key] for key in ("ms_tenant_id", "short_name")},
                    "numbers": [f"+3120100{place}000-+3120100{place}004"],
                }
                for place, each in enumerate(_SERVICES)
            ],
            "customer_numbers_verify_timeout": 4,
            "customer_numbers_wait_timeout": 5,
            "customer_numbers_settle_timeout": 3,
        },
        given=(),
    ),
    "report": Scene("report_services", ("service list", "leads"), there=True, given=()),
    "explain": Scene(
        "explain_failure", ("service list", "task"), there=True, given=(), settings={"fail_tasks": ["Alder"]}
    ),
}


def _submit(platform: Simulator, service: dict[str, Any]) -> dict[str, Any]:
    """Have a service made by hand, and say what a job would hand on of it."""
    answer = requests.post(
        f"{platform.base_url}/api/v3/customer",
        json={
            "configurationName": "OcEssential_IPGROUP_TYPE",
            "msTenantId": service["ms_tenant_id"],
            "customerShortName": service["short_name"],
            "customerFullName": service["short_name"],
            "siteLocation": {"siteLocationName": service["short_name"], "sbcId": 2, "sbcOnboardingScript": 31},
            "scriptParameters": {"CarrierUserPassword": PASSWORD, "CustomVar.Variable2": NAMED},
        },
        headers={"Authorization": f"Bearer {platform.token()}"},
        timeout=30,
    )
    answer.raise_for_status()
    return {
        "ms_tenant_id": service["ms_tenant_id"],
        "short_name": service["short_name"],
        "outcome": "created",
        "task_id": answer.json()["jobId"],
        "message": None,
    }
