# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The results as tables: the same for the terminal and for the documentation."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from benchmark.forms import CONTENDERS, LATENCY, LEADS, Scenario
from benchmark.goals import GOALS, MEGABYTE, marginal_cpu
from benchmark.results import Results
from benchmark.sightings import KINDS
from benchmark.stage import Measurement, median_lag

NOT_RUN = "not run"

CONTENDERS_TEXT = """\
- (a) `uri` playbook: log-in, service list and leads once, then one service after the other: submit, poll (`until`,
  `delay: 10`).
- (b) `uri` playbook, clever: submit all in a loop, then poll all in a loop.
- (c) `oc_service` in a loop.
- (d) `oc_services`.
- (e) Bare asyncio client (aiohttp), without Ansible, journal, retries and checks: what is possible at the most.
- (f) The playbook `onboard_services`: a list of names, checked, looked up, created, verified and reported.
"""


def goals(results: Results) -> str:
    """The figures to reach."""
    return table(("Measure", "Goal", "Value", "Reached"), [goal.row(results) for goal in GOALS])


def document(results: Results, plot: str) -> str:
    """The page for the documentation.

    :param plot: file name of the plot, beside the page.
    """
    return "\n".join(_sections(results, plot))


def _sections(results: Results, plot: str) -> Iterator[str]:
    yield "# Benchmark\n"
    yield "<!-- Written by `make bench`. Do not edit: the next run writes it anew. -->\n"
    yield _text(
        "What it costs to create services with this collection, against what a user would write without it, measured on"
        " the simulator in one run. `make bench` measures anew and writes this page and its plot. Another machine has"
        " other figures; the ratios are what counts."
    )
    facts = {"Date": results.date, **results.machine, "Duration of the run": f"{results.seconds / 60:.1f} min"}
    yield table(("Fact", "This run"), list(facts.items()))
    yield "## Targets\n"
    yield goals(results)
    missed = [goal for goal in GOALS if goal.missed(results)]
    yield from (_text(f"*{goal.measure}*: {goal.rest}") for goal in missed if goal.rest)
    yield "## How it is measured\n"
    yield CONTENDERS_TEXT
    yield _text(
        f"Every request takes {LATENCY * 1000:g} ms at least; {LEADS:,} leads are there. The contenders take turns."
        " *At once*: how many services (d), (e) and (f) may have under way; (b) has all of them, (a) and (c) have one."
        " Each run has a fresh platform, a fresh home folder and Ansible's default settings. *Wall*: from the start of"
        " the command to its end, start of ansible-playbook included. *CPU*: user and system time of all its processes."
        " *Memory*: the largest resident set of any of its processes; the kernel keeps that peak,"
        " and it is read every 20 ms. *Lag*: from the end of a task to the answer that showed it. *Simulator*: the"
        " share of the time in which its process was on a processor; *busiest*: what the busiest second asked of it,"
        " as a share of what it can serve in a second."
    )
    for scenario in results.form.scenarios:
        if scenario.name in results.races:
            yield f"## {scenario.title}\n"
            yield _race(results, scenario)
    yield "## Cost over the number of services\n"
    yield f"![Cost over the number of services]({plot})\n"
    yield _growth(results)
    yield "## Look-ups among many\n"
    leads, services = results.form.large
    yield f"{leads + services:,} leads and {services:,} services are there. Each is a whole playbook.\n"
    yield _asides(results.look_ups)
    yield "## Unchanged rerun\n"
    before = f" *Before* is the state of {results.before}." if results.before else ""
    yield f"{results.form.rerun:,} services that exist as they should, each with its lead.{before}\n"
    yield _asides(results.reruns)
    yield "## Look-ups one after the other\n"
    yield f"{results.form.loop} look-ups in a loop, and ten different ones, each a whole playbook.\n"
    yield _asides(results.loops)
    yield "## A host for each lead\n"
    yield f"`onboard_leads` with {results.form.crowd:,} hosts, ten at a time, tasks of a second.\n"
    yield _asides(results.crowd)
    yield "## A task of a module\n"
    yield _starts(results)
    yield "## The simulator\n"
    yield _simulator(results)
    if results.profile is not None:
        yield "## Where the time goes\n"
        yield _profile(results)


def _race(results: Results, scenario: Scenario) -> str:
    head = "Contender|Wall|÷ (a)|÷ (e)|CPU|Memory|Requests per service|Logins|Lag, median|Lag, max|Simulator|Busiest"
    rows = []
    for letter, contender in CONTENDERS.items():
        name, run = f"({letter}) {contender.name}", results.run_of(scenario.name, letter)
        if run is None:
            rows.append((name, NOT_RUN, *["-"] * 10))
            continue
        lag = median_lag(run)
        rows.append(
            (
                name,
                _seconds(run.wall),
                *(_ratio(results.ratio(scenario.name, letter, other, lambda each: each.wall)) for other in "ae"),
                _seconds(run.cpu),
                f"{run.peak_memory / MEGABYTE:.0f} MB",
                f"{run.request_count / scenario.services:.2f}",
                str(run.requests.get("login", 0)),
                "-" if lag is None else _seconds(lag),
                _seconds(max(run.lags)) if run.lags else "-",
                f"{run.simulator_busy:.0%}",
                f"{_strain(results, run):.0%}",
            )
        )
    rounds = f"{scenario.rounds} runs each, of which the median.\n" if scenario.rounds > 1 else ""
    parts = [table(head.split("|"), rows), _kinds(results, scenario), _computed(results, scenario), rounds]
    return "\n".join(part for part in parts if part)


def _strain(results: Results, run: Measurement) -> float:
    """What the busiest second of a run asked of the simulator, as a share of what it can serve."""
    rates = results.ceilings
    slowest = min(rates.values())
    return sum(count / rates.get(kind, slowest) for kind, count in run.busiest_second.items())


def _kinds(results: Results, scenario: Scenario) -> str:
    """Requests per service by kind."""
    runs = {letter: results.run_of(scenario.name, letter) for letter in CONTENDERS}
    kinds = [kind for kind, _method, _path in KINDS if any(run and kind in run.requests for run in runs.values())]
    rows = [
        (f"({letter})", *(f"{run.requests.get(kind, 0) / scenario.services:.3g}" for kind in kinds))
        for letter, run in runs.items()
        if run is not None
    ]
    return table(("Requests per service", *kinds), rows)


def _computed(results: Results, scenario: Scenario) -> str:
    """What the contenders that were not run would take, as far as a smaller run of theirs tells; said to be so."""
    said = []
    for letter in "ac":  # the waiting of (b) does not grow with their number
        points = [
            (one, run)
            for one, run in results.growth(letter)
            if one.task_seconds == scenario.task_seconds and 1 < one.services < scenario.services
        ]
        if results.run_of(scenario.name, letter) is None and points:
            one, run = points[-1]
            minutes = run.wall / one.services * scenario.services / 60
            said.append(f"({letter}) about {minutes:.0f} min")
    if not said:
        return ""
    return _text(f"Computed from the wall time per service of a smaller number, not measured: {', '.join(said)}.")


def _growth(results: Results) -> str:
    lines = [
        _text(
            "All services of a run are under way at once and each task takes the same time, so that nothing but their"
            " number differs. (a) and (c) work on one service after the other."
        )
    ]
    rows = [
        (
            f"({letter})",
            f"{scenario.services:,}",
            _seconds(run.wall),
            _seconds(run.cpu),
            f"{run.request_count / scenario.services:.2f}",
            f"{run.peak_memory / MEGABYTE:.0f} MB",
        )
        for letter in CONTENDERS
        for scenario, run in results.growth(letter)
    ]
    lines.append(table(("Contender", "Services", "Wall", "CPU", "Requests per service", "Memory"), rows))
    for letter in "de":
        steps = [f"{cost * 1000:.1f} ms from {one:,} to {two:,}" for one, two, cost in marginal_cpu(results, letter)]
        if steps:
            lines.append(_text(f"CPU of ({letter}) for each further service: {', '.join(steps)}."))
    lines.append(
        _text(
            "On a straight line it is the same. Processors that are all busy, with the simulator too, take longer for"
            " the same, so that what (d) adds is measured against what (e) does."
        )
    )
    return "\n".join(lines)


def _asides(runs: dict[str, Measurement]) -> str:
    rows = [
        (
            name,
            _seconds(run.wall),
            _seconds(run.cpu),
            f"{run.peak_memory / MEGABYTE:.0f} MB",
            str(run.request_count),
            ", ".join(f"{count} {kind}" for kind, count in run.requests.items()),
        )
        for name, run in runs.items()
    ]
    return table(("Run", "Wall", "CPU", "Memory", "Requests", "Which"), rows)


def _starts(results: Results) -> str:
    ways = (results.starts, results.starts_sent or results.starts)
    rows = [
        (f"`{name}`", *(f"{times[name] * 1000:.0f} ms, {times[name] / times['uri']:.2f}" for times in ways))
        for name in results.starts
    ]
    said = _text(
        "One playbook, the modules take turns, no latency; median time of a task. `uri`, `task_info` and"
        " `bare_requests`, a module that is nothing else, send one request; `oc_service` and `oc_services` find a"
        " service as it should be, which takes them more than one."
    )
    parts = [(name, f"{each * 1000:.0f} ms") for name, each in results.start_parts.items()]
    explained = _text(
        "What the start of a module that is sent consists of: imports of others from their compiled files, those after"
        " `basic` as what they add to it. Ansible sends a module as source, so that each start compiles the engine,"
        " here that of `oc_service`."
    )
    tables = (
        table(("Module", "In Ansible's process, against uri", "Sent, against uri"), rows),
        explained,
        table(("Part", "Time"), parts),
    )
    return "\n".join((said, *tables))


def _simulator(results: Results) -> str:
    rows = [(kind, f"{rate:,.0f}") for kind, rate in results.ceilings.items()]
    runs = results.all_runs()
    strain = max((_strain(results, run) for run in runs), default=0.0)
    share = max((run.simulator_busy for run in runs), default=0.0)
    said = _text(
        "Requests per second that it serves without latency, over 20 connections; the lists hold 1,000 records."
    )
    verdict = _text(
        f"In no run was it on a processor for more than {share:.0%} of the time. The busiest second of all asked for"
        f" {strain:.0%} of what it can serve; where that nears 100 %, for a moment, when many services are submitted at"
        " once, the contender waits for the simulator."
    )
    return said + "\n" + table(("Kind", "Requests per second"), rows) + "\n" + verdict


def _profile(results: Results) -> str:
    found = results.profile or {}
    functions = [
        (f"`{each['name']}`", str(each["calls"]), f"{each['own']:.1%}", f"{each['total']:.1%}")
        for each in found["functions"]
    ]
    said = _text(
        f"Processor time of the module (d), {found['title']}. The profiler makes everything slower; the shares count."
    )
    packages = table(("Where", "Share"), [(name, f"{share:.1%}") for name, share in found["packages"]])
    return "\n".join((said, packages, table(("Function", "Calls", "Own", "With what it calls"), functions)))


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table that reads well as text too."""
    widths = [max(len(line[column]) for line in (head, *rows)) for column in range(len(head))]
    lines = [head, ["-" * width for width in widths], *rows]
    return "".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |\n"
        for line in lines
    )


def _text(words: str) -> str:
    """A paragraph, wrapped as the other pages are."""
    return textwrap.fill(words, 120, break_long_words=False, break_on_hyphens=False) + "\n"


def _seconds(value: float) -> str:
    return f"{value:.2f} s" if value < 10 else f"{value:.1f} s"


def _ratio(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}" if value < 0.1 else f"{value:.2f}"
