"""How far a command is, on one line of a terminal, which what else it says does not break."""

import time

from django.core.management.base import OutputWrapper

BETWEEN = 0.2  # seconds from one sign of progress to the next


class Progress:
    def __init__(self, stderr: OutputWrapper) -> None:
        self.stderr, self.next = stderr, 0.0

    def show(self, text: str) -> None:
        """Replace the line, if it has stood for a moment."""
        if time.monotonic() >= self.next:
            self.next = time.monotonic() + BETWEEN
            self._sign(text)

    def say(self, sentence: str) -> None:
        """Write a sentence that stays. What a file says is shown on a terminal, which must not obey it."""
        self.clear()
        self.stderr.write("".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in sentence))

    def clear(self) -> None:
        self._sign("")

    def _sign(self, text: str) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r\x1b[K{text}", style_func=str, ending="")
            self.stderr.flush()
