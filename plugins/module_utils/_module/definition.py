# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a module is, what a call of it brings, and how the call ends: the same wherever it runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from .._core.errors import LivePlatformError
from .._http.client import HttpClient
from .arguments import connection_spec


class Listener(Protocol):
    """Gets lines of progress while a module runs. Any thread may write."""

    def write(self, line: str) -> None:
        """Take one line, which holds no secret."""

    def flush(self) -> None:
        """Show what was written; only the main thread calls this."""


@dataclass(frozen=True)
class ModuleCall:
    """One call of a module.

    :param params: the options: checked and with their defaults, or as they were given when they are wrong.
    :param check: nothing may be changed.
    :param verbosity: how many -v the user has given.
    :param errors: what Ansible finds wrong with the options, as exceptions with a ``msg``.
    :param defect: on what Ansible's own check of the options has broken off.
    :param listener: of progress, for a module with options for it; ``None``: the file that these name, if any.
    :param wrong_types: what is wrong with the types of the options as they were given, before Ansible converted them.
    :param unsplit: texts that were given for mappings, before Ansible made some of them mappings.
    """

    params: dict[str, Any]
    check: bool = False
    verbosity: int = 0
    errors: Sequence[Any] = ()
    defect: ValueError | None = None
    listener: Listener | None = None
    wrong_types: Sequence[str] = ()
    unsplit: Sequence[str] = ()


@dataclass(frozen=True)
class Ended:
    """Hold how a call has ended. Nothing in it is secret.

    :param values: what the module returns.
    :param warnings: each once.
    :param last_net: what Ansible has to mask wherever it may still turn up.
    """

    values: dict[str, Any]
    warnings: Sequence[str] = ()
    last_net: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Definition:
    """A module: its options and its work.

    :param options: its own ones, as an argument spec; the connection options are added.
    :param work: gets the module and the requests, and gives the return values; with ``failed`` and ``msg`` among them,
        the module fails.
    :param carry_out: makes a module of this definition and a call, and carries the call out.
    :param api: makes the requests that the work sends: a look-up needs those of its objects only.
    :param problems: finds what is wrong with the values of the options; it must cope with values of any type.
    :param public_and_secret: the values that everybody may know, and those that are secret, of the options or of one of
        the items.
    :param items: the option that holds a list of dictionaries with such options, if there is one.
    :param item_keys: of these dictionaries, the result repeats only these keys, since the others are not read and may
        be secret; an empty one: all of them.
    :param secret_names: further keys, anywhere in the options, whose values the user calls secret; it must cope with
        values of any type.
    :param rules: between options, such as ``required_one_of``, in Ansible's words.
    """

    options: Mapping[str, Any]
    work: Callable[[Any, Any], Mapping[str, Any]]
    carry_out: Callable[[Definition, ModuleCall], Ended]
    api: Callable[[HttpClient], Any]
    problems: Callable[[Mapping[str, Any]], list[str]] = lambda params: []
    public_and_secret: Callable[[Mapping[str, Any]], tuple[list[Any], list[str]]] = lambda values: ([], [])
    items: str = ""
    item_keys: Sequence[str] = ()
    secret_names: Callable[[Mapping[str, Any]], list[str]] = lambda params: []
    rules: Mapping[str, Any] = field(default_factory=dict)

    @property
    def argument_spec(self) -> dict[str, Any]:
        """All options."""
        return {**connection_spec(), **self.options}

    def run(self, call: ModuleCall) -> Ended:
        """Carry out a call. It raises nothing but what is to end the process."""
        return self.carry_out(self, call)


INVOCATION = "invocation"
"""The return value that repeats the options."""


def bare_failure(error: LivePlatformError) -> Ended:
    """A failure that says the error and nothing else, since anything else may be secret."""
    return Ended(
        {
            "failed": True,
            "msg": error.sentence(),
            "failure": error.to_dict(),
            INVOCATION: {"module_args": "hidden, since the result could not be cleared of secrets"},
        }
    )


def invocation_line(params: Mapping[str, Any]) -> str:
    """Return what the system log gets: names of options only, since script parameters may hold passwords."""
    given = sorted(name for name, value in params.items() if value is not None)
    return f"Invoked with the options {', '.join(given)}"
