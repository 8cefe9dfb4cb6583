# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From customers to ids, for a list of services: a pure function over look-ups that were made once.

All problems of all services are collected instead of stopping at the first. What cannot be resolved stays as it is, so
that the next step can go on collecting.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .._api.client import LivePlatformApi
from .._api.leads import Lead
from .._api.services import Service
from .._core.errors import ConflictError, LookupFailed
from .._core.look_alikes import unknown_name, unlike
from .._core.text import fold, is_guid, place_of, quoted, same_text
from .._reconcile.resource import ABSENT
from .._resources.oc_service.lead_choice import choose_lead
from .._resources.oc_service.request import WantedService, check_all
from .known import Known
from .resolution import Resolution
from .service_list import ANY_SHORT_NAME, NUMBER_KEYS, WHERE, label_of, read_items
from .wanted_numbers import double_numbers

_SAFEGUARDS = ("short_name", "ump_customer_guid", "lead_id", ANY_SHORT_NAME)
"""What says which service of a tenant is meant to be deleted."""


def resolve_leads(
    services: Sequence[Any],
    leads: Sequence[Lead] | None,
    existing: Sequence[Service] = (),
    defaults: Any = None,
) -> Resolution:
    """Put ``ms_tenant_id`` and ``lead_id`` of the Active lead into every service.

    A service is identified by ``ms_tenant_id``, or by ``company_name`` when that is unambiguous. A tenant which has its
    service already needs no Active lead. What is given twice must agree: tenant, company, lead, and short name and guid
    of a service that exists. What else can be checked without the platform is checked here too.

    :param leads: ``None`` when the module that creates a service looks for its lead itself; customers are then named by
        tenant, and company names are not checked.
    :param existing: services that are known, of any licence; a lead may not know of its service.
    :param defaults: what every service has that does not say otherwise.
    """
    served = {
        fold(service.ms_tenant_id) for service in existing if service.ms_tenant_id and service.is_operator_connect
    }
    known = Known(leads or (), existing)
    result = Resolution(*read_items(services, defaults))
    result.problems += double_numbers(services)
    for number, service in enumerate(result.services):
        label = label_of(number, service)
        company = service.pop("company_name", None)
        for key in NUMBER_KEYS:
            service.pop(key, None)
        twice = service.get("ms_tenant_id") is not None
        if service.get("ms_tenant_id") is None and company is not None:
            try:
                service["ms_tenant_id"] = tenant_of(str(company), known)
            except LookupFailed as error:
                result.problems.append(f"{label}: {error.message}")
                service["company_name"] = company
                continue
        tenant = service.get("ms_tenant_id")
        if tenant is None:
            result.problems.append(f"{label}: names no customer: give ms_tenant_id or company_name")
        elif is_guid(tenant) and (
            wrong := known.contradictions(
                {**service, "company_name": company if twice and leads is not None else None}, tenant
            )
        ):
            result.problems += [f"{label}: {problem}" for problem in wrong]
        elif is_guid(tenant) and leads is not None:
            own = known.leads_of(tenant)
            try:
                service["lead_id"] = choose_lead(tenant, own, service.get("lead_id")).id
            except LookupFailed as error:
                if fold(tenant) not in served and not any(lead.ump_customer_guid for lead in own):
                    result.problems.append(f"{label}: {error.message}" + (f" ({error.hint})" if error.hint else ""))
    wanted = [WantedService.from_options(service) for service in result.services]
    result.problems += [problem for problem in check_all(wanted, WHERE) if "ms_tenant_id is missing" not in problem]
    return result


def tenant_of(company: str, known: Known) -> str:
    """The one tenant whose lead has this company name."""
    named = known.leads_named(company)
    tenants = {fold(lead.ms_tenant_id): lead.ms_tenant_id for lead in named if lead.ms_tenant_id}
    if not tenants:
        raise LookupFailed(unknown_name("company", company, [lead.company_name for lead in known.leads]))
    if len(tenants) > 1:
        raise LookupFailed(
            f"company '{company}' has leads in {len(tenants)} tenants ({quoted(tenants.values())}); give ms_tenant_id"
            f"{unlike([lead.company_name for lead in named])}"
        )
    return next(iter(tenants.values()))


def resolve_removals(
    services: Sequence[Any], leads: Sequence[Lead] | None, existing: Sequence[Service] = ()
) -> Resolution:
    """Return what ``oc_services`` needs to delete the services: tenant and, as a safeguard, short name. The lead's
    status does not matter, but what is given twice must agree.

    :param leads: ``None`` when they were not read: company names beside a tenant are then not checked.
    :param existing: services that are known.
    """
    known = Known(leads or (), existing)
    items, problems = read_items(services)
    result = Resolution([], problems)
    for number, service in enumerate(items):
        label = label_of(number, service)
        tenant, company = service.get("ms_tenant_id"), service.get("company_name")
        twice = tenant is not None and leads is not None
        try:
            if tenant is None and company is not None:
                tenant = tenant_of(str(company), known)
        except LookupFailed as error:
            result.problems.append(f"{label}: {error.message}")
        if tenant is None and company is None:
            result.problems.append(f"{label}: names no customer: give ms_tenant_id or company_name")
        if is_guid(tenant):
            given = {**service, "company_name": company if twice else None}
            result.problems += [f"{label}: {problem}" for problem in known.contradictions(given, str(tenant))]
        identity = {"ms_tenant_id": tenant, "state": ABSENT, **{name: service.get(name) for name in _SAFEGUARDS}}
        result.services.append({name: value for name, value in identity.items() if value is not None})
    wanted = [WantedService.from_options(service) for service in result.services]
    found = [problem for problem in check_all(wanted, WHERE) if "ms_tenant_id is missing" not in problem]
    result.problems = sorted(dict.fromkeys([*result.problems, *found]), key=place_of)
    return result


def tenant_of_company(api: LivePlatformApi, company: str, tenant: str | None) -> str:
    """The tenant whose lead has this company name.

    :param tenant: that was given too, and has to be the one.
    :raises LookupFailed: there is none, or several.
    :raises ConflictError: it is another one.
    """
    found = tenant_of(company, Known(api.list_leads()))
    if tenant is not None and not same_text(found, tenant):
        raise ConflictError(
            f"company '{company}' is that of tenant {found}, not of {tenant}",
            operation="GET /api/v2/oc/lead",
            hint="correct ms_tenant_id or company_name; nothing was changed",
        )
    return found
