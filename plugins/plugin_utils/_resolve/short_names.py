# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A short name for each tenant, made from the name of its company, that no other one has."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

from ...module_utils._core.text import fold, normalized

SHORTEST, LONGEST = 3, 15
"""Characters of a short name: letters, digits and underscores (API notes, section 3)."""

_BEGINNING = 8
"""Characters of the company's name that stand before the digits of the tenant id."""

_NO_NAME = "Customer"
_FOREIGN = re.compile(r"[^A-Za-z0-9_]+")


def short_names(companies: Mapping[str, str | None], taken: Iterable[str | None] = ()) -> dict[str, str]:
    """A short name by tenant id.

    The name of the company without what a short name must not hold. When that is too short, or the name of another
    tenant or service, its beginning and the first digits of the tenant id, so that it stays the same in each run.

    :param companies: the names of the companies by tenant id, a GUID in small letters.
    :param taken: the short names of the services that exist.
    """
    plain = {tenant: _plain(name or "")[:LONGEST] for tenant, name in companies.items()}
    often = Counter(fold(name) for name in plain.values())
    used = {fold(name) for name in taken if name}
    found = {}
    for tenant, name in plain.items():
        if len(name) >= SHORTEST and often[fold(name)] == 1 and fold(name) not in used:
            found[tenant] = name
    used |= {fold(name) for name in found.values()}
    for tenant, name in plain.items():
        if tenant not in found:
            found[tenant] = next(each for each in _with_digits(name, tenant) if fold(each) not in used)
            used.add(fold(found[tenant]))
    return found


def _with_digits(name: str, tenant: str) -> Iterable[str]:
    """Ever longer pieces of the tenant id behind an ever shorter beginning of the name."""
    digits = tenant.replace("-", "")
    beginning = name[:_BEGINNING] or _NO_NAME
    for size in range(LONGEST - _BEGINNING - 1, LONGEST):
        yield f"{beginning[: LONGEST - size - 1]}x{digits[:size]}"
    for start in range(len(digits) - LONGEST + 1):
        yield digits[start : start + LONGEST]


def _plain(name: str) -> str:
    """Letters without their accents, digits and underscores; nothing else."""
    parts = normalized("NFKD", name)
    return _FOREIGN.sub("", "".join(part for part in parts if not unicodedata.combining(part)))
