# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One line per service, for people."""

from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._report.outcome_lines import (
    outcome_lines,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.display_names import (
    SBCS,
    DisplayNames,
)
from harness.results import result_of, service_of, site

NO_NAMES = DisplayNames()


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (result_of(service=service_of(site())), "created, SIP connection Brad01 deployed on SBC 2"),
        (result_of(task={"id": "wst_1", "state": "running"}), "submitted, task wst_1 is running"),
        (result_of("adopted", changed=False, task={"id": "wst_1", "state": "running"}), "task wst_1 goes on"),
        (result_of("deleted", service=service_of(site())), "deleted, SIP connection Brad01"),
        (
            result_of("deleted", service={"full_name": "Brad Telecom", "active_users": 31, **service_of()}),
            "deleted: Brad Telecom, 31 active users",
        ),
        (result_of("created", service={**service_of(), "ump_customer_guid": None}), "created, not listed yet"),
        (result_of("unchanged"), "unchanged, not there"),
        (result_of("created"), "created, not listed yet"),
        (result_of("failed", failure={"message": "No."}), "failed: No."),
        (
            result_of(
                "unchanged", service_of(), differences=[{"option": "short_name", "existing": "Other", "wanted": "x"}]
            ),
            "unchanged, differs: short_name is 'Other', wanted 'x'",
        ),
        (
            result_of("unchanged", service_of(), differences=[{"option": "full_name", "existing": "a", "wanted": "b"}]),
            "unchanged, differs: full_name is 'a', wanted 'b'",
        ),
    ],
)
def test_each_result_has_a_line(result: dict[str, Any], words: str) -> None:
    assert outcome_lines([result], NO_NAMES) == [f"Brad01          {words}"]


def test_what_would_be_created_is_said_in_names() -> None:
    site = {"siteLocationName": "Brad01", "sbcId": 2}
    result = result_of(
        "would_create", request={"siteLocation": site, "scriptParameters": {"OnlinePstnGateway": "oc1.example"}}
    )
    (line,) = outcome_lines([result], DisplayNames.from_options({SBCS: {"2": "NL-SBC05"}}))
    assert line.endswith("would_create: SIP connection Brad01 on SBC NL-SBC05 (id 2), gateway oc1.example")
    assert outcome_lines([result], NO_NAMES)[0].endswith("on SBC 2, gateway oc1.example")
    assert outcome_lines([result_of("would_create", request={})], NO_NAMES)[0].endswith("would_create")


def test_what_was_changed_is_said_and_what_could_not_be() -> None:
    differences = [
        {"option": "licensed_users", "wanted": 60, "existing": 40, "action": "updated"},
        {"option": "channel_id", "wanted": "", "existing": "1574", "action": "updated"},
        {"option": "application.client_secret", "wanted": "********", "existing": "********", "action": "updated"},
        {"option": "site_location.sbc_id", "wanted": 3, "existing": 2, "action": "immutable"},
    ]
    differs = ["users", "channel", "secret", "SBC is NL-SBC05 (id 2), wanted NL-SBC06 (id 3)"]
    result = result_of("updated", service=service_of(site()), differences=differences, differs=differs)
    (line,) = outcome_lines([result], NO_NAMES)
    said = "updated: licensed_users from '40' to '60'; channel_id from '1574' to none; application.client_secret sent"
    assert said in line
    assert line.endswith("differs: SBC is NL-SBC05 (id 2), wanted NL-SBC06 (id 3)")
    assert "users from" not in outcome_lines([{**result, "outcome": "unchanged"}], NO_NAMES)[0]
