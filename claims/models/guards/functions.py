"""The functions that triggers and reads of this app call, for the migration that makes them: after the tables."""

from claims.models.guards import change, document

FUNCTIONS = change.FUNCTIONS + document.FUNCTIONS
DROP_FUNCTIONS = f"{document.DROP_FUNCTIONS}; {change.DROP_FUNCTIONS}"
