# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A look-up that must find something."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.leads import Lead
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.look_alikes import nothing_found

LEADS = [Lead("l-1", "t-1", "Active", "Brad Telecom"), Lead("l-2", "t-2", "Removed", "Fjord Shipping")]
NAMES: Any = {
    "company_name": lambda lead: [lead.company_name],
    "status": lambda lead: [lead.status],
}


@pytest.mark.parametrize(
    ("params", "words"),
    [
        (
            {"company_name": "Brad Telecm"},
            "no lead with company_name 'Brad Telecm'; company_name: nearest: 'Brad Telecom'",
        ),
        ({"company_name": "Brad Telecom", "status": "Removed"}, "none that fits all"),
        ({"status": ["Nope"]}, "status: known: 'Active', 'Removed'"),
        ({}, "no lead was found"),
    ],
)
def test_nothing_found_is_an_error_that_names_the_nearest(params: dict[str, Any], words: str) -> None:
    assert words in nothing_found("lead", params, NAMES, LEADS).message
    assert "none" in nothing_found("lead", params, NAMES, []).message
