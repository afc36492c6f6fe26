"""Templates for rationales, which Editors keep. The review page offers them (claims.templatetags.saved)."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from claims.models import RationaleTemplate
from claimtrack.admin import DeskAdmin


@admin.register(RationaleTemplate)
class RationaleTemplateAdmin(DeskAdmin):
    heading = gettext_lazy("Templates for rationales")
    lead = gettext_lazy("Texts that the desk writes often. The review page offers them to whoever writes a rationale.")
    nothing = gettext_lazy("There are none. Add a text that your rationales often begin with.")
    add_label = gettext_lazy("Add a template")
    list_display = ["name", "text"]
    search_fields = ["name", "text"]
    ordering = ["name"]
    fields = ["name", "text"]
