"""Template tags for saved views of the queue and templates for rationales."""

from django import template
from django.forms import BoundField
from django.template import Context

from claims.admin.saved_views import canonical
from claims.models import RationaleTemplate, SavedView

register = template.Library()


@register.inclusion_tag("desk/queue/saved_views.html", takes_context=True)
def saved_views(context: Context) -> dict[str, object]:
    """Links to the views that this person may use, and to the page that saves this one."""
    request = context["request"]
    query = canonical(request.GET)
    return {"views": SavedView.objects.shown_to(request.user), "query": query}


@register.inclusion_tag("desk/review/templates.html")
def rationale_templates(field: BoundField) -> dict[str, object]:
    """A choice of templates beside the field of a rationale."""
    return {"templates": RationaleTemplate.objects.all(), "field": field}
