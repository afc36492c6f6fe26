"""Template filters of the public pages."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from django import template
from django.conf import settings
from django.template import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from claims.models import SourceDecision, Verdict
from claims.pages import dates, rows
from claims.pages.choices import Step
from claims.pages.fact_check import FactCheck
from claims.pages.page import STATUSES, Text, own_words
from claims.text.quoting import CONTEXT
from sources.pages.diffing import Paragraph, changes

register = template.Library()

# JSON inside a script element must neither end the element nor begin a comment.
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@register.inclusion_tag("pages/fact_check.html", takes_context=True)
def fact_check(context: Context, check: FactCheck) -> dict[str, object]:
    """Show a claim as readers see it, on its page and in previews."""
    return {"check": check, **own_words()}


@register.simple_tag(takes_context=True)
def verdict_label(context: Context, label: str, step: Verdict | Step | None = None) -> SafeString:
    """Return the label of a verdict, in the language of the page if the desk has given one.

    `step` is the step of the scale, if the template has it. The label at the time of a review may differ from the present one.
    """
    language = get_language() or ""
    if step:
        label = label or step.label
        other = step.labels.get(language) if label == step.label else None
    else:
        other = _labels(context, language).get(label)
    own = settings.CLAIMTRACK_DEFAULT_LANGUAGE
    if other or language == own:
        return conditional_escape(other or label)
    return format_html('<span lang="{}">{}</span>', own, label)


@register.simple_tag(takes_context=True)
def claim_rows(context: Context, claims: Sequence[Mapping[str, Any]]) -> SafeString:
    """Return the rows of a list of claims as HTML. The claims are as the API shows them."""
    return rows.rows(claims, context["root"], lambda label: verdict_label(context, label))


def _labels(context: Context, language: str) -> dict[str, str]:
    """Return the labels of the scale in this language by the desk's own labels. They are read once for a page."""
    request = getattr(context, "request", None)
    if request is None:
        return Verdict.objects.labels(language)
    if not hasattr(request, "verdict_labels"):
        request.verdict_labels = Verdict.objects.labels(language)
    labels: dict[str, str] = request.verdict_labels
    return labels


@register.filter
def status(value: str) -> Text:
    """Return the status of a claim in readers' words."""
    return STATUSES.get(value, value)


register.filter(dates.day)
register.filter(dates.partial_date)


@register.filter
def isolate(words: str) -> str:
    """Wrap the desk's words in a sentence of the page, which may have another direction (UAX #9, section 2.4)."""
    return f"\u2068{words}\u2069"


@register.filter
def said_in(words: str, language: str) -> SafeString:
    """Wrap a claim's words in a sentence of the page, which may have another language and direction."""
    if language:
        return format_html('<bdi lang="{}">{}</bdi>', language, words)
    return format_html("<bdi>{}</bdi>", words)


@register.filter
def before(prefix: str) -> str:
    """Return the text before a quote, from the beginning of a word."""
    if len(prefix) < CONTEXT:
        return prefix
    first, blank, rest = prefix.partition(" ")
    return f"… {rest}" if blank else f"…{first}"


@register.filter
def after(suffix: str) -> str:
    """Return the text after a quote, up to the end of a word."""
    if len(suffix) < CONTEXT:
        return suffix
    rest, blank, last = suffix.rpartition(" ")
    return f"{rest} …" if blank else f"{last}…"


@register.filter
def json_ld(node: object) -> SafeString:
    """Return JSON for a script element of the type application/ld+json, which is data and does not run."""
    return SafeString(orjson.dumps(node).decode().translate(ESCAPES))


@register.filter
def word_changes(row: SourceDecision) -> list[Paragraph]:
    """Show a change at the source word by word."""
    return changes(row.quote, row.later_quote or "")
