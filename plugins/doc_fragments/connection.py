# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Documentation of the connection options."""

from __future__ import annotations

import re


def _with_environment(documentation: str) -> str:
    """The same options, with the variable that each one names as its ``env`` entry, which modules must not have."""
    return re.sub(
        r"( +)- If it is not given, the environment variable E\((\w+)\) is used\.\n",
        r"\g<0>    env:\n\g<1>- name: \g<2>\n",
        documentation,
    )


class ModuleDocFragment:
    """The options of every module and of the inventory plugin of this collection."""

    DOCUMENTATION = r"""
options:
  base_url:
    description:
      - URL of the platform up to and including C(/tenantui), for example C(https://lp.provider.example/tenantui).
      - A trailing slash is accepted.
      - If it is not given, the environment variable E(LIVE_PLATFORM_BASE_URL) is used.
    type: str
  auth_tenant_id:
    description:
      - Microsoft Entra directory in which the application for the API is registered.
      - If it is not given, the environment variable E(LIVE_PLATFORM_AUTH_TENANT_ID) is used.
    type: str
  client_id:
    description:
      - Application (client) id of that application.
      - If it is not given, the environment variable E(LIVE_PLATFORM_CLIENT_ID) is used.
    type: str
  client_secret:
    description:
      - Client secret of that application.
      - If it is not given, the environment variable E(LIVE_PLATFORM_CLIENT_SECRET) is used.
    type: str
  client_certificate:
    description:
      - A certificate of that application, instead of O(client_secret), as a string in PEM format. It may contain the
        private key too.
      - The key must be an RSA key. It signs the login request, and never leaves this host. The Python package
        C(cryptography) is needed.
      - If it is not given, the environment variable E(LIVE_PLATFORM_CLIENT_CERTIFICATE) is used.
    type: str
    version_added: 2.0.0
  client_certificate_path:
    description:
      - The same, as the path of a file.
      - If it is not given, the environment variable E(LIVE_PLATFORM_CLIENT_CERTIFICATE_PATH) is used.
    type: path
    version_added: 2.0.0
  client_key:
    description:
      - Private key of the certificate, as a string in PEM format, if it is not part of the certificate.
      - If it is not given, the environment variable E(LIVE_PLATFORM_CLIENT_KEY) is used.
    type: str
    version_added: 2.0.0
  client_key_path:
    description:
      - The same, as the path of a file.
      - If it is not given, the environment variable E(LIVE_PLATFORM_CLIENT_KEY_PATH) is used.
    type: path
    version_added: 2.0.0
  client_key_password:
    description:
      - Password of an encrypted private key.
      - If it is not given, the environment variable E(LIVE_PLATFORM_CLIENT_KEY_PASSWORD) is used.
    type: str
    version_added: 2.0.0
  auth_scope:
    description:
      - Scope of the token, C(api://<application id>/.default) of the provider's API registration.
      - If it is not given, the environment variable E(LIVE_PLATFORM_AUTH_SCOPE) is used.
    type: str
  auth_url:
    description:
      - Authority that issues the token.
      - If it is not given, the environment variable E(LIVE_PLATFORM_AUTH_URL) is used.
    type: str
    default: https://login.microsoftonline.com
  access_token:
    description:
      - An existing access token, instead of client credentials. It cannot be renewed when it expires.
      - If it is not given, the environment variable E(LIVE_PLATFORM_ACCESS_TOKEN) is used.
    type: str
  validate_certs:
    description:
      - Whether the certificates of platform and authority are verified. Turn it off for a test only.
      - If it is not given, the environment variable E(LIVE_PLATFORM_VALIDATE_CERTS) is used.
    type: bool
    default: true
  ca_path:
    description:
      - File with the CA certificates to trust, for the platform and for the authority. An empty file is ignored.
      - If it is not given, the environment variable E(LIVE_PLATFORM_CA_PATH) is used.
    type: path
  ovoc_channel_id:
    description:
      - Limits all answers to one channel. It is sent as the header C(X-Ovoc-Channel-Id).
      - If it is not given, the environment variable E(LIVE_PLATFORM_OVOC_CHANNEL_ID) is used.
    type: int
  request_timeout:
    description:
      - Seconds to wait for a connection, and for each next part of an answer.
      - An answer as a whole may take ten times as long, as long as data keeps coming.
      - If it is not given, the environment variable E(LIVE_PLATFORM_REQUEST_TIMEOUT) is used.
    type: float
    default: 30.0
  token_cache:
    description:
      - Whether the token is kept between tasks, so that a play logs in only once.
      - V(true) keeps it below C($XDG_CACHE_HOME) or C(~/.cache), an absolute path keeps it in that folder, V(false)
        turns it off.
      - The file is readable for its owner alone and encrypted with a key that is derived from O(client_secret) or from
        the private key. Without the Python package C(cryptography), or without a safe folder, the token is not kept.
      - If it is not given, the environment variable E(LIVE_PLATFORM_TOKEN_CACHE) is used.
    type: str
    default: 'true'
  allow_plain_http:
    description:
      - Allows C(http://) URLs to other hosts than this machine. Credentials are then sent in clear text.
      - If it is not given, the environment variable E(LIVE_PLATFORM_ALLOW_PLAIN_HTTP) is used.
    type: bool
    default: false
requirements:
  - requests
notes:
  - All requests go from the host on which the module runs, normally the control node (C(hosts=localhost)).
"""


# The same for a plugin, whose options Ansible itself reads from the environment. Not in the class, since a linter of
# Ansible takes every assignment there for a literal text.
ModuleDocFragment.PLUGIN = _with_environment(ModuleDocFragment.DOCUMENTATION)
