"""Measure what the public pages cost, beside the API's answers with the same rows.

    python -m bench.pages --size 1m

Both are asked in this process through Django's test client, so neither pays for gunicorn. CPU time is that of the process and of
its PostgreSQL backend. A page of claims has 20 rows, so the API is asked for 20. The
page of a claim shows what two of the API's answers hold: the claim and its history.

A process keeps the pages that it made until the ledger changes. So a page costs one time when it is made, and another each time
that it is asked for again.
"""

import argparse
import base64
import html
import json
import os
import re
import time
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psutil
import psycopg

from bench import data
from bench.cases import Cases

ROWS = 20
REQUESTS = 60
TURNS = 4
API = "/api/v1/claims/"


class Site:
    """The site in this process."""

    def __init__(self, size: str) -> None:
        os.environ |= data.environment(size) | {"DJANGO_SETTINGS_MODULE": "claimtrack.settings"}
        os.environ["CLAIMTRACK_REQUEST_LOG"] = "off"
        import django

        django.setup()
        from django.core.cache import caches
        from django.core.cache.backends.dummy import DummyCache
        from django.core.management import call_command
        from django.db import connection
        from django.test import Client

        from claims.pages.page import Page

        call_command("collectstatic", interactive=False, verbosity=0)
        caches["pages"].clear()
        self.page, self.kept, self.unkept = Page, Page.answers, DummyCache("", {})
        self.client: Any = Client(HTTP_HOST="127.0.0.1:8000")
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self.backend = psutil.Process(cursor.fetchone()[0])

    def cost(self, paths: list[str], etag: str = "", made: bool = False) -> tuple[float, float]:
        """Return the CPU milliseconds of a request, in the application and in PostgreSQL; if `made`, no page is kept."""
        headers = {"If-None-Match": etag} if etag else {}
        self.page.answers = self.unkept if made else self.kept
        application, backend = time.process_time(), sum(self.backend.cpu_times()[:2])
        for number in range(REQUESTS):
            path = paths[number % len(paths)]
            status = self.client.get(path, headers=headers).status_code
            assert status == (304 if etag else 200), f"{path}: {status}"
        spent = time.process_time() - application, sum(self.backend.cpu_times()[:2]) - backend
        return spent[0] / REQUESTS * 1000, spent[1] / REQUESTS * 1000

    def compare(self, case: str, pages: list[str], answers: list[list[str]], etags: tuple[str, str] = ("", "")) -> None:
        """Print what the pages and the answers cost: the best of TURNS that alternate, as the speed of a machine varies."""
        costs: list[tuple[tuple[float, float], ...]] = []
        for _ in range(TURNS):
            made = self.cost(pages, etags[0], made=True)
            self.cost(pages)  # so that all are kept
            costs.append((made, self.cost(pages, etags[0]), *(self.cost(paths, etags[1]) for paths in answers)))
        made, again, *beside = (sum(min(turns, key=sum)) for turns in zip(*costs, strict=True))
        api = sum(beside)
        print(
            f"| {case} | {api:.2f} | {made:.2f} | {made / api:.1f} | {again:.2f} | **{again / api:.1f}** |", flush=True
        )

    def far(self, path: str, edge: tuple[int, datetime, int]) -> str:
        """Return the address of a page far into the list. Its cursor is made up, since following the links takes too long."""
        page = self.client.get(path).content.decode()
        link = re.search(r'href="([^"]+)"\s+rel="next"', page)
        address = html.unescape(link[1]) if link else json.loads(page)["next"]
        [cursor] = parse_qs(urlsplit(address).query)["cursor"]
        *others, _ = json.loads(base64.urlsafe_b64decode(cursor + "=="))
        moved = json.dumps([*others, [edge[1].isoformat(), edge[2]]])
        return f"{path}&cursor={base64.urlsafe_b64encode(moved.encode()).decode().rstrip('=')}"


def lines(cases: Cases, site: Site) -> dict[str, tuple[list[str], list[list[str]]]]:
    """Return the addresses of pages for each case, and those of the API's answers with the same rows."""

    def beside(name: str, case: str) -> tuple[list[str], list[list[str]]]:
        values = [given[name] for given in cases.filters[case]]
        return [f"/{name}s/{value}/" for value in values], [[f"{API}?{name}={value}&limit={ROWS}" for value in values]]

    details = cases.details[:REQUESTS]
    found = {
        "front page": (["/"], [[f"{API}?ordering=-reviewed_at&limit={ROWS}"]]),
        "newest claims": (["/?ordering=-created_at"], [[f"{API}?limit={ROWS}"]]),
        "frequent status": (["/?status=unverified"], [[f"{API}?status=unverified&limit={ROWS}"]]),
        "speaker with many claims": beside("speaker", "speaker_many"),
        "source": beside("source", "source"),
        "topic": beside("topic", "topic"),
        "claim": (
            [f"/claims/{pk}/" for pk in details],
            [[f"{API}{pk}/" for pk in details], [f"{API}{pk}/reviews/" for pk in details]],
        ),
    }
    for name, edges in cases.edges.items():
        pages = [site.far("/?ordering=-created_at", edge) for edge in edges]
        found[f"from row {int(name[5:]) * 50:,} on"] = (
            pages,
            [[site.far(f"{API}?limit={ROWS}", edge) for edge in edges]],
        )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--size", choices=data.SIZES, default="10k")
    options = parser.parse_args()
    data.ensure(options.size)
    with psycopg.connect(data.url(data.database(options.size)), autocommit=True) as connection:
        cases = Cases(connection)
    site = Site(options.size)
    print("| case | API: CPU ms | page, made | times | page, again | times |\n|---|--:|--:|--:|--:|--:|")
    for case, (pages, answers) in lines(cases, site).items():
        site.compare(case, pages, answers)
    site.compare("304 Not Modified", ["/"], [[API]], (site.client.get("/")["ETag"], site.client.get(API)["ETag"]))


if __name__ == "__main__":
    main()
