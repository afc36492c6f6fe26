"""Template tags for the findings of the workbench in a text: proposed quotations and marked sentences."""

from django import template
from django.template import Context

from claims.models import Appearance, Speaker
from claims.models.quotations import quoted
from claims.text.checkworthy import marked

register = template.Library()


@register.inclusion_tag("desk/quotations.html", takes_context=True)
def proposed_quotations(context: Context) -> dict[str, object]:
    snapshot, user = context["snapshot"], context["request"].user
    if snapshot is None:
        return {}
    speakers, appearances = Speaker.objects.visible_to(user), Appearance.objects.visible_to(user)
    found = quoted(snapshot, speakers=speakers, appearances=appearances)
    end = found.found.end
    return {
        "quoted": found,
        "marks": marked(snapshot.text[:end], found.language),
        "searched": end if end < len(snapshot.text) else None,
    }
