# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The login authority: client credentials, and the anonymous look at a directory."""

import secrets
from typing import Any
from urllib.parse import parse_qs

from fastapi import Request
from starlette.responses import Response

from simulator.answers import answer
from simulator.assertions import TYPE, Refused
from simulator.reading import is_guid
from simulator.routing import Routes
from simulator.world import World

routes = Routes("login")


@routes.add("POST", "/{directory}/oauth2/v2.0/token")
async def token(world: World, directory: str, request: Request) -> Response:
    """Log in with client credentials."""
    form = {name: values[0] for name, values in parse_qs((await request.body()).decode("latin-1")).items()}
    refusal = _judge(world, directory, form, str(request.url))
    if refusal is not None:
        return refusal
    seconds = int(world.settings.token_seconds)
    expires_in: int | str = str(seconds) if world.settings.expires_in_as_string else seconds
    expires_in = world.settings.expires_in or expires_in
    body = {
        "token_type": "Bearer",
        "expires_in": expires_in,
        "ext_expires_in": expires_in,
        "access_token": world.tokens.issue(world.settings.token_seconds),
    }
    response = answer(body)
    response.headers["cache-control"] = "no-store, no-cache"
    return response


@routes.add("GET", "/{directory}/.well-known/openid-configuration")
@routes.add("GET", "/{directory}/v2.0/.well-known/openid-configuration")
async def discovery(world: World, directory: str, request: Request) -> Response:
    """Whether a directory exists."""
    if not directory_exists(world, directory):
        return _unknown_directory(world, directory, "invalid_tenant")
    root = str(request.base_url).rstrip("/")
    return answer(
        {
            "token_endpoint": f"{root}/{directory}/oauth2/v2.0/token",
            "issuer": f"{root}/{directory}/v2.0",
            "authorization_endpoint": f"{root}/{directory}/oauth2/v2.0/authorize",
            "tenant_region_scope": "EU",
        }
    )


def directory_exists(world: World, directory: str) -> bool:
    """Every GUID is a directory, except for those that the switch names."""
    return is_guid(directory) and directory.lower() not in {each.lower() for each in world.settings.unknown_tenants}


def _judge(world: World, directory: str, form: dict[str, str], url: str) -> Response | None:
    """The first thing that is wrong with a login, in the order in which the authority looks.

    :param url: where the login was sent to.
    """
    right = world.credentials
    grant, client_id, scope = form.get("grant_type"), form.get("client_id", ""), form.get("scope", "")
    if not directory_exists(world, directory):
        return _unknown_directory(world, directory, "invalid_request")
    needed = "The request body must contain the following parameter: "
    missing = next((name for name in ("grant_type", "client_id", "scope") if not form.get(name)), None)
    at_home = directory.lower() == right.auth_tenant_id.lower() and client_id.lower() == right.client_id.lower()
    secret = form.get("client_secret", "")
    refused = _judge_assertion(world, form, url) if "client_assertion" in form else None
    for wrong, status, error, code, text in (
        (missing is not None, 400, "invalid_request", 900144, f"{needed}'{missing}'."),
        (
            grant != "client_credentials",
            400,
            "unsupported_grant_type",
            70003,
            f"The app requested an unsupported grant type '{grant}'.",
        ),
        (
            not at_home,
            400,
            "unauthorized_client",
            700016,
            f"Application with identifier '{client_id}' was not found in the directory '{directory}'. This can happen"
            " if the application has not been installed by the administrator of the tenant.",
        ),
        (
            not secret and "client_assertion" not in form,
            401,
            "invalid_client",
            7000218,
            f"{needed}'client_assertion' or 'client_secret'.",
        ),
        (refused is not None, 401, "invalid_client", refused.code if refused else 0, refused.text if refused else ""),
        (
            "client_assertion" not in form
            and not secrets.compare_digest(secret.encode(), right.client_secret.encode()),
            401,
            "invalid_client",
            7000215,
            "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value,"
            f" not the client secret ID, for a secret added to app '{client_id}'.",
        ),
        (
            not scope.endswith("/.default"),
            400,
            "invalid_scope",
            1002012,
            f"The provided value for scope {scope} is not valid. Client credential flows must have a scope value with"
            " /.default suffixed to the resource identifier (application ID URI).",
        ),
        (
            scope != right.auth_scope,
            400,
            "invalid_resource",
            500011,
            f"The resource principal named {scope.removesuffix('/.default')} was not found in the tenant named"
            f" {directory}.",
        ),
    ):
        if wrong:
            return _error(world, status, error, code, text)
    return None


def _judge_assertion(world: World, form: dict[str, str], url: str) -> Refused | None:
    if form.get("client_assertion_type") != TYPE:
        return Refused(900144, "The request body must contain the following parameter: 'client_assertion_type'.")
    certificate, now = world.settings.client_certificate, world.clock.date().timestamp()
    try:
        world.assertions.judge(form["client_assertion"], certificate, form.get("client_id", ""), url, now)
    except Refused as refusal:
        return refusal
    return None


def _unknown_directory(world: World, directory: str, error: str) -> Response:
    text = f"Tenant '{directory}' not found. Check to make sure you have the correct tenant ID."
    return _error(world, 400, error, 90002, text)


def _error(world: World, status: int, error: str, code: int, text: str) -> Response:
    trace, correlation = secrets.token_hex(16), secrets.token_hex(16)
    stamp = world.clock.date().strftime("%Y-%m-%d %H:%M:%SZ")
    body: dict[str, Any] = {
        "error": error,
        "error_description": f"AADSTS{code}: {text} Trace ID: {_guid(trace)} Correlation ID: {_guid(correlation)}"
        f" Timestamp: {stamp}",
        "error_codes": [code],
        "timestamp": stamp,
        "trace_id": _guid(trace),
        "correlation_id": _guid(correlation),
        "error_uri": f"https://login.example/error?code={code}",
    }
    return answer(body, status)


def _guid(digits: str) -> str:
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
