# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Comparing a service that exists with the request for it, as far as the platform lets it be read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._api.field import IMMUTABLE, Difference, differences
from ..._api.fields import SERVICE_OPTIONS
from ..._api.script_parameters import PREDEFINED_PARAMETERS
from ..._api.services import Service, SiteLocation
from ..._api.sip_connections import SipConnection
from ..._core.masking import MASK
from ..._core.text import same_text
from .display_names import DisplayNames

_SITE_FIELDS = next(field.children for field in SERVICE_OPTIONS if field.option == "site_location")
LISTED = tuple(field for field in _SITE_FIELDS if field.read_as in SiteLocation.__dataclass_fields__)
"""What the service list tells of a SIP connection."""
_UNCHANGEABLE = tuple(field for field in SERVICE_OPTIONS if field.on_difference == IMMUTABLE)
_UNLISTED = tuple(field for field in _SITE_FIELDS if field not in LISTED)


def find_differences(
    options: Mapping[str, Any],
    service: Service,
    connection: SipConnection | None,
    is_secret: Callable[[str], bool],
    names: DisplayNames | None = None,
) -> list[Difference]:
    """Return how a service differs in what cannot be changed. Values of secrets are masked.

    :param connection: the SIP connection read back, when it was.
    :param names: what ids are called.
    """
    names = names or DisplayNames()
    found = differences(options, service, _UNCHANGEABLE)
    site = primary_site(service, options)
    wanted_site = options.get("site_location") or {}
    if site is not None:
        found += differences(wanted_site, site, LISTED, "site_location.")
    if connection is not None:
        found += differences(wanted_site, connection, _UNLISTED, "site_location.")
        for key, value in (options.get("script_parameters") or {}).items():
            difference = _difference(f"script_parameters.{key}", value, _parameter(connection, key))
            if difference and is_secret(key):
                difference.update(wanted=MASK, existing=MASK)
            found.append(difference)
    return [{**difference, "description": names.describe(difference)} for difference in found if difference]


def primary_site(service: Service, options: Mapping[str, Any]) -> SiteLocation | None:
    """The SIP connection that the request speaks of: the one of that name, else the first."""
    wanted = (options.get("site_location") or {}).get("name")
    named = [site for site in service.site_locations if same_text(site.name, wanted)]
    return next(iter(named or service.site_locations), None)


def _difference(option: str, wanted: Any, existing: Any) -> dict[str, Any]:
    if wanted is None or existing is None or wanted == existing:
        return {}
    return {"option": option, "wanted": wanted, "existing": existing, "action": IMMUTABLE}


def _parameter(connection: SipConnection, key: str) -> str | None:
    """A script parameter as it was read back; the predefined ones have members of their own."""
    for name, value in connection.script_parameters.items():
        if same_text(name, key):
            return value
    member = PREDEFINED_PARAMETERS.get(key)
    read_back = getattr(connection, member) if member else None
    return read_back if isinstance(read_back, str) else None
