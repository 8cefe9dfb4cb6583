# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""SIP connections that were read back, with the script's own variables by their names, and which of them are secret.

The platform returns passwords in clear and variables by number (API notes, section 8), so the script's column of names
is read to know what must not be shown. What nobody can name is hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .._core.errors import LivePlatformError
from .._core.masking import NAMING_KEY
from .client import LivePlatformApi
from .script_templates import ScriptTemplate
from .secret_names import custom_parameters, secret_keys, variable_at
from .sip_connections import SipConnection


def with_variables(
    api: LivePlatformApi, connections: Sequence[SipConnection], names: Sequence[str], report: Callable[[str], None]
) -> list[dict[str, Any]]:
    """The connections as they are returned. They name their secrets, which are still in them.

    :param names: variables and script parameters that the user calls secret.
    :param report: told when variables have to be hidden because nobody knows what they are.
    """
    custom = any(custom_parameters(connection.script_parameters) for connection in connections)
    scripts = _read_scripts(api, report) if custom else {}
    return [_with_variables(connection, scripts, names, report) for connection in connections]


def _read_scripts(api: LivePlatformApi, report: Callable[[str], None]) -> dict[int | None, ScriptTemplate]:
    try:
        return {template.id: template for template in api.list_script_templates("Any", True)}
    except LivePlatformError as error:
        report(f"The script templates cannot be read, so no variable can be named. {error.message}")
        return {}


def _with_variables(
    connection: SipConnection,
    scripts: dict[int | None, ScriptTemplate],
    names: Sequence[str],
    report: Callable[[str], None],
) -> dict[str, Any]:
    parameters = connection.script_parameters
    custom = custom_parameters(parameters)
    script = scripts.get(connection.onboarding_script)
    variables = script.customer_variables if script is not None else ()
    secret, _unknown = secret_keys(names, variables, parameters)
    named = {name: parameters[key] for key in custom if (name := variable_at(key, variables)) is not None}
    nameless = [key for key in custom if variable_at(key, variables) is None]
    if nameless:
        report(
            f"SIP connection {connection.name}: {', '.join(nameless)} cannot be named, since the script template does "
            "not tell what they are; their values are hidden, as they may be passwords"
        )
    secret_variables = [name for key in custom if key in secret and (name := variable_at(key, variables)) is not None]
    return {
        **connection.to_dict(),
        "script_variables": named,
        NAMING_KEY: sorted({*secret, *secret_variables, *nameless}),
    }
