# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Loading once, in Ansible's main process, what its workers would otherwise load again for each task.

Ansible compiles the files of a collection whenever a process loads them. Workers are forked from the main process,
which loads the action plugin of a task before that, so that they have all that it has loaded by then.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from ansible.plugins.loader import filter_loader

_OF_FILTERS = ("plugin_utils._resolve", "module_utils._input")
"""Packages with what the filters do."""


@cache
def preload(plugins: str) -> None:
    """Load the filters of the collection, and what they do, once in a process.

    :param plugins: the dotted name of its package of plugins.
    """
    for name in _OF_FILTERS:
        package = import_module(f"{plugins}.{name}")
        for module in iter_modules(package.__path__):
            import_module(f"{package.__name__}.{module.name}")
    namespace, collection = plugins.split(".")[1:3]
    filter_loader.get(f"{namespace}.{collection}.hide_secrets")  # with it, all of them are loaded
