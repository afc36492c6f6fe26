import pytest

from claims.text.likeness import alike, denies, differences, numbers

NUMBERS = [
    ("It cost 41 crowns.", {"41"}, "a plain number"),
    ("It cost 1,234,567 crowns.", {"1234567"}, "thousands marked in English"),
    ("Es kostete 1.234.567 Kronen.", {"1234567"}, "thousands marked in German"),
    ("Il coûte 12 500 couronnes.", {"12500"}, "thousands marked in French, by a thin space"),
    ("Up 3.5 % and 3,5%", {"3.5%"}, "decimal point and comma, with and without the space"),
    ("dreißig Brücken", {"30"}, "a letter that is folded"),
    ("Two thirds, trois quarts, dos quintos", {"66.7%", "75%", "40%"}, "fractions"),
    ("Ein Drittel, un tiers", {"33.3%"}, "a fraction that is one"),
    ("Two and a half million, un milliard et demi", {"2500000", "1500000000"}, "and a half"),
    ("Une école sur deux, jede zweite Schule", {"50%"}, "one in two is a half"),
    ("Four out of five, every third pupil, uno de cada diez", {"80%", "33.3%", "10%"}, "shares"),
    ("Zwei von drei Befragten, one boat in eight", {"66.7%", "12.5%"}, "shares"),
    ("Two in three days, every third year", {"2", "3", "3."}, "days and years are no shares"),
    ("Half an hour, a fortnight, ein halbes Jahr", {"30", "2", "6"}, "minutes, weeks, months"),
    ("Cuatrocientas camas, trescientos cincuenta coches", {"400", "350"}, "Spanish hundreds"),
    ("１４ boats", {"14"}, "full-width digits"),
    ("Nobody counted.", set(), "none at all"),
]


@pytest.mark.parametrize(("text", "found", "reason"), NUMBERS, ids=[row[2] for row in NUMBERS])
def test_numbers(text, found, reason):
    assert numbers(text) == found, reason


DENIALS = [
    ("The bridge was not inspected.", 1, "not"),
    ("The bridge wasn’t inspected.", 1, "n’t with a curly apostrophe"),
    ("Die Brücke wurde nie geprüft.", 1, "German"),
    ("No ha bajado ningún precio.", 1, "Spanish, accents aside"),
    ("The note was noted.", 0, "not inside other words"),
    ("It is not true that the bridge was not inspected.", 2, "twice, which makes another claim"),
    ("Il n’a jamais rien dit.", 1, "French says it twice and means it once"),
    ("Il n’y a plus de train.", 1, "French, with a word that does not deny alone"),
    ("Personne n'a vu le loup.", 1, "French, nobody"),
    ("Il n’a que trois ponts.", 0, "French, only"),
    ("Ce n’è uno.", 0, "Italian, there is"),
    ("Er wurde von niemandem gewarnt.", 1, "German, inflected"),
    ("No, the bridge was inspected.", 0, "an answer, not part of the claim"),
    ("这座桥没有检查。", 1, "Chinese"),
    ("两座桥不同。", 0, "a Chinese word that contains the sign"),
    ("Мост не проверяли.", 1, "Russian"),
    ("لم يتم فحص الجسر.", 1, "Arabic"),
    ("", 0, "nothing"),
]


@pytest.mark.parametrize(("text", "denied", "reason"), DENIALS, ids=[row[2] for row in DENIALS])
def test_denials(text, denied, reason):
    assert denies(text) == denied, reason


def test_differences_are_told_from_here():
    told = differences("40 bridges were closed.", "14 bridges were never closed.")
    assert [difference.sentence for difference in told] == [
        "Numbers differ: 40 here, 14 there.",
        "Only the other denies.",
    ]
    assert differences("Forty bridges.", "Forty bridges!") == ()
    assert [difference.sentence for difference in differences("No 7 bridges.", "Bridges.")] == [
        "Numbers differ: 7 here, none there.",
        "Only the one here denies.",
    ]


def test_long_numbers_are_told_in_groups():
    told = differences("It cost 47 million crowns.", "It cost 41 million crowns, 2.5% of all.")
    assert told[0].sentence == "Numbers differ: 47,000,000 here, 2.5%; 41,000,000 there."
    assert (told[0].here, told[0].there) == (("47000000",), ("2.5%", "41000000"))


@pytest.mark.parametrize(
    ("here", "there", "kinds", "reason"),
    [
        ("He voted against the bill.", "He voted for the bill.", ["opposite"], "two words of which each is too common"),
        ("La députée a voté contre la loi.", "La députée a voté pour la loi.", ["opposite"], "the same in French"),
        ("Das Gericht hat ihn verurteilt.", "Das Gericht hat ihn freigesprochen.", ["opposite"], "not only of numbers"),
        ("Er schließt das Werk.", "Er eröffnet das Werk.", ["opposite"], "a letter that is folded"),
        ("The rent is $1,850.", "The rent is $1,580.", ["number"], "no years, though they have four digits"),
        ("Mayor 2019-2023.", "Mayor 2019-2022.", ["date"], "years of a period"),
        ("He came in 1850.", "He came in 1580.", ["date"], "years"),
        ("In Bremen leben viele Katzen.", "In Hamburg leben viele Katzen.", ["name"], "German names in the same place"),
        (
            "Im Jahr 2022 starben auf den Inseln 47 Katzen.",
            "47 Katzen kamen 2022 auf den Inseln ums Leben.",
            [],
            "German nouns in other places",
        ),
        ("Es fehlen Plätze in Gärten.", "Es fehlen Gartenplätze.", [], "a German compound"),
        ("Senator Ann Roe voted.", "Ann Roe voted in the Senate.", [], "what somebody is, is no name"),
        ("Die Preise haben sich verdoppelt.", "Sie stiegen auf das Doppelte.", [], "a number that is inflected"),
    ],
)
def test_kinds_of_differences(here, there, kinds, reason):
    assert [found.kind for found in differences(here, there)] == kinds, reason
    assert [found.kind for found in differences(there, here)] == kinds, reason


@pytest.mark.parametrize(
    ("here", "there", "least", "most", "reason"),
    [
        ("The town sold it.", "the town sold it", 1, 1, "case and punctuation aside"),
        ("The town sold the lighthuose.", "The town sold the lighthouse.", 0.8, 0.9, "a letter in the wrong place"),
        ("市政府卖掉了灯塔。", "市政府已卖掉了灯塔。", 0.7, 0.8, "a script without blanks"),
        ("It was sold.", "They sold it.", 0.4, 0.5, "the same words in another order"),
        ("The town sold it.", "The brewery closed.", 0, 0.3, "another sentence"),
        ("It sank.", "", 0, 0, "nothing beside it"),
    ],
)
def test_how_alike_two_texts_are(here, there, least, most, reason):
    assert least <= alike(here, there) <= most, reason
