"""The functions that triggers and reads of this app call, for the migration that makes them: after the tables."""

from claims.models.guards import change, document, speaker

FUNCTIONS = change.FUNCTIONS + document.FUNCTIONS + speaker.FUNCTIONS
DROP_FUNCTIONS = f"{speaker.DROP_FUNCTIONS}; {document.DROP_FUNCTIONS}; {change.DROP_FUNCTIONS}"
