# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A module's own ``main`` in this process, which finds everything as if it had been sent."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from importlib.util import find_spec
from typing import Any
from unittest import mock

from ansible.module_utils import basic
from ansible.module_utils.common import warnings
from ansible.module_utils.common.parameters import PASS_VARS


def run_as_sent(main: Callable[[], object], options: Mapping[str, Any], **how: Any) -> None:
    """Run it; it writes its result to the standard output, and its end is no end of this process.

    :param how: what Ansible tells every module, such as ``check_mode``.
    """
    # From ansible-core 2.21 on, results repeat the options only then.
    how = {"inject_invocation": True, **how} if "inject_invocation" in PASS_VARS else how
    arguments = {**options, **{f"_ansible_{name}": value for name, value in how.items()}}
    with ExitStack() as scene:
        changed: list[tuple[Any, str, Any]] = [
            (basic, "_ANSIBLE_ARGS", json.dumps({"ANSIBLE_MODULE_ARGS": arguments}).encode()),
            (basic, "_ANSIBLE_PROFILE", "legacy"),
            (basic, "_PARSED_MODULE_ARGS", None),
        ]
        if find_spec("ansible.module_utils._internal"):
            # Warnings are part of the result, unless something of the controller was loaded.
            changed.append(("ansible.module_utils._internal", "is_controller", False))
        for target, name, value in changed:
            if isinstance(target, str):
                scene.enter_context(mock.patch(f"{target}.{name}", value, create=True))
            else:
                scene.enter_context(mock.patch.object(target, name, value, create=True))
        for name in ("_global_warnings", "_global_deprecations"):
            getattr(warnings, name).clear()
        try:
            main()
        except SystemExit:
            return
    raise AssertionError("the module has not ended")
