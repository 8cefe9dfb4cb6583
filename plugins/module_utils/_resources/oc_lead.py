# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A consentless lead, as the reconciliation sees it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .._api.client import LivePlatformApi
from .._api.field import differences
from .._api.fields import LEAD_FIELDS
from .._api.leads import Lead
from .._core.errors import ConflictError
from .._core.text import same_text
from .._reconcile.entries import Kind
from .._reconcile.resource import Observed, Resource, Seen
from .._reconcile.wanted_object import WantedObject

_SHOWN = ("id", "ms_tenant_id", "company_name", "status", "active", "is_direct_lead", "ump_customer_guid")


class OcLead(Resource[WantedObject, Lead]):
    """The lead of a tenant: the consentless one, when there are two."""

    kind = Kind("lead", "tenant")
    fields = LEAD_FIELDS
    creating = "POST /api/v2/oc/lead"
    deleting = "DELETE /api/v2/oc/lead"
    places = "the list of leads does not show"
    identity_option = "ms_tenant_id"

    def __init__(self, api: LivePlatformApi) -> None:
        self._api = api
        self._everybody: list[Lead] | None = None

    def identity(self, wanted: WantedObject) -> str:
        return str(wanted.options["ms_tenant_id"])

    def read(self, wanted: WantedObject, gone: str | None = None, newer_than: float | None = None) -> Seen[Lead]:
        tenant = self.identity(wanted)
        leads = [lead for lead in self._api.list_leads(tenant) if same_text(lead.ms_tenant_id, tenant)]
        return Seen(next((lead for lead in leads if lead.is_direct_lead), leads[0] if leads else None))

    def create(self, wanted: WantedObject, before_sending: Callable[[], None]) -> None:
        self._api.create_lead(wanted.body, before_sending)

    def delete(self, wanted: WantedObject, actual: Lead) -> bool:
        return self._api.delete_lead(self.identity(wanted))

    def name(self, wanted: WantedObject) -> str | None:
        return wanted.options.get("company_name")

    def id_of(self, actual: Lead) -> str | None:
        return actual.id

    def picture(self, actual: Lead) -> Mapping[str, Any]:
        values = actual.to_dict()
        return {name: values[name] for name in _SHOWN}

    def allow_creation(self, wanted: WantedObject, observed: Observed[Lead]) -> None:
        """The platform refuses a name that another lead has; so does this, with the name of its tenant."""
        if self._everybody is None:
            self._everybody = self._api.list_leads()
        name = wanted.options["company_name"]
        for lead in self._everybody:
            if lead.company_name == name and not same_text(lead.ms_tenant_id, self.identity(wanted)):
                raise ConflictError(
                    f"The company name '{name}' is already that of the lead of tenant {lead.ms_tenant_id}",
                    operation=self.creating,
                    hint="correct company_name or ms_tenant_id; each lead needs a name of its own",
                )

    def allow_deletion(self, wanted: WantedObject, actual: Lead) -> None:
        reason = None
        if not actual.is_direct_lead:
            reason = "came with the customer's consent, and only a consentless lead is deleted"
        elif actual.ump_customer_guid:
            reason = f"has the service {actual.ump_customer_guid}; delete that first, with oc_service"
        if reason is not None:
            raise ConflictError(
                f"The lead of {self.subject(wanted)} {reason}",
                operation=self.deleting,
                hint="nothing was deleted",
            )

    def compare(self, wanted: WantedObject, actual: Lead) -> tuple[Lead, list[dict[str, Any]]]:
        found = differences(wanted.options, actual, self.fields)
        return actual, [
            {**each, "description": f"{each['option']} is '{each['existing']}', wanted '{each['wanted']}'"}
            for each in found
        ]

    def remarks(self, wanted: WantedObject, actual: Lead, confirmed: bool) -> list[str]:
        if actual.is_direct_lead:
            return []
        return [f"The lead of {self.subject(wanted)} came with the customer's consent, so no consentless one is needed"]
