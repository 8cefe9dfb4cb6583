# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A module that Ansible has sent to the host of the task and runs there in a process of its own.

This is the one file of the engine that knows ``AnsibleModule``.
"""

from __future__ import annotations

from typing import Any, NoReturn

from ansible.module_utils.basic import AnsibleModule

from .._core.errors import LivePlatformError
from .definition import Definition, Ended, ModuleCall, bare_failure, invocation_line


class SentModule(AnsibleModule):  # type: ignore[misc]
    """Ansible's module, for what the definition says."""

    def __init__(self, definition: Definition) -> None:
        self._definition = definition
        self._has_ended = False
        self._defect: ValueError | None = None
        try:
            super().__init__(argument_spec=definition.argument_spec, supports_check_mode=True, **definition.rules)
        except ValueError as error:
            # Older ansible-core versions fail on a string that begins as a dictionary, in their search for secrets.
            self._defect = error

    def run(self) -> NoReturn:
        """Do the work and end the process with the result."""
        self._end(self._definition.run(self._call()))

    def _call(self, errors: Any = ()) -> ModuleCall:
        return ModuleCall(self.params, self.check_mode, int(self._verbosity), tuple(errors), self._defect)

    def _end(self, ended: Ended) -> NoReturn:
        self._has_ended = True
        for warning in ended.warnings:
            self.warn(warning)
        # Ansible would mask its own list in every text, a password 'on' in every 'connection' too; the engine's masking
        # is the better one. Left for Ansible is what must not get out even if it stands where nobody has looked.
        self.no_log_values = set(ended.last_net)
        values = dict(ended.values)
        if values.pop("failed", False):
            super().fail_json(values.pop("msg"), **values)
        super().exit_json(**values)
        raise AssertionError("exit_json does not return")

    def fail_json(self, msg: str | None, **kwargs: Any) -> NoReturn:
        """Ansible finds the options wrong, or cannot go on before the work has begun."""
        errors = getattr(getattr(self, "validation_result", None), "errors", None)
        if self._has_ended:
            super().fail_json(msg, **kwargs)
        elif errors:
            self._end(self._definition.run(self._call(errors)))
        else:
            self._end(bare_failure(LivePlatformError(str(msg))))
        raise AssertionError("fail_json does not return")

    def _log_invocation(self) -> None:
        """The entry in the system log: names of options only, since script parameters may hold passwords."""
        self.log(invocation_line(self.params))
