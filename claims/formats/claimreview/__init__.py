"""Read, write and check schema.org ClaimReview, the format in which fact-checkers publish verdicts (pure)."""

from claims.formats.claimreview.items import Claimant, ClaimReview, Correction, Rating, Unreadable, Work
from claims.formats.claimreview.reading import read

__all__ = ["ClaimReview", "Claimant", "Correction", "Rating", "Unreadable", "Work", "read"]
