"""Where the fields that a verb names stand in a line."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from claimtrack.refusals import Refused


@contextmanager
def pointing(pointers: Mapping[str, str]) -> Iterator[None]:
    """Turn the field that a verb names into the JSON Pointer to where it stands in the line."""
    try:
        yield
    except Refused as refusal:
        refusal.field = pointers.get(refusal.field, "")
        raise
