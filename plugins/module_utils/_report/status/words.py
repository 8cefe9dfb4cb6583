# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Customers and SIP connections in words for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..._core.handed_on import id_or_none
from .record import Record


def status_lines(records: Sequence[Record]) -> list[str]:
    """One line per customer."""
    return [
        f"{name_of(record):<15} {record['state']:<12} "
        f"{record['license_type'] or '-':<18} lead {record['lead_status'] or '-':<10} "
        + (record["problem"] or ", ".join(map(site_words, record["site_locations"])) or "no SIP connection")
        for record in records
    ]


def report_lines(records: Sequence[Record]) -> list[str]:
    """Return one line per customer for the next job: words of this collection, short names and ids, no other text."""
    return [
        " ".join(id_or_none(each) or "-" for each in (name_of(record), record["state"], record["license_type"]))
        for record in records
    ]


def name_of(record: Record) -> str:
    """Return what a customer is called in a line: the short name, else the tenant."""
    return str(record.get("short_name") or record.get("ms_tenant_id") or "-")


def site_words(site: Record) -> str:
    """``SIP connection Brad01 deployed on SBC NL-SBC05 (id 2)``."""
    state = "deployed" if site.get("deployed") else f"'{site.get('deployment_state') or 'not known'}'"
    return f"SIP connection {site.get('name')} {state} on SBC {sbc_words(site.get('sbc_id'), site.get('sbc_name'))}"


def sbc_words(number: Any, name: Any) -> str:
    """``NL-SBC05 (id 2)``; the id alone when there is no name."""
    return f"{name} (id {number})" if name else str(number)
