"""Put the collection awx.awx into a folder, to test the objects of an automation controller with its modules.

The package `ansible` on PyPI carries it among a hundred others; only this one is unpacked.

    python tests/tools/awx_collection.py FOLDER
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

WANTED = "ansible_collections/awx/awx/"


def main() -> int:
    """Download the wheel, unpack the collection, forget the wheel."""
    target = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--quiet", "--disable-pip-version-check"]
        command += ["--no-deps", "--only-binary", ":all:", "--dest", folder, "ansible"]
        subprocess.run(command, check=True)
        (wheel,) = Path(folder).glob("ansible-*.whl")
        with zipfile.ZipFile(wheel) as archive:
            names = [name for name in archive.namelist() if name.startswith(WANTED)]
            archive.extractall(target, names)
    if not (target / WANTED / "plugins/modules/job_template.py").is_file():
        sys.exit(f"the package does not carry {WANTED}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
