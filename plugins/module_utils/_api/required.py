# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A look-up that must find something: what is not there is an error that names the nearest there is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from .._core.errors import LookupFailed
from .._core.look_alikes import nearest_names
from .._core.text import fold, quoted
from .client import LivePlatformApi
from .queries import find_channels, find_leads, find_sbcs, find_script_templates, find_services

Names = Mapping[str, Callable[[Any], Iterable[object]]]
"""For each filter, what of an item it is compared with."""


def required_leads(api: LivePlatformApi, params: Mapping[str, Any]) -> LookupFailed:
    """Why no lead was found."""
    names: Names = {
        "ms_tenant_id": lambda lead: [lead.ms_tenant_id],
        "lead_id": lambda lead: [lead.id],
        "company_name": lambda lead: [lead.company_name],
        "status": lambda lead: [lead.status],
    }
    return _nothing("lead", params, names, find_leads(api))


def required_services(api: LivePlatformApi, params: Mapping[str, Any]) -> LookupFailed:
    """Why no service was found."""
    names: Names = {
        "ms_tenant_id": lambda service: [service.ms_tenant_id],
        "ump_customer_guid": lambda service: [service.ump_customer_guid],
        "short_name": lambda service: [service.short_name],
        "license_types": lambda service: [service.license_type],
    }
    return _nothing("service", params, names, find_services(api))


def required_sbcs(api: LivePlatformApi, params: Mapping[str, Any]) -> LookupFailed:
    """Why no SBC was found."""
    names: Names = {"sbc_id": lambda sbc: [sbc.sbc_id], "name": lambda sbc: [*sbc.names, sbc.sbc_id]}
    sbcs = find_sbcs(api, source=params["source"], devices_path=params["devices_path"])
    return _nothing("SBC", params, names, sbcs)


def required_channels(api: LivePlatformApi, params: Mapping[str, Any]) -> LookupFailed:
    """Why no channel was found."""
    names: Names = {"channel_id": lambda channel: [channel.id]}
    return _nothing("channel", params, names, find_channels(api))


def required_numbers(ms_tenant_id: str, params: Mapping[str, Any]) -> LookupFailed:
    """Why no telephone number was found."""
    asked = " and ".join(f"{option} {_shown(value)}" for option, value in params.items() if value)
    return LookupFailed(
        f"no telephone number of tenant {ms_tenant_id} was found{f' with {asked}' if asked else ''}",
        operation="GET /api/v3/oc/numbers",
        hint="without these options, all numbers of the tenant are returned",
    )


def required_templates(api: LivePlatformApi, params: Mapping[str, Any]) -> LookupFailed:
    """Why no script template was found."""
    names: Names = {"script_id": lambda item: [item.id], "name": lambda item: [item.name]}
    templates = find_script_templates(api, script_type=params["script_type"])
    return _nothing("script template", params, names, templates)


def required_connections(api: LivePlatformApi, params: Mapping[str, Any]) -> LookupFailed:
    """Why no SIP connection was found."""
    names: Names = {
        "site_location_id": lambda service: [site.id for site in service.site_locations],
        "ump_customer_guid": lambda service: [service.ump_customer_guid],
    }
    return _nothing("SIP connection", params, names, find_services(api, details=True))


def _nothing(kind: str, params: Mapping[str, Any], names: Names, items: Sequence[Any]) -> LookupFailed:
    """The error, with what comes near.

    :param params: the filters, among other options.
    :param items: all that there are.
    """
    given = {option: params[option] for option in names if params.get(option) not in (None, [])}
    asked = " and ".join(f"{option} {_shown(value)}" for option, value in given.items())
    near = []
    for option, value in given.items():
        known = {fold(str(name)): str(name) for item in items for name in names[option](item) if name is not None}
        wanted = [str(one) for one in value] if isinstance(value, list) else [str(value)]
        if not any(fold(one) in known for one in wanted):
            near.append(f"{option}: {nearest_names(wanted[0], known.values())}")
    if not near:
        near = ["there are some that fit one option, but none that fits all"] if items else ["there are none at all"]
    return LookupFailed(f"no {kind} with {asked}; {'; '.join(near)}" if asked else f"no {kind} was found; {near[0]}")


def _shown(value: object) -> str:
    return quoted(value) if isinstance(value, list) else f"'{value}'"
