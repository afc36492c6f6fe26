"""A progress line on the terminal, which other output does not break."""

import time

from django.core.management.base import OutputWrapper

INTERVAL = 0.2  # seconds between updates


class Progress:
    def __init__(self, stderr: OutputWrapper) -> None:
        self.stderr, self.next = stderr, 0.0

    def show(self, text: str) -> None:
        """Update the line, at most once in INTERVAL."""
        if time.monotonic() >= self.next:
            self.next = time.monotonic() + INTERVAL
            self._draw(text)

    def say(self, sentence: str) -> None:
        """Write a sentence that stays. Control characters are replaced, since the text of a file must not control the terminal."""
        self.clear()
        self.stderr.write("".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in sentence))

    def clear(self) -> None:
        self._draw("")

    def _draw(self, text: str) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r\x1b[K{text}", style_func=str, ending="")
            self.stderr.flush()
