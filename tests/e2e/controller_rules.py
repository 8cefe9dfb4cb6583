# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an automation controller accepts, as its documentation says: credential types, surveys, answers to a survey."""

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_FILE = re.compile(r"template(\.[A-Za-z_][A-Za-z0-9_]*)?")
_FIELD_KEYS = {
    *("id", "label", "type", "format", "choices", "help_text", "multiline", "secret", "ask_at_runtime", "default"),
}
_FOR_TEXTS_ONLY = ("choices", "multiline", "format", "secret")
_BLOCKED = {
    "PATH",
    "HOME",
    "VIRTUAL_ENV",
    "PYTHONPATH",
    "JOB_ID",
    "INVENTORY_ID",
    "INVENTORY_SOURCE_ID",
    "AD_HOC_COMMAND_ID",
}

_QUESTION_TYPES: dict[str, type | tuple[type, ...]] = {
    "text": str,
    "textarea": str,
    "password": str,
    "multiplechoice": str,
    "multiselect": str,
    "integer": int,
    "float": (float, int),
}
_TEXTS = ("text", "textarea", "password")
_QUESTION_KEYS = {
    *("variable", "question_name", "question_description", "type", "required", "min", "max", "choices", "default"),
}


def credential_type_problems(item: Mapping[str, Any]) -> list[str]:
    """What a controller refuses about a custom credential type."""
    problems = [f"kind is {item['kind']}"] if item.get("kind") not in ("cloud", "net") else []
    fields = item["inputs"].get("fields", [])
    names = [field.get("id") for field in fields]
    for field in fields:
        name = field.get("id")
        problems += [f"{name}: no key '{key}' is known" for key in set(field) - _FIELD_KEYS]
        problems += [f"{name}: '{key}' is missing" for key in ("id", "label") if not field.get(key)]
        if not _NAME.fullmatch(str(name)) or name == "tower" or names.count(name) > 1:
            problems.append(f"{name}: is no name, reserved or doubled")
        kind = field.get("type", "string")
        if kind not in ("string", "boolean"):
            problems.append(f"{name}: no type '{kind}'")
        elif "default" in field and not isinstance(field["default"], {"string": str, "boolean": bool}[kind]):
            problems.append(f"{name}: the default is no {kind}")
        problems += [
            f"{name}: '{key}' is for texts only" for key in _FOR_TEXTS_ONLY if key in field and kind != "string"
        ]
    problems += [f"required: {name} is no field" for name in item["inputs"].get("required", []) if name not in names]
    problems += [f"inputs: no key '{key}' is known" for key in set(item["inputs"]) - {"fields", "required"}]
    return problems + _injector_problems(item["injectors"], names)


def _injector_problems(injectors: Mapping[str, Any], names: list[str]) -> list[str]:
    problems = [f"injectors: no kind '{kind}'" for kind in set(injectors) - {"file", "env", "extra_vars"}]
    files = list(injectors.get("file", {}))
    problems += [f"file: '{label}' is no label" for label in files if not _FILE.fullmatch(label)]
    if "template" in files and len(files) > 1:
        problems.append("file: several files all need a name")
    filename: Any = "/file" if "template" in files else {label.partition(".")[2]: "/file" for label in files}
    known = {**dict.fromkeys(names, "EXAMPLE"), "tower": {"filename": filename}}
    jinja = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
    for kind, templates in injectors.items():
        for name, template in templates.items():
            if kind == "env" and (name.startswith("ANSIBLE_") or name in _BLOCKED or not _NAME.fullmatch(name)):
                problems.append(f"env: {name} is not allowed")
            if not isinstance(template, str) or (kind == "env" and not template.isascii()):
                problems.append(f"{kind}: {name} is no text in ASCII")
                continue
            try:
                jinja.from_string(template).render(known)
            except TemplateError as error:
                problems.append(f"{kind}: {name}: {error}")
    return problems


def survey_problems(survey: Mapping[str, Any]) -> list[str]:
    """What a controller refuses about a survey, and what would make it useless."""
    problems = [f"'{key}' is no text" for key in ("name", "description") if not isinstance(survey.get(key), str)]
    questions = survey.get("spec")
    if not isinstance(questions, list) or not questions:
        return [*problems, "'spec' holds no question"]
    variables = [question.get("variable") for question in questions]
    for number, question in enumerate(questions):
        label = f"question {number} ({question.get('variable')})"
        problems += [f"{label}: {problem}" for problem in _question_problems(question)]
        if variables.count(question.get("variable")) > 1:
            problems.append(f"{label}: the variable is doubled")
    return problems


def _question_problems(question: Mapping[str, Any]) -> list[str]:
    problems = [f"no key '{key}' is known" for key in set(question) - _QUESTION_KEYS]
    for key, kind in (("type", str), ("question_name", str), ("variable", str), ("required", bool)):
        if not isinstance(question.get(key), kind):
            problems.append(f"'{key}' is missing or of a wrong type")
    if problems:
        return problems
    kind = question["type"]
    if kind not in _QUESTION_TYPES:
        return [f"no type '{kind}'"]
    checks = (
        (not _NAME.fullmatch(question["variable"]), "the variable is no name"),
        (not all(_is_whole(question.get(key, 0)) for key in ("min", "max")), "a limit is no whole number"),
        (kind.startswith("multi") and not question.get("choices"), "there is nothing to choose from"),
        (
            kind in _TEXTS and not question["required"] and question.get("min", 0) > 0,
            "an optional question with a minimal length refuses the empty answer",
        ),
    )
    problems = [problem for wrong, problem in checks if wrong]
    if question.get("default", "") != "":
        problems += answer_problems({"spec": [question]}, {question["variable"]: question["default"]})
    return problems


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def answer_problems(survey: Mapping[str, Any], answers: Mapping[str, Any]) -> list[str]:
    """Why a controller does not launch a job with these answers."""
    problems = []
    for question in survey["spec"]:
        name = question["variable"]
        if name not in answers:
            if question["required"]:
                problems.append(f"'{name}' value missing")
            continue
        value, kind = answers[name], question["type"]
        if kind.startswith("multi"):
            chosen = value if kind == "multiselect" else [value]
            if not isinstance(chosen, list) or any(each not in question["choices"] for each in chosen):
                problems.append(f"'{name}' is not among the choices")
        elif isinstance(value, bool) or not isinstance(value, _QUESTION_TYPES[kind]):
            problems.append(f"'{name}' is of a wrong type")
        else:
            size = len(value) if isinstance(value, str) else value
            if question.get("min") is not None and size < question["min"]:
                problems.append(f"'{name}' is too small")
            if question.get("max") is not None and size > question["max"]:
                problems.append(f"'{name}' is too large")
    return problems


def launch_problems(template: Mapping[str, Any], variables: Mapping[str, Any]) -> list[str]:
    """Why a controller does not launch a job template, or a workflow, with these variables."""
    survey = template.get("survey_spec") if template.get("survey_enabled") else None
    asked = {question["variable"] for question in (survey or {"spec": []})["spec"]}
    problems = answer_problems(survey, variables) if survey else []
    if not template.get("ask_variables_on_launch"):
        problems += [f"variable '{name}' is not allowed on launch" for name in variables if name not in asked]
    return problems
