# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What became of one wanted service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..._api.field import for_creation
from ..._api.fields import SERVICE_OPTIONS
from ..._api.licenses import OPERATOR_CONNECT
from ..._api.services import Service, SiteLocation
from ..._core.text import same_text
from ..._reconcile.outcome import Outcome
from ..._reconcile.resource import PRESENT
from ..._reconcile.result import Result
from ..._reconcile.run import Report
from .request import WantedService

_COMING = (Outcome.CREATED, Outcome.ADOPTED, Outcome.WOULD_CREATE)
"""Outcomes after which the service is there, or soon will be."""


@dataclass(frozen=True)
class ServiceResult(Result[WantedService, Service]):
    """The result for one service.

    :param company: name of the customer, as its lead has it.
    """

    company: str | None = None

    @classmethod
    def of(cls, result: Result[WantedService, Service], company: str | None) -> ServiceResult:
        """With the name of the customer."""
        return cls(**vars(result), company=company)

    @property
    def service(self) -> Service | None:
        """The service; ``None``: there is none, or it is not known."""
        return self.actual

    @property
    def customer(self) -> str:
        """The service in words for people: ``Brad01 (Brad Telecom)``."""
        service = self.service
        short_name = self.wanted.short_name or (service.short_name if service is not None else None)
        name = short_name or str(self.wanted.options.get("ms_tenant_id"))
        company = self.company or (service.full_name if service is not None else None)
        return f"{name} ({company})" if company and not same_text(company, name) else name

    @property
    def shown_service(self) -> Service | None:
        """The service; one that is not there yet as it would be, by what was asked for."""
        if self.service is None and self.wanted.state == PRESENT and self.outcome in _COMING:
            return planned_service(self.wanted, with_site=self.outcome == Outcome.WOULD_CREATE)
        return self.service

    def to_dict(self) -> dict[str, Any]:
        """The result as it is returned; the module glue masks the secrets of the run, here go those of the service."""
        failure = self.failure.to_dict() if self.failure else None
        shown = self.shown_service
        return {
            "ms_tenant_id": self.wanted.options.get("ms_tenant_id"),
            "short_name": self.wanted.short_name or (self.service.short_name if self.service else None),
            "company_name": self.company,
            "outcome": self.outcome.value,
            "changed": self.changed,
            "service": self.wanted.names.service(shown.to_dict()) if shown else None,
            "task": self.task.to_dict() if self.task else (failure or {}).get("task"),
            "request": self.wanted.secrets.mask(self.request) if self.request is not None else None,
            "differences": self.bare_differences,
            "differs": [str(difference["description"]) for difference in self.differences],
            "warnings": list(self.warnings),
            "failure": failure,
        }


class ServiceReport(Report[WantedService, Service]):
    """The results of a run."""

    outcomes: Sequence[ServiceResult]


def planned_service(wanted: WantedService, with_site: bool) -> Service:
    """A service that is not there yet, as it would be: without a guid, and without what the platform decides.

    :param with_site: with its SIP connection, as far as that was asked for.
    """
    options = for_creation(wanted.options, SERVICE_OPTIONS)
    site = options.get("site_location") or {}
    connection = SiteLocation(None, site.get("name"), site.get("sbc_id"), None, None)
    return Service(
        ump_customer_guid=None,
        short_name=wanted.short_name,
        full_name=options.get("full_name"),
        license_code=OPERATOR_CONNECT.get(str(options["license_type"])),
        licensed_users=options.get("licensed_users"),
        ms_tenant_id=wanted.ms_tenant_id,
        site_locations=(connection,) if with_site and site else (),
    )
