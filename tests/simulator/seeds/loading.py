# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Putting given records into a store: from the usual cast, a file, or the control plane."""

import copy
import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from simulator.records import CallingProfile, Channel, Lead, Number, Sbc, Service, SiteLocation, Template, Trunk, build
from simulator.seeds.generating import generate
from simulator.store import Store

KINDS = ("leads", "services", "sbcs", "templates", "calling_profiles", "channels", "numbers")


def load(store: Store, data: Mapping[str, Any]) -> dict[str, int]:
    """Add records, replacing those with the same id; ``replace`` names kinds to empty first.

    Returns how many of each kind there are afterwards. Raises ValueError with a readable sentence.
    """
    unknown = set(data) - {*KINDS, "replace", "generate"}
    if unknown:
        raise ValueError(f"seed data cannot hold {', '.join(sorted(unknown))}; it can hold {', '.join(KINDS)}")
    records = {kind: [_BUILDERS[kind](copy.deepcopy(each)) for each in data.get(kind, ())] for kind in KINDS}
    for kind in data.get("replace", ()):
        _empty(store, kind)
    for kind in ("sbcs", "templates", "channels"):
        getattr(store, kind).update({each.id: each for each in records[kind]})
    store.profiles.update({each.id: each for each in records["calling_profiles"]})
    for numbers in records["numbers"]:
        for number in numbers:
            store.numbers.put(number)
    for service in records["services"]:
        store.add_service(service)
    for lead in records["leads"]:
        store.add_lead(lead)
    if "generate" in data:
        generate(store, **data["generate"])
    counts = {kind: len(getattr(store, kind)) for kind in KINDS if kind != "calling_profiles"}
    return {**counts, "calling_profiles": len(store.profiles)}


def read_seed_file(path: Path) -> dict[str, Any]:
    """A JSON or YAML file. YAML needs PyYAML, which comes with Ansible."""
    text = path.read_text(encoding="utf-8")
    if path.suffix.lower() in (".yaml", ".yml"):
        import yaml  # noqa: PLC0415 - only needed for this

        data = yaml.safe_load(text)
    else:
        data = json.loads(text)
    if not isinstance(data, dict):
        raise ValueError(f"{path}: an object with {', '.join(KINDS)} is expected")
    return data


def _empty(store: Store, kind: str) -> None:
    if kind == "leads":
        store.leads.clear()
        store.leads_by_tenant.clear()
    elif kind == "services":
        for guid in list(store.services):
            store.drop_service(guid)
    elif kind == "calling_profiles":
        store.profiles.clear()
    elif kind in KINDS:
        getattr(store, kind).clear()
    else:
        raise ValueError(f"there is no kind '{kind}' to replace; there are {', '.join(KINDS)}")


def _lead(members: dict[str, Any]) -> Lead:
    contact = _taken(members, "contactDetails")
    return build(Lead, {**members, **(contact or {})})


def _service(members: dict[str, Any]) -> Service:
    sites = _taken(members, "siteLocation") or []
    service = build(Service, {**members, "siteLocation": [build(SiteLocation, each) for each in sites]})
    service.ump_customer_guid = service.ump_customer_guid.lower()
    return service


def _profile(members: dict[str, Any]) -> CallingProfile:
    trunks = _taken(members, "trunks") or []
    return build(CallingProfile, {**members, "trunks": [build(Trunk, each) for each in trunks]})


def _numbers(members: dict[str, Any]) -> list[Number]:
    """One number; or ``count`` numbers from ``start`` on, which are alike."""
    start, count = _taken(members, "start"), _taken(members, "count")
    if start is None:
        return [build(Number, members)]
    first = build(Number, {**members, "telephoneNumber": start})
    rest = range(int(start) + 1, int(start) + int(1 if count is None else count))
    return [first, *(dataclasses.replace(first, telephone_number=f"+{each}") for each in rest)]


def _taken(members: dict[str, Any], name: str) -> Any:
    """Remove a member, however it is spelled, and give its value."""
    for key in list(members):
        if key.replace("_", "").lower() == name.lower():
            return members.pop(key)
    return None


_BUILDERS: dict[str, Any] = {
    "leads": _lead,
    "services": _service,
    "sbcs": lambda members: build(Sbc, members),
    "templates": lambda members: build(Template, members),
    "calling_profiles": _profile,
    "channels": lambda members: build(Channel, members),
    "numbers": _numbers,
}
