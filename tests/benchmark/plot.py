# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plot: cost over the number of services."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmark.forms import CONTENDERS
from benchmark.goals import MEGABYTE
from benchmark.results import Results
from benchmark.stage import Measurement

# Colours that people who see few of them can tell apart (Okabe and Ito), and a marker for each.
_STYLES = {
    "a": ("#D55E00", "s"),
    "b": ("#E69F00", "D"),
    "c": ("#56B4E9", "^"),
    "d": ("#0072B2", "o"),
    "e": ("#555555", "v"),
    "f": ("#009E73", "P"),
}


@dataclass(frozen=True)
class _Panel:
    title: str
    value: Callable[[Measurement, int], float]
    ticks: tuple[float, ...]


_PANELS = (
    _Panel("Wall time, seconds", lambda run, _count: run.wall, (5, 10, 20, 50, 100, 200)),
    _Panel("CPU time, seconds", lambda run, _count: run.cpu, (0.2, 0.5, 1, 2, 5, 10, 20, 50)),
    _Panel("Requests per service", lambda run, count: run.request_count / count, (2, 3, 5, 7, 10, 15, 20)),
    _Panel("Peak memory of one process, MB", lambda run, _count: run.peak_memory / MEGABYTE, (25, 50, 100, 200)),
)


def draw(results: Results, path: Path) -> None:
    """Draw all panels into a file; its suffix says the format."""
    mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "benchmark", "font.size": 10})
    figure = Figure(figsize=(11, 8), layout="constrained")
    panels = figure.subplots(2, 2).flatten()
    for axes, panel in zip(panels, _PANELS, strict=True):
        _draw_panel(axes, panel, results)
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=len(labels), frameon=False, columnspacing=1.4)
    seconds = results.form.scenarios[0].task_seconds[0]
    figure.supxlabel(
        f"Number of services. A task takes {seconds:g} s; (b), (d) and (e) have all under way at once. {results.date}",
        fontsize=9,
        color="#555555",
    )
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None, facecolor="white")


def _draw_panel(axes: Axes, panel: _Panel, results: Results) -> None:
    counts, values = set(), []
    for letter, contender in CONTENDERS.items():
        points = results.growth(letter)
        if not points:
            continue
        colour, marker = _STYLES[letter]
        x = [scenario.services for scenario, _run in points]
        y = [panel.value(run, scenario.services) for scenario, run in points]
        own = letter == "d"
        axes.plot(
            x,
            y,
            color=colour,
            marker=marker,
            markersize=6,
            linewidth=2.6 if own else 1.5,
            zorder=3 if own else 2,
            label=f"({letter}) {contender.name}",
        )
        counts.update(x)
        values += y
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_title(panel.title, loc="left", fontsize=11)
    axes.set_xticks(sorted(counts), [f"{count:,}" for count in sorted(counts)])
    axes.set_xticks([], minor=True)
    low, high = min(values) * 0.8, max(values) * 1.25
    ticks = [tick for tick in panel.ticks if low <= tick <= high]
    axes.set_ylim(low, high)
    axes.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.set_yticks([], minor=True)
    axes.grid(color="#DDDDDD", linewidth=0.8)
    axes.spines[["top", "right"]].set_visible(False)
