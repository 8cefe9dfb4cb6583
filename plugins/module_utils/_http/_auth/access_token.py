# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An access token that the user gives."""

from __future__ import annotations

from ..._core.errors import LoginError


class GivenToken:
    """A token that the user gives; it cannot be renewed."""

    def __init__(self, value: str) -> None:
        self._value = value
        self.logins = 0

    def token(self) -> str:
        return self._value

    def renew(self, rejected: str) -> str:
        raise LoginError(
            "The platform does not accept the access_token that was given",
            http_status=401,
            hint="it may have expired or be meant for another platform; give a fresh one, or client credentials",
        )
