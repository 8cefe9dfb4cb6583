# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The customers of a list that have telephone numbers, with their tenants: all problems before anything is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...module_utils._api.leads import Lead
from ...module_utils._core.errors import LookupFailed
from ...module_utils._core.text import fold, is_guid, place_of
from ...module_utils._input.known import Known
from ...module_utils._input.number_options import tenant_problems
from ...module_utils._input.profiles import Named
from ...module_utils._input.resolution import Resolution
from ...module_utils._input.resolve_leads import tenant_of
from ...module_utils._input.service_list import NUMBER_KEYS, label_of, read_items
from ...module_utils._input.wanted_numbers import double_numbers, named_profiles, profile_problems

_OF_NUMBERS = ("ms_tenant_id", "short_name", "company_name", *NUMBER_KEYS)


def resolve_numbers(
    services: Sequence[Any], leads: Sequence[Lead], profiles: Sequence[Named], defaults: Any = None
) -> Resolution:
    """Return the customers that have numbers, each with its tenant, what it takes from the defaults, and a name.

    :param leads: of all customers that are named by their company.
    :param profiles: all, when any is named.
    """
    items, problems = read_items(services, defaults)
    result = Resolution([], [*problems, *double_numbers(services)])
    result.problems += profile_problems(named_profiles(services, defaults), profiles)
    known, labels = Known(leads), {}
    for index, item in enumerate(items):
        if item.get("numbers") is None:
            continue
        label = label_of(index, item)
        try:
            tenant = _tenant(item, known)
        except LookupFailed as error:
            result.problems.append(f"{label}: {error.message}")
            continue
        result.problems += [f"{label}: {problem}" for problem in _wrong(item, tenant, known)]
        first = labels.setdefault(fold(str(tenant)), label)
        if first != label:
            result.problems.append(f"{first} and {label} are the same customer: put its numbers into one item")
        kept = {name: item[name] for name in _OF_NUMBERS if item.get(name) is not None}
        name = item.get("short_name") or item.get("company_name") or tenant
        result.services.append({**kept, "ms_tenant_id": tenant, "customer": name})
    result.problems = sorted(dict.fromkeys(result.problems), key=place_of)
    return result


def _tenant(item: Mapping[str, Any], known: Known) -> Any:
    tenant, company = item.get("ms_tenant_id"), item.get("company_name")
    if tenant is None and company is None:
        raise LookupFailed("names no customer: give ms_tenant_id or company_name")
    return tenant_of(str(company), known) if tenant is None else tenant


def _wrong(item: Mapping[str, Any], tenant: Any, known: Known) -> list[str]:
    given = item.get("company_name") if item.get("ms_tenant_id") is not None else None
    return known.contradictions({"company_name": given}, tenant) if is_guid(tenant) else tenant_problems(tenant)
