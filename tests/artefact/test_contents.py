# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The artefact holds what a user needs and nothing else, and is the same whoever builds it."""

import json
from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path

import yaml

from artefact.opened import ROOT, Opened, listed_files

BELONGS = {
    "plugins/*": "what the collection is",
    "roles/*": "what the collection is",
    "playbooks/*": "what the collection is",
    "inventory/*": "an inventory source for controllers",
    "extensions/*": "what automation controllers read",
    "meta/*": "which ansible-core, which Python packages",
    "requirements.txt": "which Python packages",
    "docs/*.md": "the pages for users",
    "docs/*.svg": "their pictures",
    "docs/docsite/*": "how the documentation site shows the collection",
    "changelogs/changelog.yaml": "what changed",
    "changelogs/config.yaml": "how the changelog is made",
    "tests/config.yml": "ansible-test of whoever checks the artefact",
    "*.md": "README and the community's files",
    "LICENSE": "the licence",
}
"""Patterns of the files that belong into the artefact, and why."""

STAYS = ("docs/benchmark.*", "docs/decisions/*", "docs/site/*", "*/.*")
"""Exceptions: they stay in the repository."""

MADE = {"MANIFEST.json", "FILES.json"}
"""What the build itself puts there."""

LARGEST = 512 * 1024
"""Bytes. The whole artefact has to stay small enough for an execution environment of many collections."""


def _matches(name: str, pattern: str) -> bool:
    """``*.md`` without a folder means the root only."""
    return fnmatchcase(name, pattern) and ("/" in pattern or "/" not in name)


def _belongs(name: str) -> bool:
    return any(_matches(name, pattern) for pattern in BELONGS) and not any(_matches(name, pattern) for pattern in STAYS)


def test_it_holds_what_belongs_into_it_and_nothing_else(opened: Opened) -> None:
    expected = {name for name in listed_files() if _belongs(name)}
    assert set(opened.contents) - MADE == expected


def test_every_rule_is_needed(opened: Opened) -> None:
    idle = [pattern for pattern in BELONGS if not any(_matches(name, pattern) for name in opened.contents)]
    assert idle == []


def test_every_ignore_pattern_of_galaxy_yml_is_needed() -> None:
    patterns = yaml.safe_load((ROOT / "galaxy.yml").read_text())["build_ignore"]
    names = {*listed_files(), ".git", "plugins/x.pyc", "build", "changelogs/.plugin-cache.yaml"}
    folders = {str(parent) for name in names for parent in Path(name).parents}
    assert [pattern for pattern in patterns if not any(fnmatchcase(name, pattern) for name in names | folders)] == []


def test_it_holds_no_name_of_the_folder_that_it_was_built_in(opened: Opened) -> None:
    for place in (str(ROOT), str(Path.home())):
        found = [name for name, content in opened.contents.items() if place.encode() in content]
        assert found == []


def test_it_holds_plain_files_that_anyone_can_read_and_links_to_them(opened: Opened) -> None:
    for name, member in opened.members.items():
        beside = str(Path(name).with_name(member.linkname)) if member.issym() else name
        assert opened.members[beside].isfile(), name
        assert member.mode & 0o444 == 0o444, name


def test_it_is_small(artefact: Path) -> None:
    assert artefact.stat().st_size < LARGEST


def test_its_metadata_are_those_of_galaxy_yml(opened: Opened) -> None:
    written = yaml.safe_load((ROOT / "galaxy.yml").read_text())
    metadata = json.loads(opened.contents["MANIFEST.json"])["collection_info"]
    for name in set(written) - {"build_ignore", "license"}:
        assert metadata[name] == written[name], name
    assert metadata["dependencies"] == {}


def test_a_fresh_checkout_yields_the_same(opened: Opened, build: Callable[[Path], Path], fresh_checkout: Path) -> None:
    again = Opened(build(fresh_checkout))
    assert again.contents == opened.contents
    assert again.fingerprint == opened.fingerprint
