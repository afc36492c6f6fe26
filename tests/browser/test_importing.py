"""Importing a file with the keyboard alone, and dropping it on the form."""

import pytest

from claims.models import Claim
from tests.claims.bad_lines import URL, make_ledger

pytestmark = pytest.mark.browser

ROW = f"Nine ferries sail a day.,Nine boats sail each day,Ada Brook,Harbour Post,{URL}"
TABLE = f"wording,Zitat,speaker,source,url\n{ROW}\n{ROW.replace('each day', 'each night')}\n"
DROP = """([form, name, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([text], name));
    for (const kind of ["dragover", "drop"]) {
        form.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
    }
}"""


def drop(page, form, name, text):
    page.evaluate(DROP, [page.query_selector(form), name, text])


def test_a_dropped_table_is_matched_checked_and_imported(sign_in, faults, moderator):
    make_ledger()
    page = sign_in(moderator)
    page.goto("/admin/claims/claim/import/")
    assert faults(page) == []
    drop(page, "form[data-drop]", "claims.csv", TABLE)
    assert page.evaluate("document.activeElement.files[0].name") == "claims.csv"
    page.focus("text=Upload")
    page.keyboard.press("Enter")

    page.wait_for_selector("text=Which column holds what")
    assert faults(page) == []
    page.focus("text=Check")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Choose the column that holds it.")
    # The focus is on what is to be put right.
    assert page.evaluate("document.activeElement.name") == "quote"
    page.keyboard.type("Zitat")
    page.focus("text=Check")
    page.keyboard.press("Enter")

    page.wait_for_selector("text=What would happen")
    assert faults(page) == []
    assert Claim.objects.count() == 0
    page.focus("main button[value=import]")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=What happened")
    assert faults(page) == []
    assert Claim.objects.get().text == "Nine ferries sail a day."
