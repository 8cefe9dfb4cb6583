# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Services that exist become what the list says: announced, done once, and then nothing is left to do."""

from collections import Counter
from typing import Any

import pytest

from harness.cast import BRAD, FJORD, NOBODY, OPAL, writes
from harness.playbooks import Ansible, task
from simulator.client import Simulator

APPLICATION = "0b1d4a6e-5c3f-4f0e-9a7c-2e8d6f1b3c59"
PLANTED = "planted-Application~pw.31"
FIFTY = [f"5e50ce00-0000-4000-8000-{number:012d}" for number in range(50)]

CHANGES: list[dict[str, Any]] = [
    {"full_name": "Another name"},
    {"licensed_users": 25},
    {"license_type": "oc_essentials_plus"},
    {"license_type": "oc_pro", "licensed_users": 30},
    {"channel_id": "1574"},
    {"channel_id": ""},
    {"license_type": "oc_pro"},
    {"license_type": "oc_essentials_plus", "allow_downgrade": True},
    {"license_type": "oc_pro", "application": {"client_id": APPLICATION, "client_secret": PLANTED}},
    {"full_name": "Name", "licensed_users": 40, "license_type": "oc_pro", "channel_id": "1574"},
]
"""What ten of the fifty are to become."""
_LICENSES = {6: 4, 7: 5}
"""Those of the ten that do not begin as OC Essential."""
_SENT = {"PATCH": 6, "POST": 4, "PUT": 3}
"""By verb, what these changes need. With an upgrade, the licensed users go along."""


def fifty(simulator: Simulator) -> list[dict[str, Any]]:
    """Fifty services on the platform, and the list that speaks of them."""
    guids = [tenant.replace("5e50ce00", "9d000000") for tenant in FIFTY]
    simulator.seed(
        leads=[
            {
                "id": f"lead-{number}",
                "tenant_id": tenant,
                "company_name": f"Company {number}",
                "ump_customer_guid": guids[number],
                "ovoc_channel_id": 1580 if number == 5 else None,
            }
            for number, tenant in enumerate(FIFTY)
        ],
        services=[
            {
                "ump_customer_guid": guids[number],
                "customer_short_name": f"Fifty{number:02d}",
                "customer_full_name": f"Company {number}",
                "license_type": _LICENSES.get(number, 3),
                "licensed_users_count": 20,
                "ms_tenant_id": tenant,
                "active_user_count": 3,
            }
            for number, tenant in enumerate(FIFTY)
        ],
    )
    return [
        {
            "ms_tenant_id": tenant,
            "short_name": f"Fifty{number:02d}",
            "full_name": f"Company {number}",
            **(CHANGES[number] if number < len(CHANGES) else {}),
        }
        for number, tenant in enumerate(FIFTY)
    ]


def test_ten_of_fifty_services_are_changed_in_every_way(ansible: Ansible, simulator: Simulator) -> None:
    services = {"services": fifty(simulator)}
    run = ansible.play(
        task("check", "oc_services", services, check_mode=True, diff=True),
        task("change", "oc_services", services, diff=True),
        task("again", "oc_services", services),
        verbosity=4,
    )
    assert run.rc == 0, run.output
    check, change, again = run["check"], run["change"], run["again"]
    assert Counter(each["outcome"] for each in check["results"]) == {"would_update": 10, "unchanged": 40}
    assert Counter(each["outcome"] for each in change["results"]) == {"updated": 10, "unchanged": 40}
    assert (again.changed, again["summary"]["unchanged"]) == (False, 50)
    assert check["diff"] == change["diff"]
    assert [each["differs"] for each in check["results"]] == [each["differs"] for each in change["results"]]
    assert writes(check.sent) == writes(again.sent) == []
    assert Counter(each.split()[0] for each in writes(change.sent)) == _SENT
    assert len([each for each in change.sent if each.startswith("GET")]) <= 60
    assert PLANTED not in run.text
    now = {each["ms_tenant_id"]: each for each in simulator.state()["services"]}
    assert (now[FIFTY[0]]["customer_full_name"], now[FIFTY[1]]["licensed_users_count"]) == ("Another name", 25)
    assert [now[FIFTY[number]]["license_type"] for number in (2, 3, 6, 7, 8, 9)] == [4, 5, 5, 4, 5, 5]
    assert [now[FIFTY[number]]["licensed_users_count"] for number in (2, 3, 9)] == [20, 30, 40]
    assert (now[FIFTY[8]]["application_client_id"], now[FIFTY[8]]["application_client_secret"]) == (
        APPLICATION,
        PLANTED,
    )


def test_what_is_not_asked_for_stays(ansible: Ansible) -> None:
    run = ansible.play(task("run", "oc_service", {"ms_tenant_id": OPAL, "short_name": "Opal_Travel"}))
    assert run["run"]["outcome"] == "unchanged"
    assert run["run"]["service"]["license_type"] == "oc_pro"
    assert writes(run.sent) == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"ms_tenant_id": OPAL, "license_type": "oc_essentials_plus"}, "only with allow_downgrade: true"),
        ({"ms_tenant_id": OPAL, "license_type": "oc_essential"}, "cannot change from 'oc_pro' to 'oc_essential'"),
        ({"ms_tenant_id": OPAL, "application": {"client_id": APPLICATION}}, "application"),
        ({"ms_tenant_id": OPAL, "channel_id": "99"}, "the platform has no channel 99; it has 1574"),
        ({"ms_tenant_id": OPAL, "licensed_users": 1}, "97 users are active"),
        (
            {"ms_tenant_id": FJORD, "on_difference": "fail", "site_location": {"sbc_id": 5}, "full_name": "New"},
            "differs in what cannot be changed: site_location.sbc_id is",
        ),
    ],
)
def test_what_cannot_be_done_is_one_clear_error(ansible: Ansible, options: dict[str, Any], said: str) -> None:
    names = {OPAL: "Opal_Travel", FJORD: "FjordShip"}
    wanted = {"short_name": names[options["ms_tenant_id"]], **options}
    run = ansible.play(task("run", "oc_service", wanted))
    assert run["run"].failed
    assert said in run["run"].message, run["run"].message
    assert [each for each in writes(run.sent) if not each.startswith("PATCH")] == []


def test_with_stop_nothing_is_changed_when_one_cannot_be(ansible: Ansible) -> None:
    services = [
        {"ms_tenant_id": FJORD, "short_name": "FjordShip", "full_name": "Other"},
        {"ms_tenant_id": OPAL, "short_name": "Opal_Travel", "license_type": "oc_essential"},
    ]
    run = ansible.play(task("run", "oc_services", {"services": services, "on_error": "stop"}))
    assert run["run"].failed
    assert writes(run.sent) == []


def test_a_secret_is_sent_again_only_when_asked_for(ansible: Ansible, simulator: Simulator) -> None:
    wanted = {
        "ms_tenant_id": OPAL,
        "short_name": "Opal_Travel",
        "application": {"client_id": "9f3c7d15-b2e8-4a60-8d47-c1f5a9e3b720", "client_secret": PLANTED},
    }
    run = ansible.play(
        task("same", "oc_service", wanted),
        task("always", "oc_service", {**wanted, "update_secret": "always"}, diff=True),
        verbosity=4,
    )
    assert (run["same"]["outcome"], run["always"]["outcome"]) == ("unchanged", "updated")
    assert run["always"]["differs"] == ["application.client_secret is sent again (update_secret: always)"]
    assert PLANTED not in run.text
    (opal,) = [each for each in simulator.state()["services"] if each["ms_tenant_id"] == OPAL]
    assert opal["application_client_secret"] == PLANTED


def test_a_new_service_gets_its_application_too(ansible: Ansible, simulator: Simulator) -> None:
    wanted = {
        "ms_tenant_id": BRAD,
        "short_name": "Brad01",
        "license_type": "oc_pro",
        "channel_id": "1580",
        "application": {"client_id": APPLICATION, "client_secret": PLANTED},
    }
    run = ansible.play(task("create", "oc_service", wanted), task("again", "oc_service", wanted))
    assert (run["create"]["outcome"], run["again"]["outcome"]) == ("created", "unchanged"), run.output
    (brad,) = [each for each in simulator.state()["services"] if each["ms_tenant_id"] == BRAD]
    assert (brad["license_type"], brad["application_client_secret"]) == (5, PLANTED)


def test_a_lead_is_attached_to_a_channel_and_taken_off(ansible: Ansible) -> None:
    lead = {"ms_tenant_id": NOBODY, "company_name": "Juniper Books"}
    run = ansible.play(
        task("create", "oc_lead", {**lead, "channel_id": "1574"}),
        task("again", "oc_lead", {**lead, "channel_id": "1574"}),
        task("other", "oc_lead", {"ms_tenant_id": NOBODY, "channel_id": "1580"}, diff=True),
        task("off", "oc_lead", {**lead, "channel_id": ""}),
        task("silent", "oc_lead", lead),
        task("nobody", "oc_lead", {"ms_tenant_id": FJORD[:-1] + "0", "channel_id": "1574"}, ignore_errors=True),
    )
    outcomes = [run[name]["outcome"] for name in ("create", "again", "other", "off", "silent")]
    assert outcomes == ["created", "unchanged", "updated", "updated", "unchanged"], run.output
    assert run["other"]["lead"]["channel"] == "1580"
    assert "There is no lead" in run["nobody"].message


def test_the_main_playbook_says_in_names_what_it_has_changed(ansible: Ansible, simulator: Simulator) -> None:
    services = [
        {
            "company_name": "Fjord Shipping",
            "short_name": "FjordShip",
            "full_name": "Fjord Shipping AS",
            "license_type": "oc_pro",
            "licensed_users": 60,
            "sbc": "IT-SBC02",
            "onboarding_script": "sbc-scenario7",
            "online_pstn_gateway": "milano.sandbox3.audiocodes.be",
            "script_variables": {"IPPBX-ProxyAddress": "10.40.1.99"},
        }
    ]
    playbook = "audiocodes.live_platform.onboard_services"
    runs = [
        ansible.run(playbook, check=check, variables={"live_platform_services": services})
        for check in (True, False, False)
    ]
    check, change, again = (run.text for run in runs)
    assert "would_update: full_name from 'Fjord Shipping' to 'Fjord Shipping AS'" in check
    assert "updated: full_name from 'Fjord Shipping' to 'Fjord Shipping AS'" in change
    for said in (check, change, again):
        assert "IPPBX-ProxyAddress is 10.40.1.5, wanted 10.40.1.99" in said
        assert "SBC is NL-SBC05 (id 2), wanted IT-SBC02 (id 8)" in said
        assert "CustomVar" not in said
    assert writes(runs[0].sent) == writes(runs[2].sent) == []
    assert [each.split()[0] for each in writes(runs[1].sent)] == ["POST", "PATCH"]


def test_two_runs_at_a_time_send_one_upgrade(ansible: Ansible, simulator: Simulator) -> None:
    """Two hosts, so two processes, which share nothing but the journal."""
    options = {
        "ms_tenant_id": FJORD,
        "short_name": "FjordShip",
        "full_name": "Fjord Shipping AS",
        "license_type": "oc_pro",
        "licensed_users": 60,
    }
    play = {
        "hosts": "all",
        "connection": "local",
        "gather_facts": False,
        "vars": {"ansible_python_interpreter": "{{ ansible_playbook_python }}"},
        "tasks": [{"name": "change", "audiocodes.live_platform.oc_service": options}],
    }
    path = ansible.file("two.yml", [play])
    run = ansible.run(str(path), "-i", "one,two,")
    assert run.rc == 0, run.output
    upgrades = [each for each in writes(run.sent) if each.endswith("/action/upgrade")]
    assert len(upgrades) == 1, writes(run.sent)
    (fjord,) = [each for each in simulator.state()["services"] if each["ms_tenant_id"] == FJORD]
    assert (fjord["license_type"], fjord["licensed_users_count"]) == (5, 60)
    again = ansible.run(str(path), "-i", "one,two,")
    assert (again.rc, writes(again.sent)) == (0, [])
