"""The words of the figures: kinds of steps and ages."""

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from claims.admin import steps

# What was done, in the order in which a table shows it.
KINDS = {
    "publication": _("Published"),
    "correction": _("Corrected"),
    "confirmation": _("Confirmed"),
    **{kind: label for kind, label in steps.KINDS.items() if kind not in ("publication", "correction", "confirmation")},
}
# Of claims.models.figures.ages, each with its name in the CSV.
AGES = (
    ("up_to_7_days", _("Up to a week")),
    ("up_to_28_days", _("Up to 4 weeks")),
    ("up_to_91_days", _("Up to 3 months")),
    ("up_to_365_days", _("Up to a year")),
    ("older", _("Older")),
)


def number(value: float) -> str:
    """Return a number in the form for sentences of the page."""
    return number_format(value, force_grouping=True)
