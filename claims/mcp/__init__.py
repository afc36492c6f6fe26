"""The ledger for assistants: a server of the Model Context Protocol (modelcontextprotocol.io) that only reads.

Each tool asks the API inside this process, with the token of whoever calls it. So its filters, its JSON, its limits and its rule of
who sees what are the API's own. The package `mcp`, which speaks the protocol, is an optional extra.
"""
