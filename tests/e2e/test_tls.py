# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""TLS: verified by default, with one CA file for platform and authority."""

from collections.abc import Callable

from harness.cast import BRAD, logins
from harness.playbooks import Ansible, task
from simulator.client import Simulator


def test_platform_and_authority_are_verified_with_ca_path(
    make_ansible: Callable[[Simulator], Ansible], tls_simulator: Simulator
) -> None:
    assert tls_simulator.base_url.startswith("https://")
    assert tls_simulator.auth_url.startswith("https://")
    ansible = make_ansible(tls_simulator)
    run = ansible.play(task("create", "oc_service", {"ms_tenant_id": BRAD, "short_name": "Brad"}))
    assert run["create"]["outcome"] == "created", run.output
    assert logins(run.sent) == 1


def test_a_certificate_that_is_not_trusted_is_told_in_a_sentence(
    make_ansible: Callable[[Simulator], Ansible], tls_simulator: Simulator
) -> None:
    ansible = make_ansible(tls_simulator)
    token = "{{ lookup('ansible.builtin.env', 'GIVEN_TOKEN') }}"
    run = ansible.play(
        task("authority", "oc_lead_info", ignore_errors=True),
        task("platform", "oc_lead_info", {"access_token": token}, ignore_errors=True),
        task("no such file", "oc_lead_info", {"ca_path": "/nowhere/ca.pem"}, ignore_errors=True),
        task("unverified", "oc_lead_info", {"validate_certs": False}),
        environment={"LIVE_PLATFORM_CA_PATH": None, "GIVEN_TOKEN": tls_simulator.token()},
        verbosity=4,
    )
    for name in ("authority", "platform"):
        assert run[name].failed
        assert "TLS" in run[name].message
        assert "certificate" in run[name].message
        assert run[name].requests == []
    assert "ca_path" in run["platform"].failure["hint"]
    assert run["no such file"].failed
    assert "/nowhere/ca.pem" in run["no such file"].message
    assert len(run["unverified"]["leads"]) > 3
