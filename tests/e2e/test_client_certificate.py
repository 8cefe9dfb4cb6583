# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A play that logs in with a certificate, once, and shows nothing of its key."""

import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from harness.cast import logins
from harness.playbooks import Ansible, task
from simulator.client import Simulator


def certificate_and_key() -> tuple[str, str]:
    """Both in PEM format."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "e2e")])
    today = datetime.datetime.now(datetime.timezone.utc)
    begins, ends = today - datetime.timedelta(days=1), today + datetime.timedelta(days=1)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(begins).not_valid_after(ends)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode(), private.decode()


def test_a_certificate_logs_in_once_for_a_play(ansible: Ansible, simulator: Simulator) -> None:
    public, private = certificate_and_key()
    simulator.settings(client_certificate=public)
    simulator.reset(tokens=True)
    simulator.settings(client_certificate=public)
    path = ansible.file("client.crt", None)
    path.write_text(public)
    defaults = {"group/audiocodes.live_platform.all": {"client_certificate_path": str(path), "client_key": private}}
    read = [task("leads", "oc_lead_info"), task("services", "oc_service_info")]
    without_secret = {"LIVE_PLATFORM_CLIENT_SECRET": None}
    run = ansible.play(*read, play={"module_defaults": defaults}, environment=without_secret, verbosity=4)
    assert run.rc == 0, run.output
    assert logins(run.sent) == 1
    lines = [line for line in private.splitlines() if len(line) > 20 and not line.startswith("-")]
    assert not any(line in run.output for line in lines)
    simulator.settings(client_certificate="")
    other = ansible.play(
        *read,
        play={"module_defaults": defaults},
        environment={**without_secret, "LIVE_PLATFORM_TOKEN_CACHE": "false"},
    )
    assert other["leads"].failure["error_code"] == "AADSTS700027"
    assert "register it for the application" in other["leads"].message
