# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A lead: a customer that wants the operator (API notes, section 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .._core.text import snake_keys, squeeze
from .json_reader import Reader


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
        """Whether a service can be created from it. Without a status, the platform's flag decides."""
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
