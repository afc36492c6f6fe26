"""The limits of a claim, for every way to enter one."""

MAX_TEXT = 10_000  # characters; fact-checkers quote chain letters whole: the longest seen has 9,564
MAX_NAME = 300  # characters of a name or role
MAX_TOPICS = 50
