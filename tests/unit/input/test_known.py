# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Leads and services by tenant, name and id: the same answers as from a search through all of them, at less cost."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.leads import Lead
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.services import Service
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.text import fold, same_text
from ansible_collections.audiocodes.live_platform.plugins.module_utils._input import known as known_file
from ansible_collections.audiocodes.live_platform.plugins.module_utils._input.known import Known
from ansible_collections.audiocodes.live_platform.plugins.module_utils._input.resolve_leads import (
    resolve_leads,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.agreement import (
    contradictions,
)

TENANTS = [f"0000000{number}-1111-4222-8333-444444444444" for number in range(4)]
SPELLINGS = st.sampled_from([*TENANTS, *(tenant.upper() for tenant in TENANTS), None])
NAMES = st.sampled_from(["Alder", "alder ", "Birch", "Caf\u00e9", "Cafe\u0301", None])
IDS = st.sampled_from(["l-1", "L-1", "l-2", None])
LEADS = st.lists(st.builds(Lead, id=IDS, ms_tenant_id=SPELLINGS, status=st.just("Active"), company_name=NAMES))
SERVICES = st.lists(
    st.builds(
        Service,
        ump_customer_guid=SPELLINGS,
        short_name=NAMES,
        full_name=NAMES,
        ms_tenant_id=SPELLINGS,
        license_code=st.sampled_from([2, 3, None]),
    )
)
ITEMS = st.fixed_dictionaries(
    {"company_name": NAMES, "lead_id": IDS, "short_name": NAMES, "ump_customer_guid": SPELLINGS}
)


@given(leads=LEADS, services=SERVICES, item=ITEMS, tenant=st.sampled_from(TENANTS))
def test_what_contradicts_is_the_same_as_from_all_of_them(
    leads: list[Lead], services: list[Service], item: dict[str, Any], tenant: str
) -> None:
    assert Known(leads, services).contradictions(item, tenant) == contradictions(item, tenant, leads, services)


@given(leads=LEADS, name=NAMES.filter(bool), tenant=st.sampled_from(TENANTS))
def test_leads_are_found_as_names_are_compared(leads: list[Lead], name: str, tenant: str) -> None:
    known = Known(leads)
    assert known.leads_named(name) == [lead for lead in leads if same_text(lead.company_name, name)]
    assert known.leads_of(tenant) == [lead for lead in leads if same_text(lead.ms_tenant_id, tenant)]


def test_each_name_is_made_ready_for_comparison_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: Counter[str] = Counter()

    def counted(value: str) -> str:
        calls[value] += 1
        return fold(value)

    monkeypatch.setattr(known_file, "fold", counted)
    tenants = [f"{number:08d}-1111-4222-8333-444444444444" for number in range(2000)]
    leads = [Lead(f"l-{number}", tenant, "Active", f"Company {number}") for number, tenant in enumerate(tenants)]
    services = [
        {"company_name": f"Company {number}", "short_name": f"Company_{number}"} for number in range(0, 2000, 20)
    ]
    found = resolve_leads(services, leads)
    assert (found.problems, len(found.services)) == ([], 100)
    assert sum(calls.values()) <= 3 * len(leads) + 10 * len(services)
