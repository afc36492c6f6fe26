import pytest

from sources.pages.corrections import is_note, new_notes
from sources.pages.extract import extract

LINES = [
    ("Correction: an earlier version gave another number.", True, "English"),
    ("This article was amended on 4 May to remove a name.", True, "what British papers write"),
    ("The mayor was misquoted in an earlier version of this report.", True, "in the middle"),
    ("Editor’s note: the name of the place was misspelt.", True, "a note"),
    ("Korrektur: In einer früheren Fassung stand eine andere Zahl.", True, "German"),
    ("Rectificatif : une version précédente de cet article citait un autre chiffre.", True, "French"),
    ("Fe de errores: la cifra correcta es cuatro mil.", True, "Spanish"),
    ("Errata corrige: il numero esatto è quattromila.", True, "Italian"),
    ("CORRECTION (May 4): It holds six.", True, "with a date"),
    ("Correction May 4: The weir holds six tons.", True, "with a date and no signs"),
    ("Corrections & clarifications: the weir holds six tons.", True, "what British papers call them"),
    ("Correction The weir holds six tons.", True, "the heading of a box stands in the same line"),
    ("Updated at 14:30 to correct the name of the keeper.", True, "with the hour"),
    ("A previous version of this article said nine tons.", True, "“a” version"),
    ("We have corrected the weight of the water.", True, "in the first person"),
    ("We regret the error in Monday’s report.", True, "an apology"),
    ("Berichtigung zum Artikel vom Montag: Es sind sechs Tonnen.", True, "German, with what is corrected"),
    ("Dieser Artikel wurde am 4. Mai nachträglich korrigiert.", True, "a sentence"),
    ("Cet article a été modifié le 4 mai pour corriger le poids.", True, "a French one"),
    ("Este artículo ha sido corregido porque el peso era otro.", True, "a Spanish one"),
    ("تصحيح: يحتوي السد على ستة أطنان من الماء.", True, "Arabic"),
    ("ورد في نسخة سابقة من هذا المقال رقم آخر.", True, "Arabic, anywhere"),
    ("Rättelse: Dammen rymmer sex ton vatten.", True, "Swedish"),
    ("Sprostowanie: jaz mieści sześć ton wody.", True, "Polish"),
    ("Исправление: плотина вмещает шесть тонн.", True, "Russian"),
    ("訂正：堰の容量は六トンです。", True, "Japanese, which has no blanks"),
    ("Corrections officers met the council on Monday.", False, "a sentence of an article"),
    ("Amended plans were shown to the council on Monday.", False, "another"),
    ("Korrekturen am Haushalt sind nicht vorgesehen.", False, "a German one"),
    ("Korrektur des Haushalts im Rat beschlossen", False, "a headline"),
    ("Oprava mostu začne podle města v květnu.", False, "Czech: the repair of a bridge"),
    ("Update: 3 May, 10:15", False, "a stamp"),
    ("Korrigiert am 4. Mai 2026, 10:15 Uhr", False, "a German one"),
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


def test_a_heading_makes_a_note_of_what_stands_below():
    after = "First.\nCorrection\n\nThe keeper works there since 2005.\nLast."
    [(start, end)] = new_notes("First.\nLast.", after)
    assert after[start:end] == "The keeper works there since 2005."
    assert new_notes("First.\nCorrection\nLast.", after) == [], "it was there before"


@pytest.mark.parametrize(
    "box",
    [
        "<aside><h4>Correction</h4><p>The keeper works there since 2005.</p></aside>",
        '<div class="promo"><strong>Correction</strong> <span>The keeper works there since 2005.</span></div>',
        "<footer><p>Corrections and clarifications</p><p>The keeper works there since 2005.</p></footer>",
    ],
)
def test_a_box_with_a_note_is_part_of_the_text(box):
    paragraphs = [
        "The council met on Monday evening in the old library, and many people from the mill quarter came to listen.",
        "“The weir holds nine tons of water,” said Orla Byrne, the keeper, who has worked there for a long time.",
        "Nobody in the room contradicted her, although two engineers were present, and the minutes say so.",
    ]
    page = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    html = (
        f"<html><head><title>The weir</title></head><body><article><h1>The weir</h1>{page}{box}</article></body></html>"
    )
    text = extract(html.encode(), "https://paper.example/weir").text
    [(start, end)] = new_notes("\n".join(paragraphs), text)
    assert text[start:end].endswith("The keeper works there since 2005.")
