"""Turn numbers into the rectangles of a plot, in the units of its SVG.

A plot has no text and no direction: its page writes the scale and the ends beside it in HTML, and mirrors the drawing for languages
that are written from right to left.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT, WIDTH, STEPS = 160, 960, 4
# The part of each column that stays free, for the gap to the next.
GAP = 0.25


@dataclass(frozen=True)
class Bar:
    """A rectangle for one number of one column. `series` says which number it is, from 0."""

    series: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Plot:
    """The bars of each column, and the scale from the top line to 0."""

    columns: tuple[tuple[Bar, ...], ...]
    scale: tuple[float, ...]
    lines: tuple[float, ...]
    width: int = WIDTH
    height: int = HEIGHT


def columns(numbers: Sequence[Sequence[float]], *, stacked: bool = True, whole: bool = True) -> Plot:
    """Return a plot with a column for each member of `numbers`, its values on top of each other.

    With `stacked=False`, every value begins at 0, and the smaller lie in front of the larger. `whole`: these are counts, so the
    lines of the scale are whole numbers.
    """
    reach = [sum(column) if stacked else max(column, default=0) for column in numbers]
    top = _top(max(reach, default=0), whole)
    step = WIDTH / max(1, len(numbers))
    drawn = []
    for place, column in enumerate(numbers):
        bars, below = [], 0.0
        order = enumerate(column) if stacked else sorted(enumerate(column), key=lambda item: -item[1])
        for series, value in order:
            if value:
                height = HEIGHT * value / top
                x, y = place * step, HEIGHT - below - height
                bars.append(Bar(series, _round(x), _round(y), _round(step * (1 - GAP)), _round(height)))
                below += height if stacked else 0
        drawn.append(tuple(bars))
    shares = [1 - line / STEPS for line in range(STEPS + 1)]
    return Plot(tuple(drawn), tuple(top * share for share in shares), tuple(HEIGHT * (1 - share) for share in shares))


def shares(values: Sequence[float], most: float) -> tuple[Bar, ...]:
    """Return bars one after the other in a line, 100 units wide if their sum is `most`."""
    bars, x = [], 0.0
    for series, value in enumerate(values):
        if value:
            width = 100 * value / most
            bars.append(Bar(series, _round(x), 0, _round(width), 1))
            x += width
    return tuple(bars)


def _top(most: float, whole: bool) -> float:
    """Return the smallest of 4, 8, 12, 20, 40, 80, … that is not below `most`: its quarters are round numbers."""
    if most <= (STEPS if whole else 0):
        return STEPS
    power = 10.0 ** math.floor(math.log10(most / STEPS))
    return next(top for factor in (1, 2, 3, 5, 10) if (top := STEPS * power * factor) >= most)


def _round(number: float) -> float:
    return round(number, 2)
