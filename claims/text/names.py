"""When two spellings of a name are the same name."""

import unicodedata


def fold(name: str) -> str:
    """Return the form in which names are compared: NFKD, combining marks dropped, case folded, white space collapsed.

    One function of ours, because no query may depend on the database's locale: "MÜLLER", "Müller" and "Muller" fold to
    "muller".
    """
    if name.isascii():
        return " ".join(name.lower().split())
    decomposed = unicodedata.normalize("NFKD", name)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    # casefold() can give decomposable characters again (U+0130), so marks are dropped on both sides of it.
    folded = unicodedata.normalize("NFKD", bare.casefold())
    return " ".join("".join(char for char in folded if not unicodedata.combining(char)).split())
