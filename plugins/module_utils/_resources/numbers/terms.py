# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What telephone numbers are uploaded with: the calling profile, the usage and the capabilities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..._core.text import squeeze

USAGES: Mapping[str, str] = {
    "user": "CallingUserAssignment",
    "conference": "ConferenceAssigned",
    "first_party_app": "FirstPartyAppAssignment",
    "third_party_app": "ThirdPartyAppAssignment",
}
"""Usage to the word on the wire (API notes, section 9)."""

DEFAULT_USAGE = "user"

_SHOWN_AS: Mapping[str, frozenset[str]] = {
    "user": frozenset({"userassignment", "callinguserassignment"}),
    "conference": frozenset({"conferenceassignment", "conferenceassigned"}),
    "first_party_app": frozenset({"firstpartyappassignment"}),
    "third_party_app": frozenset({"thirdpartyappassignment"}),
}
"""Usage to the squeezed capabilities that show it."""

_USAGE_CAPABILITIES = frozenset().union(*_SHOWN_AS.values())

ADDITIONAL_USAGE_VERSION = 3
"""The ``workflowVersion`` that an additional usage needs."""


@dataclass(frozen=True)
class Terms:
    """Hold what a number is uploaded with; ``None``: nothing is asked for.

    :param calling_profile: name or id as the user gave it, later the id.
    :param usage_word: the word on the wire, in place of the table's.
    """

    calling_profile: str | None = None
    usage: str | None = None
    additional_usage: str | None = None
    capabilities: tuple[str, ...] = ()
    usage_word: str | None = None

    def body(self, numbers: Sequence[str]) -> dict[str, Any]:
        """The request that uploads numbers."""
        body: dict[str, Any] = {"usage": self.usage_word or USAGES[self.usage or DEFAULT_USAGE]}
        if self.calling_profile is not None:
            body = {"callingProfile": self.calling_profile, **body}
        if self.additional_usage is not None:
            body |= {"additionalUsage": USAGES[self.additional_usage], "workflowVersion": ADDITIONAL_USAGE_VERSION}
        if self.capabilities:
            body["capabilities"] = list(self.capabilities)
        return {**body, "phoneNumbersList": list(numbers)}

    def usage_shown_by(self, capabilities: Sequence[str]) -> bool | None:
        """Return whether a number with these capabilities has the usage; ``None`` when they do not tell any usage."""
        shown = {squeeze(each) for each in capabilities} & _USAGE_CAPABILITIES
        if not shown or self.usage is None or self.usage_word is not None:
            return None
        return bool(shown & _SHOWN_AS[self.usage])
