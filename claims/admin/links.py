"""Links of lists to the rows that they count."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import ngettext

from claimtrack.admin.lists import capped


def claims_link(query: str, n: int) -> str:
    """Return a link to the claims of this query string, which are `n`; past the cap they are not counted."""
    words = ngettext("%(n)s claim", "%(n)s claims", n) % {"n": capped(n)}
    return format_html('<a href="{}?{}">{}</a>', reverse("admin:claims_claim_changelist"), query, words)
