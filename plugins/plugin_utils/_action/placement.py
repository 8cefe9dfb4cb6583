# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a task runs its module: in this process, or sent to the host of the task as Ansible does by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Circumstances:
    """Hold what decides where a module runs.

    :param switched_off: what the user has set to have all modules sent, or an empty string.
    :param transport: the connection plugin of the task, without its collection.
    :param becomes: the task is to run as another user.
    :param in_background: the task is not waited for, or polled (``async``).
    :param interpreter: the Python that the user asks for; an empty string: none in particular.
    :param own_interpreter: the Python that runs this process.
    :param missing: what this Python lacks for the module, as sentences.
    """

    switched_off: str = ""
    transport: str = "local"
    becomes: bool = False
    in_background: bool = False
    interpreter: str = ""
    own_interpreter: str = ""
    missing: tuple[str, ...] = ()

    @property
    def has_other_interpreter(self) -> bool:
        """Return whether the user asks for another Python. Two names of one file may still be two environments."""
        return self.interpreter not in ("", self.own_interpreter)


_REASONS_TO_SEND: tuple[tuple[Callable[[Circumstances], bool], str], ...] = (
    (lambda seen: bool(seen.switched_off), "{0.switched_off} switches it off"),
    (lambda seen: seen.transport != "local", "the connection is '{0.transport}', not 'local'"),
    (lambda seen: seen.becomes, "the task has become"),
    (lambda seen: seen.in_background, "the task has async"),
    (lambda seen: seen.has_other_interpreter, "another Python interpreter is asked for: {0.interpreter}"),
    (lambda seen: bool(seen.missing), "this Python lacks something: {0.missing[0]}"),
)


def reason_to_send(seen: Circumstances) -> str | None:
    """Return why the module is sent; ``None``: it runs in this process."""
    for holds, text in _REASONS_TO_SEND:
        if holds(seen):
            return text.format(seen)
    return None
