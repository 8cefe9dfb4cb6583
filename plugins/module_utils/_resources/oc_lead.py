# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A consentless lead, as the reconciliation sees it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .._api.client import LivePlatformApi
from .._api.field import UPDATE, Difference, differences
from .._api.fields import LEAD_FIELDS
from .._api.leads import Lead
from .._core.errors import ConflictError, LookupFailed
from .._core.text import same_text
from .._reconcile.entries import Kind
from .._reconcile.resource import Observed, Resource, Seen, UpdateStep
from .._reconcile.wanted_object import WantedObject

_CHANNEL = "channel_id"
_SHOWN = ("id", "ms_tenant_id", "company_name", "status", "active", "is_direct_lead", "ump_customer_guid", "channel")


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

    def delete(self, wanted: WantedObject, actual: Lead) -> bool | None:
        return self._api.delete_lead(self.identity(wanted))

    def name(self, wanted: WantedObject) -> str | None:
        return wanted.options.get("company_name")

    def id_of(self, actual: Lead) -> str | None:
        return actual.id

    def picture(self, actual: Lead) -> Mapping[str, Any]:
        values = {**actual.to_dict(), "channel": actual.channel or None}
        return {name: values[name] for name in _SHOWN}

    def allow_creation(self, wanted: WantedObject, observed: Observed[Lead]) -> None:
        """The platform refuses a name that another lead has; so does this, with the name of its tenant."""
        if not wanted.options.get("company_name"):
            raise LookupFailed(
                f"There is no lead of {self.subject(wanted)} to attach to a channel",
                operation="GET /api/v2/oc/lead",
                hint="give company_name too, and the lead is created",
            )
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

    def compare(self, wanted: WantedObject, actual: Lead) -> tuple[Lead, list[Difference]]:
        found = differences(wanted.options, actual, self.fields)
        return actual, [*map(_described, found), *self.changes(wanted, actual)]

    def compare_made(self, wanted: WantedObject, actual: Lead) -> tuple[Lead, list[Difference]]:
        return actual, self.changes(wanted, actual)

    def changes(self, wanted: WantedObject, actual: Lead) -> list[Difference]:
        """The channel, which a lead gets after it was created."""
        channel = wanted.options.get(_CHANNEL)
        if channel is None or str(channel) == actual.channel:
            return []
        return [_described({"option": _CHANNEL, "wanted": channel, "existing": actual.channel, "action": UPDATE})]

    def next_step(self, wanted: WantedObject, actual: Lead, differences: Sequence[Difference]) -> UpdateStep:
        tenant, channel = self.identity(wanted), str(wanted.options[_CHANNEL])
        options, path = frozenset({_CHANNEL}), "PUT /api/v3/ovoc/channel/action"
        if not channel:
            return UpdateStep(options, f"{path}/remove", lambda: self._api.remove_channel(tenant))
        owner = {"leadId": actual.id} if actual.id else {"leadMsTenantId": tenant}
        return UpdateStep(options, f"{path}/assign", lambda: self._api.assign_channel(owner, channel))

    def remarks(self, wanted: WantedObject, actual: Lead, confirmed: bool) -> list[str]:
        if actual.is_direct_lead or not wanted.options.get("company_name"):
            return []
        return [f"The lead of {self.subject(wanted)} came with the customer's consent, so no consentless one is needed"]


def _described(difference: Mapping[str, Any]) -> Difference:
    option, existing, wanted = (difference[name] for name in ("option", "existing", "wanted"))
    return {**difference, "description": f"{option} is '{existing}', wanted '{wanted}'"}
