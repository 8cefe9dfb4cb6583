# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The return values about telephone numbers that were looked up: records, ranges and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .._api.numbers import NumberRecord
from .._core.number_ranges import as_texts


def number_info(records: Iterable[NumberRecord]) -> dict[str, Any]:
    """The return values of ``oc_number_info``."""
    found: Sequence[NumberRecord] = sorted(records, key=lambda record: record.number)
    return {
        "numbers": [record.to_dict() for record in found],
        "ranges": as_texts(record.number for record in found),
        "counts": {
            "total": len(found),
            "status": _count(record.status for record in found),
            "assignment": _count(record.assignment for record in found),
            "profile": _count(record.calling_profile_id or record.tenant_calling_profile_id for record in found),
            "country": _count(record.country for record in found),
        },
    }


def _count(words: Iterable[str | None]) -> Mapping[str, int]:
    return dict(sorted(Counter(word or "unknown" for word in words).items()))
