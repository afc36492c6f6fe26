"""Two hundred pairs of which each differs in one thing that counts, and two hundred that say the same in other words."""

from collections import Counter

import pytest

from claims.text.likeness import differences

# The language, a claim, its denial, and the same in two other wordings.
CLAIMS = [
    ("en", "{name} closed {n} bridges in {town} on {date}.", "{name} did not close {n} bridges in {town} on {date}.",
     "On {date}, {n} crossings in {town} were shut by {name}.", "It was {name} who shut {n} bridges of {town} on {date}"),
    ("en", "The port of {town} lost {n} percent of its ships by {date}, {name} said.",
     "The port of {town} never lost {n} percent of its ships by {date}, {name} said.",
     "According to {name}, {n}% of the ships were gone from the port of {town} by {date}.",
     "{name}: by {date} the port of {town} had {n} per cent fewer ships"),
    ("en", "{name} promised {n} million crowns for schools in {town} on {date}.",
     "{name} promised no {n} million crowns for schools in {town} on {date}.",
     "Schools in {town} were to get {n} million crowns, {name} pledged on {date}.",
     "A pledge by {name} on {date}: {n} million crowns for {town} and its schools"),
    ("en", "More than {n} people have left {town} since {date}, says mayor {name}.",
     "More than {n} people haven’t left {town} since {date}, says mayor {name}.",
     "Since {date}, over {n} residents moved away from {town}, mayor {name} says.",
     "Mayor {name} says that {town} is short of more than {n} inhabitants since {date}"),
    ("en", "A study of {n} nurses in {town} by {name} ended on {date}.",
     "A study of {n} nurses in {town} by {name} has not ended on {date}.",
     "{name} finished a study on {date} that looked at {n} nurses from {town}.",
     "On {date} the study of {name} on {n} nurses of {town} came to its end"),
    ("en", "{n} boats sank near {town} on {date}, the coast guard told {name}.",
     "Nobody sank {n} boats near {town} on {date}, the coast guard told {name}.",
     "The coast guard told {name} that off {town} {n} boats went down on {date}.",
     "{date}: {n} boats go under close to {town}, as {name} heard from the coast guard"),
    ("en", "{name} was paid {n} thousand marks by the mill in {town} on {date}.",
     "{name} was never paid {n} thousand marks by the mill in {town} on {date}.",
     "On {date} the mill in {town} gave {n} thousand marks to {name}.",
     "The {town} mill handed {name} {n} thousand marks on {date}"),
    ("en", "The hospital of {town} treated {n} patients of {name} on {date}.",
     "The hospital of {town} treated none of the {n} patients of {name} on {date}.",
     "On {date}, {n} patients of {name} were treated at the {town} hospital.",
     "{n} patients of {name} saw a doctor at the hospital in {town} on {date}"),
    ("en", "{name} has sold {n} lighthouses near {town} as of {date}.",
     "{name} hasn't sold {n} lighthouses near {town} as of {date}.",
     "As of {date}, {n} lighthouses around {town} have been sold by {name}.",
     "{n} lighthouses in the area of {town} were sold off by {name}, as of {date}"),
    ("en", "The council of {town} hired {n} teachers on {date} because {name} asked it to.",
     "The council of {town} hired {n} teachers on {date} without {name} asking it to.",
     "At the request of {name}, {n} teachers were hired by the council of {town} on {date}.",
     "{name} asked, and the {town} council hired {n} teachers on {date}"),
    ("de", "{name} hat am {date} in {town} {n} Brücken gesperrt.", "{name} hat am {date} in {town} keine {n} Brücken gesperrt.",
     "Am {date} wurden in {town} {n} Brücken von {name} gesperrt.", "{n} Brücken in {town} hat {name} am {date} gesperrt"),
    ("de", "{name} zahlte dem Hafen von {town} am {date} {n} Millionen Kronen.",
     "{name} zahlte dem Hafen von {town} am {date} nicht {n} Millionen Kronen.",
     "Am {date} erhielt der Hafen von {town} {n} Millionen Kronen von {name}.",
     "{n} Millionen Kronen bekam der Hafen von {town} am {date}, gezahlt von {name}"),
    ("fr", "{name} a fermé {n} ponts à {town} le {date}.", "{name} n’a pas fermé {n} ponts à {town} le {date}.",
     "Le {date}, {n} ponts de {town} ont été fermés par {name}.", "C’est {name} qui a fermé {n} ponts à {town} le {date}"),
    ("fr", "Le port de {town} a perdu {n} pour cent de ses bateaux le {date}, dit {name}.",
     "Le port de {town} n’a jamais perdu {n} pour cent de ses bateaux le {date}, dit {name}.",
     "Selon {name}, {n} % des bateaux du port de {town} ont été perdus le {date}.",
     "{name} le dit : le {date}, le port de {town} a perdu {n} % de ses bateaux"),
    ("es", "{name} cerró {n} puentes en {town} el {date}.", "{name} no cerró {n} puentes en {town} el {date}.",
     "El {date} fueron cerrados {n} puentes de {town} por {name}.", "Fue {name} quien cerró {n} puentes en {town} el {date}"),
    ("es", "El puerto de {town} perdió el {n} por ciento de sus barcos el {date}, dijo {name}.",
     "El puerto de {town} nunca perdió el {n} por ciento de sus barcos el {date}, dijo {name}.",
     "Según {name}, el {n} % de los barcos del puerto de {town} se perdió el {date}.",
     "{name} dijo que el puerto de {town} se quedó sin el {n} % de sus barcos el {date}"),
    ("it", "{name} ha chiuso {n} ponti a {town} il {date}.", "{name} non ha chiuso {n} ponti a {town} il {date}.",
     "Il {date} {n} ponti di {town} sono stati chiusi da {name}.", "È stato {name} che ha chiuso {n} ponti a {town} il {date}"),
    ("pt", "{name} fechou {n} pontes em {town} no dia {date}.", "{name} não fechou {n} pontes em {town} no dia {date}.",
     "No dia {date}, {n} pontes de {town} foram fechadas por {name}.", "Foi {name} quem fechou {n} pontes em {town} no dia {date}"),
    ("ru", "{name} закрыл {n} мостов в городе {town} {date}.", "{name} не закрыл {n} мостов в городе {town} {date}.",
     "{date} в городе {town} {n} мостов были закрыты, их закрыл {name}.", "Это {name} закрыл {n} мостов в городе {town} {date}"),
    ("nl", "{name} sloot {n} bruggen in {town} op {date}.", "{name} sloot geen {n} bruggen in {town} op {date}.",
     "Op {date} werden {n} bruggen in {town} door {name} gesloten.", "Het was {name} die {n} bruggen in {town} sloot op {date}"),
]  # fmt: skip
NAMES = ["Alda Brask", "Benno Iversholt", "Célia Marchetti", "Søren Thornquist", "Halina Zieliński"]
OTHERS = ["Dorte Brask", "Benno Lundmark", "Odile Pelletier", "Søren Westerholm", "Wanda Ostrander"]
TOWNS = ["Tarn", "Northcove", "Ostmark", "Saltby", "Highfell"]
OTHER_TOWNS = ["Merle", "Vell", "Brunn", "Quayside", "Eastlake"]
NUMBERS = [("14", "40"), ("27", "28"), ("3.5", "35"), ("120", "1,200"), ("95", "59")]
MONTHS = {
    "en": ("March", "May"), "de": ("März", "Mai"), "fr": ("mars", "mai"), "es": ("marzo", "mayo"), "it": ("marzo", "maggio"),
    "pt": ("março", "maio"), "ru": ("марта", "мая"), "nl": ("maart", "mei"),
}  # fmt: skip
# How a day is written: in the claim, and in its rewording.
DAYS = {
    "en": ("{d} {m} {y}", ["{m} {d}, {y}", "{d} {m} {y}", "{y}-03-{d:02}", "{m} {d}th, {y}", "{d} {m} {y}"]),
    "de": ("{d}. {m} {y}", ["{d}.3.{y}", "{d}. {m} {y}"]),
}  # fmt: skip


def values(language, number):
    first, _ = MONTHS[language]
    written, _ = DAYS.get(language, ("{d} {m} {y}", []))
    return {
        "name": NAMES[number], "town": TOWNS[number], "n": NUMBERS[number][0],
        "date": written.format(d=4 + number, m=first, y=2015 + number),
    }  # fmt: skip


def pairs():
    """Yield the kind of the difference and two texts."""
    for which, (language, claim, denial, *_) in enumerate(CLAIMS):
        for number in range(5):
            given = values(language, number)
            here = claim.format(**given)
            other_month = given["date"].replace(*MONTHS[language])
            other_year = given["date"].replace(str(2015 + number), str(2008 + number))
            changed = [("name", {"name": OTHERS[number]}), ("number", {"n": NUMBERS[number][1]})]
            changed.append(("date", {"date": (other_month, other_year)[(which + number) % 2]}))
            changed.append(("name", {"town": OTHER_TOWNS[number]}))
            kinds = [changed[at] for at in ((0, 1), (1, 2), (2, 3), (3,), (0,))[number]]
            yield from ((kind, here, claim.format(**given | other)) for kind, other in kinds)
            if number > 2:
                yield "negation", here, denial.format(**given)


def rewordings():
    for language, claim, _, *others in CLAIMS:
        for number in range(5):
            given = values(language, number)
            _, days = DAYS.get(language, ("", ["{d} {m} {y}"]))
            day = days[number % len(days)].format(d=4 + number, m=MONTHS[language][0], y=2015 + number)
            for other in others:
                yield claim.format(**given), other.format(**given | {"date": day})


PAIRS, REWORDINGS = list(pairs()), list(rewordings())


def test_there_are_so_many():
    assert (len(PAIRS), len(REWORDINGS)) == (200, 200)
    assert min(Counter(kind for kind, _, _ in PAIRS).values()) >= 35


@pytest.mark.parametrize(("kind", "here", "there"), PAIRS)
def test_each_difference_is_named(kind, here, there):
    assert kind in [found.kind for found in differences(here, there)]
    assert kind in [found.kind for found in differences(there, here)]


def test_hardly_a_rewording_is_shown_with_a_difference():
    wrong = [(pair, found) for pair in REWORDINGS if (found := differences(*pair))]
    assert len(wrong) <= len(REWORDINGS) * 0.05, wrong
