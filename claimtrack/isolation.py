"""Call a function on untrusted input in a separate process, with limits on CPU time and memory.

Some parsers need quadratic time for hostile input: libxml2 spends 38 seconds on an element with 40,000 attributes. They are
written in C, so no time-out of Python interrupts them, and one such page would block a worker. Therefore the function runs
in a child process, which the kernel ends when its time is used up.

A helper process, which has already imported the function's module, forks a child for each call in a few milliseconds. It is
started at the first call and serves one call at a time. The caller itself is never forked, because its threads and database
connections must not be copied.
"""

import atexit
import gc
import importlib
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from typing import ParamSpec, TypeVar

from claimtrack.refusals import Message

P = ParamSpec("P")
T = TypeVar("T")

CPU_SECONDS = 1.1  # with all else that a door does, less than 2
MEMORY = 2 << 30  # bytes of address space
WALL_SECONDS = 20.0  # enough for a busy machine

_ROOT = Path(__file__).resolve().parent.parent


class TooCostly(ValueError):
    """The function exceeded its limits."""

    def __init__(self) -> None:
        super().__init__(Message("It takes too much time or memory to read."))

    def __reduce__(self) -> tuple[type["TooCostly"], tuple[()]]:
        return type(self), ()  # a child process may raise it itself


def isolated(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call a top-level function of a module in a child process. Return what it returns and raise what it raises.

    Arguments, result and exceptions must be picklable. Raises TooCostly if the function exceeds its limits.
    """
    return within(CPU_SECONDS, function, *args, **kwargs)


def within(seconds: float, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Like `isolated`, with a limit of its own on CPU time. In a child process, it is a plain call within that one's limits."""
    if _is_child:
        return function(*args, **kwargs)
    with _lock:
        outcome = _helper.call((function.__module__, function.__qualname__, args, kwargs, seconds))
    if outcome is None:
        raise TooCostly
    if isinstance(outcome, Exception):
        raise outcome
    (result,) = outcome
    return result


class _Helper:
    """The caller's end of the helper process."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None

    def call(self, request: tuple[object, ...]) -> "tuple[T] | Exception | None":
        """Return the result in a one-tuple, or the exception, or None if the child was ended."""
        connection = self._connected()
        try:
            connection.send(request)
            if connection.poll(WALL_SECONDS):
                outcome: tuple[T] | Exception | None = connection.recv()
                return outcome
        except (EOFError, OSError):
            pass  # the helper itself was ended
        self.stop()
        return None

    def stop(self) -> None:
        """End the helper and its child."""
        if self._process and self._connection:
            self._connection.close()
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._process = self._connection = None

    def forget(self) -> None:
        """Drop the helper in a process forked from the caller, which does not own it."""
        self._process = self._connection = None

    def _connected(self) -> Connection:
        if self._process is None or self._connection is None or self._process.poll() is not None:
            self.stop()
            self._connection, theirs = multiprocessing.Pipe()
            with theirs:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", __name__, str(theirs.fileno())],
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    cwd=_ROOT,
                    start_new_session=True,
                )
        return self._connection


_is_child = False
_lock = threading.Lock()
_helper = _Helper()
atexit.register(_helper.stop)
os.register_at_fork(after_in_child=_helper.forget)


def _serve(connection: Connection) -> None:
    """Run the helper process: fork a child for each request, until the caller is gone."""
    while True:
        try:
            request = connection.recv()
        except EOFError:
            return
        importlib.import_module(request[0])
        gc.freeze()  # a collection in the child would copy every page of memory
        child = os.fork()
        if child == 0:
            os._exit(_answer(connection, *request))
        _, status = os.waitpid(child, 0)
        if status:
            connection.send(None)


def _answer(
    connection: Connection, module: str, name: str, args: tuple[object, ...], kwargs: dict[str, object], seconds: float
) -> int:
    """Run the child process: send the outcome and return 0, or return 1 if memory does not suffice."""
    global _is_child
    _is_child = True
    # This signal ends the process even inside a C function.
    signal.setitimer(signal.ITIMER_PROF, seconds)
    with suppress(ValueError, OSError):  # not every system has this limit
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        try:
            outcome: object = (getattr(sys.modules[module], name)(*args, **kwargs),)
        except (MemoryError, RecursionError):
            raise
        except Exception as error:
            outcome = error
        answer = ForkingPickler.dumps(outcome)
    except (MemoryError, RecursionError):  # a result that is nested too deeply cannot be pickled
        return 1
    # No limit any more, so that the answer is sent completely.
    signal.setitimer(signal.ITIMER_PROF, 0)
    connection.send_bytes(answer)
    return 0


if __name__ == "__main__":
    _serve(Connection(int(sys.argv[1])))
