# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the platform keeps: leads, SIP connections, services, and the things that are looked up.

Field names are snake_case; ``wire`` gives the JSON form. Leads and services keep their encoded form until they are
touched, because lists of ten thousand are asked for again and again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

from simulator.answers import encode

OC_LICENSES = (3, 4, 5)
LICENSE_NAMES = {
    0: "Hosted Essentials",
    1: "Hosted Essentials Plus",
    2: "Hosted Pro",
    3: "OC Essential",
    4: "OC Essentials Plus",
    5: "OC Pro",
}

Record = TypeVar("Record")


def build(kind: type[Record], members: dict[str, Any]) -> Record:
    """A record from members in any case and with or without underscores. Raises ValueError for unknown ones."""
    names = {each.name.replace("_", ""): each.name for each in fields(kind)}  # type: ignore[arg-type]
    values = {}
    for key, value in members.items():
        name = names.get(key.replace("_", "").lower())
        if name is None:
            raise ValueError(f"a {kind.__name__} has no member '{key}'")
        values[name] = value
    try:
        return kind(**values)
    except TypeError as error:
        raise ValueError(f"{kind.__name__}: {error}") from None


@dataclass
class Lead:
    """A customer tenant that may get, or has, an Operator Connect service."""

    id: str
    tenant_id: str
    company_name: str | None = None
    status: str = "Active"
    ump_customer_guid: str | None = None
    is_not_active: bool = False
    is_direct_lead: bool = False
    channel_id: str | None = None
    ovoc_channel_id: int | None = None
    operator_id: str | None = "0d6ae7a1-5f0e-4b57-9a43-6d3f5c1e2b90"
    tenant_origin: str | None = None
    consented_on: str | None = "2025-02-11T09:14:27.5521037Z"
    last_modified_on: str | None = "2025-09-30T16:05:41.1083326Z"
    consented_countries: list[str] | None = None
    full_name: str | None = None
    email: str | None = None
    phone_number: str | None = None
    company_size: str | None = None
    without_contact: bool = False
    contacts: list[Any] | None = None
    civic_addresses: list[Any] | None = None
    comments: str | None = None
    online_only: bool = False
    """Known to Microsoft only: found by checkOnline, not in the stored list."""
    encoded: bytes | None = field(default=None, repr=False)

    def wire(self) -> dict[str, Any]:
        """The item of the lead list."""
        contact = {
            "fullName": self.full_name,
            "email": self.email,
            "phoneNumber": self.phone_number,
            "companyName": self.company_name,
            "companySize": self.company_size,
        }
        return {
            "id": self.id,
            "tenantId": self.tenant_id,
            "status": self.status,
            "umpCustomerGuid": self.ump_customer_guid,
            "isNotActive": self.is_not_active,
            "isDirectLead": self.is_direct_lead,
            "channelId": self.channel_id,
            "ovocChannelId": self.ovoc_channel_id,
            "operatorId": self.operator_id,
            "tenantOrigin": self.tenant_origin,
            "consentedOn": self.consented_on,
            "lastModifiedOn": self.last_modified_on,
            "consentedCountries": self.consented_countries,
            "contactDetails": None if self.without_contact else contact,
            "contacts": self.contacts,
            "civicAddresses": self.civic_addresses,
            "comments": self.comments,
        }

    def json(self) -> bytes:
        """The item, encoded."""
        if self.encoded is None:
            self.encoded = encode(self.wire())
        return self.encoded


@dataclass
class SiteLocation:
    """A SIP connection: the SBC, scripts and parameters of one site."""

    id: int | str
    name: str
    sbc_id: int
    state: str = "deployed"
    """deployed, deploying or failed"""
    configuration_type: str = "SipTrunk"
    onboarding_script: int | None = None
    cleanup_script: int | None = None
    upload_number_script: int | None = None
    release_number_script: int | None = None
    parameters: dict[str, str] = field(default_factory=dict)


@dataclass
class Service:
    """A customer in the platform's words: one licence for one Microsoft tenant."""

    ump_customer_guid: str
    customer_short_name: str
    customer_full_name: str
    license_type: int
    licensed_users_count: int | None = 0
    ms_tenant_id: str | None = None
    active_user_count: int | None = None
    live_hub_active_users_count: int | None = None
    live_hub_simple_users_count: int | None = None
    site_location: list[SiteLocation] = field(default_factory=list)
    ms_default_domain: str | None = None
    application_client_id: str | None = None
    application_client_secret: str | None = None
    client_secret_expiration_date: str | None = None
    channel_id: int | None = None
    lc_customer_id: int | None = None
    ovoc_id: int | None = None
    lead_id: str | None = None
    request: dict[str, Any] | None = None
    """The body that created it, as sent."""
    encoded: dict[bool, bytes] = field(default_factory=dict, repr=False)

    @property
    def is_operator_connect(self) -> bool:
        """Whether it counts as the tenant's one OC service."""
        return self.license_type in OC_LICENSES


@dataclass
class Sbc:
    """A session border controller."""

    id: int
    name: str
    fqdn: str
    ip_address: str
    carriers: list[str] = field(default_factory=list)
    cac_profiles: list[str] = field(default_factory=list)


@dataclass
class Template:
    """A script template."""

    id: int
    name: str
    script_type: int
    description: str = ""
    script: str = ""
    customer_variables: list[str] = field(default_factory=list)
    related: list[int] = field(default_factory=list)


@dataclass
class Trunk:
    """A trunk that is enrolled at Microsoft, and the SBCs that serve it."""

    fqdn: str
    id: str
    sbc_ids: list[int] = field(default_factory=list)


@dataclass
class CallingProfile:
    """A calling profile with its trunks."""

    id: str
    name: str
    region: str = "EMEA"
    carrier: str = "SIPTrunk"
    trunks: list[Trunk] = field(default_factory=list)


@dataclass
class Channel:
    """A reseller below the service provider."""

    id: int
    name: str
    tenant_id: int = 868
    ms_tenant_id: str | None = None


@dataclass(slots=True)
class Number:
    """A telephone number of a tenant. There may be ten thousand of them."""

    telephone_number: str
    tenant_id: str
    calling_profile_id: str | None = None
    acquired_number_status: str = "Active"
    """Active, ReleaseRequested, MarkedForRemoval or ReadyForRemoval"""
    assignment_status: str | None = "Unassigned"
    iso_country_code: str | None = ""
    """Derived from the number, unless it is given."""
    usage: str = "CallingUserAssignment"
    """The word of the upload."""
    capabilities: Sequence[str] = ()
    """What it can do besides its usage."""
    source: str | None = "webapi"
    acquired_on: str | None = "2025-03-04T08:12:55.4410937Z"

    def __post_init__(self) -> None:
        if self.iso_country_code == "":
            self.iso_country_code = _country(self.telephone_number)

    @property
    def assigned(self) -> bool:
        """Whether somebody uses it."""
        return (self.assignment_status or "Unassigned") != "Unassigned"


_COUNTRIES = {
    "+1": "US",
    "+31": "NL",
    "+32": "BE",
    "+33": "FR",
    "+34": "ES",
    "+39": "IT",
    "+41": "CH",
    "+44": "GB",
    "+49": "DE",
    "+61": "AU",
    "+351": "PT",
    "+352": "LU",
    "+353": "IE",
    "+972": "IL",
}


def _country(telephone_number: str) -> str | None:
    return next((_COUNTRIES[begin] for n in (2, 3, 4) if (begin := telephone_number[:n]) in _COUNTRIES), None)
