# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the READMEs tell a user to do works as it stands there."""

import re

import pytest
import yaml

from e2e.playbooks import COLLECTION, ROOT

DOCUMENTS = [
    "README.md",
    "docs/reliability.md",
    *sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("roles/*/README.md")),
]
DOCUMENTS.remove("roles/controller_content/README.md")  # it needs a controller, see test_controller_configuration.py


def blocks(document):
    """The pieces of YAML in a document: the plays and the variable files."""
    texts = re.findall(r"```yaml\n(.*?)```", (ROOT / document).read_text(), re.DOTALL)
    plays = [text for text in texts if isinstance(yaml.safe_load(text), list)]
    return plays, [text for text in texts if text not in plays]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_playbook_of_a_readme_runs_as_it_stands_there(document, ansible):
    plays, _variables = blocks(document)
    assert plays
    for number, text in enumerate(plays):
        path = ansible.folder / f"example{number}.yml"
        path.write_text(text)
        first = ansible.run(str(path))
        assert first.rc == 0, first.output
        again = ansible.run(str(path))
        assert again.rc == 0, again.output
        assert again.recap["changed"] == 0


def test_the_list_of_customers_in_the_readme_is_onboarded_as_it_stands_there(ansible):
    _plays, variables = blocks("README.md")
    (text,) = variables
    (ansible.folder / "customers.yml").write_text(text)
    wanted = yaml.safe_load(text)["live_platform_services"]
    commands = re.findall(r"^ansible-playbook (audiocodes\S+) -e @customers\.yml(.*)$", readme(), re.MULTILINE)
    assert commands == [(f"{COLLECTION}.onboard_services", " --check --diff"), (f"{COLLECTION}.onboard_services", "")]
    for playbook, options in commands:
        run = ansible.run(playbook, "-e", f"@{ansible.folder}/customers.yml", *options.split())
        assert run.rc == 0, run.output
        assert run.recap["changed"] == 1
    names = {service["customer_short_name"] for service in ansible.simulator.state()["services"]}
    assert {service["short_name"] for service in wanted} <= names


def readme():
    return (ROOT / "README.md").read_text()
