# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Choosing the lead that a service is created from (API notes, section 5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..._api.leads import Lead
from ..._core.errors import LookupFailed
from ..._core.text import quoted, same_text

_OPERATION = "GET /api/v2/oc/lead"


def choose_lead(ms_tenant_id: str, leads: Sequence[Lead], lead_id: str | None = None) -> Lead:
    """The lead to use: the Active one of the tenant's leads, a consented one before a consentless one.

    :param leads: the tenant's leads.
    :param lead_id: the one that the user names, if any.
    :raises LookupFailed: there is none, or it is not Active; says which status it has.
    """
    if not leads:
        raise LookupFailed(
            f"tenant {ms_tenant_id} has no lead",
            operation=_OPERATION,
            hint="the customer has to choose you as operator in the Teams admin center, or a consentless lead is made",
        )
    if lead_id is not None:
        named = [lead for lead in leads if same_text(lead.id, lead_id)]
        if not named:
            known = quoted(lead.id for lead in leads)
            raise LookupFailed(
                f"tenant {ms_tenant_id} has no lead with the id '{lead_id}'; it has {known}", operation=_OPERATION
            )
        leads = named
    active = [lead for lead in leads if lead.active]
    if not active:
        statuses = quoted(lead.status or "no status" for lead in leads)
        raise LookupFailed(
            f"the lead of tenant {ms_tenant_id} has the status {statuses}; a service needs an Active lead",
            operation=_OPERATION,
            hint="have the customer's consent renewed, then run again",
        )
    return preferred_lead(active)


def preferred_lead(leads: Iterable[Lead]) -> Lead:
    """The one that speaks for a tenant: an Active lead before others, a consented one before a consentless one.

    :param leads: the tenant's leads, at least one.
    """
    return min(leads, key=lambda lead: (not lead.active, lead.is_direct_lead is True))
