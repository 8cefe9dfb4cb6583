# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keeping secrets out of everything that leaves the engine.

Two ways together: by place (a value under a key that holds secrets is masked whatever it is) and by value (a known
secret is masked wherever it turns up, also inside a longer text). Values too short to be told from ordinary words are
masked by place only, so that masking never mangles innocent text.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from typing import Any

from ._text import squeeze

MASK = "********"

SHORTEST_SECRET = 6
"""Shorter values are masked by place, not by value."""

_SECRET_KEYS = frozenset(
    {
        "applicationclientsecret",
        "applicationpassword",
        "accesstoken",
        "carrieruserpassword",
        "clientsecret",
        "password",
        "secret",
        "token",
    }
)
_SECRET_ENDINGS = ("password", "secret", "passwd")


def is_secret_key(key: object) -> bool:
    """Whether a value under this key is a secret by its name (API notes, sections 3 and 8)."""
    word = squeeze(str(key))
    return word in _SECRET_KEYS or word.endswith(_SECRET_ENDINGS)


class Secrets:
    """The secrets of one run; safe to use from several threads."""

    def __init__(self, values: Iterable[str | None] = (), keys: Iterable[str] = ()) -> None:
        self._lock = threading.Lock()
        self._values: tuple[str, ...] = ()
        self._keys = frozenset(squeeze(key) for key in keys)
        self.add(*values)

    def add(self, *values: str | None) -> None:
        """Learn secrets; short ones are left to masking by place."""
        with self._lock:
            known = {*self._values, *(value for value in values if value and len(value) >= SHORTEST_SECRET)}
            # The longest first, so that a secret which contains another one is masked whole.
            self._values = tuple(sorted(known, key=len, reverse=True))

    @property
    def values(self) -> tuple[str, ...]:
        """The known secrets, for registering them with whatever prints the result."""
        return self._values

    def learn(self, value: Any) -> None:
        """Learn every secret that stands in a structure by its place."""
        if isinstance(value, Mapping):
            for key, item in value.items():
                if self.covers(key):
                    # A secret of a wrong type, as a list with one text, is a secret all the same.
                    self.add(*(text for text in (item if isinstance(item, list) else [item]) if isinstance(text, str)))
                self.learn(item)
        elif isinstance(value, (list, tuple)):
            for item in value:
                self.learn(item)

    def mask(self, value: Any) -> Any:
        """The same structure with every secret replaced; mappings and lists are copied, never changed."""
        if isinstance(value, str):
            return self.mask_text(value)
        if isinstance(value, Mapping):
            return {
                key: MASK if item is not None and self.covers(key) and not _holds(item) else self.mask(item)
                for key, item in value.items()
            }
        if isinstance(value, (list, tuple)):
            return [self.mask(item) for item in value]
        return value

    def mask_text(self, text: str) -> str:
        """The text with every known secret replaced."""
        for secret in self._values:
            if secret in text:
                text = text.replace(secret, MASK)
        return text

    def covers(self, key: object) -> bool:
        """Whether a value under this key is masked whatever it is."""
        return is_secret_key(key) or squeeze(str(key)) in self._keys


def _holds(item: Any) -> bool:
    """Whether this is a container, whose own keys decide, or a flag, which is no secret."""
    return isinstance(item, (Mapping, list, tuple, bool))
