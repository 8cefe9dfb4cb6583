# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of services as a user writes it."""

from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._input.resolve_leads import (
    resolve_leads,
    resolve_removals,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._input.service_list import (
    read_items,
)

TENANT = "f9f53ee0-56e1-43f6-8fe3-5fb322986657"


def test_an_item_has_what_all_have_in_common_unless_it_says_otherwise() -> None:
    items, problems = read_items([{"sbc": "B"}, {"short_name": "Two"}], {"sbc": "A", "proxy_set": "Trunk"})
    assert problems == []
    assert items == [{"sbc": "B", "proxy_set": "Trunk"}, {"sbc": "A", "proxy_set": "Trunk", "short_name": "Two"}]


def test_mappings_are_put_together_and_the_item_goes_before_in_any_case_of_the_name() -> None:
    common = {"script_variables": {"Host": "default", "Port": "5060"}}
    given = {"script_variables": {"host": "own"}}
    items, _problems = read_items([given], common)
    assert items == [{"script_variables": {"host": "own", "Port": "5060"}}]
    assert given == {"script_variables": {"host": "own"}}
    assert common == {"script_variables": {"Host": "default", "Port": "5060"}}


def test_a_null_does_not_take_a_default_away() -> None:
    assert read_items([{"sbc": None}], {"sbc": "A"})[0] == [{"sbc": "A"}]


@pytest.mark.parametrize(
    ("services", "defaults", "problem"),
    [
        (
            [{"short_name": "Birch", "fullname": "x"}],
            None,
            "live_platform_services[0] (Birch): unknown option 'fullname'; nearest: 'full_name'",
        ),
        (
            [{"site_location": {"sbcid": 1}}],
            None,
            "live_platform_services[0]: unknown option 'site_location.sbcid'; nearest: 'sbc_id'",
        ),
        ([{}, "Birch"], None, "live_platform_services[1] must be a dictionary, not a string"),
        ([{"sbc": ["A"]}], None, "live_platform_services[0]: sbc must be a string, not a list"),
        (
            [{"onboarding_script": True}],
            None,
            "live_platform_services[0]: onboarding_script must be a string, not a boolean",
        ),
        (
            [{}, {}],
            {"proxyset": "x"},
            "live_platform_service_defaults: unknown option 'proxyset'; nearest: 'proxy_set'",
        ),
        ([], "x", "live_platform_service_defaults must be a dictionary, not a string"),
    ],
)
def test_what_is_wrong_with_the_keys_is_said_once(services: list[Any], defaults: Any, problem: str) -> None:
    _items, problems = read_items(services, defaults)
    assert len(problems) == 1
    assert problems[0].startswith(problem)


def test_a_script_may_be_named_by_a_number() -> None:
    assert read_items([{"onboarding_script": 7}])[1] == []


def test_leads_are_looked_up_for_the_others_although_one_item_is_no_mapping() -> None:
    found = resolve_leads(["Birch", {"ms_tenant_id": TENANT, "short_name": "Brad01"}], [])
    assert any(problem.startswith("live_platform_services[0] must be a dictionary") for problem in found.problems)
    assert any("live_platform_services[1] (Brad01): tenant" in problem for problem in found.problems)


def test_what_is_to_be_deleted_is_told_by_tenant_and_short_name_alone() -> None:
    found = resolve_removals([{"ms_tenant_id": TENANT, "short_name": "Brad01", "sbc": "A", "full_name": "Brad"}], [])
    assert found.problems == []
    assert found.services == [{"ms_tenant_id": TENANT, "short_name": "Brad01", "state": "absent"}]


def test_a_misspelt_safeguard_is_a_problem() -> None:
    found = resolve_removals([{"ms_tenant_id": TENANT, "shortname": "Brad01"}], [])
    unknown, missing = found.problems
    assert unknown.startswith("live_platform_services[0]: unknown option 'shortname'; nearest: 'short_name'")
    assert "any_short_name: true" in missing


def test_problems_of_a_removal_name_the_place_in_the_users_list() -> None:
    services = [
        {"company_name": "Nobody", "any_short_name": True},
        {"ms_tenant_id": TENANT, "any_short_name": True},
        {"ms_tenant_id": TENANT, "any_short_name": True},
        {"short_name": "Brad01"},
    ]
    found = resolve_removals(services, [])
    assert found.problems[0].startswith("live_platform_services[0]: unknown company 'Nobody'")
    assert found.problems[1].startswith("live_platform_services[1] and live_platform_services[2] have the same")
    assert found.problems[2].startswith("live_platform_services[3] (Brad01): names no customer")
    assert len(found.problems) == 3
