# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A controller's API in memory, as far as the modules of ``awx.awx`` use it to make objects."""

import json
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from e2e.controller_rules import credential_type_problems, survey_problems

TOKEN = "controller-token"

_TYPES = {
    "organizations": "organization",
    "credential_types": "credential_type",
    "credentials": "credential",
    "execution_environments": "execution_environment",
    "projects": "project",
    "project_updates": "project_update",
    "inventories": "inventory",
    "inventory_sources": "inventory_source",
    "inventory_updates": "inventory_update",
    "job_templates": "job_template",
    "workflow_job_templates": "workflow_job_template",
    "workflow_job_template_nodes": "workflow_job_template_node",
    "workflow_approval_templates": "workflow_approval_template",
    "labels": "label",
    "notification_templates": "notification_template",
    "instance_groups": "instance_group",
    "schedules": "schedule",
    "teams": "team",
    "roles": "role",
}
_PARENTS = {
    "workflow_job_template_nodes": ("workflow_job_template", "workflow_job_templates"),
    "inventory_sources": ("inventory", "inventories"),
    "schedules": ("unified_job_template", "job_templates"),
}
"""What goes with something else when that is removed."""

_ROLES = {
    "job_templates": ("admin", "execute", "read"),
    "workflow_job_templates": ("admin", "execute", "read", "approval"),
    "credentials": ("admin", "use", "read"),
}
_SECRETS = ("client_secret", "passwords", "token")
_UNIFIED = ("projects", "inventory_sources", "job_templates", "workflow_job_templates")
_PREFIX = "/api/v2/"


class ControllerApi:
    """The API; use it in a ``with`` statement. Everything is kept by kind in ``objects``."""

    def __init__(self) -> None:
        self.objects: dict[str, dict[int, dict[str, Any]]] = {kind: {} for kind in _TYPES}
        self.links: dict[str, list[int]] = {}
        self.writes: list[str] = []
        self.refusals: list[str] = []
        self.inventory_update = "successful"
        self._next = 1
        self._lock = threading.Lock()
        self.create("organizations", {"name": "Default"})
        self.writes.clear()
        api = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _serve(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                text = self.rfile.read(length)
                if self.headers.get("Authorization") != f"Bearer {TOKEN}":
                    status, content = 401, {"detail": "no token"}
                else:
                    with api._lock:
                        status, content = api.answer(self.command, self.path, json.loads(text or b"{}"))
                body = json.dumps(content).encode() if content is not None else b""
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("X-API-Product-Name", "AWX")
                self.send_header("X-API-Product-Version", "24.6.1")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = do_PATCH = do_DELETE = _serve

            def log_message(self, format: str, *args: Any) -> None:
                """Nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> "ControllerApi":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def environment(self) -> dict[str, str]:
        """How the modules find this controller."""
        host, port = self._server.server_address[:2]
        return {"CONTROLLER_HOST": f"http://{host!s}:{port}", "CONTROLLER_OAUTH_TOKEN": TOKEN}

    def named(self, kind: str, name: str) -> dict[str, Any]:
        """The one object of this name."""
        (found,) = [item for item in self.objects[kind].values() if item.get("name", item.get("identifier")) == name]
        return found

    def linked(self, kind: str, name: str, relation: str, to: str) -> list[str]:
        """The names of the objects that an object is associated with."""
        found = self.links.get(f"{kind}/{self.named(kind, name)['id']}/{relation}", [])
        return [
            str(self.objects[to][number].get("name", self.objects[to][number].get("identifier"))) for number in found
        ]

    def attach(self, kind: str, name: str, relation: str, item: Mapping[str, Any]) -> None:
        """Associate an object with another one, as somebody does by hand."""
        self.links.setdefault(f"{kind}/{self.named(kind, name)['id']}/{relation}", []).append(item["id"])

    def contents(self) -> dict[str, set[str]]:
        """The names of all objects, by kind, but for the roles that belong to objects."""
        return {
            kind: {str(item.get("name", item.get("identifier"))) for item in items.values()}
            for kind, items in self.objects.items()
            if kind != "roles"
        }

    def rights(self, team: str) -> set[str]:
        """What a team may do with anything."""
        number = self.named("teams", team)["id"]
        return {
            self.objects["roles"][int(place.split("/")[1])]["name"].rpartition("/")[2]
            for place, found in self.links.items()
            if place.startswith("roles/") and number in found
        }

    def create(self, kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """A new object."""
        number, self._next = self._next, self._next + 1
        url = f"{_PREFIX}{kind}/{number}/"
        item = {"id": number, "type": _TYPES[kind], "url": url, "summary_fields": {}, **values}
        item["related"] = {"survey_spec": f"{url}survey_spec/"} if kind.endswith("job_templates") else {}
        if kind == "workflow_job_template_nodes":
            item["related"] = {}
        if kind in _ROLES:
            item["object_roles"] = {
                f"{name}_role": {"id": self._role(f"{kind}/{number}/{name}"), "name": name} for name in _ROLES[kind]
            }
        if kind == "projects":
            item |= {"scm_revision": "5647dba", "status": "successful"}
        if kind == "inventories":
            item |= {"kind": values.get("kind") or "", "host_filter": None}
        if kind == "inventory_sources":
            item |= {"status": "never updated", "related": {"update": f"{url}update/"}}
        if "project" in item and kind == "job_templates":
            item["organization"] = self.objects["projects"][item["project"]]["organization"]
        self.objects[kind][number] = item
        self.writes.append(f"POST {kind}")
        return item

    def answer(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        """Status and content of the answer to a request."""
        parts = urlsplit(path)
        kind, *rest = parts.path.removeprefix(_PREFIX).strip("/").split("/")
        if kind != "unified_job_templates" and kind not in self.objects:
            return 404, {"detail": f"no {kind}"}
        if not rest:
            if method == "POST":
                problems = credential_type_problems(body) if kind == "credential_types" else []
                return self._refused(problems) if problems else (201, self._shown(self.create(kind, body)))
            return 200, self._page(self._found(kind, dict(parse_qsl(parts.query))))
        number = int(rest[0])
        if number not in self.objects[kind]:
            return 404, {"detail": "Not found."}
        if method == "DELETE":
            return self._delete(kind, number)
        return self._below(method, (kind, number), rest[1:], body)

    def _below(self, method: str, place: tuple[str, int], rest: list[str], body: Any) -> tuple[int, Any]:
        """An object, or what is below it."""
        kind, number = place
        item = self.objects[kind][number]
        if not rest:
            if method == "PATCH":
                item.update(body)
                self.writes.append(f"PATCH {kind}")
            return 200, self._shown(item)
        if rest[0] == "create_approval_template":
            made = self.create("workflow_approval_templates", body)
            item["related"]["unified_job_template"] = made["url"]
            return 201, self._shown(made)
        if rest[0] == "update":
            item["status"] = self.inventory_update
            failed = item["status"] != "successful"
            made = self.create("inventory_updates", {"status": item["status"], "failed": failed, "finished": "now"})
            return 202, self._shown(made)
        if rest[0] == "survey_spec":
            return self._survey(method, item, body, kind)
        return self._association(method, f"{kind}/{number}/{rest[0]}", body)

    def _survey(self, method: str, item: dict[str, Any], body: Any, kind: str) -> tuple[int, Any]:
        if method == "POST":
            problems = survey_problems(body)
            if problems:
                return self._refused(problems)
            item["survey_spec"] = body
            self.writes.append(f"POST {kind}/survey_spec")
        return 200, item.get("survey_spec", {})

    def _association(self, method: str, place: str, body: Any) -> tuple[int, Any]:
        found = self.links.setdefault(place, [])
        if method == "POST":
            found.remove(body["id"]) if body.get("disassociate") else found.append(body["id"])
            kind, _number, relation = place.split("/")
            self.writes.append(f"POST {kind}/{relation}")
            return 204, None
        return 200, self._page([{"id": number} for number in found])

    def _role(self, name: str) -> int:
        number, self._next = self._next, self._next + 1
        self.objects["roles"][number] = {"id": number, "name": name}
        return number

    def _delete(self, kind: str, number: int) -> tuple[int, Any]:
        """Remove an object with what belongs to it. What is in use stays, as on a controller."""
        if kind == "credential_types" and any(
            item["credential_type"] == number for item in self.objects["credentials"].values()
        ):
            return 403, {"detail": "Credential types that are in use cannot be deleted."}
        self.writes.append(f"DELETE {kind}")
        self._remove(kind, number)
        return 204, None

    def _remove(self, kind: str, number: int) -> None:
        url = self.objects[kind].pop(number).get("related", {}).get("unified_job_template", "")
        if url:  # an approval belongs to its node alone
            self.objects["workflow_approval_templates"].pop(int(url.strip("/").rpartition("/")[2]), None)
        for child, (member, parent) in _PARENTS.items():
            if parent == kind:
                for own in [key for key, item in self.objects[child].items() if item.get(member) == number]:
                    self._remove(child, own)
        for place, found in list(self.links.items()):
            if place.startswith(f"{kind}/{number}/"):
                del self.links[place]
            elif number in found:
                found.remove(number)

    def _refused(self, problems: list[str]) -> tuple[int, Any]:
        self.refusals += problems
        return 400, {"detail": problems}

    def _found(self, kind: str, query: dict[str, str]) -> list[dict[str, Any]]:
        kinds = _UNIFIED if kind == "unified_job_templates" else (kind,)
        items = [item for each in kinds for item in self.objects[each].values()]
        wanted = {key: value for key, value in query.items() if key not in ("page", "page_size", "order_by")}
        return [item for item in items if all(self._fits(item, key, value) for key, value in wanted.items())]

    def _fits(self, item: dict[str, Any], path: str, value: str) -> bool:
        """Whether an object is one of those that a query asks for: ``name=x``, or ``name__in=x,y``."""
        if path.endswith("__in"):
            return self._member(item, path.removesuffix("__in")) in value.split(",")
        return self._member(item, path) == value

    def _member(self, item: dict[str, Any], path: str) -> str:
        """A member of an object, or of one that it refers to: ``organization__name``."""
        name, _separator, rest = path.partition("__")
        value = item.get(name)
        if not rest:
            return str(value)
        kind = next(kind for kind, word in _TYPES.items() if word == name)
        return self._member(self.objects[kind][value], rest) if value in self.objects[kind] else ""

    def _shown(self, item: dict[str, Any]) -> dict[str, Any]:
        """The object as the API shows it: a secret only as a placeholder, and a summary of what it refers to."""
        kind = next((kind for kind, word in _TYPES.items() if word == item.get("type")), "")
        summary = {**item.get("summary_fields", {}), "object_roles": item.get("object_roles", {})}
        for relation in ("credentials", "labels"):
            linked = [
                self.objects[relation][number] for number in self.links.get(f"{kind}/{item['id']}/{relation}", [])
            ]
            names = [{"id": each["id"], "name": each["name"]} for each in linked]
            summary[relation] = {"results": names} if relation == "labels" else names
        if kind == "workflow_job_template_nodes":
            workflow = self.objects["workflow_job_templates"][item["workflow_job_template"]]
            summary["workflow_job_template"] = {"id": workflow["id"], "name": workflow["name"]}
        shown = {**item, "summary_fields": summary}
        for member in ("inputs", "notification_configuration"):
            if member in item:
                shown[member] = {
                    name: "$encrypted$" if name in _SECRETS and value else value for name, value in item[member].items()
                }
        return shown

    def _page(self, items: list[dict[str, Any]]) -> dict[str, Any]:
        shown = [self._shown(item) if "type" in item else item for item in items]
        return {"count": len(items), "next": None, "results": shown}
