# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Actions without a module to send: they work with what the play knows already, and ask no platform."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from ansible.errors import AnsibleError
from ansible.plugins.action import ActionBase

from ...module_utils._core.errors import InputError, LivePlatformError, unexpected_error
from ...module_utils._core.text import printable
from .._filters import MISSING, with_strings


class HelperAction(ActionBase):  # type: ignore[misc]
    """The action of a helper.

    :cvar options: an argument spec.
    """

    options: ClassVar[Mapping[str, Any]] = {}

    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        self._supports_check_mode = True
        result: dict[str, Any] = super().run(tmp, task_vars)
        if MISSING:
            return {**result, "failed": True, "msg": "; ".join(MISSING)}
        self._task.args = {name: with_strings(value) for name, value in self._task.args.items()}
        _validated, params = self.validate_argument_spec(argument_spec=dict(self.options))
        try:
            result.update(self.work(params, task_vars or {}))
        except InputError as error:
            result.update(failed=True, msg=printable("\n".join(error.problems)))
        except LivePlatformError as error:
            result.update(failed=True, msg=printable(error.message))
        except AnsibleError:
            raise
        except Exception as error:  # its text may hold a secret
            result.update(failed=True, msg=unexpected_error(error).sentence())
        return result

    def work(self, params: Mapping[str, Any], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the action does.

        :returns: its return values.
        :raises LivePlatformError: something is wrong with what it is given.
        """
        raise NotImplementedError
