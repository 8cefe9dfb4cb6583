# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Leads as hosts of an inventory: one per tenant, with its variables, its groups and a name that is safe."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from ipaddress import ip_address
from typing import Any

from ...module_utils._api.leads import Lead
from ...module_utils._api.services import Service
from ...module_utils._core.text import fold, is_guid, quoted, shorten, squeeze
from ...module_utils._resources.oc_service.lead_choice import preferred_lead
from .._resolve.short_names import short_names

MS_TENANT_ID, COMPANY_NAME = HOST_NAMES = ("ms_tenant_id", "company_name")
"""What a host can be named after."""

WITH_SERVICE, WITHOUT_SERVICE = "with_service", "without_service"

_CONTACTS = frozenset({"contact_details", "contacts", "civic_addresses", "comments"})
"""Members of a lead about persons, which an inventory holds only on request."""

_MEMBERS = tuple(field.name for field in fields(Lead) if field.name not in ("id", "ms_tenant_id"))
_MEMBERS_WITHOUT_CONTACTS = tuple(name for name in _MEMBERS if name not in _CONTACTS)

_RESERVED = ("all", "ungrouped", "localhost", "implicit_localhost", "omit", "hostvars", "groups", "group_names")
"""Names that mean something else to Ansible."""

_UNSAFE_IN_NAME = re.compile(r"[^A-Za-z0-9_.-]+")
_UNSAFE_IN_GROUP = re.compile(r"[^a-z0-9]+")


def host_records(leads: Iterable[Lead], services: Sequence[Service], contacts: bool = False) -> list[dict[str, Any]]:
    """The variables of one host per tenant, in the order of their tenant ids.

    Of a tenant with several leads, the one counts that a service would be created from. A tenant has a service when
    the service list shows it or one of its leads names it, since either may lag (API notes, section 8).

    :param leads: all leads; those that are not usable are left out.
    :param services: all services; those of other licences than Operator Connect do not count.
    :param contacts: with what is known of persons and addresses.
    """
    guids = {
        fold(service.ms_tenant_id): service.ump_customer_guid
        for service in services
        if service.ms_tenant_id and service.is_operator_connect
    }
    by_tenant: dict[str, list[Lead]] = {}
    for lead in leads:
        if is_usable(lead) and lead.ms_tenant_id:
            by_tenant.setdefault(fold(lead.ms_tenant_id), []).append(lead)
    records = []
    for tenant in sorted(by_tenant):
        own = by_tenant.pop(tenant)  # so that what is done needs no memory any more
        named = next((lead.ump_customer_guid for lead in own if lead.ump_customer_guid), None)
        records.append(_record(tenant, preferred_lead(own), guids.get(tenant) or named, tenant in guids, contacts))
    without = {record["ms_tenant_id"]: record["company_name"] for record in records if not record["has_service"]}
    names = short_names(without, (service.short_name for service in services))
    for record in records:
        record["suggested_short_name"] = names.get(record["ms_tenant_id"])
    return records


def is_usable(lead: Lead) -> bool:
    """Return whether the lead names its tenant by a GUID, as every request about it needs."""
    return lead.ms_tenant_id is not None and is_guid(fold(lead.ms_tenant_id))


def _record(tenant: str, lead: Lead, guid: str | None, listed: bool, contacts: bool) -> dict[str, Any]:
    return {
        "ms_tenant_id": tenant,
        "lead_id": lead.id,
        "active": lead.active,
        **{name: getattr(lead, name) for name in (_MEMBERS if contacts else _MEMBERS_WITHOUT_CONTACTS)},
        "ump_customer_guid": guid,
        "has_service": listed or guid is not None,
    }


def wanted_records(
    records: Iterable[Mapping[str, Any]], statuses: Sequence[str] = (), without_service: bool = False
) -> list[Mapping[str, Any]]:
    """Those that have one of the statuses, whatever its case, and, if wanted, no service."""
    words = {squeeze(status) for status in statuses}
    return [
        record
        for record in records
        if (not words or squeeze(record["status"] or "") in words) and not (without_service and record["has_service"])
    ]


def host_names(
    records: Sequence[Mapping[str, Any]], source: str = MS_TENANT_ID, taken: Iterable[str] = ()
) -> list[str]:
    """A name for each host, made of letters, digits, ``_``, ``.`` and ``-``, each used once.

    Customers choose the names of their companies, so that one may be called as a group, as a word that Ansible
    reserves, or as a host that exists. Such a name gives way to the tenant id, as does one that is empty or that
    tenants share.

    :param taken: groups and hosts that the inventory has, or will have.
    """
    if source == MS_TENANT_ID:
        return [record["ms_tenant_id"] for record in records]
    names = [_UNSAFE_IN_NAME.sub("_", str(record[source] or "")).strip("_.-") for record in records]
    used = Counter(fold(name) for name in names)
    groups = {group for record in records for group in host_groups(record)}
    not_free = {fold(name) for name in (*_RESERVED, WITH_SERVICE, WITHOUT_SERVICE, *groups, *taken)}
    free = {name for name in names if used[fold(name)] == 1 and fold(name) not in not_free and _is_a_mere_name(name)}
    return [name if name in free else record["ms_tenant_id"] for name, record in zip(names, records, strict=True)]


def names_given_up(records: Sequence[Mapping[str, Any]], names: Sequence[str], source: str) -> str | None:
    """Return what to say of hosts that are called by their tenant ids although something else was asked for."""
    if source == MS_TENANT_ID:
        return None
    given_up = [
        str(record[source])
        for record, name in zip(records, names, strict=True)
        if record[source] and name == record["ms_tenant_id"]
    ]
    if not given_up:
        return None
    return (
        f"{len(given_up)} hosts are named after their tenant id, since their {source} cannot be used: another tenant "
        f"has it too, or it is a group, another host or a reserved word ({quoted(map(shorten, given_up))})"
    )


def _is_a_mere_name(name: str) -> bool:
    """Not the address or the id of something else."""
    if not name or is_guid(name) or name.casefold().startswith("localhost"):
        return False
    with suppress(ValueError):
        ip_address(name)
        return False
    return not name.isdecimal()


def host_groups(record: Mapping[str, Any]) -> tuple[str, str]:
    """The groups that every host is in: ``status_active``, ``with_service``."""
    word = _UNSAFE_IN_GROUP.sub("_", (record["status"] or "").casefold()).strip("_")
    return f"status_{word or 'unknown'}", WITH_SERVICE if record["has_service"] else WITHOUT_SERVICE
