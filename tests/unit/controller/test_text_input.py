# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people type into the fields of a survey."""

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.errors import InputError
from ansible_collections.audiocodes.live_platform.plugins.plugin_utils._resolve.text_input import (
    read_customers,
    read_variables,
)


def test_variables_are_one_per_line() -> None:
    text = "\n# the PBX\nIPPBX-ProxyAddress=10.1.1.5\r\n  SIP-HostName = sip.brad.example  \nOptions=a=b;c=d\nEmpty=\n"
    assert read_variables(text) == {
        "IPPBX-ProxyAddress": "10.1.1.5",
        "SIP-HostName": "sip.brad.example",
        "Options": "a=b;c=d",
        "Empty": "",
    }
    assert read_variables(None) == read_variables("") == read_variables(" \n\n") == {}


def test_every_wrong_line_is_named_and_no_value_is_shown() -> None:
    text = "A=1\nno separator here-secret\n=value-secret\na=2-secret\nCarrierUserPassword=pw-secret"
    with pytest.raises(InputError) as caught:
        read_variables(text, "answers")
    assert [problem.split(":")[0] for problem in caught.value.problems] == [f"answers, line {n}" for n in (2, 3, 4, 5)]
    assert "line 1" in caught.value.problems[2]
    for value in ("here-secret", "value-secret", "2-secret", "pw-secret"):
        assert value not in caught.value.message


def test_a_field_that_is_not_shown_may_hold_secrets() -> None:
    assert read_variables("CarrierUserPassword=x", secret=True) == {"CarrierUserPassword": "x"}


def test_what_is_no_text_is_refused() -> None:
    for reader in (read_variables, read_customers):
        with pytest.raises(InputError, match="must be a string, not a list"):
            reader(["A=1"])


def test_customers_are_tenants_or_companies() -> None:
    tenant = "F9F53EE0-56e1-43f6-8fe3-5fb322986657"
    assert read_customers(f" {tenant} \n\n# not now\nAlder Logistics\n") == [
        {"ms_tenant_id": tenant},
        {"company_name": "Alder Logistics"},
    ]
