"""The functions that triggers and reads of this app call, and what Django cannot say of a column, for the initial migration:
after the tables."""

from claims.models import search
from claims.models.guards import change, document, speaker

FUNCTIONS = change.FUNCTIONS + document.FUNCTIONS + speaker.FUNCTIONS + search.STATISTICS
DROP_FUNCTIONS = f"{speaker.DROP_FUNCTIONS}; {document.DROP_FUNCTIONS}; {change.DROP_FUNCTIONS}"
