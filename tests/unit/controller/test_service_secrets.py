# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Passwords that are kept apart from the list of services, by customer."""

import time
from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.errors import InputError
from ansible_collections.audiocodes.live_platform.plugins.plugin_utils._resolve.service_secrets import (
    clear_secrets,
    read_secrets,
    with_secrets,
)

TENANT = "21c4b83a-07d6-4f2f-9360-6a3f725e89b1"
PASSWORD = "planted-Alder~pw.7"
ALDER = {"short_name": "Alder", "company_name": "Alder Logistics", "ms_tenant_id": TENANT}
BRAD = {"short_name": "Brad", "ms_tenant_id": "f9f53ee0-56e1-43f6-8fe3-5fb322986657"}


@pytest.mark.parametrize("customer", ["Alder", "ALDER", "alder logistics", TENANT, TENANT.upper()])
@pytest.mark.parametrize("as_text", [True, False])
def test_a_customer_is_found_by_each_of_its_names(customer: str, as_text: bool) -> None:
    secrets: Any = {customer: {"CarrierUserPassword": PASSWORD}}
    found = with_secrets([ALDER, BRAD], str(secrets) if as_text else secrets)
    assert found[0]["script_variables"] == {"CarrierUserPassword": PASSWORD}
    assert found[0]["secret_script_parameters"] == ["CarrierUserPassword"]
    assert found[1] == BRAD
    assert "script_variables" not in ALDER


def test_variables_are_put_to_those_that_are_there() -> None:
    item = {**ALDER, "script_variables": {"IPPBX": "10.1.1.5", "pin": "12"}, "secret_script_parameters": "Code"}
    (found,) = with_secrets([item], {"Alder": {"PIN": "12"}}, "{Alder: {Trunk: x}}")
    assert found["script_variables"] == {"IPPBX": "10.1.1.5", "pin": "12", "Trunk": "x"}
    assert found["secret_script_parameters"] == ["Code", "pin", "Trunk"]


def test_what_is_said_twice_must_agree_and_no_value_is_shown() -> None:
    item = {**ALDER, "script_variables": {"PIN": "other"}}
    with pytest.raises(InputError) as caught:
        with_secrets([item], {"Alder": {"pin": PASSWORD}})
    assert caught.value.message == "live_platform_service_secrets: 'Alder': 'pin' is given twice, with different values"


@pytest.mark.parametrize(
    ("store", "typed", "problem"),
    [
        ({"Nobody": {"PIN": "1"}}, None, None),
        ({"Aldre": {"PIN": "1"}}, None, "live_platform_service_secrets: unknown customer 'Aldre'; nearest: 'Alder'"),
        (
            None,
            {"Nobody": {"PIN": "1"}},
            "live_platform_service_secrets_text: unknown customer 'Nobody'; known: 'Alder'",
        ),
        (None, "", None),
        (None, None, None),
        ([], None, "live_platform_service_secrets must be a dictionary of customers"),
        ({"Alder": "x"}, None, "live_platform_service_secrets: 'Alder' must hold a dictionary"),
        ({"Alder": {"PIN": ["x"]}}, None, "live_platform_service_secrets: 'Alder': 'PIN' must be a string, not a list"),
        ({"Alder": {"PIN": 12}}, None, "'Alder': 'PIN' must be a string, not a number: put quotes around it"),
        ({668: {"PIN": "1"}}, None, "the key '668' must be a string, not a number: YAML reads it as 668"),
        ({"Alder": {"PIN": "$encrypted$"}}, None, "'PIN' must be the secret itself, not what is shown for it"),
        ({"Alder": {"PIN": None}}, None, None),
        ({"Alder": None}, None, None),
        (None, "{Alder: {PIN: " + PASSWORD, "live_platform_service_secrets_text, line 1: this is not YAML"),
    ],
)
def test_wrong_secrets_are_named_without_their_values(store: Any, typed: Any, problem: str | None) -> None:
    if problem is None:
        assert with_secrets([ALDER], store, typed) == [ALDER]
        return
    with pytest.raises(InputError) as caught:
        with_secrets([ALDER], store, typed)
    assert problem in caught.value.message
    assert PASSWORD not in caught.value.message


def test_a_name_of_two_services_is_not_enough() -> None:
    with pytest.raises(InputError, match="'Twin' is the name of 2 services; use the short name"):
        with_secrets([{"company_name": "Twin", "short_name": "T1"}, {"company_name": "Twin"}], {"Twin": {"PIN": "1"}})


@pytest.mark.parametrize(
    ("item", "names"),
    [
        ({"script_variables": {"CarrierUserPassword": PASSWORD, "IPPBX": "10.1.1.5"}}, ["CarrierUserPassword"]),
        ({"script_parameters": {"CarrierUserPassword": PASSWORD}}, ["CarrierUserPassword"]),
        ({"script_variables": {"Code": PASSWORD}, "secret_script_parameters": ["code"]}, ["Code"]),
        ({"script_variables": {"IPPBX": "10.1.1.5"}}, []),
        ({"script_variables": None}, []),
        ("no dictionary", []),
    ],
)
def test_secrets_in_a_field_that_everybody_sees_are_problems(item: Any, names: list[str]) -> None:
    problems = clear_secrets([item], "live_platform_services_text")
    assert len(problems) == len(names)
    for name, problem in zip(names, problems, strict=True):
        assert problem.startswith("live_platform_services_text[0]: script_")
        assert f"'{name}' looks like a secret" in problem
        assert PASSWORD not in problem


def test_a_large_store_costs_little() -> None:
    items = [
        {"short_name": f"Customer{number}", "ms_tenant_id": TENANT[:-4] + f"{number:04}"} for number in range(1000)
    ]
    store = {f"Other{number}": {"PIN": "1"} for number in range(5000)}
    start = time.process_time()
    assert len(with_secrets(items, store)) == 1000
    assert time.process_time() - start < 2.0
    assert read_secrets(None, "x") == {}
