# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check the documentation and build the site into build/docs/html; any warning is an error.

The pages are docs/*.md and docs/decisions/*.md. The reference of modules, plugins and roles is made by antsibull-docs
from what stands in them.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import yaml

ROOT = Path(__file__).resolve().parents[2]
SITE = Path(__file__).resolve().parent
BUILD = ROOT / "build/docs"
SOURCE = BUILD / "source"
COLLECTION = "audiocodes.live_platform"
LINK = BUILD / "collections/ansible_collections" / COLLECTION.replace(".", "/")
BIN = Path(sys.executable).parent


def run(*command: str, tries: int = 3) -> str:
    """Run one of the environment's tools; its output is shown when it fails or warns, and that ends the build."""
    environment = {
        **os.environ,
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "ANSIBLE_COLLECTIONS_PATH": str(BUILD / "collections"),
        "ANSIBLE_HOME": str(BUILD / "ansible"),
    }
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if 'Unknown target name: "antsibull-docs-' in done.stdout and tries > 1:
        # Its temporary folder had a random name that ends in "_", which is a link in these texts
        return run(*command, tries=tries - 1)
    if done.returncode or "warning" in done.stdout.lower():
        print(done.stdout, end="")
        sys.exit(done.returncode or f"{command[0]} has warnings")
    return done.stdout


def assemble() -> None:
    """Put the pages and a folder with the collection where the tools expect them."""
    shutil.rmtree(BUILD, ignore_errors=True)
    SOURCE.mkdir(parents=True)
    LINK.parent.mkdir(parents=True)
    LINK.symlink_to(ROOT)
    for path in ROOT.glob("docs/*.svg"):
        shutil.copy(path, SOURCE)
    repository = yaml.safe_load((ROOT / "galaxy.yml").read_text(encoding="utf-8"))["repository"]
    (SOURCE / "roles").mkdir()
    for path in ROOT.glob("roles/*/README.md"):
        text = path.read_text(encoding="utf-8").replace("](../../docs/", "](../")
        options = f"../reference/{path.parent.name}_role.rst"
        text = text.replace("## Inputs\n", f"## Inputs\n\nThe [reference]({options}) has the type of each variable.\n")
        text = re.sub(r"\]\((?=files)", f"]({repository}/blob/main/roles/{path.parent.name}/", text)
        (SOURCE / "roles" / f"{path.parent.name}.md").write_text(text, encoding="utf-8")
    for path in ROOT.glob("docs/*.md"):
        # What a page links to outside of docs/ is not on the site but in the repository
        text = re.sub(r"\]\(\.\./(roles/\w+)/README\.md", r"](\1.md", path.read_text(encoding="utf-8"))
        (SOURCE / path.name).write_text(text.replace("](../", f"]({repository}/blob/main/"), encoding="utf-8")
    shutil.copytree(ROOT / "docs/decisions", SOURCE / "decisions")


def shorten_reference(reference: Path) -> None:
    """Give the pages of the reference short names: the long ones fit neither the sidebar nor a phone."""
    index = reference / "index.rst"
    text = index.read_text(encoding="utf-8")
    text = re.sub(r"\n.+\n=+\n", "\nReference\n=========\n", text, count=1)
    text = re.sub(r"^( +)(\w+)_module$", r"\1\2 <\2_module>", text, flags=re.MULTILINE)
    text = re.sub(r"^( +)(\w+)_(filter|inventory|role)$", r"\1\2 (\3) <\2_\3>", text, flags=re.MULTILINE)
    index.write_text(f"{text}\n    Environment variables <environment_variables>\n", encoding="utf-8")
    for path in reference.glob("*.rst"):
        # The theme shows the contents of a page next to it
        text = re.sub(r"\n\.\. contents::\n(   :\w+:.*\n)+", "", path.read_text(encoding="utf-8"))
        title = rf"^{re.escape(COLLECTION)}\.(\w+ \w+ -- .+)\n\++$"
        text = re.sub(title, lambda found: f"{found[1]}\n{'+' * len(found[1])}", text, count=1, flags=re.MULTILINE)
        path.write_text(text, encoding="utf-8")


class Page(HTMLParser):
    """What a built page refers to, and what would spoil it on a phone or without a network."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.problems: list[str] = []
        self._wrappers: list[bool] = []
        text = path.read_text(encoding="utf-8")
        self.feed(text)
        if "ERROR: Adding a table of contents" in text:
            self.problems.append("has a table of contents, for which the theme shows an error")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.anchors |= {values[name] for name in ("id", "name") if name in values}
        if tag == "div":
            self._wrappers.append("table-wrapper" in values.get("class", "").split())
        if tag == "table" and not any(self._wrappers):
            self.problems.append("has a table that does not scroll")
        loaded = values.get("src") or (values.get("href") if tag == "link" else "") or ""
        if re.match(r"(https?:)?//", loaded):
            self.problems.append(f"loads {loaded}")
        if tag == "a" and "href" in values and not re.match(r"\w+:|//", values["href"]):
            self.links.append(values["href"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "div" and self._wrappers:
            self._wrappers.pop()


def check_pages(html: Path) -> None:
    """End the build if a page loads something from outside, has a table that does not scroll, or a broken link."""
    pages = {path: Page(path) for path in html.rglob("*.html")}
    for path, page in pages.items():
        for link in page.links:
            place, _, anchor = link.partition("#")
            target = (path.parent / unquote(place)).resolve() if place else path
            if not target.exists() or (anchor and target in pages and unquote(anchor) not in pages[target].anchors):
                page.problems.append(f"has a broken link: {link}")
    problems = [f"{path.relative_to(html)} {problem}" for path, page in pages.items() for problem in page.problems]
    if problems:
        sys.exit("\n".join(problems))


def main() -> None:
    assemble()
    run("antsibull-docs", "lint-collection-docs", "--plugin-docs", "--validate-collection-refs", "all", ".")
    reference = SOURCE / "reference"
    reference.mkdir()
    options = ("--use-current", "--squash-hierarchy", "--fail-on-error")
    run("antsibull-docs", "collection", *options, "--dest-dir", str(reference), COLLECTION)
    shorten_reference(reference)
    run("sphinx-build", "-q", "-W", "--keep-going", "-b", "html", "-c", str(SITE), str(SOURCE), str(BUILD / "html"))
    check_pages(BUILD / "html")
    print(f"{len(list((BUILD / 'html').rglob('*.html')))} pages in {(BUILD / 'html').relative_to(ROOT)}")


if __name__ == "__main__":
    main()
