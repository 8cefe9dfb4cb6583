# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an automation controller does with a job, without the controller: a private data directory for ansible-runner.

Credentials become ``env/envvars`` by the injectors of their type, answers to a survey become ``env/extravars``, the
inventory becomes a script, and the project a folder.
"""

import json
import re
import shlex
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from jinja2.sandbox import ImmutableSandboxedEnvironment

from e2e.controller_objects import named
from e2e.controller_rules import launch_problems
from harness.playbooks import BIN, ROOT
from simulator.client import Simulator

RUNNER = str(BIN / "ansible-runner")
TIMEOUT = 200
"""Seconds for one job, on a busy machine."""


_TASK_ID = re.compile(r"wst_[0-9a-f-]{36}")


class _Unsafe(str):
    """A text that is never a template."""


class _Dumper(yaml.SafeDumper):
    """Writes variables as a controller does: what a user typed is no template."""


_Dumper.add_representer(_Unsafe, lambda dumper, text: dumper.represent_scalar("!unsafe", str(text)))


def _typed(value: Any) -> Any:
    if isinstance(value, str):
        return _Unsafe(value)
    if isinstance(value, Mapping):
        return {key: _typed(item) for key, item in value.items()}
    return [_typed(item) for item in value] if isinstance(value, list) else value


def written_answers(answers: Mapping[str, Any]) -> str:
    """Return the variables of a job as a controller writes them."""
    return yaml.dump(_typed(dict(answers)), Dumper=_Dumper)


def rendered(credential_type: Mapping[str, Any], inputs: Mapping[str, Any], folder: Path) -> dict[str, str]:
    """The environment that a credential of this type gives to a job; its files are written to the folder.

    Fields that were left empty do not exist for the templates, booleans that were not touched are false.
    """
    fields = credential_type["inputs"]["fields"]
    known: dict[str, Any] = {name: value for name, value in inputs.items() if value != ""}
    for each in fields:
        if each.get("type") == "boolean":
            known.setdefault(each["id"], each.get("default", False))
    jinja = ImmutableSandboxedEnvironment()
    files: dict[str, str] = {}
    for label, template in credential_type["injectors"].get("file", {}).items():
        path = folder / f"file-{label}"
        path.write_text(jinja.from_string(template).render(known))
        path.chmod(stat.S_IRUSR | stat.S_IWUSR)
        files[label.partition(".")[2]] = str(path)
    tower = {"filename": files.get("") or files}
    return {
        name: jinja.from_string(template).render({**known, "tower": tower})
        for name, template in credential_type["injectors"]["env"].items()
    }


def sliced(hosts: Iterable[str], number: int, count: int) -> list[str]:
    """The hosts of one slice, numbered from 1: every so-manieth of the hosts in the order of their names."""
    return sorted(hosts)[number - 1 :: count]


@dataclass
class Job:
    """A job that has ended."""

    folder: Path
    status: str
    output: str
    events: list[dict[str, Any]] = field(repr=False)

    @property
    def text(self) -> str:
        """The standard output in one line."""
        return " ".join("".join(event.get("stdout", "") + "\n" for event in self.events).split())

    @property
    def stats(self) -> dict[str, Any]:
        """The event data of the end of the playbook."""
        return next(event["event_data"] for event in self.events if event["event"] == "playbook_on_stats")

    @property
    def artifacts(self) -> dict[str, Any]:
        """What the job hands to the next one of a workflow."""
        found: dict[str, Any] = dict(self.stats.get("artifact_data", {}))
        return found

    def shows(self, block: str) -> bool:
        """Whether every line of a block stands in the output, whatever the ids of tasks."""
        text = _TASK_ID.sub("wst_", self.text)
        lines = [" ".join(_TASK_ID.sub("wst_", line).strip(" ,").split()) for line in block.splitlines()]
        return all(line in text for line in lines)

    def result(self, task: str, host: str | None = None) -> dict[str, Any]:
        """The last result of a task."""
        found = [
            event["event_data"]
            for event in self.events
            if event["event"] in ("runner_on_ok", "runner_on_failed")
            and event["event_data"]["task"] == task
            and host in (None, event["event_data"]["host"])
        ]
        assert found, f"no task '{task}': {self.text}"
        result: dict[str, Any] = found[-1]["res"]
        return result


class Controller:
    """Runs jobs in folders of their own below one folder, with nothing of the user's settings."""

    def __init__(self, folder: Path, simulator: Simulator, environment: Mapping[str, str], secrets: list[str]) -> None:
        self.folder = folder
        self.simulator = simulator
        self.secrets = secrets
        self.environment = {
            name: value for name, value in environment.items() if not name.startswith(("LIVE_PLATFORM_", "E2E_"))
        }
        for name in ("ANSIBLE_CALLBACK_PLUGINS", "ANSIBLE_CALLBACKS_ENABLED", "ANSIBLE_CONFIG"):
            self.environment.pop(name, None)
        self._count = 0

    @property
    def inputs(self) -> dict[str, Any]:
        """A credential for the simulator, as an administrator fills it in."""
        facts = self.simulator.facts
        return {
            "base_url": facts["base_url"],
            "auth_tenant_id": facts["auth_tenant_id"],
            "client_id": facts["client_id"],
            "client_secret": facts["client_secret"],
            "auth_scope": facts["auth_scope"],
            "auth_url": facts["auth_url"],
            "ca_bundle": Path(facts["ca_path"]).read_text() if facts["ca_path"] else "",
        }

    def credential(self, **changes: Any) -> dict[str, str]:
        """The environment that a credential for the simulator gives to a job."""
        kind = named("controller_credential_types", "AudioCodes Live Platform")
        self._count += 1
        folder = self.folder / f"credential-{self._count}"
        folder.mkdir()
        return rendered(kind, {**self.inputs, **changes}, folder)

    def launch(self, template: str, answers: Mapping[str, Any] | None = None, **how: Any) -> Job:
        """Launch a job template of the collection with answers to its survey, as far as the controller would.

        :param how: see :meth:`prepare`; ``artifacts`` are those of the jobs before it in a workflow.
        """
        item = named("controller_templates", template)
        problems = launch_problems(item, answers or {})
        assert problems == [], problems
        variables = {**item.get("extra_vars", {}), **how.pop("artifacts", {}), **(answers or {})}
        playbook = Path(item["playbook"]).stem
        return self.run(playbook, how.pop("environment", None) or self.credential(), answers=variables, **how)

    def prepare(
        self,
        environment: Mapping[str, str],
        answers: Mapping[str, Any] | None = None,
        inventory: Mapping[str, Any] | None = None,
        check: bool = False,
        limit: str = "",
    ) -> Path:
        """A private data directory, with the collection as its project.

        :param environment: what the credentials give.
        :param answers: to the survey, and extra variables.
        :param inventory: as ``ansible-inventory --list`` writes it.
        :param check: as a dry run.
        :param limit: the hosts of it.
        """
        self._count += 1
        folder = self.folder / f"job-{self._count}"
        for name in ("env", "inventory", "project", "tmp"):
            (folder / name).mkdir(parents=True)
        shutil.copytree(ROOT / "playbooks", folder / "project/playbooks")
        shutil.copy(ROOT / "ansible.cfg", folder / "project")
        options = [*(["--check"] if check else []), *(["--limit", limit] if limit else [])]
        (folder / "env/cmdline").write_text(shlex.join(options))
        home = folder / "tmp"
        variables = {
            **{name: value for name, value in self.environment.items() if name.startswith(("ANSIBLE_", "LC_", "NO_"))},
            "ANSIBLE_HOME": str(home / "ansible"),
            "XDG_CACHE_HOME": str(home / "cache"),
            "XDG_STATE_HOME": str(home / "state"),
            "HOME": str(home),
            **environment,
        }
        (folder / "env/envvars").write_text(yaml.safe_dump(variables))
        (folder / "env/extravars").write_text(written_answers(answers or {}))
        (folder / "env/settings").write_text(json.dumps({"idle_timeout": TIMEOUT, "job_timeout": TIMEOUT}))
        script = folder / "inventory/hosts"
        content = json.dumps(inventory or {"all": {"hosts": ["localhost"]}, "_meta": {"hostvars": {}}})
        script.write_text(f"#!{sys.executable}\nprint({content!r})\n")
        script.chmod(0o700)
        return folder

    def start(self, folder: Path, playbook: str) -> "subprocess.Popen[str]":
        """Start a job without waiting for it."""
        command = [RUNNER, "run", str(folder), "-p", f"playbooks/{playbook}.yml", "-q", "--ident", "job"]
        return subprocess.Popen(
            command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def finish(self, folder: Path, process: "subprocess.Popen[str]") -> Job:
        """Wait for a job, and look whether what must hold for each job does."""
        try:
            output, _nothing = process.communicate(timeout=TIMEOUT)
        finally:
            process.kill()
        return self.read(folder, output)

    def run(self, playbook: str, environment: Mapping[str, str], **how: Any) -> Job:
        """Run a job to its end. For the parameters see :meth:`prepare`."""
        folder = self.prepare(environment, **how)
        return self.finish(folder, self.start(folder, playbook))

    def run_elsewhere(self, playbook: str, environment: Mapping[str, str], **how: Any) -> Job:
        """Run a job as on an execution node: sent as a stream, worked on in another folder, its results sent back."""
        here = self.prepare(environment, **how)
        there, back = here.with_name(f"{here.name}-node"), here.with_name(f"{here.name}-results")
        steps = (
            ["transmit", str(here), "-p", f"playbooks/{playbook}.yml", "--ident", "job"],
            ["worker", "--private-data-dir", str(there)],
            ["process", str(back), "--ident", "job"],
        )
        there.mkdir()
        back.mkdir()
        stream = b""
        for step in steps:
            done = subprocess.run(
                [RUNNER, *step], env=self.environment, input=stream, capture_output=True, timeout=TIMEOUT, check=False
            )
            assert done.stdout or step[0] == "process", done.stderr.decode()
            stream = done.stdout
        self._check(there, "")
        return self.read(back, stream.decode())

    def read(self, folder: Path, output: str = "") -> Job:
        """The events and artifacts of a job."""
        artifacts = folder / "artifacts/job"
        assert artifacts.is_dir(), output
        events = [json.loads(path.read_text()) for path in (artifacts / "job_events").glob("*.json")]
        events.sort(key=lambda event: event["counter"])
        self._check(folder, output)
        return Job(folder, (artifacts / "status").read_text(), output, events)

    def _check(self, folder: Path, output: str) -> None:
        """No secret is in anything that a job leaves behind, but where its environment is kept on purpose: the runner
        reads it from ``env``, and writes it down in ``command``, which a controller never stores.
        """
        kept = (folder / "env", folder / "artifacts/job/command")
        inside = {
            str(path): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file() and not any(path.is_relative_to(place) for place in kept)
        }
        inside["the output"] = output.encode()
        for place, content in inside.items():
            for secret in self.secrets:
                assert secret.encode() not in content, f"'{secret}' is shown in {place}"
