"""The application as the tests here ask it: every answer is counted, for the report at the end."""

from collections import Counter

import pytest

from claimtrack.wsgi import application

ANSWERS: Counter[str] = Counter()


@pytest.fixture(scope="session")
def counted():
    def ask(environ, start_response):
        def start(status, headers, *args):
            ANSWERS[status[:3]] += 1
            return start_response(status, headers, *args)

        return application(environ, start)

    return ask


def pytest_terminal_summary(terminalreporter):
    if ANSWERS:
        each = ", ".join(f"{count:,} × {status}" for status, count in sorted(ANSWERS.items()))
        terminalreporter.write_line(f"{ANSWERS.total():,} requests made up from the document: {each}")
