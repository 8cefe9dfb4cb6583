# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A list of services from what a job is given: a string with YAML, answers to a survey, passwords kept apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...module_utils._core.errors import InputError
from ...module_utils._core.masking import NAMING_KEY
from ...module_utils._core.text import kind_of
from ...module_utils._core.yaml_values import string_problem
from ...module_utils._input.service_list import WHERE
from .input_list import list_problems
from .service_secrets import clear_secrets, with_secrets
from .text_input import read_customers, read_variables
from .yaml_text import read_yaml

TEXT = "live_platform_services_text"
"""Variable: a list of services as YAML, which everybody sees who sees the job."""

_EMPTY: tuple[Any, ...] = (None, "")
"""A field that was left empty."""

_VARIABLES, _SECRET = "script_variables", "secret_script_variable"


def read_services(options: Mapping[str, Any]) -> tuple[list[Any] | None, dict[str, Any]]:
    """The services, and the service of the answers to a survey.

    :param options: those of the action ``read_services``, as far as they are given.
    :returns: ``None`` instead of services, when there is neither a list nor an answer.
    :raises InputError: names everything that cannot be read.
    """
    answers = service_from_answers(options.get("answers") or {}, options.get("answers_prefix") or "")
    services: Any = options.get("services")
    if services == "":  # null, up to ansible-core 2.18
        services = None
    if options.get("services_text") not in _EMPTY:
        services = services_from_yaml(options["services_text"])
    elif options.get("customers_text") not in _EMPTY:
        services = services or read_customers(options["customers_text"], options["customers_text_name"])
    elif services is None and answers:
        services = [answers]
    secrets = options.get("service_secrets"), options.get("service_secrets_text")
    if services is None and not any(secrets):
        return None, answers
    if problems := list_problems(services):
        raise InputError(problems)
    return with_secrets(services, *secrets), answers


def services_from_yaml(text: object, label: str = TEXT) -> list[Any]:
    """The services of a string with YAML: a list, or a dictionary with ``live_platform_services`` alone.

    :raises InputError: it is none, or holds a secret.
    """
    if not isinstance(text, str):
        raise InputError([string_problem(text, label) or f"{label} must be a string with a YAML list"])
    content = read_yaml(text, label)
    if isinstance(content, dict) and list(content) == [WHERE]:
        content = content[WHERE]
    if content is None:
        return []
    if not isinstance(content, list):
        raise InputError([f"{label} must be a YAML list of services, not {kind_of(content)}"])
    problems = clear_secrets(content, label)
    if problems:
        raise InputError(problems)
    return content


def service_from_answers(answers: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """One service from the answers to a survey. What was left empty is left out.

    :param answers: by the keys of a service; ``script_variables`` has one ``name=value`` per line, and so has
        ``secret_script_variable``, which is not shown.
    :param prefix: of the names of the variables with the answers, for the errors.
    :raises InputError: names every line that cannot be read.
    """
    problems: list[str] = []

    def variables(name: str, secret: bool) -> dict[str, str]:
        try:
            return read_variables(answers.get(name), f"{prefix}{name}", secret)
        except InputError as error:
            problems.extend(error.problems)
            return {}

    shown, hidden = variables(_VARIABLES, secret=False), variables(_SECRET, secret=True)
    words = {name: value for name, value in answers.items() if name not in (_VARIABLES, _SECRET)}
    problems += [found for name, value in words.items() if (found := string_problem(value, f"{prefix}{name}"))]
    if problems:
        raise InputError(problems)
    plain = {name: str(value).strip() for name, value in words.items() if value is not None}
    # Whatever a secret variable is called, it stays secret under the number that the platform knows it by.
    read: dict[str, Any] = {**plain, _VARIABLES: {**shown, **hidden}, NAMING_KEY: list(hidden)}
    return {name: value for name, value in read.items() if value}
