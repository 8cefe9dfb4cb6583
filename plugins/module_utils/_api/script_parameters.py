# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The names of script parameters, and which of them are secret.

A variable's name tells, or the user, while the platform knows it by a number.

``SIP-Password``, third in the script's 'Customer variables' column, makes ``CustomVar.Variable3`` secret (API notes,
section 3).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .._core.masking import is_secret_key
from .._core.text import fold

PREDEFINED_PARAMETERS: Mapping[str, str] = {
    "ProxySet": "proxy_set",
    "OnlinePstnGateway": "online_pstn_gateway",
    "CacProfile": "cac_profile",
    "CarrierUserName": "carrier_user_name",
    "CarrierUserPassword": "",
    "CarrierMailLine": "carrier_main_line",
    "CarrierHostName": "carrier_host_name",
}
"""Script parameters with a meaning of their own, and under which name a SIP connection reads them back, if it does."""

CUSTOM_VARIABLE = re.compile(r"CustomVar\.Variable[1-9][0-9]*")


def custom_variable(position: int) -> str:
    """The script parameter of the variable at this position (from 1) of the script's 'Customer variables' column."""
    return f"CustomVar.Variable{position}"


def read_names(value: Any) -> list[str]:
    """The names of a list, or of a text with commas."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return [str(name) for name in value] if isinstance(value, (list, tuple)) else []


def secret_keys(
    names: Iterable[str], variables: Sequence[str], parameters: Iterable[str] = ()
) -> tuple[list[str], list[str]]:
    """The script parameters that are secret, and the names that mean none of them.

    :param names: of variables or script parameters that the user calls secret.
    :param variables: the names in the script's 'Customer variables' column, in order.
    :param parameters: further keys of the script parameters.
    """
    known: dict[str, str] = {fold(key): key for key in (*PREDEFINED_PARAMETERS, *parameters)}
    found: dict[str, None] = {}
    for position, variable in enumerate(variables, 1):
        known[fold(variable)] = custom_variable(position)
        if is_secret_key(variable):
            found[custom_variable(position)] = None
    unknown = []
    for name in names:
        key = known.get(fold(name)) or (name if CUSTOM_VARIABLE.fullmatch(name) else None)
        if key is None:
            unknown.append(name)
        else:
            found[key] = None
    return list(found), unknown


def custom_parameters(parameters: Mapping[str, Any]) -> list[str]:
    """The keys of the script's own variables."""
    return [key for key in parameters if CUSTOM_VARIABLE.fullmatch(key)]


def variable_at(key: str, variables: Sequence[str]) -> str | None:
    """The name of the variable that ``CustomVar.Variable<N>`` stands for, if the script has it."""
    position = int(key.rpartition("Variable")[2])
    return variables[position - 1] if position <= len(variables) else None
