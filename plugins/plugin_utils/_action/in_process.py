# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Running a module's function in this process, with the result that the module would have where it is sent.

What Ansible does around a module is done here: the options are checked against the argument spec, the call is noted in
the system log, and what is secret is masked once more.
"""

from __future__ import annotations

import syslog
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import remove_values

from ...module_utils._module.definition import INVOCATION, Definition, Ended, Listener, ModuleCall, invocation_line
from .._resolve.given_types import type_problems, unsplit_texts
from .plain_values import plain


@dataclass(frozen=True)
class Conduct:
    """Hold how a module is to run.

    :param name: of the module, for the system log.
    :param log_facility: of the system log; an empty string: nothing is noted there.
    :param log_information: what the user wants to have in front of each entry there, or an empty string.
    :param repeats_options: the result holds the options.
    """

    name: str
    check: bool = False
    verbosity: int = 0
    log_facility: str = ""
    log_information: str = ""
    repeats_options: bool = True
    listener: Listener | None = None


def run_in_process(definition: Definition, arguments: Mapping[str, Any], conduct: Conduct) -> dict[str, Any]:
    """The result of the module.

    :param arguments: the options as the task gives them.
    """
    call = _call(definition, arguments, conduct)
    if conduct.log_facility and not call.errors:
        _log(conduct, call.params)
    return _result(definition.run(call), conduct.repeats_options)


def _call(definition: Definition, given: Mapping[str, Any], conduct: Conduct) -> ModuleCall:
    arguments = plain(given)
    how: dict[str, Any] = {
        "check": conduct.check,
        "verbosity": conduct.verbosity,
        "listener": conduct.listener,
        "wrong_types": type_problems(definition.argument_spec, given),
        "unsplit": unsplit_texts(definition.argument_spec, given),
    }
    try:
        checked = ArgumentSpecValidator(definition.argument_spec, **definition.rules).validate(arguments)
    except ValueError as error:
        return ModuleCall(arguments, defect=error, **how)
    return ModuleCall({**arguments, **checked.validated_parameters}, errors=tuple(checked.errors), **how)


def _log(conduct: Conduct, params: Mapping[str, Any]) -> None:
    line = " ".join(filter(None, (conduct.log_information, invocation_line(params))))
    syslog.openlog(f"ansible-{conduct.name}", 0, getattr(syslog, conduct.log_facility, syslog.LOG_USER))
    try:
        syslog.syslog(syslog.LOG_INFO, line)
    finally:
        syslog.closelog()


def _result(ended: Ended, repeats_options: bool) -> dict[str, Any]:
    values = dict(ended.values)
    if not repeats_options:
        values.pop(INVOCATION, None)
    if ended.warnings:
        values["warnings"] = list(ended.warnings)
    return {
        name: value if value is None or isinstance(value, bool) else remove_values(value, ended.last_net)
        for name, value in values.items()
    }
