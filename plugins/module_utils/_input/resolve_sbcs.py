# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From SBC and gateway names to ids, for a list of services: a pure function over look-ups that were made once.

All problems of all services are collected instead of stopping at the first. What cannot be resolved stays as it is, so
that the next step can go on collecting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._api.sbcs import Sbc, is_sbc
from .._api.script_parameters import secret_keys
from .._core.errors import LookupFailed
from .._core.look_alikes import unknown_name
from .._core.text import fold, nearest, place_of, quoted, same_text
from .._resources.oc_service.request import FQDN, GATEWAY, WantedService, check_all
from .resolution import Resolution, mapping_of, only_match
from .script_types import SCRIPT_OPTIONS
from .service_list import WHERE, label_of


def resolve_sbcs(
    services: Sequence[Mapping[str, Any]],
    sbcs: Sequence[Sbc],
    *,
    strict_gateway: bool = True,
    before: Sequence[str] = (),
    secret: Sequence[str] = (),
) -> Resolution:
    """Put ``sbc_id`` and the SIP connection's name into ``site_location``; the result is input for ``oc_services``.

    :param sbcs: all SBCs with the trunks that they serve.
    :param strict_gateway: a gateway that no calling profile knows, or that the SBC does not serve, is a problem.
        Without it, a full FQDN is a warning; a short name that fits no known gateway is a problem always.
    :param before: problems that earlier steps have found; they are put together with those of this one.
    :param secret: script parameters of all services that are secret.
    """
    result = Resolution([dict(service) for service in services])
    for number, service in enumerate(result.services):
        label = label_of(number, service)
        name, gateway = service.pop("sbc", None), service.pop("online_pstn_gateway", None)
        site = mapping_of(service, "site_location")
        parameters = mapping_of(service, "script_parameters")
        typed = parameters.pop(GATEWAY, None)
        result.problems += [f"{label}: {problem}" for problem in _unresolved_scripts(service)]
        gateway = typed if gateway is None and isinstance(typed, str) else gateway
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
                service["script_parameters"] = {**parameters, GATEWAY: gateway}
        except LookupFailed as error:
            result.problems.append(f"{label}: {error.message}")
            if typed is not None:
                service["script_parameters"] = parameters  # what is not resolved is reported here, and only here
        connection = service.pop("sip_connection_name", None) or site.get("name") or service.get("short_name")
        service["site_location"] = {**site, "name": connection}
        if service.get("ms_tenant_id") is None and "company_name" in service:
            result.problems.append(
                f"{label}: company '{service['company_name']}' is not resolved to a tenant: run the role "
                "audiocodes.live_platform.lead_lookup first"
            )
    wanted = [WantedService.from_options(service) for service in result.services]
    found = [*before, *result.problems, *check_all(wanted, WHERE), *_nameless_secrets(secret, wanted)]
    unresolved = [label_of(number, item) for number, item in enumerate(services) if item.get("ms_tenant_id") is None]
    result.problems = sorted(
        {problem: None for problem in found if not _says_again(problem, unresolved, before)}, key=place_of
    )
    return result


def _nameless_secrets(secret: Sequence[str], wanted: Sequence[WantedService]) -> list[str]:
    """Names that are no script parameter any more: by now the script's own variables have numbers."""
    keys = {key for service in wanted for key in mapping_of(service.options, "script_parameters")}
    _keys, unknown = secret_keys(secret, (), keys)
    return [
        f"sbc_onboarding_secret_script_parameters: '{name}' is no script parameter; name a script's own variable in "
        "secret_script_parameters of the service, or of live_platform_service_defaults"
        for name in unknown
    ]


def _says_again(problem: str, unresolved: Sequence[str], before: Sequence[str]) -> bool:
    """Return whether this only follows from what an earlier step has said about the customer."""
    label = next((label for label in unresolved if problem.startswith(f"{label}: ")), None)
    if label is None or problem in before:
        return False
    told = any(other.startswith(f"{label}: ") for other in before)
    return told and ("ms_tenant_id is missing" in problem or "is not resolved to a tenant" in problem)


def _find_sbc(name: object, gateway: str | None, sbcs: Sequence[Sbc]) -> Sbc:
    """An SBC by name, FQDN, IP address or id; without any, the one SBC that serves the gateway."""
    if name is not None:
        matches = [sbc for sbc in sbcs if is_sbc(sbc, name)]
        return only_match("SBC", name, matches, describe_sbc, [other for sbc in sbcs for other in sbc.names])
    if gateway is None:
        raise LookupFailed("names no SBC: give sbc, or an online_pstn_gateway that one SBC alone serves")
    serving = [sbc for sbc in sbcs if any(_is_trunk(trunk, gateway) for trunk in sbc.trunk_fqdns)]
    if len(serving) != 1:
        if not any(_is_trunk(trunk, gateway) for sbc in sbcs for trunk in sbc.trunk_fqdns):
            raise LookupFailed(_unknown_gateway(gateway, [trunk for sbc in sbcs for trunk in sbc.trunk_fqdns]))
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
    if len(elsewhere) > 1:
        raise LookupFailed(f"gateway '{gateway}' is ambiguous: {quoted(elsewhere)}; give the FQDN")
    if elsewhere:
        served = f"it serves {quoted(sbc.trunk_fqdns)}" if sbc.trunk_fqdns else "it serves no enrolled trunk"
        return elsewhere[0], f"gateway '{elsewhere[0]}' is not served by SBC {describe_sbc(sbc)}; {served}"
    unknown = _unknown_gateway(gateway, everywhere)
    if not FQDN.fullmatch(gateway.strip()):
        raise LookupFailed(unknown)
    return gateway.strip(), unknown


def _unknown_gateway(gateway: str, trunks: Sequence[str]) -> str:
    """A short name is nearest to the trunk whose first labels it looks like."""
    labels = gateway.count(".") + 1
    shortened = {".".join(trunk.split(".")[:labels]): trunk for trunk in trunks}
    near = [shortened[name] for name in nearest(gateway, shortened)]
    return f"unknown gateway '{gateway}'; nearest: {quoted(near)}" if near else unknown_name("gateway", gateway, trunks)


def _is_trunk(trunk: str, name: str) -> bool:
    """Return whether a user may mean this trunk: by its FQDN, or by the first labels of it."""
    return same_text(trunk, name) or (bool(fold(name)) and fold(trunk).startswith(f"{fold(name)}."))


def _unresolved_scripts(service: Mapping[str, Any]) -> list[str]:
    """Names that another role has to turn into ids before."""
    left = [name for name in (*SCRIPT_OPTIONS, "script_variables", "proxy_set") if service.get(name) is not None]
    return (
        [f"{', '.join(left)} not resolved: run the role audiocodes.live_platform.script_variables first"]
        if left
        else []
    )


def describe_sbc(sbc: Sbc) -> str:
    return f"{sbc.name or sbc.fqdn or sbc.ip_address or 'unnamed'} (id {sbc.sbc_id})"
