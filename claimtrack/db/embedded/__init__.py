"""A Django database backend that brings its own PostgreSQL, started at the first connection.

For the demo, development and tests, never for production: there DATABASE_URL names a server that somebody backs up.
The server outlives the process that started it, so that several may share it; `make stop` ends it.
"""
