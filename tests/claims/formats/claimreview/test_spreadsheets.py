"""Reviews in the tables that spreadsheets save: with commas, semicolons or tabs, and in UTF-16."""

import pytest

from claims.formats.claimreview import files

ROW = "url{0}claimReviewed{0}alternateName{0}claimant\n{1}{0}{2}{0}Wrong{0}Ada Quill\n"


@pytest.mark.parametrize(
    ("table", "text", "reason"),
    [
        (
            ROW.format(",", "https://a.example/1", '"Nine, ""big"" boats\nsail"').encode(),
            'Nine, "big" boats sail',
            "commas",
        ),
        (
            ROW.format(";", "https://a.example/1", "Nine, big boats").encode("utf-8-sig"),
            "Nine, big boats",
            "semicolons",
        ),
        (
            ("sep=;\r\n" + ROW.format(";", "https://a.example/1", "Neun Böte")).encode(),
            "Neun Böte",
            "and a line saying so",
        ),
        (ROW.format("\t", "https://a.example/1", "Девять").encode("utf-16"), "Девять", "Unicode text of Excel"),
        (
            b"\xff\xfe" + ROW.format("\t", "https://a.example/1", '"He said ""nine"" to me"').encode("utf-16-le"),
            'He said "nine" to me',
            "which quotes a cell with marks",
        ),
        (
            b"schema:url\tclaim_reviewed\treviewRating.alternateName\titemReviewed[author][name]\n"
            b"https://a.example/1\tNine boats\tWrong\tAda Quill\n",
            "Nine boats",
            "names with paths",
        ),
        (
            b"claimReview.url,claim.text,claimReview.textualRating,claim.claimant\nhttps://a.example/1,Nine boats,Wrong,Ada Quill\n",
            "Nine boats",
            "names of another interface",
        ),
        (
            b'{"@type": "ClaimReview", "url": "https://a.example/1", "claimReviewed": "Nine boats",'
            b' "reviewRating.alternateName": "Wrong", "itemReviewed.author.name": "Ada Quill"}',
            "Nine boats",
            "flat names in JSON",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_table_of_a_spreadsheet(table, text, reason):
    [(_, review)] = files.read_file(table).items
    assert (review.text, review.label, review.claimant.name, review.warnings) == (text, "Wrong", "Ada Quill", ()), (
        reason
    )


def test_a_row_whose_marks_do_not_match_is_refused_with_its_line():
    table = b'url,claimReviewed\nhttps://a.example/1,"two\nlines"\nhttps://a.example/2,"x"y\nhttps://a.example/3,z\n'
    found = files.read_file(table).items
    assert [place for place, _ in found] == ["line 2", "line 4", "line 5"]
    assert "closing quotation mark" in found[1][1].reason and found[2][1].text == "z"
