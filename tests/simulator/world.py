# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that one running simulator consists of."""

from collections.abc import Callable
from dataclasses import dataclass, field

from simulator.agenda import Agenda
from simulator.assertions import Assertions
from simulator.clock import Clock
from simulator.faults import Faults, Scene
from simulator.ratelimit import RateLimit
from simulator.replicas import Replicas
from simulator.request_log import RequestLog
from simulator.settings import Settings
from simulator.store import Store
from simulator.tokens import Tokens

AUTH_TENANT_ID = "5e0c2f4a-91d7-4c38-b6aa-2f7d90c1e864"
CLIENT_ID = "c3b1d7e2-4f60-4a9b-8d25-71e6f0a9b3c4"
CLIENT_SECRET = "simsecret-8Qk~vT2xLw.Zr5NdYb7Gm0"
AUTH_SCOPE = "api://9d576dc4-b85d-4571-880e-4c6ed4c08c31/.default"
BASE_PATH = "/tenantui"


@dataclass(frozen=True)
class Credentials:
    """The one application that may log in."""

    auth_tenant_id: str = AUTH_TENANT_ID
    client_id: str = CLIENT_ID
    client_secret: str = CLIENT_SECRET
    auth_scope: str = AUTH_SCOPE


@dataclass
class World:
    """State and behaviour; given to all handlers."""

    seed: Callable[[Store], None]
    initial: Settings = field(default_factory=Settings)
    clock: Clock = field(default_factory=Clock)
    credentials: Credentials = field(default_factory=Credentials)

    def __post_init__(self) -> None:
        self.replicas = Replicas(self.clock)
        self.agenda = Agenda(self.clock, self.changed)
        self.tokens = Tokens(self.clock)
        self.assertions = Assertions()
        self.rate_limit = RateLimit(self.clock, 60)
        self.release_limit = RateLimit(self.clock, 10)
        self.faults = Faults(Scene(self.clock, self.tokens))
        self.log = RequestLog()
        self.settings = self.initial.copy()
        self.store = Store()
        self.seed(self.store)

    def changed(self, since: float | None = None) -> None:
        """Something may have changed, for copies of the platform that are behind."""
        self.replicas.keep(self.store, self.settings, since)

    def reset(self, tokens: bool = False) -> None:
        """Back to the start; tokens stay valid unless told otherwise, so that a client may keep its own."""
        self.agenda.clear()
        self.replicas.clear()
        self.faults.clear()
        self.log.clear()
        self.rate_limit.clear()
        self.release_limit.clear()
        self.settings = self.initial.copy()
        self.store = Store()
        self.seed(self.store)
        if tokens:
            self.tokens.revoke_all()
