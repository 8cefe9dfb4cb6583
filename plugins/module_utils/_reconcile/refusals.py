# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Refusals that the object's existence may explain."""

from __future__ import annotations

import re

from .._core.errors import ApiError
from .._core.text import squeeze

_ALREADY = re.compile(
    r"already|(?<!n.t)(?<!non)exist|inprogress|(?<!not)running|duplicate|inuse|notunique|beunique|istaken"
)
"""Wordings that say it exists or is being made; not 'does not exist', which says the opposite of something else."""

_LOOK_AFTER = frozenset({400, 404, 409, 422})
"""Refusals that the object's existence may explain, whatever their words."""


def may_exist(error: ApiError) -> bool:
    """Return whether the object is worth a look after this refusal."""
    return error.http_status in _LOOK_AFTER


def says_exists(text: str) -> bool:
    """Return whether this says, in any of its plausible wordings, that the object is there or on its way."""
    return _ALREADY.search(squeeze(text)) is not None
