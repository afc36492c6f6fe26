"""The page on which each person sets how the desk works for them."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimtrack.languages import language_of
from claimtrack.models import User
from claimtrack.roles import signed_in


class PreferencesForm(ModelForm):
    class Meta:
        model = User
        fields = ["public_name", "language", "notices_by_email", "preview"]
        help_texts = {
            "public_name": gettext_lazy(
                "The name that readers see beside your verdicts. Empty: the desk’s name is shown."
            ),
            "language": "",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language: Any = self.fields["language"]
        language.choices = [("", _("The desk’s language")), *settings.LANGUAGES]
        by_email = self.fields["notices_by_email"]
        if not settings.CLAIMTRACK_SENDS_EMAIL:
            by_email.disabled, by_email.help_text = True, _("This desk sends no e-mail.")
        elif not self.instance.email:
            by_email.disabled, by_email.help_text = True, _("An administrator has to enter your e-mail address first.")
        else:
            by_email.help_text = _("To %(address)s, without the text of claims and comments.") % {
                "address": self.instance.email
            }


def page(request: HttpRequest) -> HttpResponse:
    # Not `request.user`, which the header shows: a refused form must not change it.
    user = User.objects.get(pk=signed_in(request.user).pk)
    form = PreferencesForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        user.save(update_fields=list(form.fields))
        with translation.override(language_of(user)):
            messages.success(request, _("Your settings are saved."))
        return HttpResponseRedirect(reverse("preferences"))
    context = {**admin.site.each_context(request), "title": _("Your settings"), "form": form, "media": form.media}
    return TemplateResponse(request, "claimtrack/preferences.html", context)
