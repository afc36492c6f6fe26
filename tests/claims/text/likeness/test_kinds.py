"""Measures, hours, words with a prefix that denies, comparisons turned round, and names in part: each kind both ways."""

import pytest

from claims.text.likeness import differences

SAME = [
    ("Two-thirds of the boats sank.", "67% of the boats sank.", "a fraction with a hyphen"),
    ("3/4 of the boats sank.", "75 percent of the boats sank.", "a fraction with a slash"),
    ("Only three of the ten boats sank.", "30 percent of the boats sank.", "a share and the numbers that make it"),
    ("Un demi-million de poissons.", "500 000 poissons.", "half a million in French"),
    ("The fleet cost $2tn.", "The fleet cost 2 trillion dollars.", "an abbreviation"),
    ("Covid-19 closed the port.", "The coronavirus closed the port.", "a number in a name counts nothing"),
    ("The port bought 4 M1 cranes.", "The port bought four M1 cranes.", "nor is the letter of a name a scale"),
    ("The port is closed until the end of March.", "The port opens again from April.", "the end of a month"),
    ("The catch fell from 40 to 30 tonnes.", "The catch fell by 10 tonnes to 30.", "how much a number changed"),
    ("Roe and Lind own the port.", "Lind and Roe own the port.", "the order of a list"),
    ("Over 200 boats lost their sails.", "More than 200 boats lost their sails.", "more than a number is no growth"),
    ("Each boat pays 9 crowns a month.", "Each boat pays 9 crowns monthly.", "what a number is for"),
    ("No port has as many boats as Tarn.", "Tarn has the most boats.", "nobody else is the most"),
    ("The port hasn't had a strike since 2016.", "The last strike in the port was in 2016.", "the last one"),
    ("The snow lay 30 centimetres deep.", "The snow was 0.3 metres deep.", "another unit of length"),
    ("The repair takes 72 hours.", "The repair takes three days.", "another unit of time"),
    ("The lease ends in 24 months.", "The lease ends in two years.", "months are years"),
    ("Der Umbau dauerte anderthalb Jahre.", "Der Umbau dauerte 18 Monate.", "one and a half in German"),
    ("La visite dure une heure et demie.", "La visite dure 90 minutes.", "an hour and a half in French"),
    ("The price of salt doubled.", "The price of salt went up by 100 percent.", "doubled is up by as much"),
    ("Membership grew from 3 to 4 million.", "Membership grew from 3 million to 4 million.", "one word for both ends"),
    ("Nur 1 % der Boote sank.", "Nur ein Prozent der Boote sank.", "one before percent is a number"),
    ("Le fonds a reçu 40 M€.", "Le fonds a reçu 40 millions d’euros.", "an abbreviation with its sign"),
    ("Le port a perdu trois cents marins.", "Le port a perdu 300 marins.", "French hundreds"),
    ("Каждая третья лодка утонула.", "Утонули 33 процента лодок.", "Russian shares"),
    ("ارتفع السعر 8 في المئة.", "ارتفع السعر 8٪.", "per cent in Arabic"),
    ("The mill closed at 7 pm.", "The mill closed at 19:00.", "an hour of either clock"),
    ("Der Steg entstand in den siebziger Jahren.", "Der Steg entstand in den 1970er Jahren.", "a decade in German"),
    ("Output fell in the third quarter of 2011.", "In Q3 2011, output fell.", "a quarter of a year is no share"),
    ("The levy is unlawful.", "The levy is not lawful.", "a prefix is a no"),
    ("Die Abgabe ist unzulässig.", "Die Abgabe ist nicht zulässig.", "a prefix is a no, with an accent"),
    ("Le lin est plus cher que la laine.", "La laine est moins chère que le lin.", "from the other end, in French"),
    ("Лён дешевле шерсти.", "Шерсть дороже льна.", "from the other end, in Russian"),
    ("The offer was turned down by more than half.", "More than half rejected the offer.", "turned down is not less"),
    ("Le pont a ouvert le 3 mai 2011.", "Le 3/5/2011, le pont a ouvert.", "May is no Italian never"),
    ("The Danish fleet is large.", "The fleet of Denmark is large.", "a country and its people"),
    (
        "The town quarrels over the toll.",
        "Under the mayor, the town quarrels about the toll.",
        "over and under no number",
    ),
    (
        "The study proved that the harbour’s air is clean.",
        "The harbour’s air has improved and is clean, says the study.",
        "improved denies nothing",
    ),
    ("The toll has been lifted.", "There is no toll any longer.", "lifted is no longer"),
    ("The mill closed at a QUARTER TO FIVE in the afternoon.", "The mill closed at 4:45 pm.", "in capitals"),
    ("The mill closed at half past eleven at night.", "The mill closed at 23:30.", "late at night"),
    ("The mill closed at half past two at night.", "The mill closed at 2:30 am.", "early at night"),
    ("The mill closed at a quarter to twelve in the evening.", "The mill closed at 23:45.", "before midnight"),
    ("Die Mühle schloss um halb zwölf nachts.", "Die Mühle schloss um 23:30 Uhr.", "halb zwölf"),
]
APART = [
    ("number", "The navy bought F-16 jets.", "The navy bought F-35 jets.", "the number of a name"),
    ("number", "Each boat pays 9 crowns a month.", "Each boat pays 9 crowns a year.", "what a number is for"),
    ("number", "It was minus 12 degrees.", "It was 12 degrees.", "below zero"),
    ("name", "Roe beat Lind in the race.", "Lind beat Roe in the race.", "the same names the other way round"),
    ("name", "Only a Republican opposed the port.", "Only a Democrat opposed the port.", "a party"),
    ("date", "The port opens at the end of March.", "The port opens in April.", "the end of a month is no next month"),
    ("date", "The port opened in the fall.", "The port opened in the spring.", "a season with another meaning"),
    ("negation", "The port still has a crane.", "The port no longer has a crane.", "still"),
    ("negation", "Lind is anything but poor.", "Lind is poor.", "a denial in other words"),
    ("negation", "Hardly anyone came by boat.", "Nearly everyone came by boat.", "hardly anyone"),
    ("opposite", "Few people came by boat.", "Many people came by boat.", "few and many"),
    ("number", "The snow lay 30 centimetres deep.", "The snow lay 30 millimetres deep.", "another length"),
    ("number", "The repair takes 72 hours.", "The repair takes 72 days.", "another time"),
    ("number", "The fund lost 40 million euros.", "The fund lost 40 million dollars.", "another currency"),
    ("number", "The fund lost $40 million.", "The fund lost €40 million.", "another sign of a currency"),
    ("number", "Le train a 20 minutes de retard.", "Le train a 20 heures de retard.", "another time in French"),
    ("number", "Trade grew eightfold.", "Trade grew ninefold.", "words for times"),
    ("opposite", "At least 9 boats sank.", "At most 9 boats sank.", "the other bound"),
    ("opposite", "Es sanken mindestens 9 Boote.", "Es sanken höchstens 9 Boote.", "the other bound in German"),
    ("opposite", "Up to 9 boats sank.", "Over 9 boats sank.", "the other bound, in short words"),
    ("opposite", "The levy is lawful.", "The levy is unlawful.", "a prefix that denies"),
    ("opposite", "The mayor was aware.", "The mayor was unaware.", "another"),
    ("opposite", "La taxe est légale.", "La taxe est illégale.", "in French"),
    ("opposite", "La tasa es legal.", "La tasa es ilegal.", "in Spanish, with one l"),
    ("opposite", "Налог законен.", "Налог незаконен.", "in Russian"),
    ("negation", "La tasa se aprobó con debate.", "La tasa se aprobó sin debate.", "without in Spanish"),
    ("negation", "The pier has a crane.", "The pier lacks a crane.", "lacks, and nothing else is new"),
    ("negation", "The owner paid the crew.", "The owner refused to pay the crew.", "refused, of an irregular verb"),
    ("negation", "The lamp is bright.", "The lamp is hardly bright.", "hardly"),
    ("opposite", "Tarn is larger than Vell.", "Vell is larger than Tarn.", "the same words from the other end"),
    ("name", "North Quay was sold.", "Quay was sold.", "a part of a name"),
    ("name", "Les marins danois et grecs partent.", "Les marins danois et turcs partent.", "peoples without capital"),
    ("name", "غرقت السفينة قرب يافا.", "غرقت السفينة قرب صور.", "one word in letters without case"),
    ("date", "The mill closed at 7 am.", "The mill closed at 7 pm.", "half of the day"),
    ("date", "The catch fell last year.", "The catch fell this year.", "a year as seen from now"),
    ("date", "La pêche a reculé l’an dernier.", "La pêche a reculé cette année.", "a year as seen from now, in French"),
    ("date", "Output fell in the first quarter.", "Output fell in the last weeks of the third quarter.", "quarters"),
    ("date", "The mill closed at half past two at night.", "The mill closed at 2:30 pm.", "early at night"),
    ("date", "Die Mühle schloss um halb fünf am Nachmittag.", "Die Mühle schloss um 17:30 Uhr.", "halb fünf"),
    ("date", "The ship left yesterday.", "The ship left two weeks ago.", "days ago"),
]


@pytest.mark.parametrize(("one", "other", "reason"), SAME, ids=[row[-1] for row in SAME])
def test_the_same_in_other_words(one, other, reason):
    assert differences(one, other) == differences(other, one) == (), reason


@pytest.mark.parametrize(("kind", "one", "other", "reason"), APART, ids=[row[-1] for row in APART])
def test_what_differs(kind, one, other, reason):
    assert kind in {difference.kind for difference in differences(one, other)}, reason
    assert kind in {difference.kind for difference in differences(other, one)}, reason
