"""Write the results of the benchmark as Markdown and SVG, between two markers in a page.

The drawings follow the reader's light or dark theme. The tables contain the same figures.
"""

import json
import math
from collections.abc import Callable, Iterator
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from bench.cases import TITLES

BEGIN, END = "<!-- figures: written by make bench -->", "<!-- /figures -->"
NAMES = {"claimtrack": "claimtrack", "floor": "floor", "drf": "idiomatic DRF"}
SIZES = {"10k": "10,000", "100k": "100,000", "1m": "1,000,000"}
STYLE = """
  text { font: 12px system-ui, sans-serif; fill: #1f2328 } .small { font-size: 11px; fill: #59636e }
  .title { font-size: 14px; font-weight: 600 } .end { text-anchor: end } .middle { text-anchor: middle }
  .paper { fill: #ffffff } .grid { stroke: #d1d9e0 } .line { fill: none; stroke-width: 2 }
  .claimtrack { fill: #0b62d6; stroke: #0b62d6 } .floor { fill: #59636e; stroke: #59636e } .drf { fill: #b4510a; stroke: #b4510a }
  .bar, .key { stroke: none } .line { fill: none }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #0d1117 } text { fill: #f0f6fc } .small { fill: #9198a1 } .grid { stroke: #3d444d }
    .claimtrack { fill: #6cb0ff; stroke: #6cb0ff } .floor { fill: #9198a1; stroke: #9198a1 } .drf { fill: #f0a05a; stroke: #f0a05a }
    .bar, .key { stroke: none } .line { fill: none }
  }
"""


def table(run: dict[str, Any]) -> str:
    """Return a Markdown table of one run, with a row for each case and the ratio first."""
    lines = [
        "| case | of the floor | times DRF | requests/s | p50 / p99 ms | CPU ms (app + PG) | floor: /s, CPU ms | DRF: /s, CPU ms |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for case, found in run["cases"].items():
        ours, floor, drf = (found[name] for name in NAMES)
        cells = [
            TITLES[case],
            f"**{ours['ratio']:.2f}**",
            f"{ours['rate'] / drf['rate']:.0f}" if drf["rate"] else "–",
            f"{ours['rate']:.0f}",
            f"{ours['p50']:.1f} / {ours['p99']:.1f}",
            f"{ours['application_ms']:.2f} + {ours['postgresql_ms']:.2f}",
            f"{floor['rate']:.0f}, {total(floor):.2f}",
            f"{drf['rate']:.1f}, {total(drf):.1f}",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    memory = (
        f"{label} {max(found[name]['rss'] for found in run['cases'].values()):.0f} MB" for name, label in NAMES.items()
    )
    lines += ["", f"Memory of master and two workers together: {', '.join(memory)}."]
    failed = {f"{name} {case}" for case, found in run["cases"].items() for name in NAMES if found[name]["errors"]}
    if failed:
        lines += ["", f"**Answers that failed or took too long: {', '.join(sorted(failed))}.**"]
    return "\n".join(lines)


def total(result: dict[str, float]) -> float:
    """Return the CPU milliseconds of a request in application and PostgreSQL."""
    return result["application_ms"] + result["postgresql_ms"]


def write(run: dict[str, Any], out: Path) -> None:
    """Save a run as `out`-SIZE.json, draw it as `out`.svg and all saved runs as `out`-growth.svg, and update `out`.md."""
    out.parent.mkdir(parents=True, exist_ok=True)
    beside(out, f"-{run['size']}.json").write_text(json.dumps(run, indent=1) + "\n")
    runs = [json.loads(path.read_text()) for size in SIZES if (path := beside(out, f"-{size}.json")).exists()]
    largest = runs[-1]
    beside(out, ".svg").write_text(ratios(largest))
    drawn = [f"![Throughput as a share of the floor's, at {SIZES[largest['size']]} claims]({out.name}.svg)"]
    if len(runs) > 1:
        beside(out, "-growth.svg").write_text(growth(runs))
        drawn.append(f"![CPU time of a request as the ledger grows]({out.name}-growth.svg)")
    parts = [f"{BEGIN}\n", "\n\n".join(drawn)]
    for found in reversed(runs):
        made = f"make bench SIZE={found['size']} ROUNDS={found['rounds']} SECONDS={found['seconds']:g}"
        parts.append(f"### {SIZES[found['size']]} claims\n\n`{made}`\n\n{table(found)}")
    page = beside(out, ".md")
    text = page.read_text() if page.exists() else f"# Performance\n\n{BEGIN}\n{END}\n"
    before, _, rest = text.partition(BEGIN)
    page.write_text(
        before + "\n\n".join(parts).replace(f"{BEGIN}\n\n\n", f"{BEGIN}\n\n") + f"\n\n{END}" + rest.partition(END)[2]
    )


def beside(out: Path, ending: str) -> Path:
    return out.with_name(out.name + ending)


def svg(width: int, height: int, title: str, description: str, parts: list[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-labelledby="t d">'
    about = f'<title id="t">{escape(title)}</title>\n<desc id="d">{escape(description)}</desc>'
    # A background of its own, since the page may be dark although the system is not.
    paper = f'<rect width="{width}" height="{height}" class="paper"/>'
    return "\n".join([head, about, f"<style>{STYLE}</style>", paper, *parts, "</svg>\n"])


def text(x: float, y: float, words: str, style: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{style}">{escape(words)}</text>'


def key(x: float, y: float, names: list[str]) -> Iterator[str]:
    for name in names:
        yield f'<rect x="{x}" y="{y - 9}" width="12" height="10" class="key {name}"/>'
        yield text(x + 17, y, NAMES[name])
        x += 30 + 7.5 * len(NAMES[name])


def ratios(run: dict[str, Any]) -> str:
    """Return two bars for each case: the throughput of claimtrack and idiomatic DRF as a share of the floor's."""
    left, right, row, top = 190, 60, 34, 78
    cases = run["cases"]
    most = max(1.0, *(found["claimtrack"]["ratio"] for found in cases.values()))
    width, height = 760, top + row * len(cases) + 14
    scale = (width - left - right) / most
    title = f"Throughput as a share of the floor’s, {SIZES[run['size']]} claims"
    parts = [text(10, 22, title, "title"), *key(10, 46, ["claimtrack", "drf"])]
    for share in range(0, int(most * 4) + 1, 2 if most > 2 else 1):
        x = left + share / 4 * scale
        parts.append(
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top - 8}" y2="{height - 12}" class="{"floor" if share == 4 else "grid"}"/>'
        )
        parts.append(text(x, top - 13, "floor" if share == 4 else f"{share / 4:g}", "small middle"))
    said = []
    for number, (case, found) in enumerate(cases.items()):
        y = top + row * number
        parts.append(text(left - 10, y + 17, TITLES[case], "end"))
        for offset, name in enumerate(("claimtrack", "drf")):
            share = found[name]["ratio"]
            at = y + 2 + 13 * offset
            parts.append(
                f'<rect x="{left}" y="{at}" width="{max(1, share * scale):.1f}" height="11" class="bar {name}"/>'
            )
            parts.append(
                text(left + share * scale + 6, at + 10, f"{share:.2f}" if share >= 0.1 else f"{share:.3f}", "small")
            )
        said.append(f"{TITLES[case]}: claimtrack {found['claimtrack']['ratio']:.2f}, DRF {found['drf']['ratio']:.3f}")
    return svg(width, height, title, "; ".join(said) + ".", parts)


def growth(runs: list[dict[str, Any]]) -> str:
    """Return a panel for each case: CPU time of a request by number of claims, both on logarithmic scales."""
    cases = [case for case in TITLES if sum(case in run["cases"] for run in runs) > 1]
    columns, wide, high, top = 4, 190, 130, 66
    values = [
        total(run["cases"][case][name]) for run in runs for case in cases if case in run["cases"] for name in NAMES
    ]
    low = math.floor(math.log10(max(0.05, min(values))))
    span = math.ceil(math.log10(max(values))) - low
    width, height = columns * wide + 20, top + -(-len(cases) // columns) * (high + 34) + 4
    title = "CPU milliseconds a request (application and PostgreSQL) as the ledger grows"
    parts = [text(10, 22, title, "title"), *key(10, 46, list(NAMES))]
    said = []
    for number, case in enumerate(cases):
        x0, y0 = 44 + number % columns * wide, top + number // columns * (high + 34) + 14

        def height_of(value: float, y0: float = y0) -> float:
            return y0 + high - 20 - (math.log10(max(value, 10**low)) - low) / span * (high - 24)

        parts.append(text(x0, y0 - 4, TITLES[case]))
        for power in range(low, low + span + 1):
            y = height_of(10.0**power)
            parts.append(f'<line x1="{x0}" x2="{x0 + wide - 44}" y1="{y:.1f}" y2="{y:.1f}" class="grid"/>')
            parts.append(text(x0 - 5, y + 4, f"{10.0**power:g}", "small end"))
        for at, run in enumerate(runs):
            parts.append(text(_across(x0, wide, at, runs), y0 + high - 3, run["size"], "small middle"))
        for name in ("drf", "floor", "claimtrack"):
            parts += _line(runs, case, name, partial(_across, x0, wide, runs=runs), height_of)
        ours = ", ".join(f"{total(run['cases'][case]['claimtrack']):.1f}" for run in runs if case in run["cases"])
        said.append(f"{TITLES[case]}: claimtrack {ours}")
    return svg(width, height, title, "; ".join(said) + ".", parts)


def _across(x0: float, wide: float, at: int, runs: list[Any]) -> float:
    return x0 + 14 + (wide - 72) * at / (len(runs) - 1)


def _line(
    runs: list[dict[str, Any]], case: str, name: str, x: Callable[[int], float], y: Callable[[float], float]
) -> Iterator[str]:
    points = [(x(at), y(total(run["cases"][case][name]))) for at, run in enumerate(runs) if case in run["cases"]]
    yield f'<polyline points="{" ".join(f"{a:.1f},{b:.1f}" for a, b in points)}" class="line {name}"/>'
    yield from (f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" class="{name}"/>' for a, b in points)
