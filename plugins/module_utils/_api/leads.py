# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A lead: a customer that wants the operator (API notes, section 5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .._core.errors import ApiError, LookupFailed
from .._core.look_alikes import NamesOf, nothing_found
from .._core.text import same_text, snake_keys, squeeze
from .._http.retry import SET
from .json_reader import Reader, Requests, taken_by
from .paging import by, list_pages

LEAD_PAGE_SIZE = 20000
"""The largest page that the newest documentation allows."""


@dataclass(frozen=True)
class Lead:
    """A lead (API notes, section 5). ``ump_customer_guid`` is null while it has no service, and may lag."""

    id: str | None
    ms_tenant_id: str | None
    status: str | None
    company_name: str | None = None
    ump_customer_guid: str | None = None
    is_not_active: bool | None = None
    is_direct_lead: bool | None = None
    channel_id: str | None = None
    ovoc_channel_id: str | None = None
    operator_id: str | None = None
    tenant_origin: str | None = None
    consented_on: str | None = None
    last_modified_on: str | None = None
    consented_countries: list[str] = field(default_factory=list)
    contact_details: dict[str, Any] = field(default_factory=dict)
    contacts: list[Any] = field(default_factory=list)
    civic_addresses: list[Any] = field(default_factory=list)
    comments: str | None = None

    @classmethod
    def from_wire(cls, item: Reader) -> Lead:
        return cls(
            id=item.text("id", "leadId"),
            ms_tenant_id=item.guid("tenantId", "msTenantId"),
            status=item.text("status"),
            company_name=item.record("contactDetails").text("companyName") or item.text("companyName"),
            ump_customer_guid=item.guid("umpCustomerGuid"),
            is_not_active=item.flag("isNotActive"),
            is_direct_lead=item.flag("isDirectLead"),
            channel_id=item.text("channelId"),
            ovoc_channel_id=item.text("ovocChannelId"),
            operator_id=item.text("operatorId"),
            tenant_origin=item.text("tenantOrigin"),
            consented_on=item.moment("consentedOn"),
            last_modified_on=item.moment("lastModifiedOn"),
            consented_countries=item.texts("consentedCountries"),
            contact_details=snake_keys(item.mapping("contactDetails")),
            contacts=snake_keys(item.items("contacts")),
            civic_addresses=snake_keys(item.items("civicAddresses")),
            comments=item.text("comments"),
        )

    @property
    def active(self) -> bool:
        """Return whether a service can be created from it. Without a status, the platform's flag decides."""
        if self.status is None:
            return self.is_not_active is False
        return squeeze(self.status) == "active"

    @property
    def channel(self) -> str:
        """The channel that the lead is attached to; an empty string: none."""
        return next((each for each in (self.ovoc_channel_id, self.channel_id) if each not in (None, "0")), "") or ""

    def to_dict(self) -> dict[str, Any]:
        return {**vars(self), "active": self.active}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Lead:
        """From what ``to_dict`` gave; members that this version does not know are left out."""
        known = {name: values[name] for name in cls.__dataclass_fields__ if name in values}
        return cls(**{"id": None, "ms_tenant_id": None, "status": None, **known})


class LeadRequests(Requests):
    """The requests about leads (API notes, section 5)."""

    def list_leads(self, ms_tenant_id: str | None = None, check_online: bool | None = None) -> list[Lead]:
        """All leads, or those of one tenant (section 5)."""
        params: dict[str, Any] = {}
        if ms_tenant_id is not None:
            params["msTenantId"] = ms_tenant_id
        if check_online is not None:
            params["checkOnline"] = str(check_online).lower()
        try:
            items = list_pages(self.client, "/api/v2/oc/lead", params, LEAD_PAGE_SIZE, ["leads"], of=by("id", "leadId"))
        except ApiError as error:
            # 'Invalild lead' (sic) is a way of saying that the tenant has none.
            if ms_tenant_id is not None and error.http_status == 404 and "lead" in error.text.casefold():
                return []
            raise
        return [Lead.from_wire(item) for item in items]

    def create_lead(self, body: Mapping[str, Any], before_sending: Callable[[], None] = lambda: None) -> None:
        """Create a consentless lead (section 5).

        :param before_sending: called right before the request is sent; what it raises keeps it from being sent.
        :raises ApiError: with ``undecided`` set when the lead may be there all the same.
        """
        self.client.request("POST", "/api/v2/oc/lead", body=dict(body), before_sending=before_sending)

    def delete_lead(self, ms_tenant_id: str) -> bool | None:
        """Delete the consentless lead of a tenant (section 5).

        :returns: whether it was there; ``False`` when the platform knows none, ``None`` when nobody can tell.
        """
        taken, _content = taken_by(
            lambda: self.client.request("DELETE", "/api/v2/oc/lead", params={"msTenantID": ms_tenant_id}, rule=SET)
        )
        return taken


def find_leads(
    api: LeadRequests,
    *,
    ms_tenant_id: str | None = None,
    lead_id: str | None = None,
    company_name: str | None = None,
    status: str | None = None,
    without_service: bool = False,
    check_online: bool | None = None,
) -> list[Lead]:
    """The leads that fit all that is given."""
    return [
        lead
        for lead in api.list_leads(ms_tenant_id, check_online)
        if (ms_tenant_id is None or same_text(lead.ms_tenant_id, ms_tenant_id))
        and (lead_id is None or same_text(lead.id, lead_id))
        and (company_name is None or same_text(lead.company_name, company_name))
        and (status is None or squeeze(lead.status or "") == squeeze(status))
        and not (without_service and lead.ump_customer_guid)
    ]


def required_leads(api: LeadRequests, params: Mapping[str, Any]) -> LookupFailed:
    """Return why no lead was found."""
    names: NamesOf = {
        "ms_tenant_id": lambda lead: [lead.ms_tenant_id],
        "lead_id": lambda lead: [lead.id],
        "company_name": lambda lead: [lead.company_name],
        "status": lambda lead: [lead.status],
    }
    return nothing_found("lead", params, names, find_leads(api))
