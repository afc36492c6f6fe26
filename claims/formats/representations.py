"""The representations of claims. Each format has a file or folder here, and an entry in this list."""

from claims.formats.claimreview.views import ClaimReviewJsonLd
from claims.formats.csv import ClaimCsv
from claims.formats.exports import ClaimNdjson
from claims.formats.json import ClaimJson
from claimtrack.api.renderers import Representation

# The first is the default.
CLAIM_FORMATS: tuple[type[Representation], ...] = (ClaimJson, ClaimReviewJsonLd, ClaimNdjson, ClaimCsv)
