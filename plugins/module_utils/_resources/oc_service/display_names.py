# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names for people where a request has ids: SBCs, scripts and a script's own variables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..._api.script_parameters import custom_variable

OPTION = "display_names"

SBCS, SCRIPTS, VARIABLES = "sbcs", "scripts", "variables"

_SBC_KEYS = frozenset({"sbcId", "sbc_id"})
_SCRIPT_KEYS = frozenset(
    {
        *("onboarding_script", "cleanup_script", "upload_number_script", "release_number_script"),
        *("sbcOnboardingScript", "sbcCleanupScript", "sbcOcUploadNumberScript", "sbcOcReleaseNumberScript"),
    }
)
"""Members that hold the id of an SBC or a script, as options and on the wire."""

_SITE, _PARAMETERS = "site_location.", "script_parameters."


@dataclass(frozen=True)
class DisplayNames:
    """Give ids the names that users know. An id without a name is shown as it is.

    :param sbcs: names by id, as a string.
    :param scripts: the same for script templates.
    :param variables: names of the script's own variables, by their keys.
    """

    sbcs: Mapping[str, str] = field(default_factory=dict)
    scripts: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_options(cls, *given: object) -> DisplayNames:
        """From values of the option; a later one goes before an earlier one. What is no name is left out."""
        found: dict[str, dict[str, str]] = {SBCS: {}, SCRIPTS: {}, VARIABLES: {}}
        for value in given:
            if not isinstance(value, Mapping):
                continue
            for kind in (SBCS, SCRIPTS):
                names = value.get(kind)
                if isinstance(names, Mapping):
                    found[kind].update({str(key): str(name) for key, name in names.items() if name})
            variables = value.get(VARIABLES)
            if isinstance(variables, Sequence) and not isinstance(variables, str):
                found[VARIABLES] = {
                    custom_variable(place): str(name) for place, name in enumerate(variables, 1) if name
                }
        return cls(**found)

    def sbc_name(self, sbc_id: object) -> str | None:
        """The name alone."""
        return self.sbcs.get(str(sbc_id)) if sbc_id is not None else None

    def service(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """A service as it is returned, with the name of the SBC of each SIP connection."""
        sites = values.get("site_locations") or []
        return {**values, "site_locations": [{**site, "sbc_name": self.sbc_name(site.get("sbc_id"))} for site in sites]}

    def value(self, key: str, value: Any) -> Any:
        """``NL-SBC05 (id 2)`` for the id of an SBC; anything else as it is."""
        names = self.sbcs if key in _SBC_KEYS else self.scripts if key in _SCRIPT_KEYS else {}
        name = names.get(str(value))
        return f"{name} (id {value})" if name else value

    def request(self, value: Any) -> Any:
        """A request, or a part of it, as it is shown; whatever is secret in it must be masked already."""
        if isinstance(value, Mapping):
            return {self._key(str(key)): self.value(str(key), self.request(part)) for key, part in value.items()}
        return [self.request(part) for part in value] if isinstance(value, (list, tuple)) else value

    def describe(self, difference: Mapping[str, Any]) -> str:
        """``full_name is 'Brad Telecom', wanted 'Brad'``; ``SBC is NL-SBC05 (id 2), wanted DE-SBC01 (id 5)``."""
        option = str(difference["option"])
        existing, wanted = difference["existing"], difference["wanted"]
        if option.startswith(_PARAMETERS):
            label = self.variables.get(option.removeprefix(_PARAMETERS), option)
        else:
            member = option.removeprefix(_SITE)
            shown = self.value(member, existing), self.value(member, wanted)
            if shown != (existing, wanted):
                label = "SBC" if member in _SBC_KEYS else member
                return f"{label} is {shown[0]}, wanted {shown[1]}"
            label = option
        if existing == wanted:  # both masked
            return f"{label} differs (secret)"
        if label != option:
            return f"{label} is {existing}, wanted {wanted}"
        return f"{label} is {_quoted(existing)}, wanted {_quoted(wanted)}"

    def _key(self, key: str) -> str:
        name = self.variables.get(key)
        return f"{name} ({key})" if name else key


def _quoted(value: Any) -> str:
    return "not set" if value is None or value == "" else f"'{value}'"
