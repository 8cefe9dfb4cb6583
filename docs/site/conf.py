# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings of Sphinx for the documentation site. docs/site/build.py puts the sources together."""

import re
from pathlib import Path

import yaml
from docutils import nodes
from docutils.nodes import Element, document, reference
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx

_ROOT = Path(__file__).resolve().parents[2]
_GALAXY = yaml.safe_load((_ROOT / "galaxy.yml").read_text(encoding="utf-8"))

project = f"{_GALAXY['namespace']}.{_GALAXY['name']}"
copyright = "The audiocodes.live_platform contributors"
version = release = str(_GALAXY["version"])
language = "en"

extensions = ["myst_parser", "sphinx_antsibull_ext"]
source_suffix = {".md": "markdown", ".rst": "restructuredtext"}
root_doc = "index"
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_title = f"Live Platform collection {version}"
html_show_sphinx = False
html_copy_source = False
html_use_index = False
html_theme_options = {"top_of_page_buttons": []}
antsibull_ext_color_scheme = "none"

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


MODULES = {path.stem for path in (_ROOT / "plugins/modules").glob("*.py")}


def link_modules(app: Sphinx, doctree: document) -> None:
    """Make the name of a module, wherever a page has it as code, a link to its reference."""
    if app.env.docname.startswith("reference/"):
        return
    for code in list(doctree.findall(nodes.literal)):
        name = code.astext().removeprefix(f"{project}.")
        if name in MODULES and not isinstance(code.parent, (nodes.title, reference, pending_xref)):
            label = f"ansible_collections.{project}.{name}_module"
            link = pending_xref("", refdomain="std", reftype="ref", refexplicit=True, reftarget=label, refwarn=True)
            link["refdoc"] = app.env.docname
            code.replace_self(link)
            link += code


SELF_EXPLANATORY = ("Type", "Meaning", "What it does")
"""Columns whose cells are clear without the name of the column."""


def fit_tables(_app: Sphinx, doctree: document, _page: str) -> None:
    """Mark tables for site.css: up to four columns are shown one below the other on a phone, with their names."""
    for table in doctree.findall(nodes.table):
        head, body = next(table.findall(nodes.thead), None), next(table.findall(nodes.tbody))
        names = [] if head is None else [entry.astext() for entry in head.findall(nodes.entry)]
        if "ansible-option-table" in table["classes"]:
            continue
        table["classes"].append("stacked" if len(names) <= 4 else "wide")
        for row in body.findall(nodes.row):
            for name, entry in zip(names[1:], row.children[1:], strict=False):
                if 2 < len(names) <= 4 and name not in SELF_EXPLANATORY and entry.children:
                    entry[0].insert(0, nodes.inline("", f"{name}: ", classes=["column-label"]))


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.connect("missing-reference", link_to_ansible)
    app.connect("doctree-read", link_modules)
    app.connect("doctree-resolved", fit_tables)
