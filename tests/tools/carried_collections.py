# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Put other collections that tests need into a folder: awx.awx, whose modules make the objects of an automation
controller, and ansible.posix, which has callback plugins.

The package `ansible` on PyPI carries them among a hundred others; only these are unpacked.

    python tests/tools/carried_collections.py FOLDER
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

WANTED = {
    "ansible_collections/awx/awx/": "plugins/modules/job_template.py",
    "ansible_collections/ansible/posix/": "plugins/callback/profile_tasks.py",
}
"""The collections, and a file of each that has to be there."""


def main() -> int:
    """Download the wheel, unpack the collections, forget the wheel."""
    target = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--quiet", "--disable-pip-version-check"]
        command += ["--no-deps", "--only-binary", ":all:", "--dest", folder, "ansible"]
        subprocess.run(command, check=True)
        (wheel,) = Path(folder).glob("ansible-*.whl")
        with zipfile.ZipFile(wheel) as archive:
            names = [name for name in archive.namelist() if name.startswith(tuple(WANTED))]
            archive.extractall(target, names)
    for collection, file in WANTED.items():
        if not (target / collection / file).is_file():
            sys.exit(f"the package does not carry {collection}{file}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
