# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ids, secrets and tokens as people paste them: what can safely be taken away, and what has to be named.

Line ends, blanks, a byte order mark and other characters that show nothing come along from files, mails and terminals.
None of them is ever part of an id, a secret, a scope or a token.
"""

from __future__ import annotations

import re
import unicodedata

_BEARER = re.compile(r"(authorization\s*:\s*)?bearer\s+", re.IGNORECASE)
_TYPOGRAPHIC_QUOTES = frozenset("\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2039\u203a\u00ab\u00bb")
_PLACEHOLDER = re.compile(r"[*\u2022\u25cf]{4,}|\$encrypted\$|VALUE_SPECIFIED_IN_NO_LOG_PARAMETER", re.IGNORECASE)
"""What Ansible, a controller and browsers show in place of a secret."""

_TOKEN = re.compile(r"[A-Za-z0-9+/=._~-]{16,}")


def without_surroundings(text: str) -> str:
    """The text without blanks, line ends and characters that show nothing at its ends."""
    start, end = 0, len(text)
    while start < end and _is_nothing(text[start]):
        start += 1
    while end > start and _is_nothing(text[end - 1]):
        end -= 1
    return text[start:end]


def bare_token(text: str) -> str:
    """The token without the word ``Bearer`` that stands before it in a header."""
    text = without_surroundings(text)
    return text[match.end() :] if (match := _BEARER.match(text)) else text


def words_of(text: str) -> list[str]:
    """Return what may be a token in a text that is more than one."""
    return _TOKEN.findall(text)


def is_placeholder(value: object) -> bool:
    """Return whether this is what people are shown in place of a secret."""
    return isinstance(value, str) and _PLACEHOLDER.fullmatch(without_surroundings(value)) is not None


def id_problem(text: str) -> str | None:
    """Return what is wrong with an id or a scope, as the end of a sentence that begins with its option."""
    return secret_problem(text) or _foreign(text)


def secret_problem(text: str) -> str | None:
    """Return what is wrong with a secret. It may hold blanks and any letters."""
    if is_placeholder(text):
        return "is what is shown in place of a secret; give the secret itself"
    if len(text) > 1 and (text[0] in _TYPOGRAPHIC_QUOTES or text[-1] in _TYPOGRAPHIC_QUOTES):
        return "stands in typographic quotes; type it without them"
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return "stands in quotes that are part of the value; type it without them"
    if any(character in "\r\n" for character in text):
        return "has a line end inside; give one line"
    hidden = next((character for character in text if unicodedata.category(character) in ("Cc", "Cf")), None)
    if hidden is not None:
        return f"holds the character U+{ord(hidden):04X}, which shows nothing; type it again"
    return None


def token_problem(text: str) -> str | None:
    """Return what is wrong with a token, which travels in a header."""
    if text[:1] in "{[":
        return "must be the token itself, not the whole answer of the authority; take access_token out of it"
    problem = secret_problem(text) or _foreign(text)
    if problem is None and any(character.isspace() for character in text):
        problem = "must be one word, without blanks"
    return problem


def _foreign(text: str) -> str | None:
    foreign = next((character for character in text if not 32 <= ord(character) < 127), None)
    if foreign is None:
        return None
    return f"must consist of ASCII characters; it holds U+{ord(foreign):04X}"


def _is_nothing(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in ("Cf", "Zs")
