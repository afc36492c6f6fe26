"""Measure what the public pages cost, beside the API's answers with the same rows.

    python -m bench.pages --size 1m

A page of claims has 20 rows, so the API is asked for 20. The page of a claim shows what two of the API's answers hold: the claim
and its history.
"""

import argparse
import base64
import html
import json
import re
import subprocess
import sys
from urllib.parse import parse_qs, quote, urlsplit

import psycopg

from bench import data
from bench.cases import Cases
from bench.run import Contender, measure, settle

ROWS = 20
API = "/api/v1/claims/"


def lines(cases: Cases, site: Contender) -> dict[str, tuple[list[str], list[list[str]]]]:
    """Return for each case the addresses of pages, and those of the API's answers that hold the same."""

    def beside(name: str, path: str) -> tuple[list[str], list[list[str]]]:
        values = [given[name] for given in cases.filters[path]]
        return [f"/{name}s/{value}/" for value in values], [[f"{API}?{name}={value}&limit={ROWS}" for value in values]]

    def moved(path: str, edge: tuple[int, object, int]) -> str:
        """Return the address of a page far behind, by a cursor that is moved there."""
        page = site.get(path).read().decode()
        link = re.search(r'href="([^"]+)" rel="next"', page)
        address = html.unescape(link[1]) if link else json.loads(page)["next"]
        [cursor] = parse_qs(urlsplit(address).query)["cursor"]
        *others, _ = json.loads(base64.urlsafe_b64decode(cursor + "=="))
        _, created_at, claim = edge
        there = json.dumps([*others, [created_at.isoformat(), claim]])
        encoded = base64.urlsafe_b64encode(there.encode()).decode().rstrip("=")
        return f"{path}&cursor={quote(encoded)}"

    details = cases.details[:500]
    found: dict[str, tuple[list[str], list[list[str]]]] = {
        "front page": (["/"], [[f"{API}?ordering=-reviewed_at&limit={ROWS}"]]),
        "newest claims": (["/?ordering=-created_at"], [[f"{API}?limit={ROWS}"]]),
        "frequent status": (["/?status=unverified"], [[f"{API}?status=unverified&limit={ROWS}"]]),
        "speaker with many claims": beside("speaker", "speaker_many"),
        "speaker with few claims": beside("speaker", "speaker_few"),
        "source": beside("source", "source"),
        "topic": beside("topic", "topic"),
        "claim": (
            [f"/claims/{pk}/" for pk in details],
            [[f"{API}{pk}/" for pk in details], [f"{API}{pk}/reviews/" for pk in details]],
        ),
        "304 Not Modified": (
            [f"/\t{site.get('/').headers['ETag']}"],
            [[f"{API}\t{site.get(API).headers['ETag']}"]],
        ),
    }
    for name, edges in cases.edges.items():
        pages = [moved("/?ordering=-created_at", edge) for edge in edges]
        found[name.replace("_", " ")] = pages, [[moved(f"{API}?limit={ROWS}", edge) for edge in edges]]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--size", choices=data.SIZES, default="10k")
    parser.add_argument("--seconds", type=float, default=2)
    options = parser.parse_args()
    data.ensure(options.size)
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(collect, cwd=data.ROOT, env=data.environment(options.size), check=True)
    site = Contender("claimtrack", options.size)
    try:
        site.wait()
        print("| case | page: CPU ms (app + PG) | API: CPU ms | times |\n|---|--:|--:|--:|")
        with psycopg.connect(data.url(data.database(options.size)), autocommit=True) as connection:
            for case, (pages, answers) in lines(Cases(connection), site).items():
                page = measure(site, pages, options.seconds)
                api = [measure(site, those, options.seconds) for those in answers]
                settle(site, connection)
                cost = page["application_ms"] + page["postgresql_ms"]
                beside = sum(one["application_ms"] + one["postgresql_ms"] for one in api)
                parts = f"{page['application_ms']:.2f} + {page['postgresql_ms']:.2f}"
                print(f"| {case} | {parts} | {beside:.2f} | **{cost / beside:.1f}** |", flush=True)
    finally:
        site.stop()


if __name__ == "__main__":
    main()
