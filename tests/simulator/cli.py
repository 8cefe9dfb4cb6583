# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line."""

import argparse
import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from simulator.certificates import certificate_for
from simulator.seeds import default_seed
from simulator.seeds.loading import load, read_seed_file
from simulator.server import listen, serve
from simulator.settings import Settings, describe, parse_assignment
from simulator.store import Store
from simulator.world import BASE_PATH, Credentials, World

_ENVIRONMENT = {
    "base_url": "LIVE_PLATFORM_BASE_URL",
    "auth_tenant_id": "LIVE_PLATFORM_AUTH_TENANT_ID",
    "client_id": "LIVE_PLATFORM_CLIENT_ID",
    "client_secret": "LIVE_PLATFORM_CLIENT_SECRET",
    "auth_scope": "LIVE_PLATFORM_AUTH_SCOPE",
    "auth_url": "LIVE_PLATFORM_AUTH_URL",
    "ca_path": "LIVE_PLATFORM_CA_PATH",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until stopped; the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        settings = _settings(options)
        world = World(seed=_seed(options.seed_file), initial=settings)
    except (ValueError, OSError, ImportError) as error:
        parser.error(str(error))
    if options.tls and options.ca_file is None:
        parser.error("--tls needs --ca-file")
    listener = listen(options.host, options.port)
    host = f"[{options.host}]" if ":" in options.host else options.host
    root = f"{'https' if options.tls else 'http'}://{host}:{listener.getsockname()[1]}"
    facts = _facts(root, options.ca_file if options.tls else None)

    def ready() -> None:
        line = json.dumps(facts)
        if options.state_file is not None:
            _write_whole(options.state_file, line + "\n")
        print(line, flush=True)
        if not options.quiet:
            _explain(facts)

    with contextlib.ExitStack() as stack:
        certificate = stack.enter_context(certificate_for(options.host, options.ca_file)) if options.tls else None
        serve(
            world,
            listener,
            certificate=certificate,
            ready=ready,
            max_seconds=options.max_seconds,
            follow_parent=options.follow_parent,
        )
    return 0


def environment_of(facts: dict[str, Any]) -> dict[str, str]:
    """The ready line as the collection's environment variables."""
    return {variable: str(facts[name]) for name, variable in _ENVIRONMENT.items() if facts.get(name)}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m simulator",
        description="A Live Platform (and its login authority) that runs on this machine. Prints one line of JSON when"
        " it is ready; stop it with Ctrl-C.",
        epilog="switches for --set, with their defaults:\n" + describe(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default %(default)s)")
    parser.add_argument("--port", type=int, default=0, help="port to listen on; 0, the default, takes a free one")
    parser.add_argument("--tls", action="store_true", help="serve HTTPS with a certificate made at the start")
    parser.add_argument("--ca-file", type=Path, help="where to write the authority of that certificate (PEM)")
    parser.add_argument("--task-seconds", metavar="SECONDS", help="how long a task runs (default 2)")
    parser.add_argument("--latency", metavar="SECONDS", help="how long each request takes at least (default 0)")
    parser.add_argument("--token-seconds", metavar="SECONDS", help="how long a token is valid (default 3599)")
    parser.add_argument("--seed-file", type=Path, help="JSON or YAML with records to add, or to have instead")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="turn a switch; repeatable")
    parser.add_argument("--state-file", type=Path, help="write the ready line to this file as well")
    parser.add_argument("--max-seconds", type=float, help="stop after this time (default: never)")
    parser.add_argument("--follow-parent", action="store_true", help="stop when the process that started it ends")
    parser.add_argument("--quiet", action="store_true", help="no hints on stderr")
    return parser


def _settings(options: argparse.Namespace) -> Settings:
    given = {name: getattr(options, name) for name in ("task_seconds", "latency", "token_seconds")}
    values: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    values.update(parse_assignment(text) for text in options.set)
    settings = Settings()
    settings.change(values)
    return settings


def _seed(path: Path | None) -> Any:
    data = read_seed_file(path) if path is not None else {}

    def seed(store: Store) -> None:
        default_seed(store)
        load(store, data)

    return seed


def _facts(root: str, ca_file: Path | None) -> dict[str, Any]:
    credentials = Credentials()
    return {
        "base_url": root + BASE_PATH,
        "auth_url": root,
        "auth_tenant_id": credentials.auth_tenant_id,
        "client_id": credentials.client_id,
        "client_secret": credentials.client_secret,
        "auth_scope": credentials.auth_scope,
        "ca_path": str(ca_file.absolute()) if ca_file else None,
        "control_url": root + "/_simulator",
        "pid": os.getpid(),
    }


def _explain(facts: dict[str, Any]) -> None:
    lines = [f"export {name}='{value}'" for name, value in environment_of(facts).items()]
    control = f"export CONTROL='{facts['control_url']}'"
    text = ["# To point the collection here:", *lines, "# Log, switches and faults:", control]
    print("\n".join(text), file=sys.stderr, flush=True)


def _write_whole(path: Path, text: str) -> None:
    """Nobody ever sees a part of the file."""
    with tempfile.NamedTemporaryFile("w", dir=path.absolute().parent, delete=False, encoding="utf-8") as temporary:
        temporary.write(text)
    os.replace(temporary.name, path)
