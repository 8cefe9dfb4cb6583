# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings of Sphinx for the documentation site. docs/site/build.py puts the sources together."""

import re
from pathlib import Path

import yaml
from docutils.nodes import Element, reference
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx

_GALAXY = yaml.safe_load((Path(__file__).resolve().parents[2] / "galaxy.yml").read_text(encoding="utf-8"))

project = f"{_GALAXY['namespace']}.{_GALAXY['name']}"
copyright = "The audiocodes.live_platform contributors"
version = release = str(_GALAXY["version"])
language = "en"

extensions = ["myst_parser", "sphinx_antsibull_ext"]
source_suffix = {".md": "markdown", ".rst": "restructuredtext"}
root_doc = "index"
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3

html_theme = "sphinx_ansible_theme"
html_static_path = ["_static"]
html_css_files = ["tables.css"]
html_title = f"{project} {version}"
html_show_sphinx = False
html_theme_options = {
    "documentation_home_url": "index.html",
    "topbar_links": {},
    "vcs_pageview_mode": "edit",
}

nitpicky = True

ANSIBLE = "https://docs.ansible.com/projects/ansible/latest"
ANSIBLE_LABELS = {
    "action_plugins": "plugins/action.html#action-plugins",
    "ansible_configuration_settings": "reference_appendices/config.html#ansible-configuration-settings",
    "common_return_values": "reference_appendices/common_return_values.html#common-return-values",
}
"""What the reference points to in Ansible's own documentation. A table, so that the build needs no network."""

ANSIBLE_PATTERNS = {
    r"ansible_collections\.ansible\.builtin\.(\w+)": r"collections/ansible/builtin/\1.html",
    r"(ANSIBLE_\w+)": r"reference_appendices/config.html#envvar-\1",
}


def link_to_ansible(_app: Sphinx, _environment: object, node: pending_xref, content: Element) -> Element | None:
    """A link for what stands in Ansible's own documentation; Sphinx warns of everything else."""
    target = node["reftarget"]
    page = ANSIBLE_LABELS.get(target)
    for pattern, place in ANSIBLE_PATTERNS.items():
        if page is None and re.fullmatch(pattern, target):
            page = re.sub(pattern, place, target)
    return None if page is None else reference("", "", content, refuri=f"{ANSIBLE}/{page}", internal=False)


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.connect("missing-reference", link_to_ansible)
