# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which script parameters are secret, when variables have names and the platform knows numbers."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.client import LivePlatformApi
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.script_parameters import secret_keys
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.script_templates import ScriptTemplate
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.sip_connections import (
    SipConnection,
    with_variables,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.masking import MASK, Secrets
from ansible_collections.audiocodes.live_platform.plugins.module_utils._input.resolve_scripts import (
    resolve_scripts,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._input.service_list import (
    read_items,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.request import (
    WantedService,
)
from harness.fakes import client_of, raw, said

VARIABLES = ("Host", "SIP-Password", "Pin")


def template(number: int, *variables: str) -> ScriptTemplate:
    return ScriptTemplate(number, f"script-{number}", 1, None, None, variables, ())


def test_a_name_that_says_so_is_secret_and_others_are_named_by_the_user() -> None:
    assert secret_keys(["pin", "proxyset", "CustomVar.Variable9", "nothing"], VARIABLES) == (
        ["CustomVar.Variable2", "CustomVar.Variable3", "ProxySet", "CustomVar.Variable9"],
        ["nothing"],
    )


def test_the_names_of_a_service_become_the_keys_of_its_own_script() -> None:
    services = [
        {"onboarding_script": "script-1", "secret_script_parameters": "Pin", "script_variables": {"SIP-Password": "a"}},
        {"onboarding_script": "script-2", "secret_script_parameters": ["Pin"]},
        {"onboarding_script": "script-3"},
    ]
    templates = [template(1, *VARIABLES), template(2, "Pin", "Other"), template(3, "Host")]
    found = resolve_scripts(services, templates)
    assert found.problems == []
    assert [service.get("secret_script_parameters") for service in found.services] == [
        ["CustomVar.Variable2", "CustomVar.Variable3"],
        ["CustomVar.Variable1"],
        None,
    ]


def test_a_name_that_fits_no_script_at_all_is_a_slip_and_one_that_fits_some_is_not() -> None:
    services, problems = read_items(
        [{"onboarding_script": 1, "secret_script_parameters": ["Pln"]}, {"onboarding_script": 2}],
        {"secret_script_parameters": ["Pin"]},
    )
    assert problems == []
    found = resolve_scripts(services, [template(1, *VARIABLES), template(2, "Host")])
    assert found.problems == [
        "live_platform_services[0]: secret_script_parameters: unknown variable 'Pln'; nearest: 'Pin'"
    ]


def test_a_name_of_a_secret_parameter_that_looks_like_a_slip_is_a_problem() -> None:
    options: dict[str, Any] = {
        "ms_tenant_id": "f9f53ee0-56e1-43f6-8fe3-5fb322986657",
        "short_name": "Brad01",
        "script_parameters": {"SIP-Pin": "1", "ProxySet": "SIPTrunk"},
        "secret_script_parameters": ["SIP-Pim", "sip-pin", "CustomVar.Variable4", "CarrierHostname", "Elsewhere"],
    }
    assert WantedService.from_options(options).problems() == [
        "secret_script_parameters: 'SIP-Pim' is no script parameter; did you mean 'SIP-Pin'?"
    ]


def test_a_mask_is_no_password() -> None:
    options = {
        "ms_tenant_id": "f9f53ee0-56e1-43f6-8fe3-5fb322986657",
        "short_name": "Brad01",
        "script_parameters": {"CarrierUserPassword": MASK},
        "teams_qos": {"application_id": "a", "application_password": MASK},
    }
    found = WantedService.from_options(options).problems()
    assert len(found) == 2
    assert all("the secret itself" in problem for problem in found)


def _connection(script: int | None) -> SipConnection:
    parameters = {"ProxySet": "SIPTrunk", "CustomVar.Variable1": "10.1.1.5", "CustomVar.Variable2": "hidden-value"}
    return SipConnection("1", "Brad01", onboarding_script=script, script_parameters=parameters)


SCRIPT = {"id": 7, "name": "x", "scriptType": 1, "customerVariables": "Host, SIP-Password"}


@pytest.mark.parametrize(
    ("script", "answer", "shown", "warned"),
    [
        (7, said([SCRIPT]), {"CustomVar.Variable1": "10.1.1.5", "CustomVar.Variable2": MASK}, False),
        (8, said([SCRIPT]), {"CustomVar.Variable1": MASK, "CustomVar.Variable2": MASK}, True),
        (None, said([]), {"CustomVar.Variable1": MASK, "CustomVar.Variable2": MASK}, True),
        (7, raw(b"", 403), {"CustomVar.Variable1": MASK, "CustomVar.Variable2": MASK}, True),
        (
            7,
            said([{**SCRIPT, "customerVariables": "Host"}]),
            {"CustomVar.Variable1": "10.1.1.5", "CustomVar.Variable2": MASK},
            True,
        ),
    ],
    ids=["named", "another script", "no script", "no permission", "fewer names"],
)
def test_what_was_read_back_is_shown_only_when_its_name_is_known_and_says_nothing_else(
    script: int | None, answer: Any, shown: dict[str, str], warned: bool
) -> None:
    class Platform:
        def exchange(self, call: Any, timeout: float) -> Any:
            return said({"access_token": "token-of-test"}) if "token" in call.url else answer

    told: list[str] = []
    (result,) = with_variables(LivePlatformApi(client_of(Platform())), [_connection(script)], [], told.append)
    secrets = Secrets()
    secrets.learn(result)
    masked = secrets.mask(result)
    assert masked["script_parameters"] == {"ProxySet": "SIPTrunk", **shown}
    assert "hidden-value" not in str(masked)
    assert bool(told) is warned
    if script == 7 and not warned:
        assert masked["script_variables"] == {"Host": "10.1.1.5", "SIP-Password": MASK}


def test_without_own_variables_no_template_is_read() -> None:
    class Nobody:
        def exchange(self, call: Any, timeout: float) -> Any:
            raise AssertionError(call)

    connection = SipConnection("1", "Brad01", script_parameters={"ProxySet": "SIPTrunk"})
    told: list[str] = []
    (result,) = with_variables(LivePlatformApi(client_of(Nobody())), [connection], [], told.append)
    assert (result["script_variables"], told) == ({}, [])
