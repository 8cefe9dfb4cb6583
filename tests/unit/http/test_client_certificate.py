# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Logging in with a certificate: what is signed, what can be given, and what is wrong with it."""

from __future__ import annotations

import base64
import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.masking import Secrets
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http._auth.client_credentials import (
    ClientCredentials,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.connection import Connection
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.login import (
    application_of,
    open_token_cache,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.transport import Answer, Call
from harness.fakes import OPTIONS, FakeClock, connection
from simulator.assertions import Assertions, Refused

PASSWORD = "planted-key-password"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def certificate(key: Any = KEY, days: int = 30) -> str:
    """A certificate in PEM format that ends in so many days."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    today = datetime.datetime.now(datetime.timezone.utc)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - datetime.timedelta(days=60))
        .not_valid_after(today + datetime.timedelta(days=days))
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM).decode()


def pem(key: Any = KEY, password: str | None = None) -> str:
    cipher = serialization.BestAvailableEncryption(password.encode()) if password else serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, cipher).decode()


CERTIFICATE = certificate()


def given(**options: Any) -> Connection:
    return connection(client_secret=None, **options)


def test_key_and_certificate_may_come_as_texts_and_as_files_together_and_apart(tmp_path: Path) -> None:
    public, private, both = (tmp_path / name for name in ("c.pem", "k.pem", "b.pem"))
    public.write_text(CERTIFICATE)
    private.write_text(pem(password=PASSWORD))
    both.write_text(pem() + CERTIFICATE)
    ways: list[dict[str, Any]] = [
        {"client_certificate": CERTIFICATE, "client_key": pem()},
        {"client_certificate": CERTIFICATE + pem()},
        {"client_certificate_path": str(both)},
        {"client_certificate_path": str(public), "client_key": pem()},
        {"client_certificate": CERTIFICATE, "client_key_path": str(private), "client_key_password": PASSWORD},
    ]
    loaded = []
    for way in ways:
        assert given(**way).problems() == []
        loaded.append(given(**way).certificate)
    assert len({(each.thumbprint, each.material) for each in loaded if each}) == 1
    assert "BEGIN" not in repr(loaded)


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"client_certificate": CERTIFICATE}, "the private key in client_certificate is missing, or not in PEM format"),
    ({"client_key": pem()}, "client_certificate is missing: client_certificate_path or client_certificate gives"),
    ({"client_certificate": "/etc/c.pem", "client_key": pem()}, "client_certificate must be the certificate in PEM"),
    ({"client_certificate_path": "/nowhere"}, "client_certificate_path: the file cannot be read (No such file"),
    ({"client_certificate_path": "~nosuchuser/x"}, "client_certificate_path: the file cannot be read"),
    (
        {"client_certificate": CERTIFICATE, "client_certificate_path": "/x", "client_key": pem()},
        "give either client_certificate or client_certificate_path, not both",
    ),
    (
        {"client_certificate": CERTIFICATE, "client_key": pem(OTHER)},
        "does not belong to the certificate in",
    ),
    ({"client_certificate": pem(), "client_key": pem()}, "client_certificate holds no certificate in PEM format"),
    (
        {"client_certificate": CERTIFICATE, "client_key": pem(password=PASSWORD)},
        "the private key in client_key is encrypted; give client_key_password",
    ),
    (
        {"client_certificate": CERTIFICATE, "client_key": pem(password=PASSWORD), "client_key_password": "planted"},
        "the private key in client_key cannot be read with this client_key_password",
    ),
    (
        {"client_certificate": CERTIFICATE, "client_key": pem(), "client_key_password": "planted"},
        "the private key in client_key is not encrypted; omit client_key_password",
    ),
    ({"client_certificate": certificate(days=-1), "client_key": pem()}, "the client certificate has expired"),
    (
        {"client_secret": "x" * 20, "client_certificate": CERTIFICATE},
        "give either client_secret or a client certificate",
    ),
]


@pytest.mark.parametrize(("options", "said"), WRONG, ids=[said for _options, said in WRONG])
def test_what_is_wrong_with_a_certificate_is_named_by_its_option(options: dict[str, Any], said: str) -> None:
    (problem,) = Connection.from_options({**OPTIONS, "client_secret": None, **options}).problems()
    assert said in problem
    assert "planted" not in problem
    assert "BEGIN" not in problem


def test_a_key_of_another_kind_is_refused() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    (problem,) = given(client_certificate=certificate(key), client_key=pem(key)).problems()
    assert problem == "the private key in client_key must be an RSA key"


def _source(
    settings: Connection, clock: FakeClock, cached: bool = False, **answer: Any
) -> tuple[Any, list[Call], Secrets]:
    calls: list[Call] = []
    secrets = Secrets()

    def send(call: Call) -> Answer:
        calls.append(call)
        body = {"access_token": f"the-token-number-{len(calls)}", "expires_in": 3599, **answer}
        return Answer(200, {}, json.dumps(body).encode())

    cache = open_token_cache(settings, clock) if cached else None
    return ClientCredentials(application_of(settings), send, secrets, clock, cache), calls, secrets


def test_a_login_proves_that_it_has_the_key() -> None:
    clock = FakeClock()
    settings = given(client_certificate=CERTIFICATE, client_key=pem())
    source, calls, secrets = _source(settings, clock)
    source.token()
    (call,) = calls
    assert call.form is not None
    assert "client_secret" not in call.form
    assertion = call.form["client_assertion"]
    judge = Assertions()
    judge.judge(assertion, CERTIFICATE, str(settings.client_id), call.url, clock.wall())
    assert secrets.mask_text(f"echo {assertion}") == "echo ********"
    with pytest.raises(Refused):  # once is enough
        judge.judge(assertion, CERTIFICATE, str(settings.client_id), call.url, clock.wall())
    for changed in (
        (assertion, certificate(OTHER), str(settings.client_id), call.url, clock.wall()),
        (assertion, CERTIFICATE, "another", call.url, clock.wall()),
        (assertion, CERTIFICATE, str(settings.client_id), "https://elsewhere.example", clock.wall()),
        (assertion, CERTIFICATE, str(settings.client_id), call.url, clock.wall() + 301),
        (assertion[:-8] + "AAAAAAAA", CERTIFICATE, str(settings.client_id), call.url, clock.wall()),
    ):
        with pytest.raises(Refused):
            Assertions().judge(*changed)
    head = json.loads(base64.urlsafe_b64decode(assertion.split(".")[0] + "=="))
    assert (head["alg"], head["typ"]) == ("PS256", "JWT")


def test_the_token_is_kept_for_the_same_key_alone(tmp_path: Path) -> None:
    clock, folder = FakeClock(), str(tmp_path / "cache")
    mine = given(client_certificate=CERTIFICATE, client_key=pem(), token_cache=folder)
    first, calls, _secrets = _source(mine, clock, cached=True)
    again, more, _secrets = _source(mine, clock, cached=True)
    assert first.token() == again.token()
    assert (len(calls), len(more)) == (1, 0)
    foreign = given(client_certificate=certificate(OTHER), client_key=pem(OTHER), token_cache=folder)
    other, calls, _secrets = _source(foreign, clock, cached=True)
    other.token()
    assert len(calls) == 1


@pytest.mark.parametrize("said", [0, "0", -5, "nan", "inf", "1e999", None, "soon", [], 10**400])
def test_a_life_that_is_none_does_not_mean_a_login_per_request(said: Any) -> None:
    clock = FakeClock()
    source, calls, _secrets = _source(connection(), clock, expires_in=said)
    for _request in range(3):
        source.token()
        clock.sleep(0.4)
    assert len(calls) == 1
    clock.sleep(3600)
    source.token()
    assert len(calls) == 2
