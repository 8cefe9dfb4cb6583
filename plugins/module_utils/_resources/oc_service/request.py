# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A wanted service: what the user asks for, checked before anything is sent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from ..._api.field import for_creation, given, payload, problems
from ..._api.fields import EXTRA_PARAMETERS, SERVICE_FIELDS, SERVICE_OPTIONS, key_problems
from ..._api.script_parameters import CUSTOM_VARIABLE, PREDEFINED_PARAMETERS
from ..._core.masking import NAMING_KEY, Secrets
from ..._core.text import StringEnum, did_you_mean, fold, nearest, squeeze
from ..._reconcile.resource import ABSENT, PRESENT, OnDifference
from .display_names import OPTION as DISPLAY_NAMES
from .display_names import DisplayNames

_KNOWN_PARAMETERS = (*PREDEFINED_PARAMETERS, "CustomVar.Variable<N>")
"""As users may write them; ``<N>`` is the number of a variable of the script."""

_SENT_ALL_THE_SAME = f"name it in {EXTRA_PARAMETERS} to send it as it is"

GATEWAY = "OnlinePstnGateway"

FQDN = re.compile(r"(?!-)([A-Za-z0-9-]{1,63}\.){2,}[A-Za-z][A-Za-z0-9-]{1,62}")
"""A full name: three labels at least, as the platform's trunks have."""


EnumT = TypeVar("EnumT", bound=StringEnum)


class UpdateSecret(StringEnum):
    """List when the secret of the application, which cannot be compared, is sent."""

    ON_CREATE = "on_create"
    ALWAYS = "always"


UPDATE_SPEC: dict[str, Any] = {
    "on_difference": {
        "type": "str",
        "choices": [str(each) for each in OnDifference],
        "default": str(OnDifference.UPDATE),
    },
    "allow_downgrade": {"type": "bool", "default": False},
    "update_secret": {
        "type": "str",
        "choices": [str(each) for each in UpdateSecret],
        "default": str(UpdateSecret.ON_CREATE),
        "no_log": False,
    },
}
"""What is done with a service that exists and differs."""


@dataclass(frozen=True)
class WantedService:
    """One service as it shall be.

    :param options: the option values of the create request that were given (``None`` means not given).
    :param state: ``present`` or ``absent``.
    :param task_id: a running task to adopt instead of submitting.
    :param secret_parameters: the script parameters whose values are secret besides those that are by their name.
    :param any_short_name: what is deleted may have any short name.
    :param names: what ids are called where people read them.
    :param extra_parameters: the script parameters that this collection does not know and that are sent all the same.
    :param on_difference: what is done when the service exists and differs.
    :param allow_downgrade: the license may change to a smaller one.
    :param update_secret: when the secret of the application is sent.
    """

    options: Mapping[str, Any] = field(repr=False)
    state: str = PRESENT
    task_id: str | None = None
    secret_parameters: frozenset[str] = frozenset()
    any_short_name: bool = False
    names: DisplayNames = field(default_factory=DisplayNames, repr=False)
    extra_parameters: frozenset[str] = frozenset()
    on_difference: OnDifference = OnDifference.UPDATE
    allow_downgrade: bool = False
    update_secret: UpdateSecret = UpdateSecret.ON_CREATE

    @classmethod
    def from_options(cls, options: Mapping[str, Any], common: Mapping[str, Any] | None = None) -> WantedService:
        """From module options, which may hold others too.

        :param common: options that hold for all services of a run, unless one says otherwise.
        """

        def rule(option: str, default: Any) -> Any:
            own = options.get(option)
            shared = (common or {}).get(option)
            return own if own is not None else default if shared is None else shared

        values = given(options, SERVICE_OPTIONS)
        secret, extra = _names_in(options.get(NAMING_KEY)), _names_in(options.get(EXTRA_PARAMETERS))
        return cls(
            values,
            state=rule("state", PRESENT),
            task_id=options.get("task_id"),
            secret_parameters=secret,
            any_short_name=options.get("any_short_name") is True,
            names=DisplayNames.from_options((common or {}).get(DISPLAY_NAMES), options.get(DISPLAY_NAMES)),
            extra_parameters=extra,
            on_difference=_member(OnDifference, rule("on_difference", None), OnDifference.UPDATE),
            allow_downgrade=rule("allow_downgrade", False) is True,
            update_secret=_member(UpdateSecret, rule("update_secret", None), UpdateSecret.ON_CREATE),
        )

    @property
    def ms_tenant_id(self) -> str:
        return str(self.options["ms_tenant_id"])

    @property
    def short_name(self) -> str | None:
        return self.options.get("short_name")

    @property
    def body(self) -> dict[str, Any]:
        """The request body."""
        return payload(for_creation(self.options, SERVICE_OPTIONS), SERVICE_FIELDS)

    @property
    def secrets(self) -> Secrets:
        """Return what is masked in this service and nowhere else: script parameters, by their place."""
        return Secrets(keys=self.secret_parameters)

    def problems(self, tenant_by_name: bool = False) -> list[str]:
        """Everything that is wrong with the request; never quotes the value of a secret or of a script variable.

        :param tenant_by_name: the name of its company stands for the tenant.
        """
        found = problems(self.options, SERVICE_OPTIONS)
        if not tenant_by_name and not self.options.get("ms_tenant_id"):
            found.insert(0, "ms_tenant_id is missing: the Microsoft tenant id of the lead")
        if self.state == PRESENT and self.short_name is None:
            found.append("short_name is required to create a service")
        named = self.short_name is not None or self.options.get("ump_customer_guid") is not None
        if self.state == ABSENT and not named and not self.any_short_name:
            found.append(
                "short_name is missing: only a service of this short name is deleted; any_short_name: true deletes the "
                "tenant's service whatever its short name is"
            )
        if self.task_id is not None and not str(self.task_id).strip():
            found.append("task_id must not be empty")
        parameters = self.options.get("script_parameters")
        parameters = parameters if isinstance(parameters, Mapping) else {}
        found += unknown_parameters(parameters, self.extra_parameters | self.secret_parameters)
        return found + misspelt_secrets(self.secret_parameters, parameters)


def _member(members: type[EnumT], value: object, default: EnumT) -> EnumT:
    """The member of this value. What is none is found by the check of the input, so the default does here."""
    return next((each for each in members if each.value == value), default)


def _names_in(value: object) -> frozenset[str]:
    return frozenset(str(name) for name in value) if isinstance(value, (list, tuple)) else frozenset()


def unknown_parameters(parameters: Iterable[object], extra: Iterable[str] = ()) -> list[str]:
    """Script parameters that are neither predefined nor a numbered variable, nor asked for: most are typos.

    :param extra: those that are sent all the same.
    """
    asked = {squeeze(name) for name in extra}
    found = []
    for key in parameters:
        if not isinstance(key, str) or key in PREDEFINED_PARAMETERS or squeeze(key) in asked or not key.strip():
            continue
        if key_problems(key, "", "") or CUSTOM_VARIABLE.fullmatch(key):
            continue
        known = did_you_mean(key, _KNOWN_PARAMETERS)
        found.append(f"script_parameters: unknown parameter '{key}'; {known}; {_SENT_ALL_THE_SAME}")
    return found


def misspelt_secrets(names: Iterable[str], parameters: Iterable[object]) -> list[str]:
    """Names of secret script parameters that look like a typo: what they are meant for would be shown."""
    known = {squeeze(str(key)): str(key) for key in (*PREDEFINED_PARAMETERS, *parameters)}
    found = []
    for name in sorted(names):
        if squeeze(name) in known or CUSTOM_VARIABLE.fullmatch(name):
            continue
        meant = nearest(name, known.values(), count=1, cutoff=0.85)
        if meant:
            found.append(f"{NAMING_KEY}: '{name}' is no script parameter; did you mean '{meant[0]}'?")
    return found


def short_gateways(wanted: Sequence[WantedService], where: str | None = None) -> list[str]:
    """Gateways that are no full names, for modules: they send what they are given, and only the roles know short names.

    :param where: name of the list, whose places are named then.
    """
    found = []
    for number, service in enumerate(wanted):
        parameters = service.options.get("script_parameters")
        gateway = parameters.get(GATEWAY) if isinstance(parameters, Mapping) else None
        if service.state == PRESENT and isinstance(gateway, str) and not FQDN.fullmatch(gateway.strip()):
            label = f"{where}[{number}]: " if where else ""
            found.append(
                f"{label}script_parameters.{GATEWAY} must be the full name of the gateway (FQDN), not '{gateway}'; "
                "calling_profile_info lists them, and the role sbc_onboarding finds them by their first label"
            )
    return found


def check_all(wanted: Sequence[WantedService], where: str = "services") -> list[str]:
    """The problems of a list of services, each with its place, and what the services contradict one another in."""
    found: list[str] = []
    tenants: dict[str, list[int]] = {}
    names: dict[str, list[int]] = {}
    for number, service in enumerate(wanted):
        label = f"{where}[{number}]"
        if service.short_name:
            label += f" ({service.short_name})"
        found += [f"{label}: {problem}" for problem in service.problems()]
        if service.options.get("ms_tenant_id"):
            tenants.setdefault(fold(service.ms_tenant_id), []).append(number)
        if service.short_name and service.state == PRESENT:
            names.setdefault(fold(str(service.short_name)), []).append(number)
    for what, seen in (("ms_tenant_id", tenants), ("short_name", names)):
        for value, numbers in seen.items():
            if len(numbers) > 1:
                places = " and ".join(f"{where}[{number}]" for number in numbers)
                found.append(f"{places} have the same {what} '{value}'; each service needs its own")
    return found
