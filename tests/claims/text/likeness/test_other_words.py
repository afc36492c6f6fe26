"""Denials and numbers in other words: the same in other words is no difference, and something similar still is one."""

import pytest

from claims.text.likeness import differences

SAME = [
    ("The mayor refused to take questions.", "The mayor would not take questions.", "refused is would not"),
    (
        "The hospital has lacked a surgeon since March.",
        "Since March, the hospital has had no surgeon.",
        "lacks is has no",
    ),
    ("Smoking in parks is banned.", "Smoking is not allowed in parks.", "banned is not allowed"),
    ("The council voted against the stadium.", "The council did not vote for the stadium.", "against is not for"),
    ("The bridge is closed.", "The bridge is not open.", "closed is not open"),
    (
        "Unemployment is at its lowest level since 1994.",
        "Not since 1994 has unemployment been this low.",
        "a record is never before",
    ),
    (
        "The president is the first since 1960 to visit.",
        "No president had visited since 1960.",
        "the first is no other",
    ),
    ("Petrol is more expensive than ever.", "Petrol has never been so expensive.", "more than ever is never so"),
    ("The bridge can carry no more than 3.5 tonnes.", "The bridge carries 3.5 tonnes at most.", "no more is at most"),
    ("There is not enough water for the farms.", "The farms have too little water.", "too little is not enough"),
    ("Heizpilze sind verboten.", "Heizpilze sind nicht erlaubt.", "German"),
    ("La loi interdit la chasse.", "Selon la loi, on ne peut pas chasser.", "French"),
    ("El 50 % de los vecinos carece de agua.", "La mitad de los vecinos no tiene agua.", "Spanish"),
    ("Il ponte è chiuso.", "Il ponte non è aperto.", "Italian"),
    ("Rents rose by a third.", "Rents rose by 33 percent.", "a third is rounded"),
    ("Two thirds of the stocks are overfished.", "67% of the stocks are overfished.", "two thirds are rounded"),
    ("The plan costs 4 million over ten years.", "Over a decade, the plan costs 4 million.", "a decade is ten years"),
    ("The bus comes every half hour.", "The bus comes every 30 minutes.", "half an hour"),
    ("The dam was built in the nineteen-fifties.", "The dam dates from the 1950s.", "a decade in words"),
    ("Prices rose for the sixth month in a row.", "Prices rose for six consecutive months.", "sixth in a row"),
    ("A litre of milk costs 95 cents.", "A litre of milk is sold at €0.95.", "cents"),
    ("O governo cortou um quarto das bolsas.", "O governo cortou 25% das bolsas.", "Portuguese"),
    ("La metà dei comuni non ha un medico.", "Un comune su due è senza medico.", "one in two in Italian"),
    (
        "Die Stadt hat 20 Millionen Kronen Schulden.",
        "Die Schulden der Stadt betragen 20 Mio. Kronen.",
        "an abbreviated million is no name",
    ),
    ("The island has more sheep than people.", "There are fewer people than sheep on it.", "from the other end"),
    ("The tower is 312 metres high.", "The tower has a height of 312 m.", "metres are no millions"),
    ("The police solved 8 of 10 burglaries.", "They solved eight out of ten burglaries.", "of and out of"),
    ("Ningún concejal votó a favor.", "Todos los concejales votaron en contra.", "words in between"),
]
APART = [
    ("negation", "The council banned dogs.", "The council did not ban dogs.", "the same verb, denied"),
    ("negation", "The hospital lacks a surgeon.", "The hospital does not lack a surgeon.", "lacks, denied"),
    ("negation", "The city failed to plant a tree.", "The city planted a tree.", "what failed was not done"),
    (
        "negation",
        "The mayor refused to sign the letter.",
        "The mayor signed the letter.",
        "what was refused was not done",
    ),
    ("negation", "The mayor refused to sign.", "The mayor did not refuse to sign.", "refused, denied"),
    ("negation", "The bridge is closed.", "The bridge is not closed.", "an opposite that both have"),
    ("opposite", "Smoking is banned.", "Smoking is allowed.", "an opposite that is not denied"),
    ("negation", "Smoking is allowed.", "Smoking is not allowed.", "allowed, denied"),
    ("negation", "It is the highest rent since 1994.", "It is not the highest rent since 1994.", "a record, denied"),
    ("negation", "The minister denied the report.", "The minister did not deny the report.", "denied, denied"),
    (
        "opposite",
        "Prices rose and the port was not closed.",
        "Prices fell and the port was not closed.",
        "a denial of something else",
    ),
    ("negation", "It carries no more than 3 tonnes.", "It carries more than 3 tonnes.", "a limit, and the reverse"),
    ("negation", "Die Stadt verbietet Heizpilze.", "Die Stadt verbietet Heizpilze nicht.", "German"),
    ("negation", "La loi interdit la chasse.", "La loi n’interdit pas la chasse.", "French"),
    ("negation", "El hospital carece de médicos.", "El hospital no carece de médicos.", "Spanish"),
    ("negation", "Il ponte è chiuso.", "Il ponte non è chiuso.", "Italian"),
    ("number", "A third of the pupils left.", "35 percent of the pupils left.", "further off than rounding"),
    ("number", "A third of the pupils left.", "A quarter of the pupils left.", "other parts"),
    ("number", "33.5 percent left.", "33 percent left.", "figures are not rounded"),
    ("number", "A third bridge was built.", "A fourth bridge was built.", "ordinals, not parts"),
    ("number", "Prices rose for the sixth month in a row.", "Prices rose for seven consecutive months.", "in a row"),
    ("number", "It was built in the fifties.", "It was built in the sixties.", "decades"),
    ("number", "A decade of drought.", "A century of drought.", "spans"),
    ("opposite", "Cats eat more than dogs.", "Cats eat fewer than dogs.", "from the same end"),
    ("negation", "The port was closed and prices rose.", "The port was not closed and prices rose.", "another clause"),
    ("opposite", "The port was closed and prices fell.", "The port was not closed and prices rose.", "two differences"),
    ("number", "A litre costs 95 cents.", "A litre costs 85 cents.", "cents"),
]


@pytest.mark.parametrize(("here", "there", "reason"), SAME, ids=[row[2] for row in SAME])
def test_the_same_in_other_words(here, there, reason):
    assert differences(here, there) == (), reason
    assert differences(there, here) == (), reason


@pytest.mark.parametrize(("kind", "here", "there", "reason"), APART, ids=[row[3] for row in APART])
def test_similar_words_that_say_something_else(kind, here, there, reason):
    assert kind in [found.kind for found in differences(here, there)], reason
    assert kind in [found.kind for found in differences(there, here)], reason
