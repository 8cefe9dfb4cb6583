# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Short names that are made from the names of companies."""

import re

from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.audiocodes.live_platform.plugins.plugin_utils._resolve.short_names import short_names

ONE, TWO, THREE = (f"{digit * 8}-1111-4222-8333-444444444444" for digit in "abc")


def test_a_name_is_the_companys_name_as_far_as_it_can_be() -> None:
    companies = {ONE: "Caf\u00e9 M\u00fcller & S\u00f6hne GmbH", TWO: "Alder", THREE: "A_1"}
    assert short_names(companies) == {ONE: "CafeMullerSohne", TWO: "Alder", THREE: "A_1"}


def test_a_name_that_is_not_free_gets_digits_of_its_tenant() -> None:
    assert short_names({ONE: "Maple Energy", TWO: "maple-energy"}) == {ONE: "MapleEnexaaaaaa", TWO: "mapleenexbbbbbb"}
    assert short_names({ONE: "Alder"}, ["ALDER", None]) == {ONE: "Alderxaaaaaa"}
    assert short_names({ONE: None, TWO: "\u65e5\u672c", THREE: "HP"}) == {
        ONE: "Customerxaaaaaa",
        TWO: "Customerxbbbbbb",
        THREE: "HPxcccccc",
    }


def test_tenants_whose_ids_begin_alike_have_names_of_their_own() -> None:
    companies = {f"abcdef01-2222-4222-8333-{number:012}": "Maple" for number in range(50)}
    assert len({name.casefold() for name in short_names(companies).values()}) == 50


@given(st.dictionaries(st.uuids().map(str), st.none() | st.text(max_size=20)), st.lists(st.text(max_size=15)))
def test_every_name_is_one_that_the_platform_takes_and_nobody_else_has(
    companies: dict[str, str | None], taken: list[str]
) -> None:
    found = short_names(companies, taken)
    assert set(found) == set(companies)
    assert all(re.fullmatch(r"[A-Za-z0-9_]{3,15}", name) for name in found.values())
    folded = [name.casefold() for name in found.values()]
    assert len(set(folded)) == len(folded)
    assert not {name.casefold() for name in taken} & set(folded)
