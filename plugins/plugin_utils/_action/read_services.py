# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Read a list of services from the variables of a job."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._resolve.service_input import read_services
from .helper_action import HelperAction


class ReadServices(HelperAction):
    """The action ``read_services``."""

    options = {
        "services": {"type": "raw"},
        "services_text": {"type": "raw"},
        "service_secrets": {"type": "raw", "no_log": True},
        "service_secrets_text": {"type": "raw", "no_log": True},
        "customers_text": {"type": "raw"},
        "customers_text_name": {"type": "str", "default": "customers_text"},
        "answers": {"type": "dict"},
        "answers_prefix": {"type": "str", "default": ""},
        "check": {"type": "bool", "default": False},
    }

    def work(self, params: Mapping[str, Any], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        services, answers = read_services(params)
        return {"changed": False} if params["check"] else {"changed": False, "services": services, "answers": answers}
