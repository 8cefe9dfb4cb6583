# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a built artefact holds."""

import hashlib
import subprocess
import tarfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Opened:
    """The files of an artefact by name."""

    def __init__(self, path: Path) -> None:
        with tarfile.open(path) as archive:
            self.members = {member.name: member for member in archive.getmembers() if not member.isdir()}
            self.contents = {name: archive.extractfile(member).read() for name, member in self.members.items()}

    @property
    def fingerprint(self) -> str:
        """One hash over names, modes and contents; the times are those of the build and not in it."""
        total = hashlib.sha256()
        for name, content in sorted(self.contents.items()):
            total.update(f"{name}\0{self.members[name].mode}\0{len(content)}\0".encode() + content)
        return total.hexdigest()

    def plugins(self, kind: str) -> list[str]:
        """The names of the modules, filters and so on."""
        return sorted(Path(name).stem for name in self.contents if name.startswith(f"plugins/{kind}/"))


def listed_files() -> list[str]:
    """The files that git has or would take."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [name for name in listing.split("\0") if name and (ROOT / name).exists()]
