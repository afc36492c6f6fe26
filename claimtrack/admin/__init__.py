"""The base classes of the admin, and its pages for people, tokens and jobs."""

from claimtrack.admin import jobs, people, tokens
from claimtrack.admin.base import CappedPaginator, DeskAdmin, ReadOnlyAdmin
from claimtrack.admin.lists import Choice, Days, DeskList, Filter, Options, tally

__all__ = [
    "CappedPaginator",
    "Choice",
    "Days",
    "DeskAdmin",
    "DeskList",
    "Filter",
    "Options",
    "ReadOnlyAdmin",
    "jobs",
    "people",
    "tally",
    "tokens",
]
