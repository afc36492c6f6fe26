"""Guess the language of a text (pure). The guess is offered to a person, and is not recorded by itself."""

from functools import cache
from unicodedata import category

from py3langid.langid import MODEL_FILE, LanguageIdentifier

MOST = 2_000  # characters that are looked at
LEAST = 20  # bytes of letters in UTF-8; a name may be of any language
SURE = 0.7  # from 0 to 1; close relatives, such as Danish and Norwegian, share the rest


def guess(text: str) -> str:
    """Return the BCP 47 tag of the language in which a text seems to be written, "" if that is not clear enough."""
    text = text[:MOST]
    if sum(len(char.encode()) for char in text if category(char)[0] in "LM") < LEAST:
        return ""
    code, confidence = _identifier().classify(text)
    return str(code) if confidence >= SURE else ""


@cache
def _identifier() -> LanguageIdentifier:
    """Load the model at the first text, since it takes a second."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
