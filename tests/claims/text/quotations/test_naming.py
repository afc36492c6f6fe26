"""Whom a title, a place of work or an apposition belongs to: invented sentences with the reason for each."""

import pytest

from claims.text.quotations.proposals import propose

SPEAKERS = [
    ("en", "“We have nine boats,” said Dr. Ada Roe.", ["Ada Roe"], "the full stop of a title ends no sentence"),
    ("en", "Mr. Lind was there. “We have nine boats,” Mr. Lind said.", ["Lind"], "nor does that of Mr."),
    ("en", "“We have nine boats,” said Ada Roe of the Ghent Clinic.", ["Ada Roe"], "where somebody works is no name"),
    (
        "en",
        "“We have nine boats,” said Dr. Ada Roe of Tarn University, who counted them. “And one raft,” Roe said.",
        ["Ada Roe", "Ada Roe"],
        "a body after the name makes nobody a body",
    ),
    ("en", "“We have nine boats,” the Bank of Tarn said.", ["Bank of Tarn"], "but a body has an “of” in its name"),
    ("en", "Councilman Ada Roe said: “We have nine boats.”", ["Ada Roe"], "a title"),
    (
        "en",
        "The passengers’ group Sea Voice says that boats are late. But Priya Roe, who leads the office, disagreed. "
        "“We have nine boats,” she told the council.",
        ["Priya Roe"],
        "“she” is no group",
    ),
    ("de", "„Wir haben neun Boote“, kritisiert die Biologin Ada Roe.", ["Ada Roe"], "German, a profession"),
    (
        "de",
        "Der Landesminister für Häfen, Tom Lind, lobte das. „Ohne viele neue Boote“, so der Minister, „geht es leider nicht.“",
        ["Tom Lind", "Tom Lind"],
        "German, the end of a compound",
    ),
    (
        "de",
        "Anders sieht das Rudi Lind, der Sprecher des Vereins. „Wir haben neun Boote“, rechnete er vor.",
        ["Rudi Lind"],
        "German, “das” before a name belongs to the verb",
    ),
    (
        "es",
        "«Hay nueve barcos», afirmó la consejera de Pesca, Ada Roe. «Y una balsa», añadió.",
        ["Ada Roe", "Ada Roe"],
        "Spanish, after what she is in charge of",
    ),
    ("pt", "“Temos nove barcos”, disse a presidente do sindicato, Ada Roe.", ["Ada Roe"], "Portuguese, after a noun"),
    (
        "it",
        "Il ministro delle Infrastrutture, Tom Lind, invita alla calma: «Abbiamo nove barche».",
        ["Tom Lind"],
        "Italian, after what he is in charge of",
    ),
]


@pytest.mark.parametrize(("tag", "text", "names", "reason"), SPEAKERS, ids=[row[3] for row in SPEAKERS])
def test_names(tag, text, names, reason):
    assert [one.name for one in propose(text, tag).quotations] == names, reason
