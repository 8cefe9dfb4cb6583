# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Services that name their customers, SBCs, gateways, scripts and script variables: looked up once, then resolved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._api.client import LivePlatformApi
from .._api.field import typed
from .._api.fields import SERVICE_OPTIONS
from .._api.leads import Lead, find_leads
from .._api.sbc_sources import SOURCE_AUTO, find_sbcs
from .._api.sbcs import Sbc
from .._api.script_templates import ScriptTemplate, find_script_templates
from .._api.services import Service, find_services
from .._core.clock import Clock
from .._core.errors import InputError
from .._core.merged import merge_placed
from .._core.text import fold, is_guid, same_text
from .._reconcile.resource import PRESENT
from .._resources.oc_service.current_state import FEW, LookedUp
from .._resources.oc_service.display_names import SBCS, SCRIPTS
from .known import Known
from .profiles import Named
from .resolution import Resolution
from .resolve_leads import resolve_leads, tenant_of
from .resolve_sbcs import resolve_sbcs
from .resolve_scripts import resolve_scripts
from .script_types import SCRIPT_OPTIONS
from .service_list import NAMES, SERVICE_KEYS
from .wanted_numbers import named_profiles, profile_problems

NAME_OPTIONS = (*NAMES, "script_variables")
"""Options of ``oc_service`` that name something."""

_TWICE: Mapping[str, tuple[str, str]] = {
    "sbc": ("site_location", "sbc_id"),
    "sip_connection_name": ("site_location", "name"),
    **{option: ("site_location", option) for option in SCRIPT_OPTIONS},
    "proxy_set": ("script_parameters", "ProxySet"),
    "online_pstn_gateway": ("script_parameters", "OnlinePstnGateway"),
}
"""Options by name, and where the same is said by id."""


@dataclass(frozen=True)
class NameRules:
    """Hold the rules for resolving names.

    :param defaults: what every service has that does not say otherwise.
    :param check_online: the platform asks Microsoft for the status of the leads.
    :param require_all: every variable of a script must have a value.
    :param types: the numbers of types that a script option takes, where they are other than usual.
    :param strict_gateway: a gateway that the SBC does not serve is an error.
    :param source: of the SBCs, and with ``devices_path``, where they are listed.
    :param secret: script parameters of all services that are secret.
    :param place: what messages call the only service, instead of its place in a list. Its lead is then left to the
        reconciliation, unless it is named twice.
    :param planned: it is compared with a plan, which holds the ids of leads.
    """

    defaults: Any = None
    check_online: bool | None = None
    require_all: bool = False
    types: Any = None
    strict_gateway: bool = True
    source: str = SOURCE_AUTO
    devices_path: str | None = None
    secret: Sequence[str] = ()
    place: str | None = None
    planned: bool = False


@dataclass(frozen=True)
class Resolved:
    """The services as the reconciliation wants them, and what was looked up for them.

    :param looked_up: leads and services.
    """

    services: list[dict[str, Any]]
    looked_up: LookedUp
    sbcs: list[Sbc]
    templates: list[ScriptTemplate]
    warnings: list[str] = field(default_factory=list)

    @property
    def display_names(self) -> dict[str, Any]:
        """Return what SBCs and scripts are called."""
        return {
            SBCS: {str(sbc.sbc_id): sbc.name for sbc in self.sbcs},
            SCRIPTS: {str(template.id): template.name for template in self.templates},
        }


def resolve_options(api: LivePlatformApi, params: Mapping[str, Any], clock: Clock) -> Resolved:
    """The services that the options of ``oc_services`` give by name, see :func:`resolve_by_name`."""
    rules = NameRules(
        defaults=params["service_defaults"],
        check_online=params["check_online"],
        require_all=params["require_all_variables"],
        types=params["script_template_types"],
        strict_gateway=params["strict_gateway"],
        source=params["sbc_source"],
        devices_path=params["devices_path"],
        secret=params["secret_script_parameters"],
        place=params["place"],
        planned=params["plan"] is not None,
    )
    sbcs, templates = params["sbcs"], params["script_templates"]
    return resolve_by_name(
        api,
        params["services_by_name"],
        rules,
        clock=clock,
        sbcs=None if sbcs is None else [Sbc.from_dict(sbc) for sbc in sbcs],
        templates=None if templates is None else [ScriptTemplate.from_dict(template) for template in templates],
    )


def needs_resolving(params: Mapping[str, Any]) -> bool:
    """Return whether the options of ``oc_service`` name more than a company. A deletion needs no more than that."""
    named = [name for name in NAME_OPTIONS if name != "company_name" and params.get(name) is not None]
    return params["state"] == PRESENT and bool(named)


def resolve_one(api: LivePlatformApi, params: Mapping[str, Any], clock: Clock) -> Resolved | None:
    """The service that the options of ``oc_service`` give by name; ``None``: they hold ids alone.

    :raises InputError: see :func:`resolve_by_name`.
    :raises LookupFailed: there is no such company, or it is ambiguous.
    """
    item = {key: params[key] for key in SERVICE_KEYS if params.get(key) is not None}
    if needs_resolving(params):
        place = params["short_name"] or params["company_name"] or params["ms_tenant_id"]
        rules = NameRules(place=str(place))
        return resolve_by_name(api, [item], rules, clock=clock)
    if params["company_name"] is None:
        return None
    asked_at = clock.now()
    leads, services = find_leads(api), find_services(api)
    tenant = tenant_of(params["company_name"], Known(leads, services))
    own = [lead for lead in leads if same_text(lead.ms_tenant_id, tenant)]
    return Resolved([{**item, "ms_tenant_id": tenant}], LookedUp(own, services, asked_at), [], [])


def said_twice(params: Mapping[str, Any]) -> list[str]:
    """Which options of ``oc_service`` say by name what others say by id."""
    groups: Mapping[str, Any] = {
        group: value if isinstance(value := params.get(group), Mapping) else {} for group, _inside in _TWICE.values()
    }
    return [
        f"{option} and {group}.{inside} say the same: give one of them"
        for option, (group, inside) in _TWICE.items()
        if params.get(option) is not None and groups[group].get(inside) is not None
    ]


def resolve_by_name(
    api: LivePlatformApi,
    items: Sequence[Any],
    rules: NameRules,
    *,
    clock: Clock,
    sbcs: Sequence[Sbc] | None = None,
    templates: Sequence[ScriptTemplate] | None = None,
) -> Resolved:
    """Put ids where the names are.

    :param items: as the user wrote them, of any type.
    :param sbcs: all SBCs, when they were looked up before.
    :param templates: all script templates with details, likewise.
    :raises InputError: names everything that is wrong with any of them; nothing was sent but look-ups.
    """
    asked_at = clock.now()
    leads, existing, by_lead = _leads(api, items, rules)
    if templates is None:
        templates = find_script_templates(api, details=True) if _names_scripts(by_lead.services) else []
    by_script = resolve_scripts(by_lead.services, templates, require_all=rules.require_all, types=rules.types)
    if sbcs is None:
        sbcs = find_sbcs(api, source=rules.source, devices_path=rules.devices_path)
    named = named_profiles(items, rules.defaults)
    profiles = [Named(each.calling_profile_id, each.name) for each in api.list_calling_profiles()] if named else []
    before = [*by_lead.problems, *by_script.problems, *profile_problems(named, profiles)]
    found = resolve_sbcs(
        by_script.services, sbcs, strict_gateway=rules.strict_gateway, before=before, secret=rules.secret
    )
    found.warnings = [*by_lead.warnings, *by_script.warnings, *found.warnings]
    found = found.placed(rules.place)
    if found.problems:
        raise InputError(found.problems)
    services = [{**service, **typed(service, SERVICE_OPTIONS)} for service in found.services]
    looked_up = LookedUp(leads, existing, asked_at)
    return Resolved(services, looked_up, list(sbcs), list(templates), merge_placed(found.warnings))


def _leads(
    api: LivePlatformApi, items: Sequence[Any], rules: NameRules
) -> tuple[list[Lead] | None, list[Service] | None, Resolution]:
    """The leads of the services, all services that exist, and the wanted ones with their tenants."""
    tenant = _only_tenant(items)
    if rules.place and not rules.planned and not _is_named_twice(items):
        return None, None, resolve_leads(items, None, [], rules.defaults)
    leads = find_leads(api, ms_tenant_id=tenant, check_online=rules.check_online)
    existing = None if rules.place else find_services(api, details=len(items) > FEW)
    by_lead = resolve_leads(items, leads, existing or (), rules.defaults)
    tenants = {fold(str(service.get("ms_tenant_id"))) for service in by_lead.services}
    return [lead for lead in leads if fold(lead.ms_tenant_id or "") in tenants], existing, by_lead


def _only_tenant(items: Sequence[Any]) -> str | None:
    """One tenant alone is asked for by its id, which is quick; for more, all leads are read once."""
    if len(items) != 1 or not isinstance(items[0], Mapping):
        return None
    tenant = items[0].get("ms_tenant_id")
    return tenant if isinstance(tenant, str) and is_guid(tenant) else None


def _is_named_twice(items: Sequence[Any]) -> bool:
    named = [item for item in items if isinstance(item, Mapping)]
    return any(item.get(key) is not None for item in named for key in ("company_name", "lead_id"))


def _names_scripts(services: Sequence[Mapping[str, Any]]) -> bool:
    sites = [service.get("site_location") for service in services]
    groups = [*services, *(site for site in sites if isinstance(site, Mapping))]
    return any(group.get(key) is not None for group in groups for key in SCRIPT_OPTIONS)
