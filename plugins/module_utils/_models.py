# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the platform knows, as typed records: read from its JSON (``from_wire``), given to Ansible (``to_dict``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from ._licenses import OPERATOR_CONNECT, license_code, license_name
from ._text import snake_keys, squeeze
from ._wire import Reader

DEPLOYED = "deployed"
_DEPLOYED_CODE = 3


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
            ms_tenant_id=item.text("tenantId", "msTenantId"),
            status=item.text("status"),
            company_name=item.record("contactDetails").text("companyName") or item.text("companyName"),
            ump_customer_guid=item.text("umpCustomerGuid"),
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

    def to_dict(self) -> dict[str, Any]:
        return {**asdict(self), "active": self.active}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Lead:
        """From what ``to_dict`` gave; members that this version does not know are left out."""
        known = {name: values[name] for name in cls.__dataclass_fields__ if name in values}
        return cls(**{"id": None, "ms_tenant_id": None, "status": None, **known})


@dataclass(frozen=True)
class SiteLocation:
    """A SIP connection as it stands in the service list (API notes, section 8)."""

    id: str | None
    name: str | None
    sbc_id: int | None
    deployment_state: str | None
    configuration_type: str | None

    @classmethod
    def from_wire(cls, item: Reader) -> SiteLocation:
        return cls(
            id=item.text("id"),
            name=item.text("name", "siteName", "siteLocationName"),
            sbc_id=item.integer("sbcId"),
            deployment_state=item.text("sbcDeploymentState"),
            configuration_type=item.text("sbcConfigurationType"),
        )

    @property
    def deployed(self) -> bool | None:
        return is_deployed(self.deployment_state)

    def to_dict(self) -> dict[str, Any]:
        return {**asdict(self), "deployed": self.deployed}


def is_deployed(state: str | None) -> bool | None:
    """Whether a deployment state, as a word or as its number, means deployed; ``None`` when it is not known."""
    if state is None:
        return None
    return squeeze(state) in (DEPLOYED, str(_DEPLOYED_CODE))


@dataclass(frozen=True)
class Service:
    """A service, which the API calls customer (API notes, section 8). Its client secret is never read."""

    ump_customer_guid: str | None
    short_name: str | None = None
    full_name: str | None = None
    license_code: int | None = None
    licensed_users: int | None = None
    ms_tenant_id: str | None = None
    active_users: int | None = None
    live_hub_active_users: int | None = None
    live_hub_simple_users: int | None = None
    ms_default_domain: str | None = None
    application_client_id: str | None = None
    client_secret_expiration_date: str | None = None
    site_locations: tuple[SiteLocation, ...] = ()

    @classmethod
    def from_wire(cls, item: Reader) -> Service:
        return cls(
            ump_customer_guid=item.text("UmpCustomerGuid", "Id"),
            short_name=item.text("CustomerShortName"),
            full_name=item.text("CustomerFullName"),
            license_code=license_code(item.raw("LicenseType")),
            licensed_users=item.integer("LicensedUsersCount"),
            ms_tenant_id=item.text("MsTenantId"),
            active_users=item.integer("ActiveUserCount"),
            live_hub_active_users=item.integer("LiveHubActiveUsersCount"),
            live_hub_simple_users=item.integer("LiveHubSimpleUsersCount"),
            ms_default_domain=item.text("MsDefaultDomain"),
            application_client_id=item.text("ApplicationClientId"),
            client_secret_expiration_date=item.text("ClientSecretExpirationDate"),
            site_locations=tuple(
                SiteLocation.from_wire(site) for site in item.records("SiteLocation", "SiteLocations")
            ),
        )

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Service:
        """From what ``to_dict`` gave, without the SIP connections."""
        known = {name: values[name] for name in cls.__dataclass_fields__ if name in values and name != "site_locations"}
        return cls(**{"ump_customer_guid": None, **known})

    @property
    def license_type(self) -> str | None:
        return license_name(self.license_code)

    @property
    def is_operator_connect(self) -> bool:
        return self.license_code in OPERATOR_CONNECT.values()

    def to_dict(self) -> dict[str, Any]:
        return {
            **asdict(self),
            "license_type": self.license_type,
            "site_locations": [site.to_dict() for site in self.site_locations],
        }


@dataclass(frozen=True)
class SipConnection:
    """A SIP connection read back whole (API notes, section 8). The script parameters may hold secrets."""

    id: str | None
    name: str | None
    ump_customer_guid: str | None = None
    online_pstn_gateway: str | None = None
    sbc_id: int | None = None
    onboarding_script: int | None = None
    cleanup_script: int | None = None
    proxy_set: str | None = None
    cac_profile: str | None = None
    carrier_host_name: str | None = None
    carrier_main_line: str | None = None
    carrier_user_name: str | None = None
    script_parameters: dict[str, str] = field(default_factory=dict)
    deployment_state: str | None = None
    m365_deployment_state: str | None = None
    tenant_id: str | None = None
    pending_tasks: list[Any] = field(default_factory=list)

    @classmethod
    def from_wire(cls, item: Reader, site_location_id: str, guid: str | None = None) -> SipConnection:
        sbc = item.record("sbcInfo")
        scripts = sbc.record("sbcScripts")
        return cls(
            id=item.text("id", "siteLocationId") or site_location_id,
            name=item.text("siteName", "siteLocationName", "name"),
            ump_customer_guid=item.text("umpCustomerGuid", "customerGuid") or guid,
            online_pstn_gateway=item.text("onlinePstnGateway"),
            sbc_id=sbc.integer("sbcId"),
            onboarding_script=scripts.integer("onboardingScript"),
            cleanup_script=scripts.integer("cleanupScript"),
            proxy_set=sbc.text("carrierId"),
            cac_profile=sbc.text("cacProfile"),
            carrier_host_name=sbc.text("carrierHostName"),
            carrier_main_line=sbc.text("carrierMainLine"),
            carrier_user_name=sbc.text("carrierUserName"),
            script_parameters={
                key: str(value) for key, value in scripts.mapping("customerVariables").items() if value is not None
            },
            deployment_state=item.text("sbcDeploymentState"),
            m365_deployment_state=item.text("m365DeploymentState"),
            tenant_id=item.text("tenantId"),
            pending_tasks=snake_keys(item.items("pendingTasks")),
        )

    @property
    def deployed(self) -> bool | None:
        return is_deployed(self.deployment_state)

    def to_dict(self) -> dict[str, Any]:
        return {**asdict(self), "deployed": self.deployed}


@dataclass(frozen=True)
class Sbc:
    """An SBC device and the trunks that it serves (API notes, section 6)."""

    sbc_id: int
    name: str | None = None
    fqdn: str | None = None
    ip_address: str | None = None
    trunk_fqdns: tuple[str, ...] = ()
    calling_profiles: tuple[str, ...] = ()

    @classmethod
    def from_wire(cls, item: Reader) -> Sbc | None:
        """``None`` when the item has no id."""
        sbc_id = item.integer("sbcId", "id")
        if sbc_id is None:
            return None
        return cls(
            sbc_id=sbc_id,
            name=item.text("name", "sbcName"),
            fqdn=item.text("fqdn", "sbcFqdn"),
            ip_address=item.text("ipAddress", "ip"),
        )

    @property
    def names(self) -> tuple[str, ...]:
        """What a user may call it by."""
        return tuple(name for name in (self.name, self.fqdn, self.ip_address) if name)

    def to_dict(self) -> dict[str, Any]:
        return {**asdict(self), "trunk_fqdns": list(self.trunk_fqdns), "calling_profiles": list(self.calling_profiles)}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Sbc:
        """From what ``to_dict`` gave."""
        return cls(
            sbc_id=int(values["sbc_id"]),
            name=values.get("name"),
            fqdn=values.get("fqdn"),
            ip_address=values.get("ip_address"),
            trunk_fqdns=tuple(values.get("trunk_fqdns") or ()),
            calling_profiles=tuple(values.get("calling_profiles") or ()),
        )


@dataclass(frozen=True)
class Trunk:
    """A trunk that is enrolled at Microsoft, with the SBCs that serve it."""

    trunk_fqdn: str | None
    trunk_id: str | None
    sbcs: tuple[Sbc, ...]

    @classmethod
    def from_wire(cls, item: Reader) -> Trunk:
        sbcs = (Sbc.from_wire(sbc) for sbc in item.records("matchingSbcList"))
        return cls(
            trunk_fqdn=item.text("trunkFqdn"),
            trunk_id=item.text("trunkId"),
            sbcs=tuple(sbc for sbc in sbcs if sbc is not None),
        )


@dataclass(frozen=True)
class CallingProfile:
    """A calling profile: the documented source of SBC ids and gateways (API notes, section 6)."""

    calling_profile_id: str | None
    name: str | None
    region: str | None
    carrier: str | None
    is_emergency_profile: bool | None
    emergency_profile_id: str | None
    emergency_dial_strings: list[str]
    offer_types: list[str]
    trunks_enrolled: tuple[Trunk, ...]

    @classmethod
    def from_wire(cls, item: Reader) -> CallingProfile:
        return cls(
            calling_profile_id=item.text("callingProfileId", "id"),
            name=item.text("name"),
            region=item.text("region"),
            carrier=item.text("carrier"),
            is_emergency_profile=item.flag("isEmergencyProfile"),
            emergency_profile_id=item.text("emergencyProfileId"),
            emergency_dial_strings=item.texts("emergencyDialStrings"),
            offer_types=[name for offer in item.records("offerTypes") if (name := offer.text("offerTypeName"))],
            trunks_enrolled=tuple(Trunk.from_wire(trunk) for trunk in item.records("trunksEnrolled")),
        )

    def to_dict(self) -> dict[str, Any]:
        trunks = [
            {
                "trunk_fqdn": trunk.trunk_fqdn,
                "trunk_id": trunk.trunk_id,
                "sbcs": [
                    {"sbc_id": sbc.sbc_id, "name": sbc.name, "fqdn": sbc.fqdn, "ip_address": sbc.ip_address}
                    for sbc in trunk.sbcs
                ],
            }
            for trunk in self.trunks_enrolled
        ]
        return {**asdict(self), "trunks_enrolled": trunks}


SCRIPT_TYPES = {0: "number", 1: "sbc_onboarding", 2: "sbc_cleanup", 3: "m365_onboarding", 4: "m365_cleanup"}


@dataclass(frozen=True)
class RelatedScript:
    """The script that belongs to another one, normally the cleanup script of an onboarding script."""

    id: int
    name: str | None


@dataclass(frozen=True)
class ScriptTemplate:
    """A script template (API notes, section 7). Without details the variables are not known."""

    id: int | None
    name: str | None
    script_type_code: int | None
    description: str | None
    script: str | None
    customer_variables: tuple[str, ...]
    related_scripts: tuple[RelatedScript, ...]

    @classmethod
    def from_wire(cls, item: Reader) -> ScriptTemplate:
        return cls(
            id=item.integer("id"),
            name=item.text("name"),
            script_type_code=item.integer("scriptType"),
            description=item.text("description"),
            script=item.text("script"),
            customer_variables=read_variable_names(item.raw("customerVariables")),
            related_scripts=tuple(
                RelatedScript(number, related.text("value", "name"))
                for related in item.records("relatedScripts")
                if (number := related.integer("key", "id")) is not None
            ),
        )

    @property
    def script_type(self) -> str | None:
        return SCRIPT_TYPES.get(self.script_type_code) if self.script_type_code is not None else None

    def to_dict(self) -> dict[str, Any]:
        return {
            **asdict(self),
            "script_type": self.script_type,
            "customer_variables": list(self.customer_variables),
            "related_scripts": [asdict(related) for related in self.related_scripts],
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> ScriptTemplate:
        """From what ``to_dict`` gave."""
        return cls(
            id=values.get("id"),
            name=values.get("name"),
            script_type_code=values.get("script_type_code"),
            description=values.get("description"),
            script=values.get("script"),
            customer_variables=tuple(values.get("customer_variables") or ()),
            related_scripts=tuple(
                RelatedScript(related["id"], related.get("name")) for related in values.get("related_scripts") or ()
            ),
        )


def read_variable_names(value: Any) -> tuple[str, ...]:
    """The names in a script's 'Customer variables' column, in order.

    The filled form is open (API notes, section 7): a string with commas, semicolons or line ends, a list of names, a
    list of objects with a name, or an ordered object are all understood.
    """
    if isinstance(value, str):
        names: list[Any] = value.replace(";", ",").replace("\r", ",").replace("\n", ",").split(",")
    elif isinstance(value, dict):
        names = list(value)
    elif isinstance(value, list):
        names = [Reader(item).text("name", "key", "variableName") if isinstance(item, dict) else item for item in value]
    else:
        names = []
    return tuple(str(name).strip() for name in names if name is not None and str(name).strip())
