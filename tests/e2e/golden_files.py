# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What users see, kept in files, once: documentation, and what each playbook displays and returns.

A test compares; ``make golden`` writes the files anew, and the commit then shows what a user would see changed.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
from collections.abc import Callable, Set
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from harness.playbooks import BIN, COLLECTION, ROOT, Run

FOLDER = Path(__file__).with_name("golden")
WRITE = os.environ.get("GOLDEN") == "write"
PLUGINS = f"ansible_collections.{COLLECTION}.plugins"

_VARYING = {"duration", "polls", "requests", "delta", "start", "end", "started", "elapsed"}
"""Keys of results whose values differ from run to run."""

_ELSEWHERE = {"invocation"}
"""Keys of results that are compared by another test."""

_UUID = re.compile(r"(?<![0-9a-f])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
_TRACE = re.compile(r"\b[0-9a-f]{32}\b|\btrace id [\w-]+")
_TIME = re.compile(r"\b20\d\d-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)?")
_SECONDS = re.compile(r"\b\d+(\.\d+)?( s\b| second\b| seconds\b)")
_ELAPSED = re.compile(r'("(?:duration|elapsed)": )[0-9.]+')
_PORT = re.compile(r"\b(127\.0\.0\.1|localhost):\d+")
_SITE = re.compile(r'("id": )"41\d\d"')
_ENDED = re.compile(r"(?:^\[\S+\] .* after .* \[\d+ of \d+\].*\n)+", re.MULTILINE)
"""Lines about services whose tasks end at the same time, in any order."""
_POSITION = re.compile(r" \[\d+ of")


def compare(name: str, content: str) -> None:
    """Compare with the golden file of that name, or write it."""
    path = FOLDER / name
    if WRITE:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    assert path.exists(), f"{name} is new: make golden"
    assert content == path.read_text(), f"{name} is not what users saw before; if it should be: make golden"


def as_text(value: Any) -> str:
    """JSON that is compared line by line."""
    return json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


@cache
def documentation(kind: str) -> dict[str, Any]:
    """Return what ``ansible-doc`` says about all plugins of a kind, without the shared fragments and without places on
    this machine.
    """
    command = [str(BIN / "ansible-doc"), "--json", "--type", kind]
    environment = {**os.environ, "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".venv/collections"), "ANSIBLE_NOCOLOR": "1"}
    names = json.loads(_output([*command, "--list", COLLECTION], environment))
    content: dict[str, Any] = json.loads(_output([*command, *names], environment)) if names else {}
    return {name: _without_fragments(_without_places(value)) for name, value in content.items()}


@cache
def fragments() -> dict[str, Any]:
    """Return the shared fragments of the documentation, each part by the name that plugins extend it by."""
    found: dict[str, Any] = {}
    for path in sorted((ROOT / "plugins/doc_fragments").glob("*.py")):
        own = importlib.import_module(f"{PLUGINS}.doc_fragments.{path.stem}").ModuleDocFragment
        for name, text in vars(own).items():
            if name.isupper():
                found[path.stem + ("" if name == "DOCUMENTATION" else f".{name.lower()}")] = yaml.safe_load(text)
    return found


def _without_fragments(content: dict[str, Any]) -> dict[str, Any]:
    """Return a plugin's documentation without the members that shared fragments have brought into it."""
    doc = content["doc"]
    for fragment in fragments().values():
        for part in ("options", "attributes"):
            for name in fragment.get(part, {}):
                doc.get(part, {}).pop(name, None)
        doc["notes"] = [note for note in doc.get("notes", []) if note not in fragment.get("notes", [])]
    return content


def _output(command: list[str], environment: dict[str, str]) -> str:
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True, timeout=60).stdout


def _without_places(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _without_places(each) for key, each in value.items() if key not in {"filename", "path", "plugin_path"}
        }
    return [_without_places(each) for each in value] if isinstance(value, list) else value


def seen(run: Run, folder: Path, known: set[str], *, options: bool = False) -> str:
    """What a user sees of a run: its exit status, the results of its tasks, and what was displayed.

    :param known: ids that are always the same.
    :param options: the options that results repeat are compared too.
    """
    varying = _VARYING if options else _VARYING | _ELSEWHERE
    results = [
        {"task": line["task"], "host": line["host"], "state": line["state"], "result": _steady(line["result"], varying)}
        for line in run.lines
        if line["action"].startswith(COLLECTION) or line["state"] == "failed"
    ]
    text = as_text({"exit status": run.rc, "results": results}) + "\n" + run.stdout + run.stderr
    text = text.replace(str(folder), "<folder>").replace(str(ROOT), "<collection>")
    for pattern, placeholder in (
        (_PORT, r"\1:<port>"),
        (_TIME, "<time>"),
        (_SECONDS, r"<seconds>\2"),
        (_ELAPSED, r"\1<seconds>"),
        (_UUID, _numbered(known)),
        (_TRACE, "<trace id>"),
        (_SITE, r"\1<site id>"),
        (_ENDED, _sorted),
    ):
        text = pattern.sub(placeholder, text)
    return text


def _sorted(match: re.Match[str]) -> str:
    return "".join(sorted(_POSITION.sub(" [<n> of", line) for line in match.group().splitlines(keepends=True)))


def _numbered(known: set[str]) -> Callable[[re.Match[str]], str]:
    """For ids that are made for each run: the first is 1, wherever it stands."""
    met: dict[str, str] = {}

    def placeholder(match: re.Match[str]) -> str:
        found = match.group()
        return found if found in known else met.setdefault(found, f"<id {len(met) + 1}>")

    return placeholder


def _steady(value: Any, varying: Set[str]) -> Any:
    """Without what varies: the platform lists services in the order in which they were ready."""
    if isinstance(value, dict):
        steady = {key: f"<{key}>" if key in varying else _steady(each, varying) for key, each in value.items()}
        if isinstance(value.get("services"), list):
            steady["services"] = sorted(steady["services"], key=lambda service: str(service.get("short_name")))
        return steady
    return [_steady(each, varying) for each in value] if isinstance(value, list) else value
