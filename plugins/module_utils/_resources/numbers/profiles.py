# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Calling profiles by name or id."""

from __future__ import annotations

from collections.abc import Iterable

from ..._api.client import LivePlatformApi
from ..._core.errors import InputError
from ..._core.text import did_you_mean, quoted, same_text
from .number_list import WantedNumbers, with_profiles


def with_profile_ids(api: LivePlatformApi, wanted: WantedNumbers) -> WantedNumbers:
    """The numbers with the ids of their calling profiles. Without any, nothing is asked for.

    :raises InputError: of all names that stand for none, or for several.
    """
    given = sorted({terms.calling_profile for terms in wanted.terms.values() if terms.calling_profile is not None})
    return with_profiles(wanted, profile_ids(api, given)) if given else wanted


def profile_ids(api: LivePlatformApi, given: Iterable[str]) -> dict[str, str]:
    """The id of each calling profile, by the name or id that was given."""
    profiles = api.list_calling_profiles()
    found: dict[str, str] = {}
    problems: list[str] = []
    for each in given:
        ids = {profile.calling_profile_id for profile in profiles if same_text(profile.calling_profile_id, each)}
        ids = ids or {profile.calling_profile_id for profile in profiles if same_text(profile.name, each)}
        known = sorted(one for one in ids if one is not None)
        if len(known) == 1:
            found[each] = known[0]
        elif known:
            problems.append(f"calling profile '{each}' is the name of several: give one of the ids {quoted(known)}")
        else:
            names = [name for profile in profiles for name in (profile.name, profile.calling_profile_id)]
            problems.append(f"there is no calling profile '{each}' ({did_you_mean(each, names)})")
    if problems:
        raise InputError(problems)
    return found
