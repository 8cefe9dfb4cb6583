# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The process: command line, ready line, TLS, and its end."""

import json
import os
import signal
import ssl
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
import requests

import simulator.client
from simulator.cli import main
from simulator.client import Simulator

_PARENT = Path(simulator.client.__file__).parent.parent


def _start(*arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "simulator", *arguments]
    return subprocess.Popen(command, cwd=_PARENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_ready_line_the_hints_and_a_clean_end(tmp_path: Path, number: signal.Signals) -> None:
    state = tmp_path / "state.json"
    with _start("--state-file", str(state), "--max-seconds", "30") as process:
        assert process.stdout is not None
        facts = json.loads(process.stdout.readline())
        assert facts == json.loads(state.read_text())
        assert facts["pid"] == process.pid
        assert facts["ca_path"] is None
        process.send_signal(number)
        rest, hints = process.communicate(timeout=10)
    assert (process.returncode, rest) == (0, "")
    assert f"export LIVE_PLATFORM_BASE_URL='{facts['base_url']}'" in hints
    assert f"export CONTROL='{facts['control_url']}'" in hints
    assert "Traceback" not in hints


def test_it_stops_by_itself() -> None:
    with _start("--max-seconds", "0.2", "--quiet") as process:
        _ready, hints = process.communicate(timeout=10)
    assert (process.returncode, hints) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--set", "nonsense=1"], "no switch 'nonsense'"),
        (["--set", "job_answer"], "name=value"),
        (["--tls"], "--ca-file"),
        (["--seed-file", "missing.json"], "missing.json"),
    ],
)
def test_a_wrong_command_line_is_explained(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert words in capsys.readouterr().err


def test_help_lists_the_switches(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    out = capsys.readouterr().out
    assert "existing_service=validation400" in out
    assert "--task-seconds" in out


def test_tls_with_an_authority_of_its_own_and_other_start_values(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds.yaml"
    seeds.write_text("replace: [leads]\nleads: [{id: l1, tenant_id: aaaaaaaa-0000-4000-8000-000000000001}]\n")
    more = ["--seed-file", str(seeds), "--task-seconds", "7"]
    with Simulator(tls=True, arguments=more, lead_page_base=0, fail_tasks=["a", "b"], job_answer="string") as server:
        assert server.base_url.startswith("https://127.0.0.1:")
        assert server.environment["LIVE_PLATFORM_CA_PATH"] == server.ca_path
        assert server.environment["LIVE_PLATFORM_CLIENT_SECRET"] == server.facts["client_secret"]
        switches = server.settings()
        assert (switches["task_seconds"], switches["lead_page_base"]) == (7, 0)
        assert (switches["fail_tasks"], switches["job_answer"]) == (["a", "b"], "string")
        headers = {"Authorization": f"Bearer {server.token()}"}
        url = f"{server.base_url}/api/v2/oc/lead"
        leads = requests.get(url, headers=headers, verify=server.ca_path, timeout=10).json()
        assert [each["id"] for each in leads] == ["l1"]
        with pytest.raises(requests.exceptions.SSLError):
            requests.get(url, headers=headers, timeout=10)
        server.faults({"action": {"type": "reset_after"}})
        with pytest.raises(requests.ConnectionError):
            requests.get(url, headers=headers, verify=server.ca_path, timeout=10)
        context = ssl.create_default_context(cafile=server.ca_path)
        port = server.base_url.split(":")[2].split("/")[0]
        with urllib.request.urlopen(f"https://localhost:{port}/_simulator/log", context=context) as answer:
            assert len(json.load(answer)) == 2


def test_the_process_ends_with_the_with_statement() -> None:
    with Simulator() as server:
        pid = server.pid
        os.kill(pid, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_start_that_fails_says_why() -> None:
    with pytest.raises(RuntimeError, match="no switch 'nonsense'"), Simulator(nonsense=1):
        pass


def test_it_follows_its_parent_into_the_grave(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    script = (
        "import subprocess, sys; p = subprocess.Popen([sys.executable, '-m', 'simulator', '--quiet',"
        f" '--follow-parent', '--max-seconds', '30', '--state-file', {str(state)!r}], stdout=subprocess.PIPE);"
        " p.stdout.readline()"
    )
    subprocess.run([sys.executable, "-c", script], cwd=_PARENT, check=True, timeout=20)
    facts: dict[str, Any] = json.loads(state.read_text())
    for _number in range(50):
        try:
            requests.get(facts["control_url"] + "/settings", timeout=1)
        except requests.ConnectionError:
            return
        time.sleep(0.1)
    pytest.fail("it still answers")
