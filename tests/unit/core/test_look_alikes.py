# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names that look the same: those that are equal match, and of the others is said what nobody sees."""

from __future__ import annotations

import unicodedata

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.json_reader import Reader
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.leads import Lead
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.errors import LookupFailed
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.look_alikes import (
    hidden_difference,
    unknown_name,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.text import fold, same_text
from ansible_collections.audiocodes.live_platform.plugins.module_utils._input.known import Known
from ansible_collections.audiocodes.live_platform.plugins.module_utils._input.resolve_leads import tenant_of

TENANTS = ("f9f53ee0-56e1-43f6-8fe3-5fb322986657", "0ac1aa7f-4fd2-4cd9-9d69-e2fb8b1d34d1")


@pytest.mark.parametrize(
    ("typed", "listed"),
    [
        ("Müller & Söhne", unicodedata.normalize("NFD", "Müller & Söhne")),
        (unicodedata.normalize("NFD", "Café Zürich"), "CAFÉ ZÜRICH"),
        ("Brad Logistics", "Brad\u00a0Logistics"),
        ("Brad Logistics", "Brad\u202fLogistics"),
        ("Brad Logistics", "Brad  Logistics"),
        ("Brad Logistics", " Brad\tLogistics\n"),
        ("ZeroWidth", "Zero\u200bWidth"),
        ("ZeroWidth", "\ufeffZeroWidth"),
        ("ZeroWidth", "Zero\u00adWidth\u200e"),
        ("STRASSE AG", "Straße AG"),
        ("straße ag", "STRAẞE AG"),
        ("\uff21\uff22\uff23", "ABC"),
        ("İstanbul", unicodedata.normalize("NFD", "İstanbul")),
        ("ΟΔΟΣ", "οδος"),
        ("\u1fb7", unicodedata.normalize("NFD", "\u1fb7").upper()),
        ("Ⅷ Heaven\ufe0f", "VIII Heaven"),
    ],
)
def test_names_that_read_the_same_match(typed, listed):
    assert same_text(typed, listed)
    assert fold(fold(typed)) == fold(typed)


@pytest.mark.parametrize(
    ("typed", "listed"),
    [
        ("Resume", "Résumé"),
        ("BradLogistics", "Brad Logistics"),
        ("A-B", "A\u2013B"),
        ("Contoso", "C\u043entoso"),
        ("I", "\u0131"),
    ],
)
def test_names_that_may_be_two_customers_stay_two(typed, listed):
    assert not same_text(typed, listed)


@pytest.mark.parametrize(
    ("typed", "listed", "said"),
    [
        (
            "Contoso",
            "C\u043entoso",
            "character 2 is U+006F (LATIN SMALL LETTER O) here and U+043E (CYRILLIC SMALL LETTER O)",
        ),
        (
            "\u0410BC",
            "ABC",
            "character 1 is U+0410 (CYRILLIC CAPITAL LETTER A) here and U+0041 (LATIN CAPITAL LETTER A) there",
        ),
        ("A-B", "A\u2013B", "U+2013 (EN DASH) there"),
        ("O'Neill", "O\u2019Neill", "U+2019 (RIGHT SINGLE QUOTATION MARK) there"),
        ('"Bar"', "\u201eBar\u201c", "U+201E"),
    ],
)
def test_an_unknown_name_that_looks_known_says_which_character_differs(typed, listed, said):
    text = unknown_name("company", typed, ["Cedar", listed])
    assert text.startswith(f"unknown company '{typed}'; nearest: '{listed}', but ")
    assert said in text


def test_other_unknown_names_have_the_nearest_or_the_known_ones():
    assert unknown_name("SBC", "NL-SBC5", ["NL-SBC05", None, ""]) == "unknown SBC 'NL-SBC5'; nearest: 'NL-SBC05'"
    assert unknown_name("SBC", "x", []) == "unknown SBC 'x'; the platform lists none"
    assert hidden_difference("Cedar", "Cedal") is None
    assert hidden_difference("Cedar", "Cedar") is None


def test_what_is_only_written_in_another_way_is_said_when_it_is_ambiguous():
    composed = "Café"
    leads = [
        Lead.from_wire(Reader({"msTenantId": tenant, "companyName": name}))
        for tenant, name in zip(TENANTS, (composed, unicodedata.normalize("NFD", composed)), strict=True)
    ]
    with pytest.raises(LookupFailed) as failure:
        tenant_of("Café", Known(leads))
    assert "has leads in 2 tenants" in failure.value.message
    assert "character 4 is U+00E9 (LATIN SMALL LETTER E WITH ACUTE) here and U+0065" in failure.value.message


def test_names_that_differ_in_length_or_case_alone_say_so():
    assert hidden_difference("Brad ", "Brad") == "here, character 5 is U+0020 (SPACE)"
    assert hidden_difference("Brad", "Brad\u200b") == "there, character 5 is U+200B (ZERO WIDTH SPACE)"
    assert hidden_difference("brad", "Brad") == "they differ in letter case alone"
