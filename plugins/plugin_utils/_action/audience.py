# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether somebody may want to see lines of progress, and who may display them."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from ansible import constants
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.utils import display as display_module
from ansible.utils.display import Display

PROGRESS = "live_platform_progress"
"""The variable that switches progress on or off for all tasks which do not say it themselves."""

_SILENT_CALLBACKS = ("json", "null")
"""What the names of standard output callbacks contain that a program reads, or that show nothing."""

_LONGEST_PROBE = 1.0
"""Seconds that a thread may take before it counts as held up for ever."""


def wants_progress(arguments: Mapping[str, Any], variable: Any) -> bool:
    """Return whether lines are to be displayed. What is no boolean is the module's to complain about.

    :param arguments: the options of the task.
    :param variable: the value of :data:`PROGRESS`, or ``None``.
    """
    if arguments.get("progress_path") or _is_read_by_a_program() or _has_no_output():
        return False
    given = arguments.get("progress")
    if given is None:
        given = True if variable is None else variable
    with suppress(TypeError):
        return boolean(given, strict=True)
    return False


def _is_read_by_a_program() -> bool:
    callback = str(constants.DEFAULT_STDOUT_CALLBACK).rsplit(".", 1)[-1].casefold()
    return any(word in callback for word in _SILENT_CALLBACKS)


def _has_no_output() -> bool:
    """Return whether Ansible was started with a closed standard output.

    A line from a worker would then end the thread that takes in its results, and Ansible would wait for ever.
    """
    return sys.__stdout__ is None


def threads_may_display() -> bool:
    """Return whether another thread than the main one can display a line in this process.

    Ansible hands lines on from its workers over a queue, which any thread may use. Where somebody has wrapped the
    display, as older controllers do, the wrapper writes by itself. Up to ansible-core 2.18, a worker is forked while
    the lock of standard output is held: the main thread gets it again, and any other thread waits for ever.
    """
    return _is_of_ansible(Display.display) or _ends_in_time(sys.stdout.flush)


def _is_of_ansible(function: Any) -> bool:
    code = getattr(function, "__code__", None)
    return code is not None and code.co_filename == display_module.__file__


def _ends_in_time(action: Callable[[], object]) -> bool:
    thread = threading.Thread(target=action, daemon=True)
    thread.start()
    thread.join(_LONGEST_PROBE)
    return not thread.is_alive()
