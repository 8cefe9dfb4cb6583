# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Look-ups with filters: what the info modules answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from .._core.errors import ApiError
from .._core.number_ranges import numbers_in, read_ranges
from .._core.text import same_text, squeeze
from .channels import Channel
from .client import DEFAULT_DEVICES_PATH, LivePlatformApi
from .leads import Lead
from .numbers import NumberRecord
from .sbc_sources import merge_devices, sbcs_of_profiles
from .sbcs import Sbc, is_sbc
from .script_templates import ScriptTemplate
from .services import Service
from .sip_connections import SipConnection

SCRIPT_KINDS = {"any": "Any", "sbc": "SBC", "m365": "M365"}

SOURCE_AUTO, DEVICES, CALLING_PROFILES = "auto", "devices", "calling_profiles"


def find_leads(
    api: LivePlatformApi,
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


def find_numbers(
    api: LivePlatformApi,
    ms_tenant_id: str,
    *,
    numbers: Sequence[Any] | None = None,
    statuses: Collection[str] | None = None,
    assignments: Collection[str] | None = None,
    sources: Collection[str] | None = None,
) -> list[NumberRecord]:
    """The telephone numbers of a tenant that fit all that is given.

    :param numbers: numbers and ranges.
    """
    wanted = set(numbers_in(read_ranges(numbers, "numbers"))) if numbers else None
    by_word: tuple[tuple[Collection[str] | None, Callable[[NumberRecord], str]], ...] = (
        (statuses, lambda record: record.status or "active"),
        (assignments, lambda record: record.assignment or ""),
        (sources, lambda record: record.origin),
    )
    given = [({squeeze(word) for word in words}, read) for words, read in by_word if words]
    return [
        record
        for number, record in api.list_numbers(ms_tenant_id).items()
        if (wanted is None or number in wanted) and all(squeeze(read(record)) in words for words, read in given)
    ]


def find_channels(api: LivePlatformApi, *, channel_id: str | None = None) -> list[Channel]:
    """The channel with this id, or all channels."""
    if channel_id is None:
        return api.list_channels()
    channel = api.get_channel(channel_id)
    if channel is not None:
        return [channel]
    try:
        return [each for each in api.list_channels() if same_text(each.id, channel_id)]
    except ApiError:  # that there is a list is not documented
        return []


def find_services(
    api: LivePlatformApi,
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


def find_sbcs(
    api: LivePlatformApi,
    *,
    sbc_id: int | None = None,
    name: str | None = None,
    source: str = SOURCE_AUTO,
    devices_path: str | None = None,
) -> list[Sbc]:
    """The SBCs that fit, with the trunks that they serve.

    :param source: ``auto`` reads the device list only when its path is given, since that path is not documented.
    """
    sbcs = sbcs_of_profiles(api.list_calling_profiles())
    if source == DEVICES or (source == SOURCE_AUTO and devices_path):
        sbcs = merge_devices(api.list_sbc_devices(devices_path or DEFAULT_DEVICES_PATH), sbcs)
    return [sbc for sbc in sbcs if (sbc_id is None or sbc.sbc_id == sbc_id) and (name is None or is_sbc(sbc, name))]


def find_script_templates(
    api: LivePlatformApi,
    *,
    script_id: int | None = None,
    name: str | None = None,
    script_type: str = "any",
    details: bool = False,
) -> list[ScriptTemplate]:
    """The script templates that fit.

    :param details: with script text and customer variables.
    """
    return [
        template
        for template in api.list_script_templates(SCRIPT_KINDS[script_type], details)
        if (script_id is None or template.id == script_id) and (name is None or same_text(template.name, name))
    ]


def find_sip_connections(
    api: LivePlatformApi, *, site_location_id: str | None = None, ump_customer_guid: str | None = None
) -> list[SipConnection]:
    """One SIP connection, or all of a service. They hold secrets."""
    if site_location_id is not None:
        wanted = [site_location_id]
    else:
        service = api.get_service(str(ump_customer_guid))
        wanted = [site.id for site in service.site_locations if site.id] if service is not None else []
    found = [api.get_sip_connection(number, ump_customer_guid) for number in wanted]
    return [connection for connection in found if connection is not None]
