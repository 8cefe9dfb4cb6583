# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a service differs in what can be changed, and the requests that change it. Nothing is sent here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._api.field import IMMUTABLE, UNREADABLE, UPDATE, Difference, differences
from ..._api.fields import SERVICE_OPTIONS
from ..._api.leads import Lead
from ..._api.services import Service
from ..._core.masking import MASK
from ..._core.text import same_text
from .display_names import DisplayNames
from .license_moves import Move, move_of, move_problem
from .request import UpdateSecret, WantedService

LICENSE, USERS, CHANNEL = "license_type", "licensed_users", "channel_id"
CLIENT_ID, CLIENT_SECRET = "application.client_id", "application.client_secret"

_CHANGEABLE = tuple(field for field in SERVICE_OPTIONS if field.on_difference == UPDATE)
_APPLICATION = next(field for field in SERVICE_OPTIONS if field.option == "application").children


def changes(
    wanted: WantedService, service: Service, leads: Sequence[Lead], names: DisplayNames, new: bool = False
) -> list[Difference]:
    """The differences that can be changed; what the platform does not show of them is ``unreadable``.

    :param leads: of the tenant, which show the channel.
    :param new: the service was created or upgraded by this run, so no application was set before.
    """
    found = [_license_aware(each, wanted, service) for each in differences(wanted.options, service, _CHANGEABLE)]
    found += _channel(wanted, service, leads)
    found += _application(wanted, service, new or upgrades(found, service))
    return [{**each, "description": each.get("description") or names.describe(each)} for each in found]


def upgrades(found: Sequence[Difference], service: Service) -> bool:
    """Return whether one of the differences is the step up from OC Essential, which is a task."""
    return any(
        each["option"] == LICENSE
        and each["action"] == UPDATE
        and move_of(str(service.license_type), str(each["wanted"])) is Move.UPGRADE
        for each in found
    )


def change_body(wanted: WantedService, options: Sequence[str]) -> dict[str, Any]:
    """The request that changes these options, and nothing else."""
    body: dict[str, Any] = {}
    for field in _CHANGEABLE:
        value = wanted.options.get(field.option)
        if field.option in options and value is not None:
            body[field.wire] = field.choices[value] if field.choices is not None else value
    if CLIENT_ID in options or CLIENT_SECRET in options:
        body.update({field.wire: wanted.options["application"][field.option] for field in _APPLICATION})
    return body


def users_after_upgrade(wanted: WantedService, service: Service) -> int | None:
    """The licensed users to ask for with a larger license: those that are wanted, else those that are there."""
    asked = wanted.options.get(USERS)
    return service.licensed_users if asked is None else asked


def lead_of(service: Service, leads: Sequence[Lead]) -> Lead | None:
    """The lead that the service was made from, as far as the leads tell."""
    named = [lead for lead in leads if same_text(lead.ump_customer_guid, service.ump_customer_guid)]
    return next(iter(named or [lead for lead in leads if lead.active] or leads), None)


def _license_aware(difference: dict[str, Any], wanted: WantedService, service: Service) -> dict[str, Any]:
    """A license to which no way leads, or none that is allowed, stays as it is."""
    if difference["option"] != LICENSE or difference["action"] != UPDATE:
        return difference
    problem = move_problem(str(service.license_type), str(difference["wanted"]), wanted.allow_downgrade)
    return {**difference, "action": IMMUTABLE, "description": problem} if problem else difference


def _channel(wanted: WantedService, service: Service, leads: Sequence[Lead]) -> list[dict[str, Any]]:
    channel = wanted.options.get(CHANNEL)
    if channel is None:
        return []
    lead = lead_of(service, leads)
    existing = lead.channel if lead is not None else None
    if existing == str(channel):
        return []
    action = UPDATE if existing is not None else UNREADABLE
    return [{"option": CHANNEL, "wanted": channel, "existing": existing, "action": action}]


def _application(wanted: WantedService, service: Service, new: bool) -> list[dict[str, Any]]:
    """The client id is compared. The secret cannot be: it goes with the client id, or every time when asked for."""
    application: Mapping[str, Any] | None = wanted.options.get("application")
    if application is None:
        return []
    client_id, existing = application["client_id"], service.application_client_id
    secret = {"option": CLIENT_SECRET, "wanted": MASK, "existing": MASK, "action": UPDATE, "blind": True}
    identity = {"option": CLIENT_ID, "wanted": client_id, "existing": existing, "action": UPDATE}
    if not service.tells_application:
        if wanted.update_secret is UpdateSecret.ALWAYS or new:
            return [{**identity, "blind": True}]
        said = "application is not compared; update_secret: always sends it"
        return [{**identity, "action": UNREADABLE, "description": said}]
    if not same_text(existing, client_id):
        return [identity]
    if wanted.update_secret is UpdateSecret.ALWAYS:
        return [{**secret, "description": "application.client_secret is sent again (update_secret: always)"}]
    return []
