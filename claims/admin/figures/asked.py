"""Inquiries of a period and their outcomes, by speaker, source and others."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.admin.figures import links
from claims.admin.figures.figure import Cell, Figure, Row, Series
from claims.admin.figures.words import number
from claims.admin.inquiries import NOT_YET
from claims.figures import plots
from claims.figures.periods import Period
from claims.models import Inquiry, Outcome, Speaker, figures
from claims.models.inquiry import WAITING
from claimtrack.models import User
from sources.models import Source

SHOWN = 20
ANSWERS = {
    Outcome.Answer.REPLIED: "t-accent",
    Outcome.Answer.CORRECTED: "v-5",
    Outcome.Answer.REMOVED: "v-4",
    Outcome.Answer.DECLINED: "v-2",
    Outcome.Answer.NONE: "v-1",
}


def by_whom(period: Period, user: User, most: int | None = SHOWN) -> Figure:
    counts = figures.asked(Inquiry.objects.visible_to(user), period)
    total = sum(found.total() for found in counts.values())
    shown = list(counts.items())[:most]
    names = _names([whom for whom, _found in shown])
    highest = max((found.total() for _whom, found in shown), default=1)
    within = links.done(period)
    answers = [*ANSWERS, ""]
    rows = [
        Row(
            (kind, key if kind != "name" else None, names[kind, key]),
            names[kind, key],
            [
                Cell(found[answer], links.inquiries(**{kind: key}, answer=answer or NOT_YET, **within))
                for answer in answers
            ],
            links.inquiries(**{kind: key}, **within),
            bars=plots.shares([found[answer] for answer in answers], highest),
        )
        for (kind, key), found in shown
    ]
    said = ngettext("%(n)s inquiry was made.", "%(n)s inquiries were made.", total)
    hint = _("By the day on which the desk asked; the last outcome counts. At most %(n)s rows are shown.")
    return Figure(
        "asked",
        _("Asked, and what came of it"),
        said % {"n": number(total)},
        ("whom", "id", "name"),
        _("Whom"),
        [
            *(Series(answer.value, str(answer.label), tone) for answer, tone in ANSWERS.items()),
            Series(NOT_YET, str(WAITING), "v-off"),
        ],
        rows,
        hint=hint % {"n": SHOWN},
        link=links.inquiries(**within),
    )


def _names(asked: list[tuple[str, object]]) -> dict[tuple[str, object], str]:
    """Return the names of those who were asked."""
    ids = {kind: [key for found, key in asked if found == kind] for kind in ("speaker", "source")}
    speakers = Speaker.objects.in_bulk(ids["speaker"])
    sources = Source.objects.in_bulk(ids["source"])
    names = {("speaker", pk): speaker.name for pk, speaker in speakers.items()}
    names |= {("source", pk): source.name for pk, source in sources.items()}
    return {whom: names.get(whom, str(whom[1])) for whom in asked}
