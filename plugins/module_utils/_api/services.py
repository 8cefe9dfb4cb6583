# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A service with its SIP connections, as the service list shows it (API notes, section 8)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from .._core.errors import LookupFailed
from .._core.look_alikes import NamesOf, nothing_found
from .._core.text import same_text, squeeze
from .._http.retry import SET
from .json_reader import Reader, Requests, about, read_known, read_task_id, segment, taken_by, task_in
from .licenses import OPERATOR_CONNECT, license_code, license_name
from .paging import by, list_pages

_DONE = (1, True)

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
    """Return whether a deployment state, as a word or as its number, means deployed; ``None`` when it is not known."""
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


class ServiceRequests(Requests):
    """The requests about services, which the API calls customers (API notes, sections 3 and 8)."""

    def create_service(self, body: Mapping[str, Any], before_sending: Callable[[], None] = lambda: None) -> str:
        """Create a service from a lead (section 3).

        :param before_sending: called right before the request is sent; what it raises keeps it from being sent.
        :returns: the id of the task to poll.
        :raises ApiError: with ``undecided`` set when the service may be on its way all the same.
        """
        content = self.client.request("POST", "/api/v3/customer", body=dict(body), before_sending=before_sending)
        return task_in(content, "POST /api/v3/customer")

    def list_services(self, all_details: bool = False) -> list[Service]:
        """All services of every licence type (section 8); with details, their SIP connections too."""
        params = {"allDetails": str(all_details).lower()}
        items = list_pages(
            self.client, "/api/v3/customer", params, None, ["customers", "services"], of=by(), bare_is_whole=True
        )
        return [Service.from_wire(item) for item in items]

    def get_service(self, guid: str) -> Service | None:
        """One service with its SIP connections (section 8); ``None`` when the platform knows none with this guid."""
        route = "/api/v3/customer/{guid}"
        found = read_known(
            lambda: self.client.request(
                "GET",
                f"/api/v3/customer/{segment(guid)}",
                params={"allDetails": "true"},
                route=route,
                about=about(guid, "umpCustomerGuid", "id"),
            ),
            f"GET {route}",
        )
        return None if found is None else Service.from_wire(found)

    def delete_service(self, guid: str) -> bool | None:
        """Delete a service with its SIP connections (section 8).

        :returns: whether it was there; ``False`` when the platform knows none with this guid, ``None`` when nobody can
            tell.
        """
        taken, content = taken_by(
            lambda: self.client.request(
                "DELETE", f"/api/v2/customer/{segment(guid)}", route="/api/v2/customer/{guid}", rule=SET
            )
        )
        return None if taken and content not in _DONE else taken

    def change_service(self, guid: str, body: Mapping[str, Any]) -> str | None:
        """Change parts of a service (section 8). The platform may answer well and change nothing.

        :param body: the parts alone.
        :returns: the id of a task to follow, where one comes.
        """
        route = "/api/v3/customer/{guid}"
        content = self.client.request(
            "PATCH", f"/api/v3/customer/{segment(guid)}", body=dict(body), route=route, rule=SET
        )
        return read_task_id(content)

    def upgrade_service(
        self, guid: str, body: Mapping[str, Any], before_sending: Callable[[], None] = lambda: None
    ) -> str:
        """Move an OC Essential service to a larger license (section 8).

        :param before_sending: called right before the request is sent; what it raises keeps it from being sent.
        :returns: the id of the task to poll.
        :raises ApiError: with ``undecided`` set when the upgrade may be on its way all the same.
        """
        route = "/api/v2/customer/{guid}/action/upgrade"
        content = self.client.request(
            "POST",
            f"/api/v2/customer/{segment(guid)}/action/upgrade",
            body=dict(body),
            route=route,
            before_sending=before_sending,
        )
        return task_in(content, f"POST {route}")


def find_services(
    api: ServiceRequests,
    *,
    ms_tenant_id: str | None = None,
    ump_customer_guid: str | None = None,
    short_name: str | None = None,
    license_types: Collection[str] = (),
    details: bool = False,
) -> list[Service]:
    """The services that fit all that is given.

    :param details: with their SIP connections; one service alone, asked for by its guid, always has them.
    """
    if ump_customer_guid is not None:
        service = api.get_service(ump_customer_guid)
        services = [service] if service is not None else []
    else:
        services = api.list_services(all_details=details)
    return [
        service
        for service in services
        if (ms_tenant_id is None or same_text(service.ms_tenant_id, ms_tenant_id))
        and (short_name is None or same_text(service.short_name, short_name))
        and (not license_types or service.license_type in license_types)
    ]


def required_services(api: ServiceRequests, params: Mapping[str, Any]) -> LookupFailed:
    """Return why no service was found."""
    names: NamesOf = {
        "ms_tenant_id": lambda service: [service.ms_tenant_id],
        "ump_customer_guid": lambda service: [service.ump_customer_guid],
        "short_name": lambda service: [service.short_name],
        "license_types": lambda service: [service.license_type],
    }
    return nothing_found("service", params, names, find_services(api))
