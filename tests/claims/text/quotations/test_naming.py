"""Whom a title, a place of work or an apposition belongs to: invented sentences with the reason for each."""

import pytest

from claims.text.quotations.proposals import propose

SPEAKERS = [
    (
        "en",
        "TARN, Ohio (Courier) — Ada Roe promised to “sell all nine boats.”",
        ["Ada Roe"],
        "not where it was written",
    ),
    (
        "en",
        "Sen. Ada Roe, R-Tenn., said the president deserved credit for “selling the boats.”",
        ["Ada Roe"],
        "a state after a party ends no sentence, and the subject stands before its apposition",
    ),
    (
        "en",
        "Ada Roe's rival, Tom Lind, tried to tie her to what he calls “the nine boats.”",
        ["Tom Lind"],
        "who is named as an owner does not speak",
    ),
    (
        "en",
        "Sen. Ada Roe's campaign paid. By noon, Roe sighed. “We owe them,” she said.",
        ["Ada Roe"],
        "an owner's name",
    ),
    ("en", "Ada Roe sat down. A woman stood up. “Shame on you,” she shouted.", [""], "“she” may be the woman"),
    (
        "en",
        "Ada Roe spoke. Her husband, Carl, laughed. “We have no boats,” he said.",
        ["Carl"],
        "a relative with one name",
    ),
    (
        "en",
        "Gov. Ada Roe was asked. “We have nine boats,” the governor said.",
        ["Ada Roe"],
        "a title in short",
    ),
    ("en", "Ada Roe left. “That is a lie,” the Ohio Republican said.", ["Ada Roe"], "another word for who was named"),
    ("en", "Ada Roe asked. “We have nine boats,” Tom Lind shot back.", ["Tom Lind"], "a verb of two words"),
    ("en", "Voters liked Ada Roe. “We have no boats,” one of them said.", [""], "somebody of many"),
    ("en", "Ada Roe accused Tom Lind of “stealing nine good boats.”", ["Ada Roe"], "of what somebody is accused"),
    (
        "es",
        "La alcaldesa Ada Roe se reunió con los vecinos. «No hay barcos en el puerto», lamentó tras la reunión.",
        ["Ada Roe"],
        "Spanish, who begins the sentence before a verb without subject",
    ),
    (
        "es",
        "La cadena Nordlack cierra su planta. «Hemos buscado un comprador», dijo la empresa.",
        ["Nordlack"],
        "Spanish, a kind of company",
    ),
    (
        "de",
        "„Der Streik geht weiter“, heißt es in einer Mitteilung der Gewerkschaft Verbund.",
        ["Verbund"],
        "German, who wrote it stands after the verb",
    ),
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
