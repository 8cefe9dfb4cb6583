"""Run `ansible-test sanity` for the ansible-core of the environment that runs this script.

ansible-test insists on a folder named `ansible_collections/<namespace>/<name>`, makes its own virtual environments, and
fetches the script that puts pip into them from a host of its own. So this script works on a copy, gives
ansible-test a home folder that survives between runs, and puts a script there that takes pip from Python's `ensurepip`.
Nothing but the Python package index is needed, and nothing outside this repository is written.

Options are passed on, for instance:  python tests/tools/sanity.py --test pylint plugins/modules/oc_service.py
"""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
import sys
import time
from fnmatch import fnmatch
from importlib.util import find_spec
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
COPY = ROOT / "build/sanity/ansible_collections/audiocodes/live_platform"
LOG = ROOT / "build/sanity/log.txt"
HOME = Path(sys.prefix) / "ansible-test"
PYTHON_VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"

# Lines of the log that only tell that ansible-test is at work
PROGRESS = ("Running sanity test", "Installing requirements", "Using cached pip", "WARNING: Using locale")

# What ansible-test runs in place of the get-pip script that it would fetch. It passes pip's arguments (which packages,
# among them pip itself in the version it wants) and two options that are get-pip's own.
PIP_BOOTSTRAP = """\
import ensurepip
import os
import subprocess
import sys
from pathlib import Path

arguments = [argument for argument in sys.argv[1:] if argument not in ("--no-setuptools", "--no-wheel")]
command = [sys.executable, "-m", "pip", "install", "--quiet", *arguments]
# Python's own pip runs as it is packed, which is quicker than to unpack it first
wheels = list((Path(ensurepip.__file__).parent / "_bundled").glob("pip-*.whl"))
if wheels:
    os.environ["PYTHONPATH"] = str(wheels[0])
else:
    subprocess.check_call([sys.executable, "-m", "ensurepip"], stdout=subprocess.DEVNULL)
subprocess.check_call(command)
"""


def copy_tree(copy: Path = COPY, *, also: str | None = None) -> None:
    """Copy what the artefact will hold, into a repository of its own: the one around it ignores build/.

    :param also: a line of ``build_ignore``; what it leaves out is copied too.
    """
    left_out = [
        pattern
        for pattern in yaml.safe_load((ROOT / "galaxy.yml").read_text(encoding="utf-8"))["build_ignore"]
        if pattern != also
    ]
    shutil.rmtree(copy, ignore_errors=True)
    subprocess.run(["git", "init", "--quiet", str(copy)], check=True)
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, listing.split("\0")):
        parts = Path(name).parts
        folders = ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]
        if any(fnmatch(folder, pattern) for folder in folders for pattern in left_out):
            continue
        source, target = ROOT / name, copy / name
        if source.is_symlink() or source.exists():  # a tracked file may have been deleted
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target, follow_symlinks=False)


def prepare_home() -> None:
    """Give ansible-test the pip bootstrap, and its pip the caller's settings, which ansible-test would hide from it."""
    package = find_spec("ansible_test")
    if package is None or not package.submodule_search_locations:
        sys.exit("ansible-test is missing: run this script with the Python of .venv")
    source = Path(package.submodule_search_locations[0]) / "_internal/python_requirements.py"
    pip_versions = set(re.findall(r"""\bpip=['"]([\d.]+)['"]""", source.read_text(encoding="utf-8")))
    if not pip_versions:
        sys.exit(f"{source} does not say which pip it wants; see prepare_home() in {__file__}")
    cache = HOME / ".ansible/test/cache"
    cache.mkdir(parents=True, exist_ok=True)
    for version in pip_versions:
        (cache / f"get_pip_{version.replace('.', '_')}.py").write_text(PIP_BOOTSTRAP, encoding="utf-8")

    settings = configparser.RawConfigParser()
    settings["global"] = pip_settings()
    target = HOME / ".config/pip/pip.conf"
    target.parent.mkdir(parents=True, exist_ok=True)
    # An index address may hold a password
    with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        settings.write(file)


def pip_settings() -> dict[str, str]:
    """The caller's pip settings: from files, overridden by those from the environment."""

    def pip(*arguments: str) -> str:
        command = [sys.executable, "-m", "pip", *arguments]
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout

    # Lines such as global.timeout='15' and :env:.cert='/some/ca.pem'; the narrower scope wins
    found = re.findall(r"^(global|install|:env:)\.([\w-]+)='(.*)'$", pip("config", "list"), re.MULTILINE)
    found.sort(key=lambda item: ("global", "install", ":env:").index(item[0]))
    settings = {name: value.replace("\\n", "\n") for _scope, name, value in found}
    return {"quiet": "2", "cache-dir": pip("cache", "dir").strip(), **settings}


def run_ansible_test(options: list[str]) -> int:
    """Run all sanity tests with their output in a log; return the exit code."""
    bin_folder = Path(sys.executable).parent
    command = [str(bin_folder / "ansible-test"), "sanity", "--local", "--color", "no", "--python", PYTHON_VERSION]
    path = f"{bin_folder}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "HOME": str(HOME), "PATH": path}
    with LOG.open("w", encoding="utf-8") as log:
        return subprocess.run(
            [*command, *options], cwd=COPY, env=environment, stdout=log, stderr=subprocess.STDOUT, check=False
        ).returncode


def report(returncode: int, seconds: float) -> int:
    """One line on success, the findings on failure; a run without a single test is a failure too."""
    text = LOG.read_text(encoding="utf-8")
    tests = set(re.findall(r"^Running sanity test \"([\w-]+)\"", text, re.MULTILINE))
    if returncode or not tests:
        print(*(line for line in text.splitlines() if not line.startswith(PROGRESS)), sep="\n")
        return returncode or 1
    for warning in re.findall(r"^WARNING: Skipping .*$", text, re.MULTILINE):
        print(warning)
    print(f"{len(tests)} sanity tests passed on Python {PYTHON_VERSION} in {seconds:.0f} s")
    return 0


def main() -> int:
    started = time.monotonic()
    copy_tree()
    prepare_home()
    returncode = run_ansible_test(sys.argv[1:])
    return report(returncode, time.monotonic() - started)


if __name__ == "__main__":
    sys.exit(main())
