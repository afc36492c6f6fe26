"""The form for the period of the figures."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.figures.periods import MOST_DAYS, PRESETS, Period, preset
from claimtrack.dates import FIRST_YEAR, LAST_YEAR

LABELS = {
    "30-days": gettext_lazy("Last 30 days"),
    "90-days": gettext_lazy("Last 90 days"),
    "12-months": gettext_lazy("Last 12 months"),
    "this-year": gettext_lazy("This year"),
    "last-year": gettext_lazy("Last year"),
}


def _day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PeriodForm(forms.Form):
    """A preset, or a first and a last day, which take precedence."""

    period = forms.ChoiceField(choices=[(name, LABELS[name]) for name in PRESETS], required=False)
    first = forms.DateField(label=gettext_lazy("From"), widget=_day_input(), required=False)
    last = forms.DateField(label=gettext_lazy("To"), widget=_day_input(), required=False)

    def clean(self) -> dict[str, Any]:
        """Add the period as `chosen`."""
        given = self.cleaned_data
        zone = timezone.get_current_timezone()
        if self.errors:
            return given
        first, last = given["first"], given["last"]
        if not first and not last:
            name = given["period"] or PRESETS[0]
            return {**given, "chosen": preset(name, timezone.localdate(), zone), "name": name}
        last = last or timezone.localdate()
        if not first:
            self.add_error("first", _("Say from which day."))
        elif not (first.year >= FIRST_YEAR and last.year <= LAST_YEAR):
            self.add_error(None, _("Years go from %(first)d to %(last)d.") % {"first": FIRST_YEAR, "last": LAST_YEAR})
        elif first > last:
            self.add_error("last", _("The last day comes before the first."))
        elif last - first >= timedelta(days=MOST_DAYS):
            self.add_error(None, _("A period has at most %(n)d years.") % {"n": MOST_DAYS // 366})
        return {**given, "chosen": Period(first, last, zone), "name": ""} if not self.errors else given
