# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What people type into the fields of a survey, one thing per line, as data."""

from __future__ import annotations

from collections.abc import Iterator

from ...module_utils._api.field import SECRET_ITSELF
from ...module_utils._core.errors import InputError
from ...module_utils._core.masking import is_secret_key
from ...module_utils._core.text import fold, is_guid, kind_of
from ...module_utils._core.typed_values import is_placeholder
from ...module_utils._core.yaml_values import string_problem


def read_variables(text: object, label: str = "script_variables", secret: bool = False) -> dict[str, str]:
    """``SIP-HostName=sip.brad.example`` and further such lines as a mapping.

    Blanks around name and value do not count, nor do empty lines and lines that start with ``#``. A value may hold
    ``=``, and may be empty.

    :param label: the name of the field, for the errors.
    :param secret: the text comes from a field whose content is not shown. Otherwise it must hold no secret.
    :raises InputError: names every line that is wrong, with its number; never shows a value.
    """
    found: dict[str, str] = {}
    lines: dict[str, int] = {}
    problems = []
    for number, line in _lines(text, label, shown=not secret):
        name, separator, value = (part.strip() for part in line.partition("="))
        if not separator:
            problems.append(f"{label}, line {number}: has no '='; write one name=value per line")
        elif not name:
            problems.append(f"{label}, line {number}: has no name before the '='; write one name=value per line")
        elif fold(name) in lines:
            problems.append(f"{label}, line {number}: '{name}' is there already, in line {lines[fold(name)]}")
        elif is_secret_key(name) and not secret:
            problems.append(
                f"{label}, line {number}: '{name}' looks like a secret, and this field is shown to everybody who sees "
                "the job; put the line into the field for secret script variables"
            )
        elif is_placeholder(value):
            problems.append(f"{label}, line {number}: '{name}' must be {SECRET_ITSELF}")
        else:
            found[name] = value
            lines[fold(name)] = number
    if problems:
        raise InputError(problems)
    return found


def read_customers(text: object, label: str = "customers") -> list[dict[str, str]]:
    """Tenant ids and company names, one per line, as items that name a customer.

    :raises InputError: the value is no text.
    """
    return [{"ms_tenant_id" if is_guid(line) else "company_name": line} for _number, line in _lines(text, label)]


def _lines(text: object, label: str, shown: bool = True) -> Iterator[tuple[int, str]]:
    """The lines that say something, with their numbers from 1."""
    if text is None:
        return
    if not isinstance(text, str):
        raise InputError([string_problem(text, label, shown=shown) or f"{label} must be a string, not {kind_of(text)}"])
    for number, line in enumerate(text.splitlines(), 1):
        content = line.strip()
        if content and not content.startswith("#"):
            yield number, content
