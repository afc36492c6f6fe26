"""In each language, a claim is found again in other words, among ten thousand others. And how PostgreSQL finds it."""

from itertools import islice, product

import pytest
from django.db import connection, transaction

from claims.matching import match
from tests.factories import make_user

CLAIMS = 10_000

# The language, a sentence, and the words for its places. Each is followed by a number.
INVENTED = [
    ("de", "{} {} {} {} um {} Prozent",
     "Die Gemeinde|Der Hafen|Das Ministerium|Die Opposition|Der Verband|Die Werft|Das Klinikum|Die Kammer",
     "senkte|erhöhte|prüfte|verschob|kürzte", "die Mieten|die Löhne|den Etat|die Abgaben|die Strompreise|den Fahrplan",
     "in Ostmark|in Brunn|auf der Insel|im Süden|nach der Wahl|im Winter"),
    ("fr", "{} {} {} {} de {} pour cent",
     "La commune|Le port|Le ministère|L’opposition|Le syndicat|Le chantier|L’hôpital|La chambre",
     "a baissé|a relevé|a vérifié|a reporté|a réduit", "les loyers|les salaires|le budget|les taxes|les tarifs|les horaires",
     "à Merle|à Quaye|sur l’île|dans le sud|après le vote|en hiver"),
    ("es", "{} {} {} {} un {} por ciento",
     "El municipio|El puerto|El ministerio|La oposición|El sindicato|El astillero|El hospital|La cámara",
     "bajó|subió|revisó|aplazó|recortó", "los alquileres|los salarios|el presupuesto|las tasas|las tarifas|los horarios",
     "en Tarna|en Vella|en la isla|en el sur|tras la votación|en invierno"),
    ("ar", "{} {} {} {} بنسبة {} في المئة",
     "البلدية|الميناء|الوزارة|المعارضة|النقابة|الحوض|المستشفى|الغرفة", "خفضت|رفعت|راجعت|أجلت|قلصت",
     "الإيجارات|الأجور|الميزانية|الرسوم|الأسعار|المواعيد", "في تارنا|في برون|في الجزيرة|في الجنوب|بعد الانتخابات|في الشتاء"),
    ("ru", "{} {} {} {} на {} процентов",
     "Община|Гавань|Министерство|Оппозиция|Профсоюз|Верфь|Больница|Палата", "снизила|повысила|проверила|отложила|урезала",
     "аренду|зарплаты|бюджет|сборы|тарифы|расписание", "в Тарне|в Брунне|на острове|на юге|после выборов|зимой"),
    ("zh", "{}{}{}{}百分之{}",
     "市政府|港务局|教育部|反对党|工会|造船厂|医院|商会", "降低了|提高了|审查了|推迟了|削减了",
     "房租|工资|预算|税费|电价|班次", "在塔尔纳|在布伦|在岛上|在南部|在选举后|在冬季"),
]  # fmt: skip

# The language, a claim on record, the same in other words, why it is not found by comparing the letters.
TWINS = [
    ("de", "Die Möwen von Eskeland haben dreimal das Rathaus besetzt.",
     "Stimmt es, dass das Rathaus dreimal von Möwen aus Eskeland besetzt worden ist?", "other order and voice"),
    ("de", "Der Leuchtturmwärter verkaufte dreißig Nebelhörner an Fischer.",
     "Angeblich hat ein Leuchtturmwärter Nebelhorn um Nebelhorn an die Fischer verkauft", "singular for plural"),
    ("fr", "Les cormorans de Castelnau ont mangé toutes les anguilles du canal.",
     "Est-il vrai que le cormoran de Castelnau mange l’anguille des canaux ?", "singular for plural, another tense"),
    ("es", "Los faroleros de Vella cobraron dos veces la misma linterna.",
     "¿Es cierto que un farolero de Vella cobra la linterna dos veces?", "singular for plural, another tense"),
    ("ar", "النوارس في إسكيلاند احتلت مبنى البلدية ثلاث مرات",
     "هل صحيح أن مبنى البلدية في إسكيلاند احتلته النوارس؟", "other order, a suffix"),
    ("ru", "Чайки Эскеланда трижды занимали здание ратуши.",
     "Правда ли, что ратуша была занята чайками из Эскеланда?", "other cases and voice"),
    ("zh", "埃斯凯兰的海鸥三次占领了市政厅大楼。", "听说市政厅大楼被埃斯凯兰的海鸥占领了?", "no blanks, other order"),
    ("zh", "灯塔看守人把三十个雾号卖给了渔民。", "渔民从灯塔看守人那里买了雾号", "no blanks, the other side of the sale"),
]  # fmt: skip


def invented():
    """Yield texts with their languages, the same in every run."""
    each = -(-CLAIMS // len(INVENTED))
    for language, sentence, *places in INVENTED:
        words = product(range(2, 99), *(place.split("|") for place in reversed(places)))
        for number, *found in islice(words, each):
            yield sentence.format(*reversed(found), number), language


@pytest.fixture(scope="module")
def ledger(django_db_setup, django_db_blocker):
    """Ten thousand public claims, with the vectors and frequencies that the triggers would write one by one."""
    rows = [*invented(), *((text, language) for language, text, _, _ in TWINS)]
    with django_db_blocker.unblock(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            """INSERT INTO claims_claim (text, language, speaker_role, said_precision, status, origin, version, search, created_by_id)
            SELECT text, language, '', '', 'unverified', 'claimreview', 1, claims_vector(language, claims_words(text)), %s
            FROM unnest(%s::text[], %s::text[]) AS written (text, language)""",
            [make_user().pk, *map(list, zip(*rows, strict=True))],
        )
        cursor.execute(
            """INSERT INTO claims_frequency (lexeme, claims, lexemes)
            SELECT word, ndoc, 0 FROM ts_stat('SELECT search FROM claims_claim')
            UNION ALL SELECT '', count(*), sum(length(search)) FROM claims_claim"""
        )
        cursor.execute("SET LOCAL session_replication_role = origin")
        # As autovacuum does after an import: sort the new lexemes into the index, and count.
        cursor.execute("SELECT gin_clean_pending_list('claim_search')")
        cursor.execute("ANALYZE claims_claim, claims_frequency")
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("ledger")
@pytest.mark.django_db
@pytest.mark.parametrize(("language", "claim", "text", "reason"), TWINS, ids=[f"{row[0]} {row[3]}" for row in TWINS])
def test_a_twin_in_other_words_is_among_the_first_five(language, claim, text, reason):
    [found] = match([text], user=None)
    assert claim in [one.claim.text for one in found], reason


@pytest.mark.usefixtures("ledger")
@pytest.mark.django_db
def test_no_table_is_read_whole():
    asked = []

    def note(execute, sql, params, many, context):
        if not sql.startswith(("SAVEPOINT", "RELEASE")):
            asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        match([row[2] for row in TWINS], user=None)
    plans = []
    for sql, params in asked:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {sql}", params)
            plans.append("\n".join(line for (line,) in cursor.fetchall()))
    assert any("claim_search" in plan for plan in plans)
    assert not [plan for plan in plans if "Seq Scan on claims_claim" in plan or "Seq Scan on claims_frequency " in plan]
