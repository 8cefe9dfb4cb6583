# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Read a list of services from the variables of a job."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...module_utils._core.errors import InputError
from .._resolve.input_list import list_problems
from .._resolve.service_input import service_from_answers, services_from_yaml
from .._resolve.service_secrets import with_secrets
from .._resolve.text_input import read_customers
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
        answers = service_from_answers(params["answers"] or {}, params["answers_prefix"])
        services: Any = None if params["services"] == "" else params["services"]  # null, up to ansible-core 2.18
        if params["services_text"]:
            services = services_from_yaml(params["services_text"])
        elif params["customers_text"]:
            services = services or read_customers(params["customers_text"], params["customers_text_name"])
        elif services is None and answers:
            services = [answers]
        secrets = params["service_secrets"], params["service_secrets_text"]
        if services is None and any(secrets):
            raise InputError(list_problems(services))
        if services is not None:
            if problems := list_problems(services):
                raise InputError(problems)
            services = with_secrets(services, *secrets)
        return {"changed": False} if params["check"] else {"changed": False, "services": services, "answers": answers}
