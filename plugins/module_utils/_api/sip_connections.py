# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A SIP connection read back whole (API notes, section 8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._core.errors import LivePlatformError, LookupFailed
from .._core.look_alikes import NamesOf, nothing_found
from .._core.masking import NAMING_KEY
from .._core.text import snake_keys
from .json_reader import Reader, about, read_known, segment
from .script_parameters import custom_parameters, secret_keys, variable_at
from .script_templates import ScriptTemplate, ScriptTemplateRequests
from .services import ServiceRequests, find_services, is_deployed


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
        return {**vars(self), "deployed": self.deployed}


class SipConnectionRequests(ServiceRequests, ScriptTemplateRequests):
    """The requests about SIP connections: services list them, and script templates name their variables (section 8)."""

    def get_sip_connection(self, site_location_id: str, guid: str | None = None) -> SipConnection | None:
        """One SIP connection read back (section 8); ``None`` when there is none with this id. Holds secrets."""
        route = "/api/v2/sitelocation/{id}"
        found = read_known(
            lambda: self.client.request(
                "GET",
                f"/api/v2/sitelocation/{segment(site_location_id)}",
                route=route,
                about=about(site_location_id, "id", "siteLocationId"),
            ),
            f"GET {route}",
        )
        return None if found is None else SipConnection.from_wire(found, site_location_id, guid)


def find_sip_connections(
    api: SipConnectionRequests, *, site_location_id: str | None = None, ump_customer_guid: str | None = None
) -> list[SipConnection]:
    """One SIP connection, or all of a service. They hold secrets."""
    if site_location_id is not None:
        wanted = [site_location_id]
    else:
        service = api.get_service(str(ump_customer_guid))
        wanted = [site.id for site in service.site_locations if site.id] if service is not None else []
    found = [api.get_sip_connection(number, ump_customer_guid) for number in wanted]
    return [connection for connection in found if connection is not None]


def required_connections(api: SipConnectionRequests, params: Mapping[str, Any]) -> LookupFailed:
    """Return why no SIP connection was found."""
    names: NamesOf = {
        "site_location_id": lambda service: [site.id for site in service.site_locations],
        "ump_customer_guid": lambda service: [service.ump_customer_guid],
    }
    return nothing_found("SIP connection", params, names, find_services(api, details=True))


def with_variables(
    api: SipConnectionRequests,
    connections: Sequence[SipConnection],
    names: Sequence[str],
    report: Callable[[str], None],
) -> list[dict[str, Any]]:
    """The connections as they are returned. They name their secrets, which are still in them.

    :param names: variables and script parameters that the user calls secret.
    :param report: told when variables have to be hidden because nobody knows what they are.
    """
    custom = any(custom_parameters(connection.script_parameters) for connection in connections)
    scripts = _read_scripts(api, report) if custom else {}
    return [_with_variables(connection, scripts, names, report) for connection in connections]


def _read_scripts(api: SipConnectionRequests, report: Callable[[str], None]) -> dict[int | None, ScriptTemplate]:
    try:
        return {template.id: template for template in api.list_script_templates("Any", True)}
    except LivePlatformError as error:
        report(f"The script templates cannot be read, so no variable can be named. {error.message}")
        return {}


def _with_variables(
    connection: SipConnection,
    scripts: dict[int | None, ScriptTemplate],
    names: Sequence[str],
    report: Callable[[str], None],
) -> dict[str, Any]:
    parameters = connection.script_parameters
    custom = custom_parameters(parameters)
    script = scripts.get(connection.onboarding_script)
    variables = script.customer_variables if script is not None else ()
    secret, _unknown = secret_keys(names, variables, parameters)
    named = {name: parameters[key] for key in custom if (name := variable_at(key, variables)) is not None}
    nameless = [key for key in custom if variable_at(key, variables) is None]
    if nameless:
        report(
            f"SIP connection {connection.name}: {', '.join(nameless)} cannot be named, since the script template does "
            "not tell what they are; their values are hidden, as they may be passwords"
        )
    secret_variables = [name for key in custom if key in secret and (name := variable_at(key, variables)) is not None]
    return {
        **connection.to_dict(),
        "script_variables": named,
        NAMING_KEY: sorted({*secret, *secret_variables, *nameless}),
    }
