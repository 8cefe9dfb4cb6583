# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the READMEs and pages tell a user to do works as it stands there."""

import re

import pytest
import yaml

from harness.playbooks import COLLECTION, ROOT

PAGES = ["README.md", *sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("docs/*.md"))]
ROLE_READMES = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("roles/*/README.md"))


def blocks(document):
    """The pieces of YAML in a document: the plays and the variable files."""
    texts = re.findall(r"```yaml\n(.*?)```", (ROOT / document).read_text(), re.DOTALL)
    plays = [text for text in texts if isinstance(yaml.safe_load(text), list)]
    return plays, [text for text in texts if text not in plays]


ELSEWHERE = {
    "docs/awx.md": "test_awx_documentation.py",
    "roles/controller_content/README.md": "test_controller_configuration.py, since it needs a controller",
}
"""Pages whose examples run in other tests."""

DOCUMENTS = [page for page in [*PAGES, *ROLE_READMES] if blocks(page)[0] and page not in ELSEWHERE]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_playbook_of_a_page_runs_as_it_stands_there(document, ansible):
    text = "".join(blocks(document)[0])
    path = ansible.folder / "examples.yml"
    path.write_text(text)
    first = ansible.run(str(path))
    assert first.rc == 0, first.output
    assert first.stdout.count("PLAY [") == len(yaml.safe_load(text))
    if first.recap["changed"]:
        again = ansible.run(str(path))
        assert again.rc == 0, again.output
        assert again.recap["changed"] == 0


@pytest.mark.parametrize("document", ["README.md", pytest.param("docs/getting_started.md", marks=pytest.mark.long)])
def test_the_list_of_customers_is_onboarded_as_it_stands_there(document, ansible):
    (text,) = blocks(document)[1]
    (ansible.folder / "customers.yml").write_text(text)
    wanted = yaml.safe_load(text)["live_platform_services"]
    page = (ROOT / document).read_text()
    commands = re.findall(r"^ansible-playbook (audiocodes\S+) -e @customers\.yml(.*)$", page, re.MULTILINE)
    playbook = f"{COLLECTION}.onboard_services"
    assert commands[:2] == [(playbook, " --check --diff"), (playbook, "")]
    for number, (name, options) in enumerate(commands):
        run = ansible.run(name, "-e", f"@{ansible.folder}/customers.yml", *options.split())
        assert run.rc == 0, run.output
        assert run.recap["changed"] == (number < 2)
    names = {service["customer_short_name"] for service in ansible.simulator.state()["services"]}
    assert {service["short_name"] for service in wanted} <= names
