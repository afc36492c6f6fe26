"""A Django database backend that brings its own PostgreSQL, which it starts at the first connection.

It is for the demo, development and tests. In production, DATABASE_URL names a server that somebody backs up. The server
outlives the process that started it, so that several processes can share it. `make stop` stops it.
"""
