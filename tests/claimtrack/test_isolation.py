import json
import math
import operator
import os
import signal
import threading
import time

import pytest

from claimtrack import isolation
from claimtrack.isolation import TooCostly, isolated


def test_it_works():
    assert isolated(json.loads, '{"a": [1, 2]}', parse_int=str) == {"a": ["1", "2"]}


def test_what_it_raises_is_raised():
    with pytest.raises(json.JSONDecodeError, match="line 1 column 2"):
        isolated(json.loads, "{")


def test_none_is_a_result():
    assert isolated(time.sleep, 0) is None


def test_it_runs_in_another_process():
    assert isolated(os.getppid) not in (os.getpid(), os.getppid())


COSTLY = [
    (math.factorial, 10**7, "CPU time, within one function of C"),
    (bytes, 8 << 30, "memory"),
    (os._exit, 1, "ended by itself"),
    (json.loads, "[" * 100_000, "recursion"),
]


@pytest.mark.parametrize(("function", "argument", "why"), COSTLY, ids=[row[2] for row in COSTLY])
def test_a_limit_ends_it_and_the_next_call_works(function, argument, why):
    with pytest.raises(TooCostly, match="too much time or memory"):
        isolated(function, argument)
    assert isolated(operator.add, 1, 2) == 3


def test_what_uses_no_cpu_time_is_ended_too(monkeypatch):
    monkeypatch.setattr(isolation, "WALL_SECONDS", 0.1)
    with pytest.raises(TooCostly):
        isolated(time.sleep, 60)
    monkeypatch.undo()
    assert isolated(operator.add, 1, 2) == 3


def test_a_helper_that_was_killed_is_replaced():
    isolated(operator.add, 1, 2)
    helper = isolation._helper._process
    assert helper is not None
    os.kill(helper.pid, signal.SIGKILL)
    helper.wait()
    assert isolated(operator.add, 1, 2) == 3


def test_threads_take_turns():
    results: list[int] = []
    threads = [threading.Thread(target=lambda n=n: results.append(isolated(operator.add, n, 1))) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == list(range(1, 9))
