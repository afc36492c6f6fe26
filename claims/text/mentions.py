"""Names of people in a comment: `@` and a user name, which may contain letters, digits and `@ . + - _`."""

import re

# Not inside a word, so that an e-mail address mentions nobody.
_MENTION = re.compile(r"(?<![\w.@+-])@(\w[\w.@+-]*)")


def mentions(text: str) -> list[list[str]]:
    """Return what each mention may mean, the longest first: in `Ask @ines.`, the stop may end the sentence or the name."""
    return [
        [name[:length] for length in range(len(name), len(name.rstrip(".@+-")) - 1, -1)]
        for name in dict.fromkeys(_MENTION.findall(text))
    ]
