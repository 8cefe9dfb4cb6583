# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Wrong input: everything that is wrong in one error, before anything is sent, and never a traceback."""

import pytest

from harness.cast import ALDER, BIRCH, BRAD, CEDAR, ELM, HARBOUR, NOBODY, logins, writes
from harness.playbooks import COLLECTION, Ansible, task

GOOD = {
    "sbc": "NL-SBC05",
    "onboarding_script": "sbc-scenario3",
    "script_variables": {"IPPBX-ProxyAddress": "10.1.1.5"},
}


def test_a_playbook_names_everything_that_is_wrong_with_all_services_at_once(ansible: Ansible) -> None:
    wrong = [
        {**GOOD, "ms_tenant_id": BRAD, "short_name": "a.b"},
        {**GOOD, "ms_tenant_id": "not-a-guid", "short_name": "Guid"},
        {**GOOD, "ms_tenant_id": ALDER, "short_name": "Alder", "invitation_email": "nobody"},
        {**GOOD, "ms_tenant_id": BIRCH, "short_name": "Birch", "script_parameters": {"CacProfile": 5}},
        {
            **GOOD,
            "ms_tenant_id": CEDAR,
            "short_name": "Cedar",
            "onboarding_script": "sbc-scenario7",
            "script_variables": {"IPPBX-ProxyAdress": "10.1.1.5"},
        },
        {**GOOD, "ms_tenant_id": ELM, "short_name": "Elm", "sbc": "NL-SBC55", "onboarding_script": "sbc-scenario33"},
        {**GOOD, "company_name": "Maple Energy", "short_name": "Maple"},
        {**GOOD, "ms_tenant_id": HARBOUR, "short_name": "Harbour"},
        {**GOOD, "ms_tenant_id": NOBODY, "short_name": "Nobody"},
        {**GOOD, "ms_tenant_id": BRAD, "short_name": "BradTwice"},
        {**GOOD, "company_name": "Dune Hotel", "short_name": "Dune"},
        {**GOOD, "company_name": "Kestrel Air", "short_name": "alder"},
    ]
    variables = {"live_platform_services": wrong, "script_variables_require_all": True}
    run = ansible.run(f"{COLLECTION}.onboard_services", variables=variables)
    assert run.rc != 0
    message = run["Stop when anything is wrong, before the first write"].message
    problems = message.splitlines()
    for place, words in (
        (0, ["short_name must be 3 to 15", "'a.b'"]),
        (1, ["ms_tenant_id must be a GUID", "'not-a-guid'"]),
        (2, ["invitation_email must be an e-mail address", "'nobody'"]),
        (3, ["script_parameters.CacProfile must be a string, not"]),
        (4, ["unknown variable 'IPPBX-ProxyAdress'", "nearest: 'IPPBX-ProxyAddress'"]),
        (4, ["needs a value for", "'SIP-HostName'"]),
        (5, ["unknown SBC 'NL-SBC55'", "'NL-SBC05'"]),
        (5, ["unknown script 'sbc-scenario33'", "'sbc-scenario3'"]),
        (6, ["'Maple Energy' has leads in 2 tenants"]),
        (7, ["status 'Suspended'"]),
        (8, ["has no lead"]),
        (10, ["unknown company 'Dune Hotel'", "nearest: 'Dune Hotels'"]),
    ):
        place_name = f"live_platform_services[{place}]"
        found = [line for line in problems if line.startswith(place_name) and all(word in line for word in words)]
        assert len(found) == 1, (place, words, message)
    assert any("[0] and live_platform_services[9] have the same ms_tenant_id" in line for line in problems), message
    assert any("[2] and live_platform_services[11] have the same short_name" in line for line in problems), message
    assert len(problems) == len(set(problems)) == 14, message
    assert writes(run.sent) == []
    assert logins(run.sent) == 1


def test_a_module_names_everything_that_is_wrong_with_its_options_at_once(ansible: Ansible) -> None:
    one = {
        "ms_tenant_id": "not-a-guid",
        "short_name": "a b",
        "full_name": "x" * 201,
        "invitation_email": "nobody",
        "licensed_users": -1,
        "script_parameters": {"ProxySet": 5, "proxyset": "x", "CustomVar.Variable0": "y", "CarrierUserName": "z" * 61},
        "teams_qos": {"application_id": "only"},
        "wait_timeout": 0,
    }
    many = {
        "services": [
            {"ms_tenant_id": BRAD, "short_name": "Brad"},
            {"ms_tenant_id": BRAD.upper(), "short_name": "brad"},
            {"ms_tenant_id": "x", "short_name": "Other"},
            {"ms_tenant_id": ALDER},
        ],
        "max_concurrency": 0,
    }
    run = ansible.play(
        task("one", "oc_service", one, ignore_errors=True), task("many", "oc_services", many, ignore_errors=True)
    )
    for words in (
        "ms_tenant_id must be a GUID",
        "short_name must be 3 to 15",
        "full_name must be 1 to 200 characters",
        "invitation_email must be",
        "licensed_users must be a whole number",
        "script_parameters.ProxySet must be a string, not",
        "'proxyset' must be written 'ProxySet'",
        "'CustomVar.Variable0' must be",
        "CarrierUserName must have at most 60 characters",
        "teams_qos needs 'application_password'",
        "wait_timeout must be more than 0",
    ):
        assert words in run["one"].message
    for words in (
        "have the same ms_tenant_id",
        "have the same short_name",
        "services[2] (Other): ms_tenant_id must be a GUID",
        "services[3]: short_name is required to create a service",
        "max_concurrency must be",
    ):
        assert words in run["many"].message
    assert run["one"].failure["message"]
    assert run.sent == []


@pytest.mark.long
def test_wrong_types_are_named_together_with_the_other_problems(ansible: Ansible) -> None:
    cases = {
        "list for text": {"ms_tenant_id": [BRAD], "short_name": "Brad"},
        "text for number": {"ms_tenant_id": BRAD, "short_name": "a.b", "licensed_users": "many"},
        "text for mapping": {"ms_tenant_id": BRAD, "short_name": "Brad", "site_location": "NL-SBC05"},
        "list for mapping": {"ms_tenant_id": BRAD, "short_name": "Brad", "script_parameters": ["a", "b"]},
        "mapping for text": {"ms_tenant_id": BRAD, "short_name": {"a": "b"}},
        "nested": {"ms_tenant_id": BRAD, "short_name": "Brad", "site_location": {"sbc_id": "NL-SBC05"}},
        "choice": {"ms_tenant_id": BRAD, "short_name": "Brad", "license_type": "oc_essentials"},
        "unknown option": {"ms_tenant_id": BRAD, "short_name": "Brad", "shortname": "x"},
        "text for list": {"services": "Brad"},
        "texts for mappings": {"services": ["Brad", 5]},
    }
    said = {
        "list for text": ["ms_tenant_id"],
        "text for number": ["licensed_users", "short_name must be 3 to 15"],
        "text for mapping": ["site_location"],
        "list for mapping": ["script_parameters"],
        "mapping for text": ["short_name"],
        "nested": ["sbc_id"],
        "choice": ["license_type", "oc_essential", "oc_pro"],
        "unknown option": ["shortname"],
        "text for list": ["services"],
        "texts for mappings": ["services"],
    }
    run = ansible.play(
        *(
            task(name, "oc_services" if "services" in options else "oc_service", options, ignore_errors=True)
            for name, options in cases.items()
        )
    )
    for name, words in said.items():
        assert run[name].failed, name
        for word in words:
            assert word in run[name].message, (name, run[name].message)
    assert run.sent == []


def test_missing_credentials_are_named_all_together_with_their_variables(ansible: Ansible) -> None:
    nothing = dict.fromkeys(ansible.simulator.environment)
    modules = ("oc_lead_info", "oc_service")
    options = {"oc_service": {"ms_tenant_id": "x", "short_name": "Brad"}}
    run = ansible.play(
        *(task(module, module, options.get(module), ignore_errors=True) for module in modules), environment=nothing
    )
    for module in modules:
        for name in ("base_url", "auth_tenant_id", "client_id", "client_secret", "auth_scope"):
            assert name in run[module].message
            assert f"LIVE_PLATFORM_{name.upper()}" in run[module].message
        assert run[module].failure["hint"] is not None or "give the option" in run[module].message
    assert "ms_tenant_id must be a GUID" in run["oc_service"].message


def test_wrong_connection_options_are_named(ansible: Ansible) -> None:
    wrong = {
        "base_url": "platform.example",
        "auth_url": "http://login.example",
        "request_timeout": 0,
        "auth_tenant_id": "nonsense",
    }
    run = ansible.play(task("look", "oc_lead_info", wrong))
    for words in ("base_url is not a URL", "plain http", "request_timeout must be more than 0"):
        assert words in run["look"].message
    assert run.sent == []


def test_the_filter_names_what_is_wrong_and_what_is_accepted(ansible: Ansible) -> None:
    script = "['IPPBX-ProxyAddress', 'SIP-HostName']"
    name = f"{COLLECTION}.script_parameters"
    cases = {
        "unknown": f"{{{{ {{'SIP-HostNam': 'x'}} | {name}({script}) }}}}",
        "missing": f"{{{{ {{'SIP-HostName': 'x'}} | {name}({script}, require_all=true) }}}}",
        "number": f"{{{{ {{'SIP-HostName': 5}} | {name}({script}) }}}}",
        "twice": f"{{{{ {{'SIP-HostName': 'x', 'sip-hostname': 'y'}} | {name}({script}) }}}}",
        "no script": f"{{{{ {{'SIP-HostName': 'x'}} | {name}(5) }}}}",
    }
    right = f"{{{{ {{'ProxySet': 'SIPTrunk', 'sip-hostname': 'x'}} | {name}({script}) }}}}"
    run = ansible.play(
        task("right", "ansible.builtin.debug", {"msg": right}),
        *(
            task(case, "ansible.builtin.debug", {"msg": expression}, ignore_errors=True)
            for case, expression in cases.items()
        ),
    )
    assert run["right"]["msg"] == {"ProxySet": "SIPTrunk", "CustomVar.Variable2": "x"}
    for case, words in {
        "unknown": ["SIP-HostNam", "'SIP-HostName'", "'ProxySet'"],
        "missing": ["IPPBX-ProxyAddress"],
        "number": ["SIP-HostName", "string"],
        "twice": ["sip-hostname"],
        "no script": ["script_template_info"],
    }.items():
        assert run[case].failed, case
        for word in words:
            assert word in run[case].message, (case, run[case].message)


def test_a_secret_of_a_wrong_type_is_not_shown_either(ansible: Ansible) -> None:
    one = {"ms_tenant_id": BRAD, "short_name": "Brad"}
    cases = {
        "text for group": {"teams_qos": "application_id=x,application_password={{ application }},oops"},
        "list for text": {"teams_qos": {"application_id": "x", "application_password": ["{{ application }}"]}},
        "list for parameter": {"script_parameters": {"CarrierUserPassword": ["{{ carrier }}"]}},
        "text for parameters": {"script_parameters": "CarrierUserPassword={{ carrier }} oops"},
    }
    # That no secret is shown is checked after every run.
    run = ansible.play(
        *(task(name, "oc_service", {**one, **options}, ignore_errors=True) for name, options in cases.items()),
        task("in a list", "oc_services", {"services": [{**one, **cases["text for group"]}]}, ignore_errors=True),
        task(
            "unknown beside",
            "oc_services",
            {"services": [{**one, "typo": 1, **cases["list for text"]}]},
            ignore_errors=True,
        ),
        play={"vars": {"application": "planted-Application~pw.17", "carrier": "planted-Carrier~pw.23"}},
        verbosity=4,
        check=True,
    )
    # Ansible makes a text of a list where a text is wanted, so that is not wrong to it.
    assert [name for name in (*cases, "in a list", "unknown beside") if not run[name].failed] == []
    for name in ("text for group", "in a list"):
        assert "teams_qos" in run[name].message
    assert writes(run.sent) == []
