# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All requests of the platform, for what reconciles objects. A look-up needs those of its own objects only."""

from __future__ import annotations

from .channels import ChannelRequests
from .leads import LeadRequests
from .number_changes import NumberChanges
from .numbers import NumberRequests
from .sbc_sources import SbcRequests
from .sip_connections import SipConnectionRequests
from .tasks import TaskRequests


class LivePlatformApi(
    LeadRequests,
    SipConnectionRequests,
    ChannelRequests,
    SbcRequests,
    NumberRequests,
    NumberChanges,
    TaskRequests,
):
    """The platform, as requests; each is documented next to the record that it reads."""
