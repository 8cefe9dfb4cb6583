# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The collection's version, as sent in the User-Agent; a test compares it with galaxy.yml."""

from __future__ import annotations

COLLECTION = "audiocodes.live_platform"
VERSION = "1.0.0"
USER_AGENT = f"{COLLECTION}/{VERSION}"
