# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a client looks up before it can order: SBCs, calling profiles, script templates."""

from typing import Any

from fastapi import Request
from starlette.responses import Response

from simulator.answers import Refusal, answer, validation
from simulator.gate import DEVICES_ROUTE
from simulator.paging import page_of
from simulator.reading import Query
from simulator.records import CallingProfile, Sbc, Template
from simulator.routing import Routes
from simulator.world import BASE_PATH, World

_TYPES = {"any": (0, 1, 2, 3, 4), "sbc": (0, 1, 2), "m365": (3, 4)}


routes = Routes("look-ups")


@routes.add("GET", "/api/v2/oc/callingprofile")
async def calling_profiles(world: World) -> Response:
    """Calling profiles with trunks and the SBCs behind them."""
    return answer([_profile(world, each) for each in world.store.profiles.values()])


@routes.add("GET", DEVICES_ROUTE.removeprefix(BASE_PATH))
async def devices(world: World) -> Response:
    """SBC devices, wherever the switch says that they are."""
    sbcs = enumerate(world.store.sbcs.values())
    return answer([_device(sbc, world.settings.devices_form, position) for position, sbc in sbcs])


@routes.add("GET", "/api/v2/scripttemplates")
async def script_templates(world: World, request: Request) -> Response:
    """Script templates, by page."""
    query, settings = Query(request), world.settings
    wanted = (query.text("scriptType") or "Any").lower()
    if wanted not in _TYPES:
        raise Refusal(validation({"scriptType": [f"The value '{wanted}' is not valid."]}))
    found = [each for each in world.store.templates.values() if each.script_type in _TYPES[wanted]]
    page = page_of(
        found,
        query,
        base=settings.template_page_base,
        default_size=settings.template_page_default_size,
        largest=20000,
    )
    details = query.flag("allDetails")
    return answer([_template(world, each, details) for each in page])


def _profile(world: World, profile: CallingProfile) -> dict[str, Any]:
    trunks = [
        {
            "trunkFqdn": trunk.fqdn,
            "trunkId": trunk.id,
            "matchingSbcList": [
                {"sbcId": sbc.id, "fqdn": sbc.fqdn, "ipAddress": sbc.ip_address, "name": sbc.name}
                for sbc in (world.store.sbcs[each] for each in trunk.sbc_ids if each in world.store.sbcs)
            ],
        }
        for trunk in profile.trunks
    ]
    return {
        "callingProfileId": profile.id,
        "name": profile.name,
        "additionalSbcList": [],
        "enviroment": None,
        "region": profile.region,
        "carrier": profile.carrier,
        "offerTypes": [{"offerTypeName": "Calling", "testNumbers": []}],
        "emergencyDialStrings": [""],
        "isEmergencyProfile": False,
        "emergencyProfileId": None,
        "trunksEnrolled": trunks,
        "validation": {"isValid": True, "messages": []},
    }


def _device(sbc: Sbc, form: str, position: int) -> dict[str, Any]:
    long = form == "long" or (form == "mixed" and position % 2 == 1)
    names = {"sbcId": sbc.id, "sbcName": sbc.name} if long else {"id": sbc.id, "name": sbc.name}
    carriers = [{"name": carrier} for carrier in sbc.carriers]
    profiles = [{"name": name} for name in sbc.cac_profiles]
    return {**names, "fqdn": sbc.fqdn, "ipAddress": sbc.ip_address, "carriers": carriers, "cacProfiles": profiles}


def _template(world: World, template: Template, details: bool) -> dict[str, Any]:
    related = [
        {"key": key, "value": world.store.templates[key].name}
        for key in template.related
        if key in world.store.templates
    ]
    return {
        "id": template.id,
        "name": template.name,
        "scriptType": template.script_type,
        "description": template.description if details else None,
        "script": template.script if details else None,
        "customerVariables": _variables(template.customer_variables, world) if details else None,
        "relatedScripts": related or None,
    }


def _variables(names: list[str], world: World) -> Any:
    if not names:
        return None
    forms: dict[str, Any] = {
        "comma": ", ".join(names),
        "newline": "\n".join(names),
        "names": names,
        "objects": [{"position": number, "name": name} for number, name in enumerate(names, 1)],
        "mapping": dict.fromkeys(names),
    }
    return forms[world.settings.customer_variables_form]
