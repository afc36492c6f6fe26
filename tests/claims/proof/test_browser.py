"""The verifier of the public page, run by Node.js: WebCrypto is the same there."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from claims.proof import sequencing
from tests.factories import make_claim

pytestmark = pytest.mark.django_db

SCRIPT = Path(__file__).parents[3] / "claims/static/pages/proof.js"
RUN = """
const receipts = JSON.parse(require("fs").readFileSync(0, "utf8"));
Promise.all(receipts.map((receipt) => checkReceipt(receipt, receipt.key).then((found) => found.length, (error) => error.message)))
  .then((found) => console.log(JSON.stringify(found)));
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not installed")
def test_it_says_what_the_verifier_says(log):
    for _ in range(3):
        claim = make_claim("checked")
    sequencing.number()
    receipt = Client().get(f"/api/v1/claims/{claim.pk}/receipt/").json()
    right = json.dumps(receipt, ensure_ascii=False)
    forged = [
        right,
        right.replace("publication", "confirmation", 1),
        right.replace("Counted, and", "Guessed, and"),
        right.replace('"index": 4', '"index": 3'),
        right.replace("claims.example/log\\n6", "claims.example/log\\n7"),
        right.replace(receipt["entries"][0]["proof"][0], "00" * 32),
    ]
    program = SCRIPT.read_text() + RUN
    done = subprocess.run(
        ["node", "-e", program], input=f"[{','.join(forged)}]", capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == [2, "root", "text", "proof", "signature", "root"]


def test_the_page_links_it(log):
    open_claim, claim = make_claim("unverified"), make_claim("checked")
    assert "proof.js" not in Client().get(f"/claims/{open_claim.pk}/").content.decode()
    sequencing.number()
    page = Client().get(f"/claims/{claim.pk}/")
    html = page.content.decode()
    assert f'data-receipt="/api/v1/claims/{claim.pk}/receipt/"' in html and "proof.js" in html
    assert f'"https://claims.example/api/v1/claims/{claim.pk}/receipt/"' in html, "ClaimReview"
    shown = Client().get(f"/api/v1/claims/{claim.pk}/").json()
    assert shown["receipt"] == f"https://claims.example/api/v1/claims/{claim.pk}/receipt/"
    assert Client().get(f"/api/v1/claims/{open_claim.pk}/").json()["receipt"] is None
