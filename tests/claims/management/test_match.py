import io

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_claim, make_user

pytestmark = pytest.mark.django_db

ASKED = "Is it true that the harbour board closed 41 bridges?"


def run(text=ASKED, **options):
    out = io.StringIO()
    call_command("match", text, stdout=out, **options)
    return out.getvalue().splitlines()


def test_it_works():
    claim = make_claim("checked", verdict="false", text="The harbour board closed 40 bridges.", language="en")
    first, difference, last = run()
    assert first.split("  ", 1)[1] == f"claim {claim.pk}, False: The harbour board closed 40 bridges."
    assert difference.strip() == "Numbers differ: 41 here, 40 there."
    assert last == "1 found."


def test_only_the_public_claims_are_searched_unless_somebody_is_named():
    make_claim("proposed", text="The harbour board closed 40 bridges.", language="en")
    assert run() == ["0 found."]
    assert run(by=make_user("moderator").username)[-1] == "1 found."


def test_nobody_of_that_name():
    with pytest.raises(CommandError, match="nobody-here"):
        run(by="nobody-here")


@pytest.mark.parametrize(
    ("text", "options", "sentence", "reason"),
    [
        (" ", {}, "empty", "nothing was asked"),
        ("a " * 2_501, {}, "5,000", "longer than the API takes"),
        (ASKED, {"limit": 0}, "--limit", "no claim at all"),
        (ASKED, {"language": "zz"}, "zz", "no language"),
    ],
)
def test_what_is_refused(text, options, sentence, reason):
    with pytest.raises(CommandError, match=sentence):
        run(text, **options)
