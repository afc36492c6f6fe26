"""A figure: a table whose numbers lead to their rows, and its plot. Its page and its CSV are made from the same value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.figures.plots import Bar, Plot
from claims.formats.csv import table

Value = int | float | str | None


@dataclass(frozen=True)
class Series:
    """A column of numbers. `key` names it in the CSV, `tone` is the class of its colour, `lang` the language of a desk's own word."""

    key: str
    label: str
    tone: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Cell:
    """A number, with the address of its rows."""

    value: Value
    link: str = ""


@dataclass(frozen=True)
class Row:
    """`keys` name it in the CSV, `label` on the page."""

    keys: tuple[Value, ...]
    label: str
    cells: Sequence[Cell]
    link: str = ""
    lang: str = ""
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True)
class Figure:
    """`said` describes its plot in a sentence. `keys` are the names of the first columns of its CSV, and `head` those of its table.

    `totals` are sums over the period, with their names.
    """

    name: str
    title: str
    said: str
    keys: tuple[str, ...]
    head: str
    series: Sequence[Series]
    rows: Sequence[Row]
    hint: str = ""
    plot: Plot | None = None
    link: str = ""
    totals: Sequence[tuple[str, Cell]] = ()

    @property
    def ends(self) -> tuple[str, str]:
        """The labels under the first and the last column of the plot."""
        return self.rows[0].label, self.rows[-1].label

    @property
    def columns(self) -> list[tuple[Row, list[tuple[Bar, str]]]]:
        """The rows, each with the bars of its column of the plot and the classes of their colours."""
        plotted = self.plot.columns if self.plot else ()
        return [(row, self._toned(bars)) for row, bars in zip(self.rows, plotted, strict=True)]

    @property
    def drawn(self) -> list[tuple[Row, list[tuple[Bar, str]]]]:
        """The rows of the table, each with its bars."""
        return [(row, self._toned(row.bars)) for row in self.rows]

    def _toned(self, bars: Sequence[Bar]) -> list[tuple[Bar, str]]:
        return [(bar, self.series[bar.series].tone) for bar in bars]

    def csv(self) -> Iterator[str]:
        header = [*self.keys, *(series.key for series in self.series)]
        return table(header, ([*row.keys, *(cell.value for cell in row.cells)] for row in self.rows))
