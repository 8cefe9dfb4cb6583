# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""YAML that people type into a field, read without ever showing what is in it."""

from __future__ import annotations

from typing import Any

import yaml

from ...module_utils._core.errors import InputError


def read_yaml(text: str, label: str) -> Any:
    """The content of a text.

    :param label: the name of the field, for the errors.
    :raises InputError: it is not YAML; the error names the line, and quotes nothing, since it may hold a password.
    """
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f", line {mark.line + 1}" if mark is not None else ""
        problem = getattr(error, "problem", None) or "cannot be read"
        raise InputError([f"{label}{place}: this is not YAML: {problem}"]) from None
