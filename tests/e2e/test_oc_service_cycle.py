# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One service from nothing to gone again, in check mode and for real."""

from harness.cast import BRAD, LEADS, POST, SERVICE_LIST, logins, short_names, writes
from harness.playbooks import Ansible, task
from simulator.client import Simulator

SERVICE = {
    "ms_tenant_id": BRAD,
    "short_name": "Bradx35340067",
    "full_name": "Brad Telecom",
    "licensed_users": 25,
    "site_location": {"name": "Bradx35340067", "sbc_id": 2, "onboarding_script": 7, "cleanup_script": 700},
    "script_parameters": {"ProxySet": "SIPTrunk", "CustomVar.Variable1": "10.1.1.5"},
}
ABSENT = {"ms_tenant_id": BRAD, "state": "absent", "any_short_name": True}


def test_a_service_is_created_once_and_deleted_once(ansible: Ansible, simulator: Simulator) -> None:
    run = ansible.play(
        task("missing", "oc_service", {"short_name": "Bradx35340067"}, ignore_errors=True),
        task("check", "oc_service", SERVICE, check_mode=True, diff=True),
        task("create", "oc_service", SERVICE, diff=True),
        task("check again", "oc_service", SERVICE, check_mode=True, diff=True),
        task("again", "oc_service", SERVICE, diff=True),
        task("check absent", "oc_service", ABSENT, check_mode=True, diff=True),
        task("absent", "oc_service", ABSENT, diff=True),
        task("absent again", "oc_service", ABSENT, diff=True),
    )
    assert run.rc == 0, run.output

    assert run["missing"].failed
    assert "missing" in run["missing"].message
    assert "ms_tenant_id" in run["missing"].message
    assert run["missing"].sent == []

    check, create = run["check"], run["create"]
    assert (check["outcome"], check.changed) == ("would_create", True)
    assert writes(check.sent) == []
    assert (create["outcome"], create.changed) == ("created", True)
    assert create["request"] == check["request"]
    assert create["diff"] == check["diff"]
    assert create["diff"]["before"] != create["diff"]["after"]
    (submitted,) = [entry for entry in create.requests if entry["method"] == "POST" and "oauth2" not in entry["path"]]
    assert submitted["body"] == create["request"]

    service = create["service"]
    assert service["short_name"] == "Bradx35340067"
    assert service["full_name"] == "Brad Telecom"
    assert service["license_type"] == "oc_essential"
    assert service["licensed_users"] == 25
    assert service["ms_tenant_id"] == BRAD
    (site,) = service["site_locations"]
    assert (site["name"], site["sbc_id"], site["deployed"]) == ("Bradx35340067", 2, True)
    created_task = create["task"]
    assert created_task["id"].startswith("wst_")
    assert (created_task["status"], created_task["state"]) == ("CompletedSuccess", "succeeded")
    assert created_task["details"] == ["Converted"]
    assert {"level": "Information", "message": "Site created in Ovoc"} in created_task["messages"]
    assert created_task["polls"] >= 1
    assert created_task["duration"] > 0

    for name in ("check again", "again"):
        step = run[name]
        assert (step["outcome"], step.changed, step["differences"]) == ("unchanged", False, [])
        assert writes(step.sent) == []
        assert step["diff"]["before"] == step["diff"]["after"]
        assert not step.warnings
        same = ("ump_customer_guid", "short_name", "full_name", "license_type", "licensed_users", "site_locations")
        assert [step["service"][key] for key in same] == [service[key] for key in same]

    check_absent, absent = run["check absent"], run["absent"]
    assert (check_absent["outcome"], check_absent.changed) == ("would_delete", True)
    assert writes(check_absent.sent) == []
    assert (absent["outcome"], absent.changed) == ("deleted", True)
    assert writes(absent.sent) == [f"DELETE /api/v2/customer/{service['ump_customer_guid']}"]
    assert absent["diff"] == check_absent["diff"]
    assert (run["absent again"]["outcome"], run["absent again"].changed) == ("unchanged", False)
    assert writes(run["absent again"].sent) == []
    assert "Bradx35340067" not in short_names(simulator.state())


def test_a_creation_stays_within_its_budget_of_requests(ansible: Ansible) -> None:
    run = ansible.play(task("create", "oc_service", SERVICE))
    create = run["create"]
    assert create["outcome"] == "created", run.output

    first_poll = next(number for number, sent in enumerate(create.sent) if "/task/" in sent)
    before, after = create.sent[:first_poll], create.sent[first_poll:]
    assert logins(create.sent) <= 1
    assert before.count(SERVICE_LIST) <= 1
    assert before.count(LEADS) <= 1
    assert create.sent.count(POST) == 1
    assert len(before) <= 4
    read_backs = [sent for sent in after if "/task/" not in sent]
    assert len(read_backs) <= 2
    assert create["task"]["polls"] == len(after) - len(read_backs)


def test_the_end_of_a_task_is_noticed_early_and_with_few_polls(ansible: Ansible, simulator: Simulator) -> None:
    simulator.settings(task_seconds=4)
    run = ansible.play(task("create", "oc_service", SERVICE))
    # Counted from the answer to the submission, which comes after the task has begun; on a busy machine, long after
    assert 3.0 <= run["create"]["task"]["duration"] <= 5.0
    assert run["create"]["task"]["polls"] <= 15


def test_one_login_serves_a_play_of_many_tasks_and_the_next_play(ansible: Ansible, simulator: Simulator) -> None:
    lookups = [task(f"look {number}", "calling_profile_info") for number in range(3)]
    assert logins(ansible.play(*lookups).sent) == 1
    assert logins(ansible.play(*lookups[:1]).sent) == 0
    uncached = [task(f"look {number}", "calling_profile_info", {"token_cache": "false"}) for number in range(2)]
    assert logins(ansible.play(*uncached).sent) == 2
