# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From names to ids: what the roles do with a list of services, as pure functions over look-ups made once.

Each step takes the list as it is, puts the ids where the names were, and collects **all** problems of all services
instead of stopping at the first. What cannot be resolved stays as it is, so that the next step can go on collecting.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from ._errors import InputError, LookupFailed
from ._leads import choose_lead
from ._models import Lead, RelatedScript, Sbc, ScriptTemplate, Service
from ._request import ABSENT, WantedService, check_all, unknown_name
from ._script_variables import map_variables, missing_variables
from ._service_list import WHERE, label_of, read_items
from ._text import fold, is_guid, place_of, quoted, same_text

Item = TypeVar("Item")

_UPLOAD_WORDS = ("add", "upload")
_RELEASE_WORDS = ("remove", "release")


@dataclass
class Resolution:
    """The services with ids where names were, and what was found wrong on the way.

    :param problems: each stops the run before the first write.
    :param warnings: each is told to the user.
    """

    services: list[dict[str, Any]]
    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        return {"services": self.services, "problems": self.problems, "warnings": self.warnings}


# -- leads -----------------------------------------------------------------------------------------------------


def resolve_leads(
    services: Sequence[Any],
    leads: Sequence[Lead],
    existing: Sequence[Service] = (),
    defaults: Any = None,
) -> Resolution:
    """Put ``ms_tenant_id`` and ``lead_id`` of the Active lead into every service.

    A service is identified by ``ms_tenant_id``, or by ``company_name`` when that is unambiguous. A tenant which has its
    service already needs no Active lead. What else can be checked without the platform is checked here too.

    :param existing: services that are known; a lead may not know of its service.
    :param defaults: what every service has that does not say otherwise.
    """
    served = {
        fold(service.ms_tenant_id) for service in existing if service.ms_tenant_id and service.is_operator_connect
    }
    result = Resolution(*read_items(services, defaults))
    for number, service in enumerate(result.services):
        label = label_of(number, service)
        company = service.pop("company_name", None)
        if service.get("ms_tenant_id") is None and company is not None:
            try:
                service["ms_tenant_id"] = tenant_of(str(company), leads)
            except LookupFailed as error:
                result.problems.append(f"{label}: {error.message}")
                service["company_name"] = company
                continue
        tenant = service.get("ms_tenant_id")
        if tenant is None:
            result.problems.append(f"{label}: names no customer: give ms_tenant_id or company_name")
        elif is_guid(tenant):
            own = [lead for lead in leads if same_text(lead.ms_tenant_id, tenant)]
            try:
                service["lead_id"] = choose_lead(tenant, own, service.get("lead_id")).id
            except LookupFailed as error:
                if fold(tenant) not in served and not any(lead.ump_customer_guid for lead in own):
                    result.problems.append(f"{label}: {error.message}" + (f" ({error.hint})" if error.hint else ""))
    wanted = [WantedService.from_options(service) for service in result.services]
    result.problems += [problem for problem in check_all(wanted, WHERE) if "ms_tenant_id is missing" not in problem]
    return result


def tenant_of(company: str, leads: Sequence[Lead]) -> str:
    """The one tenant whose lead has this company name."""
    tenants = {
        fold(lead.ms_tenant_id): lead.ms_tenant_id
        for lead in leads
        if lead.ms_tenant_id and same_text(lead.company_name, company)
    }
    if not tenants:
        raise LookupFailed(unknown_name("company", company, [lead.company_name for lead in leads]))
    if len(tenants) > 1:
        raise LookupFailed(
            f"company '{company}' has leads in {len(tenants)} tenants ({quoted(tenants.values())}); give ms_tenant_id"
        )
    return next(iter(tenants.values()))


def resolve_removals(services: Sequence[Any], leads: Sequence[Lead]) -> Resolution:
    """What ``oc_services`` needs to delete the services: tenant and, as a safeguard, short name. The lead's status
    does not matter.
    """
    items, problems = read_items(services)
    result = Resolution([], problems)
    for number, service in enumerate(items):
        label = label_of(number, service)
        tenant, company = service.get("ms_tenant_id"), service.get("company_name")
        try:
            if tenant is None and company is not None:
                tenant = tenant_of(str(company), leads)
        except LookupFailed as error:
            result.problems.append(f"{label}: {error.message}")
        if tenant is None and company is None:
            result.problems.append(f"{label}: names no customer: give ms_tenant_id or company_name")
        identity = {"ms_tenant_id": tenant, "short_name": service.get("short_name"), "state": ABSENT}
        result.services.append({name: value for name, value in identity.items() if value is not None})
    wanted = [WantedService.from_options(service) for service in result.services]
    found = [problem for problem in check_all(wanted, WHERE) if "ms_tenant_id is missing" not in problem]
    result.problems = sorted(dict.fromkeys([*result.problems, *found]), key=place_of)
    return result


# -- scripts ---------------------------------------------------------------------------------------------------


def resolve_scripts(
    services: Sequence[Mapping[str, Any]], templates: Sequence[ScriptTemplate], *, require_all: bool = False
) -> Resolution:
    """Put script ids into ``site_location`` and the mapped variables into ``script_parameters`` of every service.

    :param templates: all script templates, with details.
    :param require_all: every variable of the script must have a value.
    """
    result = Resolution([dict(service) for service in services])
    for number, service in enumerate(result.services):
        label = label_of(number, service)
        try:
            missing = _resolve_scripts_of(service, templates, require_all)
        except InputError as error:
            result.problems += [f"{label}: {problem}" for problem in error.problems]
        else:
            if missing:
                result.warnings.append(f"{label}: gives no value for the script's variables {quoted(missing)}")
        onboarding = _mapping(service, "site_location").get("onboarding_script")
        if onboarding is None:
            result.warnings.append(f"{label}: names no onboarding_script, so the platform's default one is used")
        elif "cleanup_script" not in service["site_location"]:
            result.warnings.append(
                f"{label}: no cleanup script is known for script {onboarding}; name one with cleanup_script"
            )
    return result


def _resolve_scripts_of(
    service: dict[str, Any], templates: Sequence[ScriptTemplate], require_all: bool
) -> Sequence[str]:
    """Resolve the scripts of one service; the variables of its script that it gives no value for."""
    problems: list[str] = []
    ids: dict[str, int] = {}
    found: dict[str, ScriptTemplate] = {}
    named = service.get("onboarding_script") is not None
    for option in ("onboarding_script", "cleanup_script", "upload_number_script", "release_number_script"):
        name = service.pop(option, None)
        if name is None:
            continue
        try:
            found[option] = _find_script(name, templates)
            ids[option] = found[option].id or 0
        except LookupFailed as error:
            problems.append(f"{option}: {error.message}")
    onboarding = found.get("onboarding_script")
    if onboarding is not None:
        derived = {
            "cleanup_script": _cleanup_of(onboarding, templates),
            "upload_number_script": _number_script(templates, _UPLOAD_WORDS),
            "release_number_script": _number_script(templates, _RELEASE_WORDS),
        }
        ids = {**{option: number for option, number in derived.items() if number is not None}, **ids}
    given = _mapping(service, "site_location")
    problems += [
        f"{option} is given twice: {template.name} (id {template.id}) and site_location.{option} {given[option]}"
        for option, template in found.items()
        if given.get(option) not in (None, template.id)
    ]
    if ids:
        service["site_location"] = {**ids, **{name: value for name, value in given.items() if value is not None}}
    try:
        parameters = _parameters_of(service, onboarding, named, require_all)
        if parameters:
            service["script_parameters"] = parameters
    except InputError as error:
        problems += error.problems
    if problems:
        raise InputError(problems)
    given_parameters = service.get("script_parameters") or {}
    return missing_variables(onboarding.customer_variables, given_parameters) if onboarding is not None else ()


def _parameters_of(
    service: dict[str, Any], script: ScriptTemplate | None, named: bool, require_all: bool
) -> dict[str, Any]:
    """``script_parameters`` from the named variables, the Proxy Set, the gateway and what is given as it is.

    :param named: a script was named; one that does not exist has been reported already.
    """
    variables = service.pop("script_variables", None) or {}
    parameters = _mapping(service, "script_parameters")
    service.pop("script_parameters", None)
    predefined = {"ProxySet": service.pop("proxy_set", None), "OnlinePstnGateway": service.get("online_pstn_gateway")}
    problems = [
        f"script_parameters.{key} is given twice, with different values"
        for key, value in predefined.items()
        if value is not None and parameters.get(key, value) != value
    ]
    mapped: dict[str, str] = {}
    try:
        if script is not None:
            label = f"script '{script.name}'"
            mapped = map_variables(variables, script.customer_variables, require_all=require_all, script=label)
        elif variables and not named:
            problems.append("script_variables need an onboarding_script that defines them")
    except InputError as error:
        problems += error.problems
    problems += [f"script_parameters.{key} is given twice" for key in mapped if key in parameters]
    if problems:
        raise InputError(problems)
    return {**{key: value for key, value in predefined.items() if value is not None}, **parameters, **mapped}


def _find_script(name: object, templates: Sequence[ScriptTemplate]) -> ScriptTemplate:
    """A script by its id or its name."""
    matches = [template for template in templates if template.id is not None and _is_script(template, name)]
    return _only("script", name, matches, lambda item: f"{item.name} (id {item.id})", [item.name for item in templates])


def _is_script(template: ScriptTemplate, name: object) -> bool:
    return same_text(template.name, str(name)) or str(template.id) == str(name).strip()


def _cleanup_of(onboarding: ScriptTemplate, templates: Sequence[ScriptTemplate]) -> int | None:
    """The cleanup script that belongs to an onboarding script; ``None`` when that is not certain."""
    types = {template.id: template.script_type for template in templates}
    related: Sequence[RelatedScript] = onboarding.related_scripts
    cleanups = [script for script in related if types.get(script.id) == "sbc_cleanup"] or list(related)
    return cleanups[0].id if len(cleanups) == 1 else None


def _number_script(templates: Sequence[ScriptTemplate], words: Sequence[str]) -> int | None:
    """The one number script whose name says that it does this; ``None`` when there is none or more than one."""
    found = [
        template.id
        for template in templates
        if template.script_type == "number" and any(word in fold(template.name or "") for word in words)
    ]
    return found[0] if len(found) == 1 else None


# -- SBCs ------------------------------------------------------------------------------------------------------


def resolve_sbcs(
    services: Sequence[Mapping[str, Any]],
    sbcs: Sequence[Sbc],
    *,
    strict_gateway: bool = False,
    before: Sequence[str] = (),
) -> Resolution:
    """Put ``sbc_id`` and the SIP connection's name into ``site_location``; the result is input for ``oc_services``.

    :param sbcs: all SBCs with the trunks that they serve.
    :param strict_gateway: a gateway that no calling profile knows, or that the SBC does not serve, is a problem
        instead of a warning.
    :param before: problems that earlier steps have found; they are put together with those of this one.
    """
    result = Resolution([dict(service) for service in services])
    for number, service in enumerate(result.services):
        label = label_of(number, service)
        name, gateway = service.pop("sbc", None), service.pop("online_pstn_gateway", None)
        site = _mapping(service, "site_location")
        try:
            sbc = _find_sbc(name if name is not None else site.get("sbc_id"), gateway, sbcs)
            site["sbc_id"] = sbc.sbc_id
            gateway, doubt = _find_gateway(gateway, sbc, sbcs)
            if doubt:
                (result.problems if strict_gateway else result.warnings).append(f"{label}: {doubt}")
            if gateway is None and len(sbc.trunk_fqdns) > 1:
                result.warnings.append(
                    f"{label}: SBC {describe_sbc(sbc)} serves {len(sbc.trunk_fqdns)} gateways "
                    f"({quoted(sbc.trunk_fqdns)}); without online_pstn_gateway, the platform chooses"
                )
            if gateway is not None:
                service["script_parameters"] = {
                    **_mapping(service, "script_parameters"),
                    "OnlinePstnGateway": gateway,
                }
        except LookupFailed as error:
            result.problems.append(f"{label}: {error.message}")
        connection = service.pop("sip_connection_name", None) or site.get("name") or service.get("short_name")
        service["site_location"] = {**site, "name": connection}
        if service.get("ms_tenant_id") is None and "company_name" in service:
            result.problems.append(f"{label}: company '{service['company_name']}' is not resolved to a tenant")
    wanted = [WantedService.from_options(service) for service in result.services]
    found = [*before, *result.problems, *check_all(wanted, WHERE)]
    unresolved = [label_of(number, item) for number, item in enumerate(services) if item.get("ms_tenant_id") is None]
    result.problems = sorted(
        {problem: None for problem in found if not _says_again(problem, unresolved, before)}, key=place_of
    )
    return result


def _says_again(problem: str, unresolved: Sequence[str], before: Sequence[str]) -> bool:
    """Whether this only follows from what an earlier step has said about the customer."""
    label = next((label for label in unresolved if problem.startswith(f"{label}: ")), None)
    if label is None or problem in before:
        return False
    told = any(other.startswith(f"{label}: ") for other in before)
    return told and ("ms_tenant_id is missing" in problem or "is not resolved to a tenant" in problem)


def _find_sbc(name: object, gateway: str | None, sbcs: Sequence[Sbc]) -> Sbc:
    """An SBC by name, FQDN, IP address or id; without any, the one SBC that serves the gateway."""
    if name is not None:
        matches = [sbc for sbc in sbcs if is_sbc(sbc, name)]
        return _only("SBC", name, matches, describe_sbc, [other for sbc in sbcs for other in sbc.names])
    if gateway is None:
        raise LookupFailed("names no SBC: give sbc, or an online_pstn_gateway that one SBC alone serves")
    serving = [sbc for sbc in sbcs if any(same_text(trunk, gateway) for trunk in sbc.trunk_fqdns)]
    if len(serving) != 1:
        who = f"served by {quoted(describe_sbc(sbc) for sbc in serving)}" if serving else "served by no known SBC"
        raise LookupFailed(f"gateway '{gateway}' is {who}; give sbc")
    return serving[0]


def _find_gateway(gateway: str | None, sbc: Sbc, sbcs: Sequence[Sbc]) -> tuple[str | None, str | None]:
    """The gateway as the platform writes it, and what is doubtful about it.

    Without a name it is the one trunk that the SBC serves. A short name (the first label) is as good as the FQDN.
    """
    if gateway is None:
        return (sbc.trunk_fqdns[0], None) if len(sbc.trunk_fqdns) == 1 else (None, None)
    own = [trunk for trunk in sbc.trunk_fqdns if _is_trunk(trunk, gateway)]
    if len(own) == 1:
        return own[0], None
    if own:
        raise LookupFailed(f"gateway '{gateway}' is ambiguous: {quoted(own)}; give the FQDN")
    everywhere = sorted({trunk for other in sbcs for trunk in other.trunk_fqdns})
    elsewhere = [trunk for trunk in everywhere if _is_trunk(trunk, gateway)]
    if elsewhere:
        served = f"it serves {quoted(sbc.trunk_fqdns)}" if sbc.trunk_fqdns else "it serves no enrolled trunk"
        return gateway, f"gateway '{gateway}' is not served by SBC {describe_sbc(sbc)}; {served}"
    return gateway, unknown_name("gateway", gateway, everywhere)


def _is_trunk(trunk: str, name: str) -> bool:
    return same_text(trunk, name) or ("." not in name and same_text(trunk.split(".", maxsplit=1)[0], name))


def is_sbc(sbc: Sbc, name: object) -> bool:
    """Whether a user may mean this SBC by the name: its name, FQDN, IP address or id."""
    return str(sbc.sbc_id) == str(name).strip() or any(same_text(own, str(name)) for own in sbc.names)


def describe_sbc(sbc: Sbc) -> str:
    return f"{sbc.name or sbc.fqdn or sbc.ip_address or 'unnamed'} (id {sbc.sbc_id})"


# -- shared ----------------------------------------------------------------------------------------------------


def _mapping(service: Mapping[str, Any], option: str) -> dict[str, Any]:
    """The value of an option that is a mapping; what is none has been reported by the first step."""
    value = service.get(option)
    return dict(value) if isinstance(value, Mapping) else {}


def _only(
    kind: str, name: object, matches: Sequence[Item], describe: Callable[[Item], str], names: Sequence[str | None]
) -> Item:
    """The one match; no match is an unknown name, several are an ambiguity that lists the candidates."""
    if not matches:
        raise LookupFailed(unknown_name(kind, name, names))
    if len(matches) > 1:
        raise LookupFailed(f"{kind} '{name}' is ambiguous: {quoted(describe(match) for match in matches)}; give the id")
    return matches[0]
