# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A wanted service is checked whole before anything is sent."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.fields import SERVICE_OPTIONS
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.resource import ABSENT, PRESENT
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.request import (
    WantedService,
    check_all,
    short_gateways,
)
from harness.fakes import TENANT
from unit.api.test_fields import EVERY_OPTION


def _problems(**options: Any) -> list[str]:
    return WantedService.from_options({"ms_tenant_id": TENANT, "short_name": "Brad01", **options}).problems()


def test_a_complete_request_has_no_problem() -> None:
    assert WantedService.from_options(EVERY_OPTION).problems() == []
    assert _problems() == []


BAD = [
    ("short_name", "ab", "3 to 15 letters"),
    ("short_name", "sixteen_letters_", "3 to 15 letters"),
    ("short_name", "with blank", "3 to 15 letters"),
    ("short_name", "dash-ed", "3 to 15 letters"),
    ("short_name", "Brad01\n", "3 to 15 letters"),
    ("short_name", "müller", "3 to 15 letters"),
    ("ms_tenant_id", "f9f53ee0", "a GUID"),
    ("ms_tenant_id", 5, "a string, not a number: YAML reads it as 5; put quotes around it"),
    ("ump_customer_guid", "x", "a GUID"),
    ("full_name", "", "1 to 200 characters"),
    ("full_name", "x" * 201, "1 to 200 characters"),
    ("invitation_email", "admin", "an e-mail address"),
    ("invitation_email", "a@b", "an e-mail address"),
    ("invitation_email", "a b@c.d", "an e-mail address"),
    ("lead_id", " ", "not empty"),
    ("channel_id", " ", "the id of a channel"),
    ("lc_customer_id", "", "not empty"),
    ("licensed_users", -1, "a whole number from 0"),
    ("licensed_users", "five", "a whole number from 0"),
    ("licensed_users", True, "a whole number from 0"),
    ("calling_profile_template_id", 1.5, "a whole number from 0"),
    ("license_type", "hosted_pro", "one of 'oc_essential'"),
    ("license_type", 3, "one of 'oc_essential'"),
    ("license_type", ["oc_pro"], "one of 'oc_essential'"),
    ("configuration", {}, "one of 'ip_group', 'tenant'"),
    ("customer_type", "both", "one of 'ip_group', 'tenant'"),
    ("site_location", "Main", "must be a dictionary"),
    ("teams_qos", ["x"], "must be a dictionary"),
    ("webhooks", 5, "must be a dictionary"),
    ("script_parameters", "a=b", "must be a dictionary of strings"),
]


@pytest.mark.parametrize(
    ("option", "value", "part"), BAD, ids=[f"{option}={value!r:.20}" for option, value, _part in BAD]
)
def test_a_bad_value_is_one_problem_that_names_the_option(option: str, value: Any, part: str) -> None:
    (problem,) = _problems(**{option: value})
    assert problem.startswith(option)
    assert part in problem


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"site_location": {"sbc_id": "two"}}, "site_location.sbc_id must be a whole number from 0, not 'two'"),
        ({"site_location": {"name": " "}}, "site_location.name must be a string that is not empty, not ' '"),
        ({"teams_qos": {"application_id": "x"}}, "teams_qos needs 'application_password' too"),
        ({"teams_qos": {"application_password": "x"}}, "teams_qos needs 'application_id' too"),
        ({"task_id": " "}, "task_id must not be empty"),
        (
            {"script_parameters": {"CarrierUserName": "x" * 61}},
            "script_parameters.CarrierUserName must have at most 60 characters",
        ),
        ({"script_parameters": {"proxyset": "x"}}, "script_parameters: 'proxyset' must be written 'ProxySet'"),
        (
            {"script_parameters": {"CustomVar.Variable0": "x"}},
            "script_parameters: 'CustomVar.Variable0' must be CustomVar.Variable<N> with N from 1",
        ),
        (
            {"script_parameters": {"customvar1": "x"}},
            "script_parameters: 'customvar1' must be CustomVar.Variable<N> with N from 1",
        ),
        ({"script_parameters": {5: "x"}}, "script_parameters: every key must be a string, not a number"),
        (
            {"script_parameters": {"ProxySet": 5}},
            "script_parameters.ProxySet must be a string, not a number: put quotes around it",
        ),
        (
            {"script_parameters": {"ProxySet": True}},
            "script_parameters.ProxySet must be a string, not a boolean: put quotes around it",
        ),
    ],
)
def test_what_is_inside_is_checked_too(options: dict[str, Any], problem: str) -> None:
    assert _problems(**options) == [problem]


@pytest.mark.parametrize(
    "shown", ["********", "*****", "$encrypted$", " $ENCRYPTED$ ", "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER", "\u2022" * 8]
)
def test_what_is_shown_for_a_secret_is_no_secret(shown: str) -> None:
    itself = "must be the secret itself, not what is shown for it"
    assert _problems(
        application={"client_id": "x", "client_secret": shown},
        teams_qos={"application_id": "x", "application_password": shown},
        script_parameters={"CarrierUserPassword": shown},
    ) == [
        f"application.client_secret {itself}",
        f"teams_qos.application_password {itself}",
        f"script_parameters.CarrierUserPassword {itself}",
    ]


def test_a_group_of_which_nothing_is_given_is_not_given() -> None:
    for empty in ({}, {"client_id": None, "client_secret": None}):
        groups = {row.option: empty for row in SERVICE_OPTIONS if row.type in ("dict", "map")}
        wanted = WantedService.from_options({"ms_tenant_id": TENANT, "short_name": "Brad", **groups})
        assert wanted.problems() == []
        assert not [name for name in groups if wanted.options[name] is not None]
        assert None not in wanted.body.values()
    partly = WantedService.from_options({"script_parameters": {"ProxySet": "x", "CacProfile": None}})
    assert partly.options["script_parameters"] == {"ProxySet": "x"}


def test_all_problems_stand_in_one_list() -> None:
    options = {option: value for option, value, _part in BAD}
    problems = WantedService.from_options({**options, "task_id": ""}).problems()
    for option in options:
        assert any(problem.startswith(option) for problem in problems), option
    assert len(problems) == len(options) + 1


def test_what_a_service_cannot_do_without_is_named() -> None:
    present, absent = WantedService.from_options({}), WantedService.from_options({}, {"state": ABSENT})
    assert [problem.split()[0] for problem in present.problems()] == ["ms_tenant_id", "short_name"]
    assert [problem.split()[0] for problem in absent.problems()] == ["ms_tenant_id", "short_name"]


@pytest.mark.parametrize("more", [{"short_name": "Brad01"}, {"ump_customer_guid": TENANT}, {"any_short_name": True}])
def test_a_deletion_says_which_service_it_means(more: dict[str, Any]) -> None:
    assert (
        "any_short_name: true" in WantedService.from_options({"ms_tenant_id": TENANT}, {"state": ABSENT}).problems()[0]
    )
    assert WantedService.from_options({"ms_tenant_id": TENANT, **more}, {"state": ABSENT}).problems() == []


def test_the_state_of_the_service_goes_before_that_of_the_list() -> None:
    assert WantedService.from_options({"state": ABSENT}, {"state": PRESENT}).state == ABSENT
    assert WantedService.from_options({"state": None}, {"state": ABSENT}).state == ABSENT
    assert WantedService.from_options({}).state == PRESENT


def test_values_of_secrets_and_script_variables_are_never_quoted() -> None:
    problems = _problems(
        teams_qos={"application_id": "", "application_password": "  "},
        script_parameters={
            "CarrierUserPassword": 424242,
            "CarrierUserName": "planted" * 20,
            "CarrierHostName": ["planted"],
        },
    )
    assert len(problems) == 5
    assert "teams_qos.application_password must be a string that is not empty" in problems
    assert "424242" not in str(problems)
    assert "planted" not in str(problems)
    assert "planted" not in repr(WantedService.from_options({"teams_qos": {"application_password": "planted"}}))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text() | st.integers(), inner, max_size=3),
    max_leaves=5,
)


@given(st.fixed_dictionaries({}, optional={row.option: ANYTHING for row in SERVICE_OPTIONS} | {"task_id": ANYTHING}))
def test_no_type_whatsoever_breaks_the_check(options: dict[str, Any]) -> None:
    wanted = WantedService.from_options(options)
    assert all(isinstance(problem, str) for problem in check_all([wanted, wanted]))


OTHER = "aaaaaaaa-1111-4222-8333-bbbbbbbbbbbb"


def _check(*services: dict[str, Any]) -> list[str]:
    return check_all([WantedService.from_options(service) for service in services])


def test_every_problem_of_a_list_has_its_place() -> None:
    problems = _check(
        {"ms_tenant_id": TENANT, "short_name": "Brad01"},
        {"ms_tenant_id": "x", "short_name": "y"},
        {"short_name": "Good01"},
    )
    assert [problem.split(" ")[0] for problem in problems] == ["services[1]", "services[1]", "services[2]"]
    assert "(y)" in problems[0]


def test_tenants_and_short_names_may_stand_once() -> None:
    problems = _check(
        {"ms_tenant_id": TENANT, "short_name": "Brad01"},
        {"ms_tenant_id": OTHER, "short_name": "brad01"},
        {"ms_tenant_id": TENANT.upper(), "short_name": "Brad02"},
    )
    assert len(problems) == 2
    assert problems[0].startswith("services[0] and services[2] have the same ms_tenant_id")
    assert problems[1].startswith("services[0] and services[1] have the same short_name")


def test_an_absent_service_may_share_its_short_name() -> None:
    assert (
        _check(
            {"ms_tenant_id": TENANT, "short_name": "Brad01"},
            {"ms_tenant_id": OTHER, "short_name": "Brad01", "state": ABSENT},
        )
        == []
    )


@pytest.mark.parametrize(
    ("key", "nearest"),
    [
        ("ProxySets", "nearest: 'ProxySet'"),
        ("CarrierUserNam", "nearest: 'CarrierUserName'"),
        ("CarrierMainLine", "nearest: 'CarrierMailLine'"),
        ("CarrierUserPasswrd", "nearest: 'CarrierUserPassword'"),
        ("CustomVariable.1", "nearest: 'CustomVar.Variable<N>'"),
        ("Xyz", "known: 'CacProfile'"),
    ],
)
def test_a_script_parameter_that_does_not_exist_is_named_with_the_nearest(key: str, nearest: str) -> None:
    [problem] = _problems(script_parameters={"ProxySet": "SIPTrunk", "CustomVar.Variable2": "1", key: "planted"})
    assert f"unknown parameter '{key}'; {nearest}" in problem or f"'{key}' must be CustomVar.Variable<N>" in problem
    assert "planted" not in problem


@pytest.mark.parametrize("option", ["extra_script_parameters", "secret_script_parameters"])
def test_an_unknown_script_parameter_is_sent_when_it_is_asked_for(option: str) -> None:
    asked = _problems(script_parameters={"CarrierRegion": "1"}, **{option: ["CarrierRegion"]})
    assert asked == []
    other = _problems(script_parameters={"CarrierRegion": "1"}, **{option: ["CarrierMisc"]})
    assert any("unknown parameter 'CarrierRegion'" in problem for problem in other)


@pytest.mark.parametrize(
    ("gateway", "right"), [("oc1.sandbox2.audiocodes.be", True), ("oc1", False), ("oc1.lab", False)]
)
def test_a_module_sends_no_short_name_of_a_gateway(gateway: str, right: bool) -> None:
    wanted = WantedService.from_options({"script_parameters": {"OnlinePstnGateway": gateway}})
    assert (short_gateways([wanted]) == []) is right
    for problem in short_gateways([wanted], "services"):
        assert problem.startswith(
            "services[0]: script_parameters.OnlinePstnGateway must be the full name of the gateway"
        )
    assert short_gateways([WantedService.from_options({"state": ABSENT, "script_parameters": {}})]) == []
