# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What became of each service, in one line for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._reconcile.outcome import Outcome
from .._resources.oc_service.display_names import DisplayNames
from .._resources.oc_service.request import GATEWAY
from .status.words import sbc_words, site_words

Record = Mapping[str, Any]


def outcome_lines(results: Sequence[Record], names: DisplayNames) -> list[str]:
    """One line per result of ``oc_services``, for people.

    :param names: of SBCs.
    """
    lines = []
    for result in results:
        name = result.get("short_name") or (result.get("service") or {}).get("short_name") or result["ms_tenant_id"]
        lines.append(f"{name:<15} {_outcome_words(result, names)}")
    return lines


def _outcome_words(result: Record, names: DisplayNames) -> str:
    outcome, service, task = result["outcome"], result.get("service"), result.get("task") or {}
    if result.get("failure"):
        return f"{outcome}: {result['failure']['message']}"
    if task.get("state") in ("running", "unknown"):
        return f"submitted, task {task['id']} is {task['state']}" if result["changed"] else f"task {task['id']} goes on"
    if outcome in ("deleted", "would_delete"):
        return ", ".join([_with_company(outcome, result), *(f"SIP connection {name}" for name in _site_names(service))])
    if outcome in ("would_create", "skipped"):
        return _with_request(outcome, result.get("request") or {}, names) if outcome == "would_create" else str(outcome)
    if service is None or service.get("ump_customer_guid", "") is None:
        return f"{outcome}, not there" if outcome == "unchanged" else f"{outcome}, not listed yet"
    differences = result.get("differences") or []
    described = result.get("differs") or [DisplayNames().describe(difference) for difference in differences]
    changed = outcome in (Outcome.UPDATED, Outcome.WOULD_UPDATE)
    done = [each for each in differences if changed and each.get("action") == outcome]
    differs = [text for each, text in zip(differences, described, strict=True) if each not in done]
    said = f"{outcome}: {'; '.join(map(_change_words, done))}" if done else str(outcome)
    words = [said, *(site_words(site) for site in service.get("site_locations") or [])]
    if differs:
        words.append("differs: " + "; ".join(differs))
    return ", ".join(words)


def _change_words(difference: Record) -> str:
    """``licensed_users from '40' to '60'``; of a secret, that it was sent."""
    existing, wanted = (
        f"'{difference[side]}'" if difference[side] not in (None, "") else "none" for side in ("existing", "wanted")
    )
    return (
        f"{difference['option']} sent" if existing == wanted else f"{difference['option']} from {existing} to {wanted}"
    )


def _with_request(outcome: str, request: Record, names: DisplayNames) -> str:
    """Return what would be made: the SIP connection, its SBC and its gateway."""
    site = request.get("siteLocation") or {}
    if not site.get("siteLocationName"):
        return outcome
    number = site.get("sbcId")
    where = f" on SBC {sbc_words(number, names.sbc_name(number))}" if number is not None else ""
    given = (request.get("scriptParameters") or {}).get(GATEWAY)
    return f"{outcome}: SIP connection {site['siteLocationName']}{where}" + (f", gateway {given}" if given else "")


def _with_company(outcome: str, result: Record) -> str:
    service = result.get("service") or {}
    company = result.get("company_name") or service.get("full_name")
    users = f", {service['active_users']} active users" if service.get("active_users") else ""
    return f"{outcome}: {company}{users}" if company else f"{outcome}{users}"


def _site_names(service: Record | None) -> list[str]:
    return [str(site["name"]) for site in (service or {}).get("site_locations") or [] if site.get("name")]
