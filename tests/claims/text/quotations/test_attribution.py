"""Who speaks, and by which name: invented sentences with the reason for each."""

import json
import time
from pathlib import Path

import pytest

from claims.text.quotations.proposals import propose
from claims.text.quotations.weights import WEIGHTS

SAMPLES = Path(__file__).resolve().parents[4] / "../shared/samples"


def said(text, tag="en"):
    """The mention and the name for each proposal."""
    return [(one.mention.text if one.mention else "", one.name) for one in propose(text, tag).quotations]


def test_it_works():
    text = "“Nine boats sail each day,” said Ada Roe, the harbour master. Mr Lind called it “enough for a small town”."
    first, second = propose(text, "en").quotations
    assert (first.quote, first.mention.text, first.name, first.cue) == (
        "Nine boats sail each day,",
        "Ada Roe",
        "Ada Roe",
        "said",
    )
    assert text[first.start : first.end] == first.quote and text[slice(*first.mention[:2])] == "Ada Roe"
    assert (second.mention.text, second.name, second.cue) == ("Mr Lind", "Lind", "called")
    assert first.margin > second.margin > 0, "the verb and the comma make it surer"


ENGLISH = [
    ("Ada Roe said: “We have nine boats.”", "Ada Roe", "Ada Roe", "before the colon"),
    ("“We have nine boats,” Ada Roe said.", "Ada Roe", "Ada Roe", "the verb last"),
    ("“We have nine boats,” said Ada Roe.", "Ada Roe", "Ada Roe", "the verb first"),
    ("“Who pays for nine boats?” Ada Roe asked.", "Ada Roe", "Ada Roe", "a question ends no sentence"),
    ("According to Ada Roe, “nine boats are too many”.", "Ada Roe", "Ada Roe", "according to"),
    ("Ada Roe, the harbour master, said they had “too many boats”.", "Ada Roe", "Ada Roe", "across an apposition"),
    (
        "The harbour master, Ada Roe, said: “We have nine boats.”",
        "The harbour master, Ada Roe",
        "Ada Roe",
        "a role and a name",
    ),
    (
        "Harbour spokeswoman Ada Roe said: “We have nine boats.”",
        "Harbour spokeswoman Ada Roe",
        "Ada Roe",
        "role without article",
    ),
    ("“We have nine boats,” Ada Roe told Tom Lind.", "Ada Roe", "Ada Roe", "the object of the verb is not the speaker"),
    ("Ada Roe praised the plan, calling it “a gift to us all”.", "Ada Roe", "Ada Roe", "a participle"),
    ("“We have,” said Ada Roe, “nine boats a day.”", "Ada Roe", "Ada Roe", "an interrupted quotation"),
    ("“We have nine boats a day.” — Ada Roe", "Ada Roe", "Ada Roe", "a signature at the end of the line"),
    (
        "“We have nine boats,” said Ada Roe’s lawyer, Tom Lind.",
        "Ada Roe’s lawyer, Tom Lind",
        "Tom Lind",
        "not the owner of the lawyer",
    ),
    ("The ministry said: “We have nine boats.”", "The ministry", "", "an organisation without a name"),
    ("Nobody said “we have nine boats” to her.", None, None, "nobody"),
    ("The film “The Last Ferry Home” won three prizes.", None, None, "a title"),
    ("Her book, called “nine boats in the harbour”, is out.", None, None, "a name for something"),
    ("They stood under a sign of “no boats today” all day.", None, None, "a sign"),
    ("- “Nine boats for the harbour” - The Herald, 3 May 2021", None, None, "a list of headlines"),
]


@pytest.mark.parametrize(("text", "mention", "name", "reason"), ENGLISH, ids=[row[3] for row in ENGLISH])
def test_english(text, mention, name, reason):
    found = said(text)
    assert (found[-1:] or [(None, None)]) == [(mention, name)], (reason, found)


def test_the_cue_is_the_verb_beside_the_quotation():
    text = "According to Ada Roe, “nine boats are too many”. She thought for long. “It is a pity,” Tom Lind then said."
    assert [one.cue for one in propose(text, "en").quotations] == ["According to", "said"]


GOING_ON = [
    ("“Nine boats sail,” said Ada Roe. “We have no tenth one.”", ["Ada Roe", "Ada Roe"], "the next sentence"),
    ("“Nine boats sail,” said Ada Roe.\n\n“We have no tenth one.”", ["Ada Roe", "Ada Roe"], "the next paragraph"),
    (
        "“Nine boats sail each day.\n\n“We have no tenth one,” said Ada Roe.",
        ["Ada Roe"],
        "the first one is nobody's yet",
    ),
    (
        "“Nine boats sail,” said Ada Roe.\n\n“It is eight boats,” said Tom Lind.",
        ["Ada Roe", "Tom Lind"],
        "another speaker",
    ),
    (
        "Anna Roe met Tom Lind. “Nine boats sail,” she said. He replied: “It is eight boats.”",
        ["Anna Roe", "Tom Lind"],
        "pronouns by the gender of first names",
    ),
    (
        "Ada Roe runs the harbour. “Nine boats sail,” Roe said. “We like them,” the harbour master added.",
        ["Ada Roe", ""],
        "a last name; a role that nobody was given",
    ),
    (
        "Ada Roe, the minister for boats, came late. “Nine boats sail,” the minister said.",
        ["Ada Roe"],
        "a role that somebody was given",
    ),
    (
        "Ada Roe and Jonas Roe came. “Nine boats sail each day,” Roe said.",
        ["Roe"],
        "two people fit the last name: it stays as it stands",
    ),
    (
        "ADA ROE: Nine boats sail.\nTOM LIND: It is eight.\nADA ROE: I count nine.",
        ["Ada Roe", "Tom Lind", "Ada Roe"],
        "a transcript",
    ),
]


@pytest.mark.parametrize(("text", "names", "reason"), GOING_ON, ids=[row[2] for row in GOING_ON])
def test_who_goes_on_and_whom_a_mention_means(text, names, reason):
    assert [name for _, name in said(text)] == names, reason


OTHERS = [
    ("de", "„Neun Boote fahren am Tag“, sagte Hafenmeisterin Ilse Roth.", "Ilse Roth", "verb first"),
    ("de", "Ilse Roth erklärte am Montag: „Neun Boote fahren am Tag.“", "Ilse Roth", "colon"),
    ("de", "In Gent sagte Karl Ommen: „Neun Boote fahren am Tag.“", "Karl Ommen", "a place before the verb is no subject"),
    ("de", "Laut Karl Ommen „fahren neun Boote am Tag“.", "Karl Ommen", "laut"),
    ("de", "Neun Boote seien es, so Karl Ommen, „an jedem einzelnen Tag“.", "Karl Ommen", "so"),
    ("de", "Der Film „Die letzte Fähre“ gewann drei Preise.", None, "a title"),
    ("fr", "« Neuf bateaux partent », a déclaré Ada Roux.", "Ada Roux", "compound past"),
    ("fr", "« Neuf bateaux partent chaque jour », dit-elle. Ada Roux n’a rien ajouté.", "", "elle, nobody before"),
    ("fr", "Selon Ada Roux, « neuf bateaux partent chaque jour ».", "Ada Roux", "selon"),
    ("fr", "Ada Roux l’a redit : « Nous avons neuf bateaux. »", "Ada Roux", "colon"),
    ("es", "«Salen nueve barcos al día», afirmó la alcaldesa Ana Rojo.", "Ana Rojo", "verb first"),
    ("es", "Según Ana Rojo, «salen nueve barcos al día».", "Ana Rojo", "según"),
    ("es", "«Salen nueve barcos», dijo Ana Rojo. «No hay más barcos», añadió.", "Ana Rojo", "a verb without subject"),
    ("es", "—Salen nueve barcos al día —dijo Ana Rojo.", "Ana Rojo", "speech after a dash"),
    ("pt", "“Saem nove barcos por dia”, afirmou a prefeita Ana Rocha.", "Ana Rocha", "verb first"),
    ("pt", "“Saem nove barcos”, disse Ana Rocha. “Não há mais barcos”, acrescentou.", "Ana Rocha", "a verb without subject"),
    ("it", "«Partono nove barche al giorno», ha detto la sindaca Anna Rossi.", "Anna Rossi", "compound past"),
    ("it", "Secondo Anna Rossi, «partono nove barche al giorno».", "Anna Rossi", "secondo"),
]  # fmt: skip


@pytest.mark.parametrize(("tag", "text", "name", "reason"), OTHERS, ids=[f"{row[0]}: {row[3]}" for row in OTHERS])
def test_other_languages(tag, text, name, reason):
    found = said(text, tag)
    assert (found[-1][1] if found else None) == name, (reason, found)


@pytest.mark.parametrize(
    ("tag", "text", "quote"),
    [
        ("pl", "Anna Róża powiedziała: „Dziewięć łodzi dziennie”.", "Dziewięć łodzi dziennie"),
        ("ru", "«Девять лодок в день», — сказала Анна Розова.", "Девять лодок в день"),
        ("ar", "قالت آنا: «تسعة قوارب كل يوم».", "تسعة قوارب كل يوم"),
        ("ja", "アンナは「毎日九隻の船が出る」と言った。", "毎日九隻の船が出る"),
        ("zh", "安娜说：“每天有九艘船出发。”", "每天有九艘船出发。"),
    ],
)
def test_other_languages_get_quotations_without_speakers(tag, text, quote):
    [one] = propose(text, tag).quotations
    assert (one.quote, one.mention, one.name, one.margin) == (quote, None, "", None)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("The boats are in the harbour, and it is late. “We have nine of them,” said Ada Roe.", "en"),
        ("Die Boote sind im Hafen, und es ist spät. „Wir haben neun Boote“, sagte Ilse Roth.", "de"),
        ("Les bateaux sont dans le port et il est tard. « Nous en avons neuf », dit Ada Roux.", "fr"),
        ("9 + 9 = 18", ""),
    ],
)
def test_without_a_tag_the_language_is_guessed(text, tag):
    assert propose(text).language == tag


def test_short_ones_are_not_proposed():
    assert (
        propose("Ada Roe called it “very good” and “a very good thing”.", "en").quotations[0].quote
        == "a very good thing"
    )


def test_a_weight_decides(monkeypatch):
    """The answer is the sum of the weights, and of nothing else."""
    text = "“Nine boats sail each day,” said Ada Roe."
    assert said(text)
    monkeypatch.setitem(WEIGHTS, "nobody", 9.0)
    assert said(text) == []


HOSTILE = [
    "“Nine boats sail,” said Ada Roe. ",
    "“x y z,” he said. ",
    "“a b c d” ",
    "Roe, the minister, ",
    "the man and ",
    "Ann Roe and ",
    "Dr. A. B. ",
    "said ",
    "“a b c” — Ann Roe Mc De La\n",
    "Ann Roe, ",
]


@pytest.mark.parametrize("unit", HOSTILE)
@pytest.mark.parametrize("tag", ["en", "de"])
def test_the_time_is_linear(unit, tag):
    def took(size):
        text = unit * (size // len(unit))
        times = []
        for _ in range(3):
            started = time.process_time()
            propose(text, tag)
            times.append(time.process_time() - started)
        return min(times)

    # Eight times the text takes eight times as long, or 64 times if the time is quadratic.
    assert took(32_000) < 32 * took(4_000) + 0.05


# Real articles, which are not part of the repository -------------------------------------------------------------------

WIKINEWS = SAMPLES / "quotes/wikinews_en_quotes.jsonl"
ARTICLE = SAMPLES / "article.txt"


@pytest.mark.skipif(not WIKINEWS.exists(), reason="needs the shared samples")
def test_quotations_of_real_articles():
    from bench.quotations import measure

    rows = [json.loads(line) for line in WIKINEWS.read_text(encoding="utf-8").splitlines()]
    score = measure(rows)
    found, speaker = score["found"], score["speaker"]
    assert 2 * speaker / (2 * found + score["false"] + score["missed"]) > 0.82
    assert score["name_right"] > 0.87 * score["named"]
    assert score["name_wrong"] < 0.05 * score["named"]
    for row in rows:
        for one in propose(row["text"], "en").quotations:
            assert row["text"][one.start : one.end] == one.quote
            assert row["text"][one.start - 1] in "“\"'‘" or row["text"][one.start - 1].isspace()


@pytest.mark.skipif(not ARTICLE.exists(), reason="needs the shared samples")
def test_the_quotations_of_one_article():
    found = propose(ARTICLE.read_text(encoding="utf-8"), "en").quotations
    direct = [one for one in found if one.margin > 0.5]
    assert len(direct) == 10 and len(found) <= 11, "ten quotations, and at most one thing that is none"
    assert all(" " in one.name for one in direct), "each by its full name"
