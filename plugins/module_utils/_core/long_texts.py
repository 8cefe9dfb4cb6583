# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One limit for the messages of tasks, which the platform may make as long as it likes.

It is applied where they are read, and to masked texts only, since half a secret could not be told any more.
"""

from __future__ import annotations

LONGEST_TEXT = 1000
"""Characters."""

_END = 300
"""Characters of the end that are kept."""


def within_limit(text: str) -> str:
    """The text, or its beginning and end with the number of characters that there were."""
    if len(text) <= LONGEST_TEXT:
        return text
    note = f" … ({len(text)} characters in all; -vvv shows them) … "
    return text[: LONGEST_TEXT - _END - len(note)] + note + text[-_END:]
