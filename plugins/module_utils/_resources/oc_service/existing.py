# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A service that is there already: what it is like, and how it differs from the request."""

from __future__ import annotations

from typing import Any

from ..._api.services import Service
from ..._api.sip_connections import SipConnection
from ..._reconcile.outcome import Outcome
from .agreement import refusal
from .context import Context
from .current_state import Evidence
from .differences import find_differences, primary_site
from .result import Result

_IN_THE_LIST = {"name", "sbc_id"}


def keep(context: Context, service: Service, confirmed: bool = True) -> Result:
    """Leave the service as it is; differences are reported, and what cannot be had is named as impossible.

    :param confirmed: the platform itself shows the service; otherwise only a lead speaks of it.
    """
    if not confirmed:
        context.report(
            f"The lead of tenant {context.tenant} names service {service.ump_customer_guid}, which the platform does "
            "not show. It counts as existing; if it was deleted, run again after the platform's sync job"
        )
        return context.creation(Outcome.UNCHANGED, changed=False, service=service)
    service, differences = compare(context, service)
    idle = [site for site in service.site_locations if site.deployed is False]
    if idle:
        states = ", ".join(f"{site.name} is '{site.deployment_state}'" for site in idle)
        context.report(f"The service exists, but a SIP connection is not deployed: {states}")
    return context.creation(Outcome.UNCHANGED, changed=False, service=service, differences=differences)


def compare(context: Context, service: Service) -> tuple[Service, list[dict[str, Any]]]:
    """The service with its SIP connections, and how it differs from the request, which the user is told.

    :raises ConflictError: it is another one than what is asked for.
    """
    refused = refusal(context.wanted, Evidence(service, context.current_state.leads_of(context.tenant)))
    if refused is not None:
        raise refused
    service, connection = _read_details(context, service)
    differences = find_differences(context.wanted.options, service, connection, context.is_secret, context.wanted.names)
    others = [str(difference["description"]) for difference in differences]
    if others:
        context.report("The service exists and differs from the request; nothing was changed: " + "; ".join(others))
    return service, differences


def _read_details(context: Context, service: Service) -> tuple[Service, SipConnection | None]:
    """The service with its SIP connections, and the one that the request speaks of, as far as they can be read."""
    api, options = context.tools.api, context.wanted.options
    if not context.tools.settings.compare_in_full:
        return service, None
    if not service.site_locations and service.ump_customer_guid:
        service = api.get_service(service.ump_customer_guid) or service
    site = primary_site(service, options)
    beyond_the_list = (
        options.get("script_parameters")
        or {name for name, value in (options.get("site_location") or {}).items() if value is not None} - _IN_THE_LIST
    )
    if site is None or site.id is None or not beyond_the_list:
        return service, None
    connection = api.get_sip_connection(site.id, service.ump_customer_guid)
    if connection is not None:
        context.tools.secrets.add(
            *(value for key, value in connection.script_parameters.items() if context.is_secret(key))
        )
    return service, connection
