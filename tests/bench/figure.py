"""One measured figure, and what every benchmark is given."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its goal ("<= 1", ">= 0.9" or "" for none); a ratio also tells both sides."""

    figure: str
    value: float
    unit: str
    goal: str = ""
    rival: float | None = None
    ours: float | None = None

    @property
    def holds(self) -> bool | None:
        """Whether the goal is met; None where there is none."""
        if not self.goal:
            return None
        sign, _, number = self.goal.partition(" ")
        return self.value <= float(number) if sign == "<=" else self.value >= float(number)


@dataclass(frozen=True, slots=True)
class Run:
    """How to measure: with which data, and whether quickly."""

    data: Path
    quick: bool
    say: Callable[[str], None]


def ratio(name: str, ours: float, rival: float, goal: str = "") -> Figure:
    """Ours divided by the rival's."""
    return Figure(
        name, round(ours / rival, 3) if rival else float("inf"), "ratio", goal, round(rival, 4), round(ours, 4)
    )


def median_ms(work: Callable[[], object], times: int = 5) -> float:
    """The median of several runs in milliseconds."""
    found = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        found.append((time.perf_counter() - begun) * 1000)
    return statistics.median(found)


def percentile(values: list[float], share: float) -> float:
    """The value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
