# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Environment variables and working directory that hold for one task, in a process that has others after it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager


@contextmanager
def surroundings(environment: Mapping[str, str], folder: str) -> Iterator[None]:
    """Have these variables and this working directory, and afterwards those of before.

    :param folder: when it is not there any more, the working directory stays.
    """
    before, place = dict(os.environ), _working_directory()
    try:
        os.environ.update(environment)
        _go_to(folder)
        yield
    finally:
        _go_to(place)
        for name in set(os.environ) - set(before):
            del os.environ[name]
        for name, value in before.items():
            if os.environ.get(name) != value:
                os.environ[name] = value


def _working_directory() -> str | None:
    try:
        return os.getcwd()
    except OSError:  # it was removed
        return None


def _go_to(folder: str | None) -> None:
    try:
        if folder is not None:
            os.chdir(folder)
    except OSError:
        return
