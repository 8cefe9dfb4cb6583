# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plans that a person has approved: what a dry run would have done, compared with what would be done now.

An item says what would be done with one kind of object of one customer, what each change starts from, and what it
comes to. Texts are in it as fingerprints only, since the next job reads a plan as variables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._core.errors import InputError
from .._core.handed_on import id_or_none
from .._core.text import StringEnum, fold, shorten

Record = Mapping[str, Any]

_LONGEST = 100
"""Characters of a value that an error shows."""


class Link(StringEnum):
    """Which kind of object of a customer an item speaks of."""

    SERVICE = "service"
    NUMBERS = "numbers"


def plan_item(
    ms_tenant_id: str, short_name: str | None, link: Link, outcome: str, *, starts_from: Record, request: Record
) -> dict[str, Any]:
    """Return what is planned for one kind of object of a customer.

    :param starts_from: what is there before the changes: numbers, booleans, fingerprints, ranges of numbers.
    :param request: what is asked for, likewise.
    """
    return {
        "ms_tenant_id": ms_tenant_id,
        "short_name": id_or_none(short_name),
        "link": str(link),
        "outcome": str(outcome),
        "starts_from": dict(starts_from),
        "request": dict(request),
    }


def plan_problems(plan: Sequence[Record]) -> list[str]:
    """Say what is wrong with a plan that a user gives."""
    links = [str(each) for each in Link]
    good = all(
        item.get("ms_tenant_id")
        and item.get("outcome")
        and item.get("link") in links
        and all(isinstance(item.get(part), Mapping) for part in ("starts_from", "request"))
        for item in plan
    )
    return [] if good else ["plan must be what a run in check mode has returned as plan, in full"]


def keep_to(plan: Sequence[Record], now: Sequence[Record], link: Link, *, whole: bool = True) -> None:
    """Compare what would be done now with what was planned.

    :param plan: items of any kind and any customer.
    :param now: items of one kind.
    :param whole: ``now`` has all customers, so that one that only the plan has is a difference too.
    :raises InputError: it is not the same; the error names all differences.
    """
    found = plan_differences(plan, now, link, whole=whole)
    if found:
        raise InputError(["what was planned cannot be done any more, so nothing is done; make the plan again", *found])


def plan_differences(plan: Sequence[Record], now: Sequence[Record], link: Link, *, whole: bool = True) -> list[str]:
    """Return how what would be done now differs from what was planned; see :func:`keep_to`."""
    before = {fold(str(item["ms_tenant_id"])): item for item in plan if item["link"] == link}
    current = {fold(str(item["ms_tenant_id"])): item for item in now}
    found = [
        f"{_name(item)}: {problem}"
        for tenant, item in current.items()
        for problem in (_differences(before[tenant], item) if tenant in before else [_NOT_IN_THE_PLAN[link]])
    ]
    if whole:
        missing = [item for tenant, item in before.items() if tenant not in current]
        found += [f"{_name(item)}: {_IN_THE_PLAN_ONLY[link]}" for item in missing]
    return found


_NOT_IN_THE_PLAN = {
    Link.SERVICE: "is not in the plan",
    Link.NUMBERS: "has numbers in the list of services, but not in the plan",
}

_IN_THE_PLAN_ONLY = {
    Link.SERVICE: "is in the plan, but not in the list of services",
    Link.NUMBERS: "has numbers in the plan, but not in the list of services",
}


def _differences(planned: Record, now: Record) -> list[str]:
    if planned["outcome"] != now["outcome"]:
        return [f"was planned as '{shorten(str(planned['outcome']), _LONGEST)}', and would be '{now['outcome']}' now"]
    return [
        f"{'numbers to ' if now['link'] == Link.NUMBERS else ''}{path} {said}"
        for part, was in (("starts_from", "was {} when the plan was made"), ("request", "was planned as {}"))
        for path in dict.fromkeys([*planned[part], *now[part]])
        if (said := _change(planned[part].get(path), now[part].get(path), was)) is not None
    ]


def _change(planned: Any, now: Any, was: str) -> str | None:
    """Return how a value differs from the one of the plan."""
    if planned == now and isinstance(planned, bool) == isinstance(now, bool):
        return None
    if _is_shown(planned) and _is_shown(now):
        return f"{was.format(_shown(planned))}, and is {_shown(now)} now"
    return was.format("something else")


def _is_shown(value: Any) -> bool:
    return value is None or isinstance(value, (bool, int, list))


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    return f"'{shorten(', '.join(map(str, value)) if isinstance(value, list) else str(value), _LONGEST)}'"


def _name(item: Record) -> str:
    return shorten(str(item.get("short_name") or item["ms_tenant_id"]), _LONGEST)
