import pytest

from claims.text.mentions import mentions


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Look at this, @ines", [["ines"]]),  # at the end
        ("@ines: (@piet) and @ines", [["ines"], ["piet"]]),  # each name once
        ("Ask @ines.", [["ines.", "ines"]]),  # the stop may be part of the name
        ("@jean-luc.picard+desk", [["jean-luc.picard+desk"]]),  # what user names may contain
        ("@Ødegård", [["Ødegård"]]),  # letters of any script
        ("ines@desk.example", []),  # an address mentions nobody
        ("@ @... and 3 @ 5", []),  # no name
    ],
)
def test_it_works(text, found):
    assert mentions(text) == found
