# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which of a tenant's leads is used."""

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.leads import Lead
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.errors import LookupFailed
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.lead_choice import (
    choose_lead,
)
from harness.fakes import TENANT


def _lead(lead_id: str, status: str | None = "Active", direct: bool | None = None) -> Lead:
    return Lead(lead_id, TENANT, status, is_direct_lead=direct)


@pytest.mark.parametrize(
    ("leads", "named", "chosen"),
    [
        ([_lead("a")], None, "a"),
        ([_lead("a", "Removed"), _lead("b")], None, "b"),
        ([_lead("a", direct=True), _lead("b", direct=False)], None, "b"),
        ([_lead("a", direct=True), _lead("b", "Removed", direct=False)], None, "a"),
        ([_lead("a"), _lead("b")], None, "a"),
        ([_lead("a"), _lead("b")], "B", "b"),
    ],
)
def test_the_active_and_consented_lead_is_chosen(leads: list[Lead], named: str | None, chosen: str) -> None:
    assert choose_lead(TENANT, leads, named).id == chosen


@pytest.mark.parametrize(
    ("leads", "named", "part"),
    [
        ([], None, "has no lead"),
        ([_lead("a", "Removed")], None, "'Removed'"),
        ([_lead("a", "Suspended"), _lead("b", "Not Active")], None, "'Suspended', 'Not Active'"),
        ([_lead("a", None)], None, "'no status'"),
        ([_lead("a"), _lead("b")], "c", "no lead with the id 'c'; it has 'a', 'b'"),
        ([_lead("a"), _lead("b", "Removed")], "b", "'Removed'"),
    ],
)
def test_a_lead_that_cannot_be_used_is_an_error_that_says_why(leads: list[Lead], named: str | None, part: str) -> None:
    with pytest.raises(LookupFailed) as caught:
        choose_lead(TENANT, leads, named)
    assert part in caught.value.message
    assert TENANT in caught.value.message
