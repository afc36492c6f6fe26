"""Tables of claims: their columns, and the line that each row becomes."""

import json
import re

import pytest
from django.utils import translation

from claims.importing import tables
from claims.importing.lines import parse
from claimtrack.languages import translated
from claimtrack.refusals import Invalid, Refused

HEADER = "text,quote,speaker,source,article_url,said_at,topics"
ROW = "Nine ferries sail a day.,Nine boats,Ada Brook,Harbour Post,https://harbour.example/1,2026-03,ferries harbour"


def read_lines(content):
    table = tables.read(content)
    return list(table.lines(table.matched()))


def test_it_works():
    header, row = read_lines(f"{HEADER}\r\n{ROW}\r\n")
    line = parse(row)
    assert header == b""
    assert (line.text, line.quote, line.speaker.name) == ("Nine ferries sail a day.", "Nine boats", "Ada Brook")
    assert (line.source_name, line.article_url) == ("Harbour Post", "https://harbour.example/1")
    assert (line.said_at, line.topics, line.id, line.start) == ("2026-03", ("ferries", "harbour"), "", None)


@pytest.mark.parametrize(
    ("names", "found", "why"),
    [
        (
            "Claim;Quotation;Claimant;Publisher;URL",
            5,
            "words that people use, with the semicolons of many spreadsheets",
        ),
        ("claim.text\tquote\tspeaker.name\tsource.name\tarticle.url", 5, "paths with dots, as programs flatten JSON"),
        ("TEXT,Quote, Speaker ,source_name,Article-URL", 5, "capitals, blanks and hyphens make no difference"),
        ("text,quote,speaker_id", 2, "the id of another ledger is nobody here"),
        ("text,words,who", 1, "the others are matched by hand"),
    ],
)
def test_columns_are_matched_by_their_names(names, found, why):
    assert len(tables.read(names + "\n").matched()) == found, why


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("a,b", "cells"),
        ("a,b,c,d,e,f,g,h", "cells"),
        ('a,"b" c,d,e,f,g,h', "bad_row"),
        ('a,"b,c,d', "bad_row"),
    ],
    ids=["too few cells", "too many", "text after a quoted cell", "a quotation mark that is never closed"],
)
def test_a_row_that_cannot_be_read_is_refused(row, code):
    _, refusal = read_lines(f"{HEADER}\n{row}\n")[:2]
    assert isinstance(refusal, Refused) and refusal.code == code


def test_rows_keep_the_number_of_their_first_line():
    lines = read_lines(f'{HEADER}\n"Two\nlines."{ROW[24:]}\n\n{ROW}\n')
    assert [bool(line) for line in lines] == [False, True, False, False, True]
    assert json.loads(lines[1])["claim"]["text"] == "Two\nlines."


@pytest.mark.parametrize(
    ("cells", "texts", "why"),
    [
        (
            '"We closed no school\tA\nTen boats sank\tB\nHe said 5"\tC\n"Nine boats" sail\tD\n',
            ['"We closed no school', "Ten boats sank", 'He said 5"', '"Nine boats" sail'],
            "a mark at the start of a cell belongs to the text, and swallows no row",
        ),
        ('"Ha"\tA\n„Мост закрыт“\tB\n"桥已关闭\tC\n', ['"Ha"', "„Мост закрыт“", '"桥已关闭'], "in other scripts"),
        (
            '"She said ""no"" twice"\tA\n',
            ['She said "no" twice'],
            "doubled marks show that a spreadsheet quoted the cell",
        ),
        ("Ten boats\tA\r\nNine boats\tB\r\n", ["Ten boats", "Nine boats"], "line ends of Windows"),
    ],
)
def test_cells_between_tabs_have_no_quoting(cells, texts, why):
    lines = read_lines(
        "text\tquote\tspeaker\tsource\turl\n" + re.sub(r"(\t[A-D])", r"\1\t\tP\thttps://e.example/1", cells)
    )
    assert [json.loads(line)["claim"]["text"] for line in lines[1:] if line] == texts, why


def test_a_table_whose_column_names_are_all_quoted_is_quoted_between_tabs_too():
    lines = read_lines(
        '"text"\t"quote"\t"speaker"\t"source"\t"url"\n"Two\nlines"\t"a ""b"""\t""\t"P"\t"https://e.example/"\n'
    )
    line = json.loads(lines[1])
    assert (line["claim"]["text"], line["quote"]) == ("Two\nlines", 'a "b"')


@pytest.mark.parametrize(
    ("first", "sign"), [("sep=;", ";"), ("SEP=\t", "\t"), ('"sep=,"', ","), ("sep=|", "|"), ("sep=;\r", ";")]
)
def test_a_first_line_may_name_the_delimiter(first, sign):
    table = f"{HEADER}\n{ROW}\n".replace(",", sign)
    _, header, row = read_lines(f"{first}\n{table}")
    assert (header, parse(row).text) == (b"", "Nine ferries sail a day.")


@pytest.mark.parametrize(
    ("header", "text"),
    [("claim_id,appearance_id,", "-3 per cent"), ("id,row,", "'-3 per cent")],
    ids=["the desk's own table", "another, where the apostrophe may be of the text"],
)
def test_the_guard_of_the_desk_s_own_table_is_taken_away(header, text):
    _, row = read_lines(f"{header}text,quote,speaker,source,article_url\n1,2,'-3 per cent,Q,,S,https://e.example/\n")
    assert json.loads(row)["claim"]["text"] == text


@pytest.mark.parametrize(
    ("cell", "topics"),
    [
        ("ferries harbour", ["ferries", "harbour"]),
        ("ferries; harbour ;", ["ferries", "harbour"]),
        ("ferries، harbour、tide", ["ferries", "harbour", "tide"]),
        ("public finance; harbour", ["public finance", "harbour"]),
    ],
    ids=[
        "as the desk writes them",
        "a list",
        "of other scripts",
        "a topic of two words is not two topics, but no slug",
    ],
)
def test_topics_in_a_cell(cell, topics):
    _, row = read_lines(f"{HEADER}\nA,B,,D,https://e.example/,,{cell}\n")
    assert json.loads(row)["claim"]["topics"] == topics


def test_an_empty_cell_is_left_out_and_no_speaker_is_nobody():
    line = json.loads(read_lines(f"{HEADER}\nA,B,,D,https://e.example/,,\n")[1])
    assert line == {
        "source": {"name": "D"},
        "article": {"url": "https://e.example/"},
        "speaker": None,
        "claim": {"text": "A"},
        "quote": "B",
    }


def test_a_speaker_without_a_name_is_refused_by_the_line():
    (_, row) = read_lines("text,quote,speaker,source,article_url,wikidata_id\nA,B,,D,https://e.example/,Q42\n")
    with pytest.raises(Invalid) as refused:
        parse(row)
    assert (refused.value.code, refused.value.field) == ("missing", "/speaker/name")


@pytest.mark.parametrize("content", ["", "text\nA\n", "\n\n", '"text,quote\n'])
def test_a_file_without_named_columns_is_no_table(content):
    with pytest.raises(Invalid) as refused:
        tables.read(content)
    assert refused.value.code == "no_columns"


@pytest.mark.parametrize(
    "row", ['a,"b" c,d,e', 'a,"b,c,d', "a," + "b" * 200_000], ids=["after a quote", "open", "long"]
)
def test_what_csv_says_in_english_only_can_be_translated(row):
    _, refusal = read_lines(f"{HEADER}\n{row}\n")[:2]
    with translation.override("de"):
        assert translated(refusal) not in (refusal.message, "")
