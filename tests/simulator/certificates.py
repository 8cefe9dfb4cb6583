# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A certificate authority that lives as long as the process, and a certificate for this machine from it."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import trustme


@contextlib.contextmanager
def certificate_for(host: str, ca_file: Path) -> Iterator[Path]:
    """Write the authority to ``ca_file``; gives a temporary file with key and certificate chain."""
    authority = trustme.CA()
    ca_file.parent.mkdir(parents=True, exist_ok=True)
    authority.cert_pem.write_to_path(str(ca_file))
    names = dict.fromkeys((host, "127.0.0.1", "localhost"))
    with authority.issue_cert(*names).private_key_and_cert_chain_pem.tempfile() as path:
        yield Path(path)
