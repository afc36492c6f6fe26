"""The members of a ClaimReview, whether of this desk or of another publisher (pure).

Dates are as precise as they are known (2025, 2025-09 or 2025-09-05), or "" if they are not known.
"""

from dataclasses import dataclass

from claimtrack.warnings import InputWarning


@dataclass(frozen=True)
class Unreadable:
    """A ClaimReview that cannot be read, with the reason as a sentence."""

    reason: str


@dataclass(frozen=True)
class Claimant:
    """Who made the claim. `kind` is Person or Organization. `same_as` are addresses that identify them."""

    name: str
    kind: str = "Person"
    role: str = ""
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rating:
    """A number on the publisher's own scale, on which `best` may be the lower end."""

    value: float
    best: float
    worst: float


@dataclass(frozen=True)
class Work:
    """A work in which a claim appeared, or which a review cites, with the passage that it quotes and the day it was read."""

    url: str = ""
    title: str = ""
    published: str = ""
    publisher: str = ""
    archived_at: str = ""
    quote: str = ""
    read: str = ""


@dataclass(frozen=True)
class Correction:
    text: str
    published: str


@dataclass(frozen=True)
class ClaimReview:
    """A publisher's review of a claim. `text` is the wording of the claim, `label` the verdict in the publisher's own words.

    `site` is the host of `url` without www., which identifies the publisher. The members from `modified` on are written for
    this desk's reviews, but not read from others. `warnings` say what was left out or corrected. Their `field` is a path of
    schema.org's names, such as itemReviewed.datePublished.
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
    expires: str = ""
    explanation: str = ""
    publisher_url: str = ""
    appearances: tuple[Work, ...] = ()
    citations: tuple[Work, ...] = ()
    corrections: tuple[Correction, ...] = ()
    license: str = ""
    receipt: str = ""
