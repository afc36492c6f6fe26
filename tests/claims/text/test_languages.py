"""The language that a text seems to be written in."""

import pytest

from claims.text.languages import guess

TEXTS = {
    "en": "The bridge carries nine thousand cars a day.",
    "de": "Die Brücke trägt neuntausend Autos am Tag.",
    "fr": "Le pont porte neuf mille voitures par jour.",
    "es": "El puente soporta nueve mil coches al día.",
    "it": "Il ponte porta novemila auto al giorno.",
    "nl": "De brug draagt negenduizend auto’s per dag.",
    "pl": "Most przenosi dziewięć tysięcy samochodów dziennie.",
    "tr": "Köprü günde dokuz bin araba taşıyor.",
    "ru": "Мост выдерживает девять тысяч машин в день.",
    "uk": "Міст витримує дев’ять тисяч машин на день.",
    "ar": "يحمل الجسر تسعة آلاف سيارة في اليوم.",
    "zh": "这座桥每天有九千辆汽车通过。",
    "hi": "यह पुल प्रतिदिन नौ हजार कारें ढोता है।",
}


@pytest.mark.parametrize(("language", "text"), TEXTS.items())
def test_it_works(language, text):
    assert guess(text) == language


@pytest.mark.parametrize("text", ["", "Odile Marsh", "1,024 + 976 = 2,000", "— … —", "Hotel Taxi Restaurant"])
def test_nothing_is_guessed_where_it_is_not_clear(text):
    assert guess(text) == ""
