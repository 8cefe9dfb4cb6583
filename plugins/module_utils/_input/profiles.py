# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Calling profiles by name or id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .._api.client import LivePlatformApi
from .._core.errors import InputError, LookupFailed
from .._core.text import did_you_mean, quoted, same_text
from .._resources.numbers.number_list import WantedNumbers, with_profiles


class Named(NamedTuple):
    """A calling profile, as far as it is looked for."""

    id: str | None
    name: str | None


def with_profile_ids(api: LivePlatformApi, wanted: WantedNumbers) -> WantedNumbers:
    """The numbers with the ids of their calling profiles. Without any, nothing is asked for.

    :raises InputError: of all names that stand for none, or for several.
    """
    given = sorted({terms.calling_profile for terms in wanted.terms.values() if terms.calling_profile is not None})
    return with_profiles(wanted, profile_ids(api, given)) if given else wanted


def profile_ids(api: LivePlatformApi, given: Iterable[str]) -> dict[str, str]:
    """The id of each calling profile, by the name or id that was given."""
    profiles = [Named(profile.calling_profile_id, profile.name) for profile in api.list_calling_profiles()]
    found: dict[str, str] = {}
    problems: list[str] = []
    for each in given:
        try:
            found[each] = profile_id(profiles, each)
        except LookupFailed as error:
            problems.append(error.message)
    if problems:
        raise InputError(problems)
    return found


def profile_id(profiles: Sequence[Named], given: str) -> str:
    """Return the id of the calling profile with this name or id.

    :raises LookupFailed: there is none, or there are several.
    """
    ids = {each.id for each in profiles if same_text(each.id, given)}
    ids = ids or {each.id for each in profiles if same_text(each.name, given)}
    known = sorted(one for one in ids if one is not None)
    if len(known) == 1:
        return known[0]
    if known:
        raise LookupFailed(f"calling profile '{given}' is the name of several: give one of the ids {quoted(known)}")
    names = [name for each in profiles for name in (each.name, each.id)]
    raise LookupFailed(f"there is no calling profile '{given}' ({did_you_mean(given, names)})")
