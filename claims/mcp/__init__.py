"""The ledger for assistants: a server of the Model Context Protocol (modelcontextprotocol.io) that only reads.

Each tool asks the API inside this process, with the caller's token. So its filters, JSON, limits and visibility rule are the API's
own. The package `mcp`, which implements the protocol, is an optional extra.
"""
