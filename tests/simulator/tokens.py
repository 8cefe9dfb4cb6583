# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Access tokens: opaque, easy to recognise when one turns up where it should not."""

import secrets

from simulator.clock import Clock

PREFIX = "simtoken-"


class Tokens:
    """The tokens that are valid at present."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ends: dict[str, float] = {}

    def issue(self, seconds: float) -> str:
        """A new token."""
        token = PREFIX + secrets.token_hex(24)
        self._ends[token] = self._clock.now() + seconds
        return token

    def revoke_all(self) -> int:
        """Make all tokens invalid; the number of those that were valid."""
        count = sum(1 for end in self._ends.values() if end > self._clock.now())
        self._ends.clear()
        return count

    def judge(self, authorization: str | None) -> str:
        """What the log may say about an Authorization header: never the token itself."""
        if not authorization:
            return "none"
        scheme, _space, token = authorization.partition(" ")
        valid = scheme.lower() == "bearer" and self._ends.get(token.strip(), 0.0) > self._clock.now()
        return "bearer valid" if valid else "bearer invalid"
