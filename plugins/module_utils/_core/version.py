# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The collection's version, and what it needs, compared with what is there before anything is done.

What is loaded before this is asked must not need more than Python 3.7, so that the sentence is said instead of an error
from somewhere inside.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Optional

COLLECTION = "audiocodes.live_platform"
VERSION = "1.0.0"
USER_AGENT = f"{COLLECTION}/{VERSION}"
"""As sent in the User-Agent; a test compares the version with galaxy.yml."""

PYTHON = (3, 10)
ANSIBLE_CORE = "2.16"
PACKAGES: Mapping[str, str] = {"requests": "2.27", "urllib3": "1.26"}
"""Each package and the oldest version that will do."""


def unmet(
    ansible_core: str,
    packages: Optional[Mapping[str, str]] = None,  # noqa: UP045 (see above)
    python: Sequence[int] = sys.version_info[:3],
) -> list[str]:
    """One sentence for each requirement that is not met, with what is there.

    :param ansible_core: its version.
    :param packages: Python packages that are needed; by default those of a module.
    :param python: the version of the interpreter.
    """
    found = []
    if tuple(python[:2]) < PYTHON:
        here, needed = (".".join(map(str, version)) for version in (python, PYTHON))
        found.append(f"Python {here} runs this ({sys.executable}), {needed} or newer is needed")
    if _is_older(ansible_core, ANSIBLE_CORE):
        found.append(f"ansible-core {ansible_core} is installed, {ANSIBLE_CORE} or newer is needed")
    for name, oldest in (PACKAGES if packages is None else packages).items():
        version = _version_of(name)
        if version is None:
            found.append(
                f"Failed to import the required Python library ({name}) for {sys.executable}; install {oldest} or newer"
            )
        elif _is_older(version, oldest):
            found.append(f"{name} {version} is installed for {sys.executable}, {oldest} or newer is needed")
    return found


def _version_of(name: str) -> Optional[str]:  # noqa: UP045 (see above)
    try:
        return str(getattr(import_module(name), "__version__", "")) or "of an unknown version"
    except ImportError:
        return None


def _is_older(version: str, oldest: str) -> bool:
    """Return whether a version is older; one that is no number counts as new enough."""
    parts, needed = (re.findall(r"\d+", text.split("+")[0])[:3] for text in (version, oldest))
    return bool(parts) and tuple(map(int, parts)) < tuple(map(int, needed))
