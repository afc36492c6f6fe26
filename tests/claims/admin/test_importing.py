"""Import by page: upload, match, check, import."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims.models import Claim, Upload
from tests import factories
from tests.claims.bad_lines import URL, line, make_ledger

PAGE = reverse("admin:claims_claim_import")
HEADER = "wording,Zitat,speaker,source,url,shoe size"
ROW = f"Nine ferries sail a day.,Nine boats sail each day,Ada Brook,Harbour Post,{URL},44"


@pytest.fixture
def ledger(db):
    return make_ledger()


def upload(client, content, **data):
    file = SimpleUploadedFile("claims.csv", content if isinstance(content, bytes) else content.encode())
    return client.post(PAGE, {"file": file, **data})


def values(answer):
    """What a browser would send of the form on the page."""
    return {field.html_name: field.value() or "" for field in answer.context["form"]}


def test_it_works(desk, ledger):
    address = upload(desk, f"{HEADER}\n{ROW}\n").url
    page = desk.get(address)
    assert "These columns are left out: Zitat, shoe size." in page.content.decode()
    given = {**values(page), "quote": "1"}
    checked = desk.post(address, {**given, "action": "check"})
    assert "What would happen" in checked.content.decode() and not Claim.objects.exists()
    assert "These columns are left out: shoe size." in checked.content.decode()

    done = desk.post(address, {**given, **values(checked), "action": "import"})
    claim = Claim.objects.get()
    assert (claim.text, claim.status) == ("Nine ferries sail a day.", "proposed")
    assert "What happened" in done.content.decode()
    assert reverse("admin:claims_claim_change", args=[claim.pk]) in done.content.decode()


def test_lines_and_reviews_need_no_match(desk, ledger):
    for content in (
        line(),
        b'{"@type": "ClaimReview", "url": "https://x.example/1", "claimReviewed": "A.", "author": "X"}',
    ):
        address = upload(desk, content).url
        assert desk.get(address).context["form"].table is None
        assert desk.post(address, {"action": "check"}).status_code == 200


def test_a_file_that_cannot_be_read_is_refused_at_its_field(desk, ledger):
    answer = upload(desk, "only one column\n")
    assert answer.status_code == 400
    assert "The first line must name the columns" in str(answer.context["form"].errors["file"])


def test_a_required_member_without_a_column_is_refused(desk, ledger):
    address = upload(desk, f"{HEADER}\n{ROW}\n").url
    answer = desk.post(address, {**values(desk.get(address)), "action": "import"})
    assert answer.context["form"].errors.keys() == {"quote"}
    assert not Claim.objects.exists() and Upload.objects.exists()


def test_what_was_not_checked_is_checked_first(desk, ledger):
    address = upload(desk, line()).url
    checked = desk.post(address, {"action": "check"})
    changed = desk.post(address, {**values(checked), "accept": "on", "action": "import"})
    assert "Something was changed since the check" in changed.content.decode() and not Claim.objects.exists()
    desk.post(address, {**values(changed), "accept": "on", "action": "import"})
    assert Claim.objects.get().status == "unverified"


def test_the_report_names_line_column_and_nearest_passage(desk, ledger):
    wrong = ROW.replace("each day", "each night")
    address = upload(desk, f"{HEADER}\n{ROW}\n{wrong}\n".replace("Zitat", "quote")).url
    page = desk.post(address, {**values(desk.get(address)), "action": "check"}).content.decode()
    cell = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page[page.index("Line 3") :]))
    assert "Refused" in cell and "quote The quote is not in the text." in cell
    assert "Nearest passage: Nine boats sail each day" in cell


def test_the_report_names_a_claim_that_seems_to_say_the_same(desk, ledger):
    given = line()
    claim = factories.make_claim("unverified", text=json.loads(given)["claim"]["text"])
    page = desk.post(upload(desk, given).url, {"action": "check"}).content.decode()
    assert f"Claim {claim.pk} seems to say the same" in page


def test_a_long_report_is_cut_with_a_word(desk, ledger):
    rows = b"\n".join(line(id=number) for number in range(600))
    page = desk.post(upload(desk, rows).url, {"action": "check"}).content.decode()
    assert "100 more are not shown." in page and page.count("Line ") == 500


def test_it_is_discarded(desk, ledger):
    address = upload(desk, line()).url
    assert desk.post(address, {"action": "discard"}).url == PAGE
    assert not Upload.objects.exists()
    assert desk.get(address, follow=True).redirect_chain[0][0] == PAGE


def test_another_persons_file_is_not_there(desk, client, ledger):
    address = upload(desk, line()).url
    client.force_login(factories.make_user("editor"))
    for answer in (client.get(address, follow=True), client.post(address, {"action": "import"}, follow=True)):
        assert "This file is not kept any more" in answer.content.decode()
    assert Upload.objects.exists() and not Claim.objects.exists()


def test_a_contributor_proposes_and_does_not_accept(client, ledger):
    client.force_login(factories.make_user("contributor"))
    address = upload(client, line()).url
    page = client.get(address)
    assert "accept" not in page.context["form"].fields
    checked = client.post(address, {"action": "check", "accept": "on"})
    client.post(address, {**values(checked), "accept": "on", "action": "import"})
    assert Claim.objects.get().status == "proposed"


def test_who_may_not_add_claims_gets_no_page(client, db):
    client.force_login(factories.make_user(is_staff=True))
    assert client.get(PAGE).status_code == 403
