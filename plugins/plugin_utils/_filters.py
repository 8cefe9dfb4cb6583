# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What every filter of the collection has in common: what it is given, what it returns, and how it fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible.module_utils.ansible_release import __version__ as ansible_version
from jinja2 import Undefined

from ..module_utils._core.errors import LivePlatformError
from ..module_utils._core.text import printable
from ..module_utils._core.version import unmet

MISSING = tuple(unmet(ansible_version, packages={}))
"""What this Ansible and this Python lack for the collection, one sentence each."""

_PLAIN = frozenset({str, int, float, bool, type(None)})
"""What most values are, and what needs no second look."""

Filter = Callable[..., Any]


def offered(function: Filter | str, *, for_people: bool = False) -> Filter:
    """The function as a filter: vaulted strings are strings, and bad input is an error of a filter.

    Ansible loads all filters of a collection when it needs one of them, and that again in each of its processes. So
    what they do is loaded when they do it.

    :param function: or where it is, as in ``_resolve.numbers:number_ranges``.
    :param for_people: what it returns is read by people, so that it holds nothing that could steer a terminal. What is
        sent to the platform stays as the user typed it.
    """

    def filter_(*arguments: Any, **options: Any) -> Any:
        if MISSING:
            raise AnsibleFilterError("; ".join(MISSING))
        work = loaded(function) if isinstance(function, str) else function
        try:
            result = work(*map(with_strings, arguments), **{key: with_strings(value) for key, value in options.items()})
        except LivePlatformError as error:
            raise AnsibleFilterError(printable(error.message)) from None
        except AnsibleFilterError as error:
            raise AnsibleFilterError(printable(error.message)) from None
        return _printable(result) if for_people else result

    return filter_


def loaded(place: str) -> Filter:
    """The function at a place below this package, as in ``_resolve.numbers:number_ranges``."""
    module, _separator, name = place.partition(":")
    function: Filter = getattr(import_module(f".{module}", __package__), name)
    return function


def with_strings(value: Any) -> Any:
    """The same value with strings for vaulted ones, which are no strings up to ansible-core 2.18.

    What holds none is given back as it is, with what Ansible knows of it.

    :raises jinja2.UndefinedError: a variable in it does not exist.
    """
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Undefined):
        value._fail_with_undefined_error()  # jinja2's own error, which names the variable
    if getattr(value, "__ENCRYPTED__", False) is True:
        return str(value)
    if isinstance(value, Mapping):
        return _with_changes(value, value.items(), dict)
    if isinstance(value, (list, tuple)):
        return _with_changes(value, enumerate(value), list)
    return value


def _with_changes(whole: Any, items: Iterable[tuple[Any, Any]], copy: Callable[[Any], Any]) -> Any:
    """The whole with strings in place of its vaulted items; a copy only if there are any."""
    changes = {}
    for place, item in items:
        if type(item) not in _PLAIN and (plain := with_strings(item)) is not item:
            changes[place] = plain
    if not changes:
        return whole
    copied = copy(whole)
    for place, plain in changes.items():
        copied[place] = plain
    return copied


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        shown = printable(value)
        return value if shown == value else shown
    if isinstance(value, Mapping):
        return {_printable(key): _printable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_printable(item) for item in value]
    return value
