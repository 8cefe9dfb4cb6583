# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A service with its SIP connections, as the service list shows it (API notes, section 8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .._core.text import squeeze
from .json_reader import Reader
from .licenses import OPERATOR_CONNECT, license_code, license_name

DEPLOYED = "deployed"

_DEPLOYED_CODE = 3


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
        return {**vars(self), "deployed": self.deployed}


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
    tells_application: bool = field(default=False, repr=False, compare=False)
    """Whether this answer of the platform has a place for the application, which may be empty."""

    @classmethod
    def from_wire(cls, item: Reader) -> Service:
        return cls(
            ump_customer_guid=item.text("UmpCustomerGuid", "Id"),
            short_name=item.text("CustomerShortName"),
            full_name=item.text("CustomerFullName"),
            license_code=license_code(item.raw("LicenseType")),
            licensed_users=item.integer("LicensedUsersCount"),
            ms_tenant_id=item.guid("MsTenantId"),
            active_users=item.integer("ActiveUserCount"),
            live_hub_active_users=item.integer("LiveHubActiveUsersCount"),
            live_hub_simple_users=item.integer("LiveHubSimpleUsersCount"),
            ms_default_domain=item.text("MsDefaultDomain"),
            application_client_id=item.text("ApplicationClientId"),
            client_secret_expiration_date=item.text("ClientSecretExpirationDate"),
            site_locations=tuple(
                SiteLocation.from_wire(site) for site in item.records("SiteLocation", "SiteLocations")
            ),
            tells_application=item.has("ApplicationClientId"),
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
        shown = {name: value for name, value in vars(self).items() if name != "tells_application"}
        return {
            **shown,
            "license_type": self.license_type,
            "site_locations": [site.to_dict() for site in self.site_locations],
        }
