# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The switches: every behaviour that is unknown, unusual, or worth turning for a test.

One line per switch: type, default, what it does. The command line, the control plane and the help text are made from
this table.
"""

import dataclasses
import json
from dataclasses import dataclass, field
from typing import Any


def _choice(*choices: str, about: str) -> dict[str, Any]:
    return {"kind": "choice", "choices": choices, "about": about}


def _text(about: str) -> dict[str, Any]:
    return {"kind": "text", "about": about}


def _flag(about: str) -> dict[str, Any]:
    return {"kind": "flag", "about": about}


def _number(about: str) -> dict[str, Any]:
    return {"kind": "integer", "about": about}


def _seconds(about: str) -> dict[str, Any]:
    return {"kind": "seconds", "about": about}


def _names(about: str) -> dict[str, str]:
    return {"kind": "names", "about": about}


@dataclass
class Settings:
    """All switches with their defaults."""

    # time
    task_seconds: float = field(default=2.0, metadata=_seconds("how long a task runs"))
    task_seconds_by_tenant: dict[str, float] = field(
        default_factory=dict,
        metadata={
            "kind": "mapping",
            "about": "tenant id or short name, perhaps with :kind -> seconds, instead of task_seconds",
        },
    )
    latency: float = field(default=0.0, metadata=_seconds("seconds that each request takes, the login too"))

    # login
    token_seconds: float = field(default=3599, metadata=_seconds("how long a token is valid"))
    client_certificate: str = field(
        default="", metadata=_text("certificate of the application in PEM format, with which it may log in too")
    )
    expires_in: str = field(default="", metadata=_text("what a login says as expires_in, whatever the token's life"))
    expires_in_as_string: bool = field(default=False, metadata=_flag("send expires_in as a string"))
    unknown_tenants: list[str] = field(
        default_factory=list, metadata=_names("Microsoft tenants that do not exist (discovery and new leads)")
    )

    # creating a service
    job_answer: str = field(
        default="object",
        metadata=_choice("object", "string", "capital", about='{"jobId"}, a bare string, or {"JobId"}'),
    )
    existing_service: str = field(
        default="validation400",
        metadata=_choice(
            "validation400",
            "conflict409",
            "task_fails",
            "accept",
            about="the tenant has an OC service, or is getting one",
        ),
    )
    existing_service_text: str = field(default="", metadata=_text("other wording of that refusal"))
    lead_not_active: str = field(
        default="validation400",
        metadata=_choice("validation400", "task_fails", about="the lead's status is not Active"),
    )
    unknown_ids: str = field(
        default="task_fails", metadata=_choice("task_fails", "validation400", about="SBC or script that does not exist")
    )
    short_name_scope: str = field(
        default="tenant", metadata=_choice("tenant", "platform", about="where a short name must be unique")
    )
    variables_check: str = field(
        default="none",
        metadata=_choice("none", "task_fails", about="custom variables missing or too many for the script"),
    )

    # tasks
    status_queued: str = field(default="Queued", metadata=_text("literal of a task that has not begun"))
    status_running: str = field(default="InProgress", metadata=_text("literal of a running task"))
    status_failed: str = field(default="Failed", metadata=_text("literal of a failed task"))
    queued_share: float = field(default=0.15, metadata=_seconds("share of a task's time in which it is still queued"))
    fail_tasks: list[str] = field(
        default_factory=list, metadata=_names("tenant ids or short names whose tasks fail; all, or with :kind those")
    )
    error_message_on_success: bool = field(
        default=False, metadata=_flag("a successful task carries an Error message all the same")
    )
    output_guid: str = field(
        default="none",
        metadata=_choice("none", "camel", "pascal", about="umpCustomerGuid in outputData, in which case"),
    )
    task_extra_members: bool = field(
        default=False, metadata=_flag("createTime, completeTime, cancellationRequested and the like")
    )
    details_before_end: str = field(
        default="null_items",
        metadata=_choice("null_items", "null", "empty", about="details of a task that is not finished"),
    )
    task_404_seconds: float = field(default=0.0, metadata=_seconds("a fresh task is not found for so long"))
    task_kept_seconds: float | None = field(
        default=None, metadata={"kind": "optional_seconds", "about": "a finished task is not found after so long"}
    )

    # leads
    lead_page_base: int = field(default=1, metadata=_number("number of the first page: 1 or 0"))
    lead_page_default_size: int = field(default=10, metadata=_number("page size when none is asked for"))
    lead_page_max: int = field(default=20000, metadata=_number("larger page sizes are cut to this without a word"))
    lead_page_zero: str = field(
        default="first", metadata=_choice("first", "reject", about="page 0 where the first page is 1")
    )
    lead_double_bracket: bool = field(default=False, metadata=_flag("the list of leads inside a second list"))
    lead_lag_seconds: float = field(
        default=0.0, metadata=_seconds("how much later a lead's umpCustomerGuid follows the service")
    )
    lead_shows_channel: bool = field(
        default=True, metadata=_flag("the channel that a creation asked for shows in the lead")
    )
    channel_answer: str = field(
        default="new", metadata=_choice("new", "old", about="form of the channel assignment's answer")
    )

    # copies that are behind
    replica_lag_seconds: float = field(
        default=0.0,
        metadata=_seconds("by how much any read of services, leads and numbers may be behind, each on its own"),
    )
    replica_seed: int = field(default=0, metadata=_number("which of the reads are behind"))

    # services
    service_list_lag_seconds: float = field(default=0.0, metadata=_seconds("how much later the service list follows"))
    change_answer: str = field(
        default="done",
        metadata=_choice("done", "task", about="what the change of a service answers: 1, or a task's id"),
    )
    ignored_changes: list[str] = field(
        default_factory=list, metadata=_names("members of a change of a service that are taken and not made")
    )
    service_get_lags: bool = field(default=False, metadata=_flag("reading one service lags like the list"))
    service_visible_before_done: bool = field(
        default=False, metadata=_flag("the service shows while its task still runs")
    )
    newer_service_fields: bool = field(
        default=True, metadata=_flag("application id, shortened secret and so on when reading one service")
    )
    site_location_ids: str = field(
        default="integer", metadata=_choice("integer", "guid", about="form of the ids of new SIP connections")
    )

    # SBC deployment
    deploy_seconds: float = field(
        default=0.0, metadata=_seconds("how long after the task the SIP connection is still being deployed")
    )
    deploy_fails: list[str] = field(
        default_factory=list, metadata=_names("tenant ids or short names whose deployment fails")
    )
    deploying_state: str = field(default="Deploying", metadata=_text("literal of a deployment that runs"))
    deploy_failed_state: str = field(default="Failed", metadata=_text("literal of a failed deployment"))

    # look-ups
    devices_path: str = field(
        default="/api/v2/sbcdevices", metadata=_text("where SBC devices are served, below the base URL; empty: nowhere")
    )
    devices_form: str = field(
        default="short",
        metadata=_choice("short", "long", "mixed", about="id/name, sbcId/sbcName, or now this, now that"),
    )
    customer_variables_form: str = field(
        default="comma",
        metadata=_choice(
            "comma", "newline", "names", "objects", "mapping", about="form of a script's customerVariables"
        ),
    )
    template_page_base: int = field(default=0, metadata=_number("number of the first page of script templates"))
    template_page_default_size: int = field(
        default=10, metadata=_number("page size of script templates when none is asked for")
    )

    # numbers
    number_status_form: str = field(
        default="plain",
        metadata=_choice(
            "plain", "blanks", "null", about="a number's status: words in one, with blanks, Active as null"
        ),
    )
    number_page_max: int = field(default=20000, metadata=_number("largest page of the list of numbers"))
    number_page_large: str = field(
        default="cut", metadata=_choice("cut", "reject", about="page sizes above that: cut without a word, or refused")
    )
    number_page_base: int = field(default=1, metadata=_number("number of the first page of numbers: 1 or 0"))
    number_page_totals: bool = field(
        default=True, metadata=_flag("the list of numbers says how many pages and numbers there are")
    )
    number_usage_words: list[str] = field(
        default_factory=list, metadata=_names("further words that an upload may have as usage")
    )
    number_batch_max: int = field(default=1000, metadata=_number("most numbers in one upload; 0: no limit"))
    number_batch_refusal: str = field(
        default="validation400",
        metadata=_choice("validation400", "too_large413", about="an upload with more than that"),
    )
    failing_numbers: list[str] = field(
        default_factory=list, metadata=_names("numbers that no upload and no validation accepts")
    )
    partial_upload: str = field(
        default="hidden",
        metadata=_choice(
            "hidden", "listed", "failed", about="how an upload's task says that some of its numbers have failed"
        ),
    )
    upload_output: str = field(
        default="count",
        metadata=_choice(
            "count", "list", "text", "objects", "keys", about="how an upload's task names the numbers that went well"
        ),
    )
    number_list_mixed: bool = field(
        default=False, metadata=_flag("the list of numbers ignores the tenant, and names it not for all of the others")
    )
    number_lag_seconds: float = field(
        default=0.0, metadata=_seconds("how much later the lists follow an upload or a release")
    )
    release_assigned: str = field(
        default="refuse400",
        metadata=_choice("refuse400", "hidden", about="release of assigned numbers: refused, or they stay unmentioned"),
    )

    # rate limits
    requests_per_minute: int = field(
        default=0, metadata=_number("more than so many API requests in a minute get 429; 0: no limit")
    )
    releases_per_10_seconds: int = field(
        default=10, metadata=_number("more than so many releases of numbers in 10 seconds get 429; 0: no limit")
    )
    retry_after: str = field(
        default="seconds", metadata=_choice("seconds", "date", "none", about="Retry-After of those answers")
    )

    def change(self, values: dict[str, Any]) -> None:
        """Set several switches, all or none. Raises ValueError with a readable sentence."""
        converted = {name: _convert(name, value) for name, value in values.items()}
        for name, value in converted.items():
            setattr(self, name, value)

    def copy(self) -> "Settings":
        """An independent copy."""
        return Settings(**json.loads(json.dumps(dataclasses.asdict(self))))

    def wire(self) -> dict[str, Any]:
        """All switches, for the control plane."""
        return dataclasses.asdict(self)


SWITCHES = {each.name: each for each in dataclasses.fields(Settings)}


def parse_assignment(text: str) -> tuple[str, str]:
    """Split ``name=value`` of the command line."""
    name, separator, value = text.partition("=")
    if not separator:
        raise ValueError(f"'{text}' is not of the form name=value")
    return name.strip().replace("-", "_"), value


def describe() -> str:
    """All switches, one line each."""
    lines = []
    for name, switch in SWITCHES.items():
        default = switch.default if switch.default is not dataclasses.MISSING else "(empty)"
        choices = " | ".join(switch.metadata.get("choices", ()))
        lines.append(f"  {name}={default}\n      {switch.metadata['about']}" + (f"  [{choices}]" if choices else ""))
    return "\n".join(lines)


def _convert(name: str, value: Any) -> Any:
    if name not in SWITCHES:
        raise ValueError(f"there is no switch '{name}'; there are: {', '.join(sorted(SWITCHES))}")
    meta = SWITCHES[name].metadata
    try:
        result = _CONVERTERS[meta["kind"]](value)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise ValueError(f"switch '{name}' does not take {value!r}") from error
    if "choices" in meta and result not in meta["choices"]:
        raise ValueError(f"switch '{name}' takes one of {', '.join(meta['choices'])}, not {value!r}")
    return result


def _as_flag(value: Any) -> bool:
    return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}[str(value).lower()]


def _as_text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(value)
    return value


def _as_names(value: Any) -> list[str]:
    if isinstance(value, str):
        value = json.loads(value) if value.lstrip().startswith("[") else [part.strip() for part in value.split(",")]
    return [_as_text(item) for item in value if item != ""]


def _as_mapping(value: Any) -> dict[str, float]:
    if isinstance(value, str):
        value = json.loads(value)
    return {str(key): float(number) for key, number in value.items()}


def _as_optional_seconds(value: Any) -> float | None:
    return None if value is None or str(value).lower() in ("none", "null", "") else float(value)


_CONVERTERS: dict[str, Any] = {
    "choice": _as_text,
    "text": _as_text,
    "flag": _as_flag,
    "integer": int,
    "seconds": float,
    "optional_seconds": _as_optional_seconds,
    "names": _as_names,
    "mapping": _as_mapping,
}
