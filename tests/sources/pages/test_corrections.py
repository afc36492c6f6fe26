import pytest

from sources.pages.corrections import is_note, new_notes

LINES = [
    ("Correction: an earlier version gave another number.", True, "English"),
    ("This article was amended on 4 May to remove a name.", True, "what British papers write"),
    ("The mayor was misquoted in an earlier version of this report.", True, "in the middle"),
    ("Editor’s note: the name of the place was misspelt.", True, "a note"),
    ("Korrektur: In einer früheren Fassung stand eine andere Zahl.", True, "German"),
    ("Rectificatif : une version précédente de cet article citait un autre chiffre.", True, "French"),
    ("Fe de errores: la cifra correcta es cuatro mil.", True, "Spanish"),
    ("Errata corrige: il numero esatto è quattromila.", True, "Italian"),
    ("Update: 3 May, 10:15", False, "a stamp"),
    ("This article was last updated on 3 May 2026, 10:15", False, "a longer stamp"),
    ("Corrections", False, "a link in a menu"),
    ("The council corrected its own books last year.", False, "a sentence of an article"),
]


@pytest.mark.parametrize(("line", "expected", "why"), LINES)
def test_notes(line, expected, why):
    assert is_note(line) is expected, why


def test_only_new_ones_are_found():
    before = "First.\nCorrection: the old note has been here before."
    after = f"{before}\n  Correction: the new note has come since then. "
    [(start, end)] = new_notes(before, after)
    assert after[start:end] == "Correction: the new note has come since then."
