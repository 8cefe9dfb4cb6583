# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers of all customers of a list, checked together."""

import random
from itertools import combinations
from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.leads import Lead
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.number_ranges import (
    numbers_in,
    read_ranges,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._input.profiles import Named
from ansible_collections.audiocodes.live_platform.plugins.module_utils._input.shared_numbers import shared_numbers
from ansible_collections.audiocodes.live_platform.plugins.module_utils._input.wanted_numbers import (
    double_numbers,
    named_profiles,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.numbers.number_list import (
    readable_items,
)
from ansible_collections.audiocodes.live_platform.plugins.plugin_utils._resolve.customer_numbers import resolve_numbers
from harness.cast import ALDER
from harness.fakes import TENANT

PROFILES = [Named("id-1", "Benelux calling"), Named("id-2", "Twice"), Named("id-3", "twice")]


def _item(name: str, *numbers: Any, **more: Any) -> dict[str, Any]:
    return {"company_name": name, "short_name": name, "numbers": list(numbers), **more}


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (["+310005"], ["+310005"], ["+310005"]),
        (["+310000-+310005"], ["+310005-+310009"], ["+310005"]),
        (["+310000-+310005"], ["+310006"], []),
        (["+310000-+310009", {"number": "+310005", "ignore": True}], ["+310005"], []),
        (["+310000-+310009", {"number": "+310005", "ignore": True}], ["+310004-+310006"], ["+310004, +310006"]),
        (["+310000-+310009"], [{"start": "+310000", "end": "+310009", "ignore": True}], []),
        (["+310000-+310009", "+310003"], ["x", "+310003"], ["+310003"]),
        (["+310000000000-+319999999999"], ["+310000000007"], ["+310000000007"]),
        ("+310005", None, []),
    ],
)
def test_a_number_belongs_to_one_customer(first: Any, second: Any, said: list[str]) -> None:
    items = [{"short_name": "A", "numbers": first}, {"short_name": "C"}, {"short_name": "B", "numbers": second}]
    where = "live_platform_services[0] (A) and live_platform_services[2] (B) both name "
    assert double_numbers(items) == [where + each for each in said]


def test_many_customers_are_named_once() -> None:
    items = [{"short_name": f"C{n}", "numbers": ["+310005"]} for n in range(30)]
    (problem,) = double_numbers(items)
    assert problem.endswith("live_platform_services[3] (C3) and 26 more all name +310005")


@pytest.mark.parametrize("seed", range(20))
def test_what_is_shared_is_what_sets_of_numbers_share(seed: int) -> None:
    chance = random.Random(seed)
    lists, sets = [], []
    for owner in range(3):
        raw: list[Any] = []
        for _ in range(chance.randrange(1, 5)):
            first = chance.randrange(10, 60)
            ends = {"start": f"+3100{first}", "end": f"+3100{min(first + chance.randrange(9), 69)}"}
            raw.append({**ends, "ignore": True} if chance.random() < 0.3 else ends)
        items = readable_items(raw)
        ignored = set(numbers_in(item.range for item in items if item.ignore))
        sets.append(set(numbers_in(item.range for item in items if not item.ignore)) - ignored)
        lists.append((f"L{owner}", items))
    wanted = set().union(*(first & second for first, second in combinations(sets, 2)))
    found: set[int] = set()
    for problem in shared_numbers(lists):
        ranges = problem.rpartition(" name ")[2].split(" and ")[0].split(", ")
        found |= set(numbers_in(read_ranges(ranges, "found")))
    assert found <= wanted
    assert bool(found) == bool(wanted)


def test_profiles_are_named_where_they_stand() -> None:
    defaults = {"calling_profile": "Benelux calling"}
    items = [
        _item("A", "+310001", {"number": "+310002", "calling_profile": "Other"}),
        _item("B", "+310003", calling_profile="Own"),
        {"short_name": "C", "calling_profile": "of no number"},
        "no item",
        _item("D", "+310004"),
    ]
    assert named_profiles(items, defaults) == [
        ("live_platform_service_defaults", "Benelux calling"),
        ("live_platform_services[0] (A)", "Other"),
        ("live_platform_services[1] (B)", "Own"),
    ]


def test_everything_that_is_wrong_is_one_answer() -> None:
    leads = [Lead("a", TENANT, "Active", company_name="A"), Lead("b", ALDER, "Active", company_name="B")]
    items = [
        _item("A", "+310001"),
        {**_item("A2", "+310002"), "ms_tenant_id": TENANT, "company_name": "B"},
        _item("Nobody", "+310003", calling_profile="twice"),
        {"short_name": "C", "numbers": ["+310001"], "ms_tenant_id": "no guid"},
        {"short_name": "D", "numbers": []},
        {"short_name": "E"},
    ]
    found = resolve_numbers(items, leads, PROFILES, {"usage": "user", "numbers": ["+310009"]})
    said = "\n".join(found.problems)
    for words in (
        "live_platform_service_defaults: numbers belong to one customer",
        "[0] (A) and live_platform_services[3] (C) both name +310001",
        "[0] (A) and live_platform_services[1] (A2) are the same customer",
        "[1] (A2): company",
        "[2] (Nobody): unknown company",
        "[2] (Nobody): calling profile 'twice' is the name of several",
        "[3] (C): ms_tenant_id must be the GUID",
        "[4] (D): names no customer",
    ):
        assert words in said, said
    assert "(E)" not in said
    assert found.services[0] == {
        "ms_tenant_id": TENANT,
        "short_name": "A",
        "company_name": "A",
        "customer": "A",
        "numbers": ["+310001"],
        "usage": "user",
    }
