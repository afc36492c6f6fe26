"""Full-text search in every language: what a text is indexed by, and what a query asks for.

Each word of a text is indexed under two forms, at one position: the word, and its stem in the language of the text. Both are
stored without accents, but the stemmer sees the word with them: French and Spanish words are stemmed wrongly otherwise. (One
text-search configuration cannot do this, because a stemmer ends its chain of dictionaries.) The forms of all languages share
one namespace. For most words they are the same, so the index stays small and PostgreSQL's estimates stay right. Scripts that
put no blanks between words are indexed by pairs of neighbouring characters; the last character of a run stands alone. So is
Korean, which writes particles on.

What people write joined or apart (U.K., e-mail, COVID-19, 1,500) has JOINT between its parts. It is indexed in parts, and as a
whole at the position of each of them, so phrases go on to either side; a query asks for both.

The functions are the database's, so that every writer gets the same. PostgreSQL does not check the bodies of PL/pgSQL when it
makes them: the tables come with the next migration.
"""

from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

LANGUAGES = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali",
    "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip

# Characters as regular expressions of PostgreSQL list them.
UNSEEN = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20e3\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff"
)
# Of Hebrew, Arabic and Syriac, tatweel and cantillation among them; and what Armenian sets above the vowel of a word that is asked,
# called or stressed.
VOWELS = (
    r"\u055b\u055c\u055e"
    r"\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc"
    r"\u06df-\u06e8\u06ea-\u06ed\u0730-\u074a\u08d3-\u08e1\u08e3-\u08ff"
)
# Of Latin, Greek and Cyrillic; hamza and madda of Arabic letters.
ACCENTS = r"\u0300-\u036f\u0653-\u0655"
# Letters of Thai, Lao, Burmese, Khmer, Japanese, Chinese and Korean, and the marks that follow them.
UNSPACED = (
    r"\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0eb2\u0eb3\u0ebd\u0ec0-\u0ec6\u0edc-\u0edf\u1000-\u102a\u103f"
    r"\u1050-\u1055\u105a-\u105d\u1061\u1065\u1066\u106e-\u1070\u1075-\u1081\u108e\u1780-\u17b3\u17d7\u17dc\u3005-\u3007"
    r"\u3021-\u3029\u3031-\u3035\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\ua9e0-\ua9ef\ua9fa-\ua9fe\uaa60-\uaa7a\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
MARKS = (
    r"\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u1056-\u1059\u105e-\u1060\u1062-\u1064"
    r"\u1067-\u106d\u1071-\u1074\u1082-\u108d\u108f\u109a-\u109d\u17b6-\u17d3\u17dd\u3099\u309a"
)
# Where a text names no language, its letters tell: of the languages written in them, the one most written that has a stemmer.
SCRIPTS = {
    "ar": r"\u0620-\u064a",
    "el": r"\u0386-\u03ce",
    "hi": r"\u0904-\u0939",
    "hy": r"\u0561-\u0587",
    "ru": r"\u0430-\u044f",
    "ta": r"\u0b85-\u0bb9",
}
EMOJI = r"\u2300-\u23ff\u2600-\u275a\u2761-\u27bf\u2b00-\u2bff\U0001f000-\U0001f3fa\U0001f400-\U0001faff"
# What the parser would read as part of a host, path, number or tag, and so not as the words on either side.
JOINING = r"""-+.'_/@&<>~"""
# Between the parts of a word or number. To the parser it is a blank.
JOINT = r"\u001f"
_PART = "[^[:space:][:punct:]]"
_PART_WITHOUT_DIGITS = "[^[:space:][:punct:][:digit:]]"
# What stands before a joint, and the sign in its place. (PostgreSQL takes quadratic time for what looks behind.)
JOINTS = (
    # e-mail, F-16, COVID-19, but not 2019-2023
    rf"({_PART_WITHOUT_DIGITS})[-\u2010](?={_PART})",
    rf"({_PART})[-\u2010](?={_PART_WITHOUT_DIGITS})",
    # U.K., z.B., Ph.D.
    r"\m([[:alpha:]])[.](?=[[:alpha:]]{1,2}\M)",
    r"\m([[:alpha:]]{2})[.](?=[[:alpha:]]\M)",
    # COVID19
    "([[:alpha:]]{2})(?=[0-9])",
)
*JOINING_SIGNS, JOINING_FIGURES = (rf"text := regexp_replace(text, '{joint}', E'\\1\u001f', 'g');" for joint in JOINTS)
JOINING_SIGNS = " ".join(JOINING_SIGNS)
# 1,500 and 1.500 and 1 500 and 1'500 and 1,50,000
GROUPING = " .,'’٬"
GROUPS = rf"\m[1-9][0-9]{{0,2}}(?:[{GROUPING}][0-9]{{2,3}}){{0,5}}[{GROUPING}][0-9]{{3}}(?![0-9])"
# A part of a word has so many characters, and a word so many parts, that are also indexed as a whole.
WHOLE = rf"[^[:space:][:punct:]{JOINT}]{{1,40}}(?:{JOINT}[^[:space:][:punct:]{JOINT}]{{1,40}}){{1,5}}"
# Zeros of Arabic and Persian; of ten scripts of India and its neighbours, and of Thai, Lao, Burmese and Khmer.
ZEROS = (0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0, 0x1040, 0x17E0)
FOREIGN_DIGITS = "".join(chr(zero + digit) for zero in ZEROS for digit in range(10))
# A tsvector holds a megabyte. So many characters never reach it, whatever the script: at most eight bytes come of each.
LONGEST = 130_000
MOST_WORDS = 400  # of a query

CONFIGURATION = """
    CREATE TEXT SEARCH CONFIGURATION claimtrack (COPY = pg_catalog.simple);
    ALTER TEXT SEARCH CONFIGURATION claimtrack ALTER MAPPING FOR asciiword, word, numword WITH unaccent, simple;
"""

# Which configuration stems a language: one of those that this server has, else the one that only takes accents away.
CHOICE = f"""
    DO $do$ BEGIN EXECUTE (
        SELECT format($f$
            CREATE FUNCTION claims_configuration(language text) RETURNS regconfig LANGUAGE sql IMMUTABLE AS
            $$ SELECT CASE split_part(lower(COALESCE(NULLIF(language, ''), '{settings.CLAIMTRACK_DEFAULT_LANGUAGE}')), '-', 1)
                %s ELSE 'claimtrack'::regconfig END $$ $f$,
            string_agg(format('WHEN %L THEN %L::regconfig', code, 'pg_catalog.' || cfgname), ' ' ORDER BY code))
        FROM jsonb_each_text('{str(LANGUAGES).replace("'", '"')}') AS known (code, name)
        JOIN pg_ts_config ON cfgname = name AND cfgnamespace = 'pg_catalog'::regnamespace);
    END $do$;
"""

WORDS = rf"""
    CREATE FUNCTION claims_words(text text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
    -- The words of a text with blanks between them, as they are spelt.
    BEGIN
        text := left(text, {LONGEST});
        IF octet_length(text) > length(text) THEN
            text := lower(normalize(text, NFKC));
            text := regexp_replace(text, '[{UNSEEN}{VOWELS}]+', '', 'g');
            -- Keyboards of Arabic, Persian and Urdu have their own yeh, kaf and heh.
            text := translate(text, 'ςیکہ', 'σيكه');
            IF text ~ '[{FOREIGN_DIGITS}]' THEN
                text := translate(text, '{FOREIGN_DIGITS}', '{"0123456789" * len(ZEROS)}');
            END IF;
            -- Thai and Lao texts of PDFs have the two parts of the vowel am on either side of its tone mark.
            text := regexp_replace(text, '([\u0e4d\u0ecd])([\u0e48-\u0e4b\u0ec8-\u0ecb])(?=[\u0e32\u0eb2])', '\2\1', 'g');
            -- Modifier letters that stand for an apostrophe, hamza and ain among them.
            text := regexp_replace(text, '[ʻʼʽʾʿ]', ' ', 'g');
            -- Arabic writes "and the" as the beginning of a word, which its stemmer leaves on.
            text := regexp_replace(text, '\mوال(?=[\u0620-\u064a]{{3}})', 'و ال', 'g');
        END IF;
        text := translate(text, E'\u001f', ' ');
        IF text ~ '[-.\u2010]' THEN
            {JOINING_SIGNS}
        END IF;
        IF text ~ '[0-9]' THEN
            {JOINING_FIGURES}
            IF text ~ $r${GROUPS}$r$ THEN
                text := (SELECT string_agg(piece || COALESCE(translate(figures, $r${GROUPING}$r$, repeat(E'\u001f', 6)), ''), '' ORDER BY at)
                    FROM unnest(regexp_split_to_array(text, $r${GROUPS}$r$),
                        ARRAY(SELECT match[1] FROM regexp_matches(text, $r$({GROUPS})$r$, 'g') AS match)) WITH ORDINALITY
                        AS part (piece, figures, at));
            END IF;
        END IF;
        IF octet_length(text) > length(text) THEN
            IF text ~ '[{UNSPACED}{EMOJI}]' THEN
                text := (SELECT string_agg(word, ' ' ORDER BY at) FROM (
                    SELECT at, COALESCE(part[1] || COALESCE(lead(part[1]) OVER (ORDER BY at), ''),
                        'x' || to_hex(ascii(part[2])), part[3]) AS word
                    FROM regexp_matches(text, '([{UNSPACED}][{MARKS}]*)|([{EMOJI}])|([^{UNSPACED}{EMOJI}]+)', 'g')
                        WITH ORDINALITY AS found (part, at)) AS words);
            END IF;
        END IF;
        RETURN left(regexp_replace(text, '[{JOINING.replace("'", "''")}]', ' ', 'g'), {LONGEST});
    END $$;

    CREATE FUNCTION claims_joined(words text, for_each_part boolean) RETURNS text LANGUAGE sql IMMUTABLE AS $$
        -- The words with those of several parts as a whole, once or for each part; null if there are none.
        SELECT CASE WHEN strpos(words, E'\u001f') > 0 THEN (
            SELECT string_agg(piece || COALESCE(repeat(replace(whole, E'\u001f', '') || ' ',
                CASE WHEN for_each_part THEN length(whole) - length(replace(whole, E'\u001f', '')) + 1 ELSE 1 END), ''), '' ORDER BY at)
            FROM unnest(regexp_split_to_array(words, '{WHOLE}'),
                ARRAY(SELECT match[1] FROM regexp_matches(words, '({WHOLE})', 'g') AS match)) WITH ORDINALITY AS part (piece, whole, at)) END
    $$;

    CREATE FUNCTION claims_unaccented(words text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
        SELECT CASE WHEN octet_length(words) = length(words) THEN words
            ELSE normalize(regexp_replace(normalize(words, NFD), '[{ACCENTS}]+', '', 'g'), NFC) END
    $$;
"""

VECTOR = f"""
    CREATE FUNCTION claims_scripts(words text) RETURNS regconfig[] LANGUAGE plpgsql IMMUTABLE AS $$
    -- Configurations for words of no known language, by their letters. A stemmer leaves the words of another script alone.
    DECLARE
        result regconfig[] := ARRAY[]::regconfig[];
    BEGIN
        IF octet_length(words) > length(words) THEN
            {"".join(f"IF words ~ '[{letters}]' THEN result := result || claims_configuration('{code}'); END IF;" for code, letters in SCRIPTS.items())}
        END IF;
        RETURN result;
    END $$;

    CREATE FUNCTION claims_vector(language text, words text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE AS $$
    -- All forms of each word at its position: only written out do tsvectors become one without a shift.
    DECLARE
        configuration regconfig := claims_configuration(language);
        vector tsvector := to_tsvector('claimtrack', claims_unaccented(words));
        joined text := left(claims_joined(words, true), {LONGEST} / 4);
    BEGIN
        IF configuration <> 'claimtrack'::regconfig THEN
            vector := (vector::text || ' ' || claims_unaccented(to_tsvector(configuration, words)::text))::tsvector;
        END IF;
        IF language = '' THEN
            FOREACH configuration IN ARRAY claims_scripts(words) LOOP
                vector := (vector::text || ' ' || claims_unaccented(to_tsvector(configuration, words)::text))::tsvector;
            END LOOP;
        END IF;
        IF joined IS NOT NULL THEN
            vector := (vector::text || ' ' || claims_vector(language, translate(joined, E'\\u001f', ' '))::text)::tsvector;
        END IF;
        RETURN vector;
    END $$;

    CREATE FUNCTION claims_search(claim bigint, wording text, claim_language text) RETURNS tsvector
    LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
    -- By index: a plan made while the tables are empty would read them whole for each claim of a COPY.
    -- Wording, quotes in the language of their article, titles of external reviews; what is there already is left out.
    DECLARE
        texts text := rtrim(wording, ' .');
        others tsvector := '';
        room integer := {LONGEST};
        part record;
    BEGIN
        FOR part IN
            SELECT rtrim(a.quote, ' .') AS text, r.language
            FROM claims_appearance a JOIN sources_snapshot s ON s.id = a.snapshot_id JOIN sources_article r ON r.id = s.article_id
            WHERE a.claim_id = claim
            UNION ALL SELECT title, language FROM claims_externalreview WHERE claim_id = claim AND title <> ''
        LOOP
            IF part.language IN ('', claim_language)
                OR claim_language <> '' AND claims_configuration(part.language) = claims_configuration(claim_language) THEN
                IF strpos(E'\\n' || texts || E'\\n', E'\\n' || part.text || E'\\n') = 0 THEN
                    texts := texts || E'\\n' || part.text;
                END IF;
            ELSE
                part.text := left(claims_words(part.text), room);
                room := room - length(part.text);
                others := others || claims_vector(part.language, part.text);
            END IF;
        END LOOP;
        RETURN claims_vector(claim_language, left(claims_words(texts), room)) || others;
    END $$;
"""


def _each_language(table: str) -> str:
    """Return PL/pgSQL that adds the configurations of a table's languages, by one step of its index for each language."""
    return f"""
        code := '';
        WHILE code IS NOT NULL LOOP
            SELECT min(split_part(language, '-', 1)) INTO code FROM {table} WHERE split_part(language, '-', 1) > code;
            configuration := claims_configuration(code);
            IF code IS NOT NULL AND configuration <> ALL (used) THEN used := used || configuration; END IF;
        END LOOP;"""


QUERY = f"""
    CREATE FUNCTION claims_configurations() RETURNS regconfig[] LANGUAGE plpgsql STABLE AS $$
    -- Those of the languages that any text is in; the first one also serves texts that name none.
    DECLARE
        used regconfig[] := ARRAY[claims_configuration('')];
        configuration regconfig;
        code text;
    BEGIN
        {_each_language("claims_claim")}
        {_each_language("sources_article")}
        {_each_language("claims_externalreview")}
        RETURN used;
    END $$;

    CREATE FUNCTION claims_operand(forms tsvector, mark text) RETURNS tsquery LANGUAGE sql IMMUTABLE AS $$
        -- Any of the forms, quoted. No subquery: then PostgreSQL writes the expression into its caller, which keeps its plan.
        SELECT ('''' || replace(replace(replace(array_to_string(tsvector_to_array(forms), ' '), '\\', '\\\\'), '''', ''''''),
            ' ', '''' || mark || ' | ''') || '''' || mark)::tsquery
    $$;

    CREATE FUNCTION claims_phrase(
        text text, prefix boolean, configurations regconfig[], most integer, all_count boolean, OUT wanted tsquery, OUT words integer)
    LANGUAGE plpgsql STABLE AS $$
    -- Words that stand next to each other, each in any of its forms; without those that every configuration calls a stop word,
    -- unless all count.
    DECLARE
        tokens text[] := ARRAY(SELECT token FROM ts_parse('default', text) WHERE tokid <> 12 LIMIT most);
        configuration regconfig;
        unaccented text;
        before text := '';
        forms tsvector;
        stem tsvector;
        asked boolean;
        word tsquery;
        last integer;
    BEGIN
        words := cardinality(tokens);
        FOR position IN 1..words LOOP
            unaccented := claims_unaccented(tokens[position]);
            forms := to_tsvector('claimtrack', unaccented);
            IF unaccented ~ '^[{UNSPACED}][{MARKS}]*$' THEN
                -- The last character of a run is in the pair before it; one that stands alone begins a pair or ends a run.
                IF right(before, length(unaccented)) = unaccented THEN
                    before := '';
                    CONTINUE;
                END IF;
                word := claims_operand(forms, ':*');
            ELSIF prefix AND position = words THEN
                word := claims_operand(forms, ':*');
            ELSE
                asked := false;
                FOREACH configuration IN ARRAY configurations || claims_scripts(tokens[position]) LOOP
                    stem := to_tsvector(configuration, tokens[position]);
                    asked := asked OR length(stem) > 0 OR configuration = 'claimtrack'::regconfig;
                    forms := forms || claims_unaccented(stem::text)::tsvector;
                END LOOP;
                CONTINUE WHEN NOT (asked OR all_count);
                word := claims_operand(forms, '');
            END IF;
            before := unaccented;
            wanted := CASE WHEN last IS NULL THEN word ELSE tsquery_phrase(wanted, word, position - last) END;
            last := position;
        END LOOP;
    END $$;

    CREATE FUNCTION claims_term(
        text text, prefix boolean, configurations regconfig[], most integer, OUT wanted tsquery, OUT words integer)
    LANGUAGE plpgsql STABLE AS $$
    -- Words next to each other. Of those that have several parts, either these or the whole.
    DECLARE
        parts text := claims_words(text);
        whole text := claims_joined(parts, false);
        found record;
    BEGIN
        SELECT * INTO found FROM claims_phrase(parts, prefix, configurations, most, parts ~ '^[[:punct:]]*{WHOLE}[[:punct:]]*$');
        wanted := found.wanted;
        words := found.words;
        IF whole IS NOT NULL THEN
            SELECT * INTO found FROM claims_phrase(whole, prefix, configurations, most, false);
            wanted := COALESCE(wanted || found.wanted, wanted, found.wanted);
        END IF;
    END $$;

    CREATE FUNCTION claims_query(terms jsonb, languages text[], OUT wanted tsquery, OUT words integer)
    LANGUAGE plpgsql STABLE AS $$
    -- What holds all of the terms, each [text, is it a prefix, is it excluded]; and of how many words they are. One character
    -- may stand for a whole sentence, so words are counted here; what comes after the last one is not looked at.
    DECLARE
        configurations regconfig[] := CASE WHEN languages IS NULL THEN claims_configurations()
            ELSE ARRAY(SELECT DISTINCT claims_configuration(language) FROM unnest(languages) AS language) END;
        term jsonb;
        found record;
    BEGIN
        words := 0;
        FOR term IN SELECT jsonb_array_elements(terms) LOOP
            SELECT * INTO found FROM claims_term(term->>0, (term->>1)::boolean, configurations, {MOST_WORDS} - words);
            words := words + found.words;
            CONTINUE WHEN found.wanted IS NULL;
            IF (term->>2)::boolean THEN found.wanted := !! found.wanted; END IF;
            wanted := COALESCE(wanted && found.wanted, found.wanted);
        END LOOP;
    END $$;
"""


class Migration(migrations.Migration):
    dependencies = []

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(CONFIGURATION, "DROP TEXT SEARCH CONFIGURATION claimtrack"),
        migrations.RunSQL(CHOICE, "DROP FUNCTION claims_configuration"),
        migrations.RunSQL(WORDS, "DROP FUNCTION claims_words, claims_joined, claims_unaccented"),
        migrations.RunSQL(VECTOR, "DROP FUNCTION claims_scripts, claims_vector, claims_search"),
        migrations.RunSQL(
            QUERY, "DROP FUNCTION claims_configurations, claims_operand, claims_phrase, claims_term, claims_query"
        ),
    ]
