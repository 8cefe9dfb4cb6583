# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values that one job hands to the next, which reads them as variables: no text of somebody else, and no template."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_PATH = re.compile(r"[A-Za-z0-9_.-]{1,200}")


def id_or_none(value: object) -> str | None:
    """Return a value that has the form of an id or of a short name: letters, digits, ``_`` and ``-``."""
    return value if isinstance(value, str) and _ID.fullmatch(value) else None


def fingerprint(value: object) -> str:
    """Return what tells this value from others and does not show it."""
    written = json.dumps(value, sort_keys=True, default=str)
    return "sha256:" + hashlib.sha256(written.encode(errors="surrogatepass")).hexdigest()[:32]


def bare(value: object) -> Any:
    """Return a number or a boolean as it is, and the fingerprint of anything else; of nothing, nothing."""
    return value if value is None or isinstance(value, (bool, int)) else fingerprint(value)


def bare_leaves(value: Mapping[str, Any], path: str = "") -> dict[str, Any]:
    """Return the values of a structure without those that are not given, by their paths.

    :param path: of the structure, with a dot at its end.
    """
    found: dict[str, Any] = {}
    for name, item in value.items():
        here = f"{path}{name}"
        if isinstance(item, Mapping):
            found.update(bare_leaves(item, f"{here}."))
        elif item is not None:
            found[here if _PATH.fullmatch(here) else fingerprint(here)] = bare(item)
    return found
