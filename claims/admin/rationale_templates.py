"""Templates for rationales, which Editors keep. The review page offers them (claims.templatetags.saved)."""

from django.contrib import admin

from claims.models import RationaleTemplate
from claimtrack.admin import DeskAdmin


@admin.register(RationaleTemplate)
class RationaleTemplateAdmin(DeskAdmin):
    list_display = ["name", "text"]
    search_fields = ["name", "text"]
    ordering = ["name"]
    fields = ["name", "text"]
