"""The limits of a claim, however it is proposed."""

MAX_TEXT = 10_000  # characters; fact-checkers quote whole chain letters, of which the longest had 9,564
MAX_NAME = 300  # characters of a name or role
MAX_TOPICS = 50
