"""Django's PostgreSQL backend, made safe behind a pooler in transaction mode.

There, two statements outside a transaction may run in two sessions of the server. So nothing may depend on a session: no
server-side cursor, prepared statement, session variable, session lock or start-up option.
"""
