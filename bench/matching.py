"""Measure how well and at what cost claims are found that may be the same as a text.

    python -m bench.matching --size 100k        (or, with other measurements, make bench SIZE=100k)
    python -m bench.matching --size 14k --compare

The claims and the questions about 300 of them are those of `bench.questions`. At greater sizes, other invented claims of the same
frames are added. Each size up to the one that is asked for is measured, since what matters is how the cost grows.

With --compare, only this size is measured, in three ways: `match`, which is claims.matching; BM25 over all claims and their plain
words; and trigram similarity of the wordings. The last two look at every claim, so do this at 10k or 14k.

Claims are inserted with triggers off: their vectors and frequencies are those that the triggers would write.
"""

import argparse
import heapq
import os
import re
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from math import log
from typing import NamedTuple

import psutil
import psycopg

from bench import data
from bench.importing import make, migrate
from bench.questions import KINDS, Question, Written, mean_average_precision, write
from claimtrack.db.embedded import server

SIZES = {"10k": 10_000, "14k": 14_000, "100k": 100_000, "1m": 1_000_000}
DEPTH = 50
TIMED = 10  # questions: the clock of another process is coarse
TIMES = 30
COLUMNS = ["claims", "way", *KINDS, "all", f"in the first {DEPTH}", "CPU ms", "95 %"]
INSERT = """INSERT INTO claims_claim (text, speaker_role, said_precision, language, status, origin, version, search, created_by_id)
    SELECT text, '', '', 'en', 'unverified', 'claimreview', 1, claims_vector('en', claims_words(text)), %s FROM written"""
COUNT = """INSERT INTO claims_frequency (lexeme, claims, lexemes)
    SELECT word, ndoc, 0 FROM ts_stat('SELECT search FROM claims_claim')
    UNION ALL SELECT '', count(*), sum(length(search)) FROM claims_claim"""
TRIGRAMS = """SELECT text FROM claims_claim WHERE similarity(text, %s) >= 0.25
    ORDER BY similarity(text, %s) DESC, id LIMIT %s"""


class Result(NamedTuple):
    """MAP@5 of each kind of question, the share found in the first 50, and CPU milliseconds for five claims: mean, and 95 % at most."""

    precision: dict[str, float]
    found: float
    mean: float
    most: float


Search = Callable[[str, int], list[str]]


def prepare(size: str) -> tuple[str, Written]:
    """Make the database of this size. Return its name, and the claims with their questions."""
    name = f"{data.database(size)}_matching"
    written = write(SIZES[size])
    server.ensure_running(data.DATA)
    make(name, "template1")
    migrate(name)
    with psycopg.connect(data.url(name), autocommit=True) as connection:
        user = connection.execute(data.USER).fetchall()[0][0]
        connection.execute("SET session_replication_role = replica; CREATE TEMPORARY TABLE written (text text)")
        with connection.cursor().copy("COPY written FROM STDIN") as copy:
            for text in written.claims:
                copy.write_row((text,))
        connection.execute(INSERT, [user])
        connection.execute(COUNT)
        connection.execute("VACUUM (ANALYZE) claims_claim, claims_frequency, claims_frequencychange")
    return name, written


def by_match(text: str, limit: int) -> list[str]:
    from django.contrib.auth.models import AnonymousUser

    from claims.matching import match

    return [one.claim.text for one in match([text], user=AnonymousUser(), limit=limit)[0]]


def by_trigrams(text: str, limit: int) -> list[str]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(TRIGRAMS, [text, text, limit])
        return [text for (text,) in cursor.fetchall()]


def plain_bm25(claims: list[str]) -> Search:
    """Return a search by BM25 over words as they are spelt, which scores every claim that has one of them."""
    documents = [Counter(_words(claim)) for claim in claims]
    average = statistics.fmean(document.total() for document in documents)
    postings: dict[str, list[int]] = defaultdict(list)
    for number, document in enumerate(documents):
        for word in document:
            postings[word].append(number)

    def search(text: str, limit: int) -> list[str]:
        scores: defaultdict[int, float] = defaultdict(float)
        for word in set(_words(text)):
            with_it = postings.get(word, [])
            idf = log(1 + (len(claims) - len(with_it) + 0.5) / (len(with_it) + 0.5))
            for number in with_it:
                times, length = documents[number][word], documents[number].total()
                scores[number] += idf * times * 2.2 / (times + 1.2 * (0.25 + 0.75 * length / average))
        return [claims[number] for number in heapq.nlargest(limit, scores, key=scores.__getitem__)]

    return search


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def measure(search: Search, questions: list[Question]) -> Result:
    from django.db import connection

    connection.ensure_connection()
    backend = psutil.Process(connection.connection.info.backend_pid)

    def cpu() -> float:
        times = backend.cpu_times()
        return time.process_time() + times.user + times.system

    answers = {question.text: search(question.text, DEPTH) for question in questions}
    costs = []
    some = questions[:: max(1, len(questions) // (TIMED * TIMES))]
    for first in range(0, len(some), TIMED):
        timed = some[first : first + TIMED]
        before = cpu()
        for question in timed:
            search(question.text, 5)
        costs.append((cpu() - before) / len(timed) * 1000)
    precision = {
        kind: mean_average_precision([q for q in questions if q.kind == kind], answers.__getitem__) for kind in KINDS
    }
    found = statistics.fmean(question.claim in answers[question.text] for question in questions)
    return Result(precision, found, statistics.fmean(costs), statistics.quantiles(costs, n=20)[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", choices=SIZES, default="10k")
    parser.add_argument("--compare", action="store_true", help="Measure the other ways too, at this size only.")
    options = parser.parse_args()
    sizes = [options.size] if options.compare else list(SIZES)[: list(SIZES).index(options.size) + 1]
    os.environ.update({**data.environment("10k"), "DJANGO_SETTINGS_MODULE": "claimtrack.settings"})
    import django
    from django.db import connection

    django.setup()
    print(f"| {' | '.join(COLUMNS)} |\n|---|---|{'--:|' * len(COLUMNS[2:])}", flush=True)
    for size in sizes:
        name, written = prepare(size)
        connection.close()
        connection.settings_dict["NAME"] = name
        ways: dict[str, Search] = {"match": by_match}
        if options.compare:
            ways |= {"BM25 over plain words": plain_bm25(written.claims), "trigrams of the wording": by_trigrams}
        for way, search in ways.items():
            result = measure(search, written.questions)
            shares = [*result.precision.values(), statistics.fmean(result.precision.values()), result.found]
            figures = [*(f"{share:.3f}" for share in shares), f"{result.mean:.1f}", f"{result.most:.1f}"]
            print(f"| {' | '.join([f'{SIZES[size]:,}', way, *figures])} |", flush=True)


if __name__ == "__main__":
    main()
