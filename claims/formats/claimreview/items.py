"""One fact-check as ClaimReview describes it, of this desk or of another publisher (pure).

Dates are written as precise as they are known (2025, 2025-09 or 2025-09-05), "" where they are not known.
"""

from dataclasses import dataclass

from claimtrack.warnings import InputWarning


@dataclass(frozen=True)
class Unreadable:
    """A ClaimReview that cannot be taken, and the reason as a sentence."""

    reason: str


@dataclass(frozen=True)
class Claimant:
    """Who made the claim. `kind`: Person or Organization; `same_as`: addresses that identify them."""

    name: str
    kind: str = "Person"
    role: str = ""
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rating:
    """A number on a scale of its publisher's, as given: `best` may be the lower end."""

    value: float
    best: float
    worst: float


@dataclass(frozen=True)
class Work:
    """Where a claim appeared, or what a review cites."""

    url: str = ""
    title: str = ""
    published: str = ""
    publisher: str = ""
    archived_at: str = ""


@dataclass(frozen=True)
class Correction:
    text: str
    published: str


@dataclass(frozen=True)
class ClaimReview:
    """A publisher's review of a claim. `text` is the claim's wording; `label` the verdict in the publisher's own words.

    `site` is the host of `url` without www., which is how publishers are told apart. The members from `modified` on are
    written, never read: what others say there is not kept. `warnings` say what was left out or put right in reading; their
    `field` is a path of schema.org's names, such as itemReviewed.datePublished.
    """

    url: str
    text: str
    publisher: str
    site: str
    label: str
    rating: Rating | None = None
    claimant: Claimant | None = None
    said: str = ""
    published: str = ""
    language: str = ""
    title: str = ""
    warnings: tuple[InputWarning, ...] = ()
    modified: str = ""
    explanation: str = ""
    publisher_url: str = ""
    appearances: tuple[Work, ...] = ()
    citations: tuple[Work, ...] = ()
    corrections: tuple[Correction, ...] = ()
    license: str = ""
