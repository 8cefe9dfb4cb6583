# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands around a run: proxies, other hosts, missing packages, a home that cannot be written to."""

from collections.abc import Callable
from pathlib import Path

import pytest

from harness.cast import BRAD, POST, logins
from harness.playbooks import Ansible, task
from harness.proxy import PASSWORD, serving
from simulator.client import Simulator

SERVICE = {"ms_tenant_id": BRAD, "short_name": "Brad01"}
NO_EXCEPTIONS = {"NO_PROXY": None, "no_proxy": None}


def test_a_proxy_of_the_environment_is_used(ansible: Ansible) -> None:
    ansible.secrets.append(PASSWORD)
    with serving() as proxy:
        environment = {"http_proxy": proxy.url(), **NO_EXCEPTIONS}
        run = ansible.play(task("create", "oc_service", SERVICE), environment=environment, verbosity=4)
        assert run["create"]["outcome"] == "created", run.output
        assert any(request.startswith("POST") and request.endswith("/api/v3/customer") for request in proxy.seen)
        assert any(request.endswith("/oauth2/v2.0/token") for request in proxy.seen), "the login goes that way too"


def test_a_proxy_tunnels_what_is_encrypted(
    make_ansible: Callable[[Simulator], Ansible], tls_simulator: Simulator
) -> None:
    ansible = make_ansible(tls_simulator)
    ansible.secrets.append(PASSWORD)
    with serving() as proxy:
        environment = {"https_proxy": proxy.url(), **NO_EXCEPTIONS}
        run = ansible.play(task("leads", "oc_lead_info"), environment=environment, verbosity=4)
        assert run["leads"]["leads"], run.output
        assert {request.split()[0] for request in proxy.seen} == {"CONNECT"}


@pytest.mark.long
def test_a_proxy_that_refuses_is_named_without_its_password(
    make_ansible: Callable[[Simulator], Ansible], tls_simulator: Simulator, simulator: Simulator
) -> None:
    with serving() as proxy:
        environment = {"https_proxy": proxy.url("planted-Wrong~Lm3.k8"), **NO_EXCEPTIONS}
        environment["http_proxy"] = environment["https_proxy"]
        for platform, said in ((tls_simulator, "proxy"), (simulator, "407")):
            ansible = make_ansible(platform)
            ansible.secrets.append("planted-Wrong~Lm3.k8")
            run = ansible.play(task("leads", "oc_lead_info", ignore_errors=True), environment=environment, verbosity=4)
            assert run["leads"].failed
            assert said in run["leads"].message
            assert run["leads"].failure["hint"]


@pytest.mark.parametrize("status", [302, pytest.param(307, marks=pytest.mark.long)])
def test_no_redirect_takes_the_token_to_another_host(ansible: Ansible, simulator: Simulator, status: int) -> None:
    with Simulator() as elsewhere:
        address = f"{elsewhere.base_url}/api/v3/customer"
        redirect = {"type": "status", "status": status, "headers": {"location": address}}
        for match in ({"method": "GET", "path": "/v3/customer$"}, {"path": "/oauth2/"}):
            simulator.faults({"match": match, "occurrence": "every", "action": redirect})
            run = ansible.play(task("create", "oc_service", {**SERVICE, "token_cache": "false"}, ignore_errors=True))
            assert run["create"].failed
            assert str(status) in run["create"].message
            simulator.clear_faults()
        assert elsewhere.log() == []


@pytest.fixture
def without(tmp_path: Path) -> Callable[[str], dict[str, str]]:
    """An environment in which a Python package cannot be imported."""

    def hide(package: str) -> dict[str, str]:
        folder = tmp_path / "hidden" / package
        folder.mkdir(parents=True)
        (folder / "__init__.py").write_text("raise ImportError('not installed')\n")
        return {"PYTHONPATH": str(folder.parent)}

    return hide


def test_a_missing_requests_is_the_usual_sentence_with_the_interpreter(
    ansible: Ansible, without: Callable[[str], dict[str, str]]
) -> None:
    run = ansible.play(task("leads", "oc_lead_info", ignore_errors=True), environment=without("requests"))
    assert run["leads"].failed
    assert "Failed to import the required Python library (requests)" in run["leads"].message
    assert "/bin/python" in run["leads"].message
    assert run["leads"].failure["message"]


@pytest.mark.long
def test_without_cryptography_every_task_logs_in_and_nothing_is_kept(
    ansible: Ansible, without: Callable[[str], dict[str, str]]
) -> None:
    tasks = [task("one", "oc_lead_info"), task("two", "oc_lead_info")]
    run = ansible.play(*tasks, environment=without("cryptography"))
    assert run.rc == 0, run.output
    assert logins(run.sent) == 2
    assert not list(ansible.home.rglob("*.token"))
    assert logins(ansible.play(*tasks).sent) == 1


@pytest.mark.parametrize("home", [pytest.param("missing", marks=pytest.mark.long), "read-only"])
def test_without_a_place_for_the_journal_the_work_is_done_with_a_warning(
    ansible: Ansible, tmp_path: Path, home: str
) -> None:
    # A file where a folder is needed: nobody can write there, not even the superuser.
    (tmp_path / "read-only").write_text("")
    place = {"missing": "/proc/nowhere", "read-only": str(tmp_path / "read-only" / "state")}[home]
    environment = {"XDG_STATE_HOME": place, "XDG_CACHE_HOME": place}
    run = ansible.play(
        task("create", "oc_service", SERVICE),
        task("again", "oc_service", SERVICE),
        task("off", "oc_service", {**SERVICE, "journal": False}),
        environment=environment,
    )
    assert run.rc == 0, run.output
    assert "No journal can be kept" in run["create"].warnings
    assert "is not taken up by the next run" in run["create"].warnings
    assert run["again"]["outcome"] == "unchanged"
    assert "journal" not in run["off"].warnings
    assert run.sent.count(POST) == 1
