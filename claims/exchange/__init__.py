"""The doors through which other fact-checkers' tools come and go, each in the format that they speak."""
