"""Django's PostgreSQL backend, made safe behind a pooler in transaction mode.

There, two statements outside a transaction may run in two sessions of the server, so nothing that belongs to a session may be
relied on: no server-side cursor, prepared statement, session variable, session lock or start-up option.
"""
