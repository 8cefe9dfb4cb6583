# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Running the real ``ansible-playbook``: a play from a list of tasks, and what came of it as data."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from harness.canaries import Canaries
from simulator.client import Simulator

COLLECTION = "audiocodes.live_platform"
ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
TIMEOUT = 90
"""Seconds for one ansible-playbook."""

_FOREIGN = ("ANSIBLE_", "LIVE_PLATFORM_", "XDG_", "PYTEST_", "COLUMNS")
_NEVER_SHOWN = ("Traceback (most recent call last)", "MODULE FAILURE", "MODULE_STDERR", "Unexpected error")

Task = dict[str, Any]


def task(name: str, module: str, options: Mapping[str, Any] | None = None, /, **keywords: Any) -> Task:
    """A task. A module without a dot is one of the collection; ``keywords`` are those of the task."""
    action = module if "." in module else f"{COLLECTION}.{module}"
    return {"name": name, action: dict(options or {}), **keywords}


def asking_modules() -> list[str]:
    """The modules that ask the platform; the others are actions alone."""
    files = (ROOT / "plugins/modules").glob("*.py")
    return sorted(path.stem for path in files if "\nMODULE = " in path.read_text())


def role(name: str, **variables: Any) -> Task:
    """A task that runs a role of the collection."""
    return task(f"Role {name}", "ansible.builtin.include_role", {"name": f"{COLLECTION}.{name}"}, vars=variables)


@dataclass(frozen=True)
class Step:
    """A task that has run."""

    state: str
    result: dict[str, Any]
    requests: list[dict[str, Any]]
    """What the simulator was asked meanwhile."""

    def __getitem__(self, key: str) -> Any:
        return self.result[key]

    @property
    def changed(self) -> bool:
        return bool(self.result.get("changed"))

    @property
    def failed(self) -> bool:
        return self.state == "failed"

    @property
    def message(self) -> str:
        return str(self.result.get("msg", ""))

    @property
    def failure(self) -> dict[str, Any]:
        """The structured failure."""
        failure: dict[str, Any] = self.result["failure"]
        return failure

    @property
    def warnings(self) -> str:
        """All warnings as one text."""
        return "\n".join(str(warning) for warning in self.result.get("warnings", ()))

    @property
    def sent(self) -> list[str]:
        """Verb and path of the requests meanwhile, ids as they are, without the ``/tenantui`` before them."""
        return spelled(self.requests)


@dataclass(frozen=True)
class Run:
    """One ansible-playbook that has ended."""

    rc: int
    stdout: str
    stderr: str
    lines: list[dict[str, Any]]
    log: list[dict[str, Any]] = field(repr=False)

    @property
    def output(self) -> str:
        return self.stdout + self.stderr

    @property
    def text(self) -> str:
        """The output in one line, since Ansible wraps long ones."""
        return " ".join(self.output.split())

    @cached_property
    def recap(self) -> dict[str, int]:
        """The figures of the PLAY RECAP."""
        figures = re.findall(r"(\w+)=(\d+)", self.stdout.rpartition("PLAY RECAP")[2])
        return {name: int(value) for name, value in figures}

    @property
    def sent(self) -> list[str]:
        """Verb and path of all requests of the run."""
        return spelled(self.log)

    def __getitem__(self, name: str) -> Step:
        """The last task of this name."""
        found = [line for line in self.lines if line["task"] == name]
        assert found, f"no task '{name}' has run; there were {[line['task'] for line in self.lines]}\n{self.output}"
        line = found[-1]
        return Step(line["state"], line["result"], self._between(line["started"], line["ended"]))

    def __contains__(self, name: str) -> bool:
        return any(line["task"] == name for line in self.lines)

    def _between(self, started: float, ended: float) -> list[dict[str, Any]]:
        return [entry for entry in self.log if started <= entry["time"] <= ended]


def spelled(log: Iterable[Mapping[str, Any]]) -> list[str]:
    """``GET /api/v3/customer`` for every request."""
    return [f"{entry['method']} {entry['path'].removeprefix('/tenantui').rstrip('/')}" for entry in log]


def _visible(log: Iterable[Mapping[str, Any]]) -> bytes:
    """Addresses and headers of the requests, which every proxy on the way may write to its own log."""
    names = ("path", "query", "channel", "user_agent", "content_type", "accept", "referrer", "other_headers")
    return json.dumps([{name: entry[name] for name in names} for entry in log], ensure_ascii=False).encode()


class Ansible:
    """Runs playbooks in a folder of its own, with nothing of the user's settings.

    After every run it checks what must hold for each: no traceback and no secret anywhere, neither in the output nor in
    what was written to the folder.
    """

    def __init__(self, folder: Path, simulator: Simulator, secrets: Iterable[str]) -> None:
        self.folder = folder
        self.simulator = simulator
        self.home = folder / "home"
        self.home.mkdir(exist_ok=True)
        self.secrets = list(secrets)
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)},
            **simulator.environment,
            "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}",
            "LC_ALL": "C.UTF-8",
            "NO_PROXY": "*",
            "HOME": str(self.home),
            "XDG_CACHE_HOME": str(self.home / "cache"),
            "XDG_STATE_HOME": str(self.home / "state"),
            "ANSIBLE_HOME": str(self.home / "ansible"),
            "ANSIBLE_CONFIG": str(self.file("ansible.cfg", None)),
            "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".venv" / "collections"),
            "ANSIBLE_CALLBACK_PLUGINS": str(Path(__file__).with_name("callback_plugins")),
            "ANSIBLE_CALLBACKS_ENABLED": "recorder",
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
            "ANSIBLE_NOCOLOR": "true",
            "ANSIBLE_PIPELINING": "true",
            # From ansible-core 2.21 on, results have it only then; what it holds is searched for secrets.
            "ANSIBLE_INJECT_INVOCATION": "true",
        }
        self._count = 0

    def play(
        self, *tasks: Task, play: Mapping[str, Any] | None = None, arguments: Iterable[str] = (), **conduct: Any
    ) -> Run:
        """Run one play with these tasks.

        :param play: further keywords of the play, such as ``vars`` and ``module_defaults``.
        :param arguments: of the command line, after the playbook.
        :param conduct: see :meth:`run`.
        """
        more = dict(play or {})
        variables = {"ansible_python_interpreter": "{{ ansible_playbook_python }}", **more.pop("vars", {})}
        content = {
            "name": "Test",
            "hosts": "localhost",
            "connection": "local",
            "gather_facts": False,
            "vars": variables,
            "tasks": list(tasks),
            **more,
        }
        path = self.file("play.yml", [content])
        return self.run(str(path), *arguments, **conduct)

    def refusals(self, module: str, each: Iterable[Mapping[str, Any]]) -> tuple[list[str], Run]:
        """What a module says of each of these options, in one run; it has to refuse all of them."""
        tasks = [task(f"wrong {number}", module, options, ignore_errors=True) for number, options in enumerate(each)]
        run = self.play(*tasks)
        steps = [run[wrong["name"]] for wrong in tasks]
        assert all(step.failed for step in steps), run.output
        return [step.message for step in steps], run

    def run(
        self,
        playbook: str,
        *arguments: str,
        check: bool = False,
        diff: bool = False,
        verbosity: int = 0,
        variables: Mapping[str, Any] | None = None,
        environment: Mapping[str, str | None] | None = None,
        timeout: float = TIMEOUT,
    ) -> Run:
        """Run a playbook.

        :param playbook: a path, or the name of one of the collection's.
        :param variables: extra variables, handed over in a file.
        :param environment: changes; ``None`` takes a variable away.
        """
        record = self.file(f"record-{self._count}.json", None)
        self._count += 1
        command = [str(BIN / "ansible-playbook"), playbook, *arguments]
        command += ["--check"] * check + ["--diff"] * diff + (["-" + "v" * verbosity] if verbosity else [])
        if variables is not None:
            command += ["-e", f"@{self.file('variables.json', variables)}"]
        changed = {**self.environment, "E2E_RECORD": str(record), **(environment or {})}
        started = time.time()
        done = subprocess.run(
            command,
            cwd=self.folder,
            env={name: value for name, value in changed.items() if value is not None},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        lines = [json.loads(line) for line in record.read_text().splitlines()]
        log = [entry for entry in self.simulator.log() if entry["time"] >= started]
        run = Run(done.returncode, done.stdout, done.stderr, lines, log)
        self._check(run)
        return run

    def file(self, name: str, content: Any) -> Path:
        """A file in the folder, as JSON, which is YAML too."""
        path = self.folder / name
        path.write_text("" if content is None else json.dumps(content, indent=1))
        return path

    def _check(self, run: Run) -> None:
        for words in _NEVER_SHOWN:
            assert words not in run.output, run.output
        written = {str(path): path.read_bytes() for path in self.home.rglob("*") if path.is_file()}
        written["the output"] = run.output.encode()
        written["the results"] = json.dumps(run.lines, ensure_ascii=False).encode()
        written["what the platform can see besides the requests themselves"] = _visible(run.log)
        found = Canaries(self.secrets).search(written)
        assert not found, found
