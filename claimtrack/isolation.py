"""Call a function on a stranger's input in a process of its own, within limits of CPU time and memory.

Some parsers take a time that grows with the square of a hostile input: libxml2 spends 38 seconds on one element with
40,000 attributes. They are written in C, where no time-out of Python's reaches, and one such page would stop a worker. So
the function runs in a child process, which the kernel ends when its time is used up.

Children are forked by a helper process that has imported the function's module already, which takes a few milliseconds.
The helper is started at the first call and serves one call at a time. The caller itself is never forked: its threads and
database connections must not be copied.
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

P = ParamSpec("P")
T = TypeVar("T")

CPU_SECONDS = 0.8
MEMORY = 2 << 30  # bytes of address space
WALL_SECONDS = 20.0  # for a machine that is busy with other things

_ROOT = Path(__file__).resolve().parent.parent


class TooCostly(ValueError):
    """The function did not come to an end within its limits."""

    def __init__(self) -> None:
        super().__init__("It takes too much time or memory to read.")


def isolated(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call a function of a module's top level in a child process; return what it returns, raise what it raises.

    Arguments, result and exceptions must be picklable. Raises TooCostly where the child was ended.
    """
    with _lock:
        outcome = _helper.call((function.__module__, function.__qualname__, args, kwargs))
    if outcome is None:
        raise TooCostly
    if isinstance(outcome, Exception):
        raise outcome
    (result,) = outcome
    return result


class _Helper:
    """The helper process as its caller sees it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None

    def call(self, request: tuple[object, ...]) -> "tuple[T] | Exception | None":
        """Return the result in a tuple of one, or the exception, or None where the child was ended."""
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
        """End the helper and the child that it has."""
        if self._process and self._connection:
            self._connection.close()
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._process = self._connection = None

    def forget(self) -> None:
        """In a process that was forked from the caller: the helper is not its own."""
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


_lock = threading.Lock()
_helper = _Helper()
atexit.register(_helper.stop)
os.register_at_fork(after_in_child=_helper.forget)


def _serve(connection: Connection) -> None:
    """The helper process: a child for each request, until the caller is gone."""
    while True:
        try:
            request = connection.recv()
        except EOFError:
            return
        importlib.import_module(request[0])
        gc.freeze()  # so that a collection in the child does not copy every page of memory
        child = os.fork()
        if child == 0:
            os._exit(_answer(connection, *request))
        _, status = os.waitpid(child, 0)
        if status:
            connection.send(None)


def _answer(connection: Connection, module: str, name: str, args: tuple[object, ...], kwargs: dict[str, object]) -> int:
    """The child process: send the outcome and return 0, or return 1 where memory does not suffice."""
    # The signal ends the process even within a function of C.
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
    with suppress(ValueError, OSError):  # not every system has this limit
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        try:
            outcome: object = (getattr(sys.modules[module], name)(*args, **kwargs),)
        except MemoryError:
            raise
        except Exception as error:
            outcome = error
        answer = ForkingPickler.dumps(outcome)
    except MemoryError:
        return 1
    # From here on the answer goes out whole.
    signal.setitimer(signal.ITIMER_PROF, 0)
    connection.send_bytes(answer)
    return 0


if __name__ == "__main__":
    _serve(Connection(int(sys.argv[1])))
